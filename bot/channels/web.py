"""The page for residents under ``/chat/``: its files, its sessions, its messages, and the documents for reading.

The page is static and asks the same bot as the REST channel. Sessions are signed by the server; ``DELETE /chat/session``
erases everything that is kept about one.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import lru_cache
from html import escape
from string import Template
from typing import Any
from urllib.parse import unquote

from rasa.core.channels.channel import InputChannel, UserMessage
from ruamel.yaml import YAML
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import paths
from bot.channels import metrics, notes
from bot.channels.api import find_policy
from bot.channels.asking import Asker, OnMessage
from bot.channels.assets import Assets, Body, body_of, load_assets, send
from bot.channels.documents import document_html, document_json, page_url
from bot.channels.erasure import erase, journal_retention, retention
from bot.channels.guard import Refused, check_message, clean, parse_json
from bot.channels.loaded import world
from bot.channels.masking import mask
from bot.channels.secret import person
from bot.channels.sessions import new_token, sender_of
from bot.channels.shared import Limit, Shared
from bot.channels.verified import last_verified
from bot.store import feedback, gaps

FOLDER = paths.ROOT / "bot" / "web"
_DOCUMENTS = 256  # documents kept ready to send
MAX_REASON = 500
"""Characters of the reason of a feedback."""
_REPLY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CARD = (
    "caution",
    "route_yes",
    "route_yes_named",
    "route_also",
    "route_no",
    "route_no_named",
    "registers",
    "followers",
    "materials",
    "materials_none",
    "route_open",
    "route_confirm",
    "how_to_route",
)
_PLACEHOLDER = re.compile(r"\{[a-z]+\}")
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_SAFE = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ALWAYS_ASK = {**_SAFE, "Cache-Control": "no-cache"}
_FOR_EVER = {**_SAFE, "Cache-Control": "public, max-age=31536000, immutable"}
_NEVER_KEEP = {**_SAFE, "Cache-Control": "no-store"}


class WebChannel(InputChannel):
    """The channel. ``rate`` limits each session as in the REST channel."""

    def __init__(self, rate: Limit | None = None, shared: Shared | None = None) -> None:
        """Nobody is talking yet."""
        self._asker = Asker(self.name(), rate, shared)

    @classmethod
    def name(cls) -> str:
        """The channel's name in metrics and in the store."""
        return "web"

    def url_prefix(self) -> str:
        """Where it is served."""
        return "/chat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        """For ``rasa run``; there is nothing to configure."""
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes."""
        chat = Blueprint("luohu_chat")
        _add_files(chat)

        @chat.post("/session")
        async def _begin(request: Request) -> HTTPResponse:
            return _json({"token": new_token()})

        @chat.delete("/session", ignore_body=False)
        async def _forget(request: Request) -> HTTPResponse:
            return await self._answer(self._erase, request)

        @chat.post("/message")
        async def _message(request: Request) -> HTTPResponse:
            return await self._answer(lambda body: self._ask(body, on_new_message), request)

        @chat.post("/feedback")
        async def _feedback(request: Request) -> HTTPResponse:
            return await self._answer(self._keep_feedback, request)

        return chat

    async def _answer(self, work: Callable[[Mapping[str, Any]], Awaitable[dict[str, Any]]], request: Request) -> HTTPResponse:
        try:
            done = body_of(_encoded(await work(parse_json(request.body))), "application/json", level=5)
        except Refused as refused:
            metrics.refused(refused.code)
            return _json(refused.body(), refused.status)
        return send(request, done, _NEVER_KEEP)

    async def _ask(self, body: Mapping[str, Any], on_new_message: OnMessage) -> dict[str, Any]:
        """The replies to a message. One sent again under the same ``id`` gets the same replies and reaches the bot once."""
        sender = sender_of(body.get("token"))
        incoming = check_message({**body, "sender": sender}, frozenset(world().packs.by_jurisdiction))
        messages = await self._asker.ask(incoming, on_new_message)
        return {"replies": [{key: value for key, value in m.items() if key != "recipient_id"} for m in messages]}

    async def _keep_feedback(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Keep an opinion on a reply, with the message it answered as a gap where it was of no use."""
        sender = sender_of(body.get("token"))
        reply, useful = body.get("reply"), body.get("useful")
        if not isinstance(reply, str) or not _REPLY_ID.fullmatch(reply) or (len(reply) != 12 and mask(reply).kinds):
            raise Refused(400, "reply_missing", 'say in "reply" the id of the reply that the opinion is about', "/reply")
        if not isinstance(useful, bool):
            raise Refused(400, "useful_missing", 'say in "useful" true or false', "/useful")
        reason, message = (_short_text(body, key) for key in ("reason", "message"))
        opinion = feedback.Feedback(person(sender), self.name(), reply, useful, reason.text)
        gap = gaps.Gap(person(sender), self.name(), message.text, "useless", reply=reply) if message.text and not useful else None

        def keep() -> None:
            notes.keep((opinion, gap) if gap else (opinion,))

        async with self._asker.turns.turn(sender):
            await asyncio.get_running_loop().run_in_executor(None, keep)
        return {"kept": True, "masked": bool(reason.kinds or message.kinds)}

    async def _erase(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Erase everything about the session, after whatever of it is still under way."""
        sender = sender_of(body.get("token"))
        async with self._asker.turns.turn(sender):
            erased = await asyncio.get_running_loop().run_in_executor(None, erase, sender)
            await self._asker.forget(sender)
        return {"erased": erased.total}


def _add_files(chat: Blueprint) -> None:
    """The page, its files, the documents; all read and compressed once."""
    assets = load_assets(FOLDER)
    index, missing = (_page(assets.files[name], assets) for name in ("index.html", "missing.html"))

    @chat.get("/")
    async def _index(request: Request) -> HTTPResponse:
        return send(request, index, _ALWAYS_ASK)

    @chat.get("/assets/<version:str>/<name:path>")
    async def _asset(request: Request, version: str, name: str) -> HTTPResponse:
        body = assets.files.get(unquote(name))
        if body is None or name.endswith(".html"):
            return _json(Refused(404, "not_found", "there is no such file; open /chat/", request.path).body(), 404)
        return send(request, body, _FOR_EVER if version == assets.version else _ALWAYS_ASK)

    @chat.get("/setup.json")
    async def _setup(request: Request) -> HTTPResponse:
        return send(request, _setup_body(os.environ.get("LUOHU_JURISDICTION"), retention(), journal_retention()), _ALWAYS_ASK)

    @chat.get("/policies/<policy:str>")
    async def _document(request: Request, policy: str) -> HTTPResponse:
        name = unquote(policy)
        try:
            pack = find_policy(world(), name.removesuffix(".json"))
        except Refused as refused:
            if name.endswith(".json"):
                return _json(refused.body(), refused.status)
            return send(request, missing, _ALWAYS_ASK, 404)
        verified, _ = await asyncio.to_thread(last_verified, pack)
        if name.endswith(".json"):
            return send(request, _document_json(pack.id, verified), _ALWAYS_ASK)
        return send(request, _document_html(pack.id, assets.version, verified), _ALWAYS_ASK)

    @lru_cache(maxsize=_DOCUMENTS)
    def _document_html(policy: str, version: str, verified: date | None) -> Body:
        template = assets.files["document.html"].raw.decode()
        html = document_html(world().packs.by_id[policy], template, document_words(), version, verified)
        return body_of(html.encode(), "text/html; charset=utf-8")


@lru_cache(maxsize=_DOCUMENTS)
def _document_json(policy: str, verified: date | None) -> Body:
    return body_of(_encoded(document_json(world().packs.by_id[policy], document_words(), verified)), "application/json")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The sentences of the page, from ``data/wording/web.yml``."""
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load((paths.DATA / "wording" / "web.yml").read_text(encoding="utf-8"))
    return loaded


def document_words() -> dict[str, str]:
    """The sentences of the page and what a document is described by, for the page of a document."""
    return {**words()["page"], **words()["document"]}


@lru_cache(maxsize=4)
def _setup_body(pinned: str | None, days: int, journal: int) -> Body:
    """What the page must know before it can speak: the places, the documents, the sentences."""
    packs = world().packs
    page, privacy = words()["page"], words()["privacy"]
    return body_of(
        _encoded(
            {
                "pinned": pinned if pinned in packs.by_jurisdiction else None,
                "places": [
                    {"id": j, "name": p.identity.jurisdiction.name, "policy": p.id, "title": p.identity.short_title, "url": page_url(p.id)}
                    for j, p in packs.by_jurisdiction.items()
                ],
                "people": dict(world().wording.people),
                "words": {**page, "about": page["about"].format(places=world().places), **_said_by_the_bot()},
                "frames": _frames(),
                "privacy": {"title": privacy["title"], "lines": [line.format(days=days, journal=journal) for line in privacy["lines"]]},
            }
        ),
        "application/json",
    )


def _said_by_the_bot() -> dict[str, str]:
    """Sentences of the bot that the page looks for in what is answered."""
    wording = world().wording
    return {"restarted": wording["restart"]}


def _frames() -> dict[str, Any]:
    """The patterns of the sentences that the verdict card shows line by line, so that the bubble above it need not repeat them."""
    wording = world().wording
    card = [{"parts": [p for p in _PLACEHOLDER.split(wording[key]) if p], "route": "{route}" in wording[key]} for key in _CARD]
    return {"card": card, "how_to": [wording["how_to"]]}


def _page(index: Body, assets: Assets) -> Body:
    """The page with the addresses of its files, and with links to the documents for whoever has no script."""
    modules = sorted(name for name in assets.files if name.startswith("js/"))
    links = "".join(f'<p><a href="{page_url(p.id)}">{escape(p.identity.title)}</a></p>' for p in world().packs)
    filled = Template(index.raw.decode()).substitute(
        version=assets.version,
        title=escape(words()["page"]["title"]),
        preloads="\n".join(f'<link rel="modulepreload" href="/chat/assets/{assets.version}/{name}">' for name in modules),
        documents=links,
    )
    return body_of(filled.encode(), index.kind)


def _short_text(body: Mapping[str, Any], key: str) -> Any:
    value = body.get(key, "")
    limit = MAX_REASON if key == "reason" else 1000
    if not isinstance(value, str) or len(value) > limit:
        raise Refused(400, f"{key}_unusable", f'"{key}" must be text of at most {limit} characters, or left out', f"/{key}")
    return mask(clean(value))


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _json(value: Any, status: int = 200) -> HTTPResponse:
    return response.raw(_encoded(value), status, _NEVER_KEEP, "application/json")
