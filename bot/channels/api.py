"""The HTTP API ``/api/v1/*``: the documents verbatim, article search, the vocabulary, pure screening. Read-only and stateless."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.guard import Refused, check_date, parse_json
from bot.channels.loaded import today
from bot.channels.openapi import document
from bot.channels.verified import last_verified
from bot.conversation.world import World
from bot.eligibility.codec import FactError, full, parse_facts
from bot.eligibility.question import next_question
from bot.eligibility.screening import screen
from bot.eligibility.values import Choice
from bot.policy.model import Article, Pack
from bot.replies.payload import screening_json

MAX_QUERY, MAX_LIMIT = 200, 50
_BRACKETS = str.maketrans({"（": "(", "）": ")", "．": ".", "　": " "})


def policies(world: World) -> dict[str, Any]:
    """Every document."""
    return {"policies": [identity(pack) for pack in world.packs]}


def identity(pack: Pack) -> dict[str, Any]:
    """What identifies a document. ``verified_on`` (最近核实) is null until somebody has confirmed that it is in force."""
    who = pack.identity
    return {
        "id": who.id,
        "title": who.title,
        "doc_no": who.doc_no,
        "issuer": who.issuer,
        "jurisdiction": {"id": who.jurisdiction.id, "name": who.jurisdiction.name, "place": who.jurisdiction.place},
        "dated": _day(who.dated),
        "printed": _day(who.printed),
        "effective": _day(who.effective),
        "effective_note": who.effective_note,
        "expires": _day(who.expires),
        "verified_on": _day(last_verified(pack)[0]),
        "source_sha256": who.source_sha256,
        "repeals": [{"title": r.title, "doc_no": r.doc_no} for r in who.repeals],
        "implements": [{"title": r.title, "doc_no": r.doc_no} for r in who.implements],
        "articles": f"/api/v1/policies/{who.id}/articles",
    }


def article_json(pack: Pack, article: Article) -> dict[str, Any]:
    """An article with its text verbatim from the source."""
    return {"policy": pack.id, "path": article.path, "heading": article.heading, "role": article.role.value, "text": article.text}


def find_policy(world: World, policy_id: str) -> Pack:
    """The pack.

    Raises:
        Refused: 404 with the nearest ids.
    """
    try:
        return world.packs.by_id[policy_id]
    except KeyError:
        raise Refused(
            404, "unknown_policy", f"there is no policy {policy_id[:80]!r}; there are: {', '.join(world.packs.by_id)}", "/policy"
        ) from None


def find_article(pack: Pack, path: str) -> Article:
    """The article at a path written with brackets of either width, encoded once or twice, spaces ignored.

    Raises:
        Refused: 404 with the nearest paths.
    """
    wanted = re.sub(r"\s+", "", unquote(unquote(path)).translate(_BRACKETS)).strip("/")
    by_path = {a.path.translate(_BRACKETS): a for a in pack.articles}
    if wanted in by_path:
        return by_path[wanted]
    near = get_close_matches(wanted, by_path, n=3, cutoff=0.3) or [a.path for a in pack.articles][:3]
    raise Refused(404, "unknown_article", f"{pack.id} has no article {wanted[:40]!r}; the nearest are: {', '.join(near)}", "/article")


def search(world: World, args: Mapping[str, str]) -> dict[str, Any]:
    """Article search.

    Raises:
        Refused: 400 for a missing query, an unknown jurisdiction or an impossible limit.
    """
    query = args.get("q", "").strip()
    if not query:
        raise Refused(400, "query_missing", 'say in "q" what to look for, for example ?q=租房', "/q")
    if len(query) > MAX_QUERY:
        raise Refused(400, "query_too_long", f'"q" may have at most {MAX_QUERY} characters', "/q")
    place = args.get("jurisdiction") or None
    if place is not None and place not in world.packs.by_jurisdiction:
        raise Refused(
            400, "unknown_jurisdiction", f'"jurisdiction" must be one of: {", ".join(world.packs.by_jurisdiction)}', "/jurisdiction"
        )
    raw = args.get("limit", "10")
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw[:9]) <= MAX_LIMIT:
        raise Refused(400, "bad_limit", f'"limit" must be a whole number from 1 to {MAX_LIMIT}', "/limit")
    hits = world.index.search(query, place, int(raw))
    return {
        "query": query,
        "hits": [{"policy": h.policy, "path": h.path, "heading": h.heading, "snippet": h.snippet, "score": h.score} for h in hits],
    }


def facts(world: World, policy_id: str | None) -> dict[str, Any]:
    """The vocabulary, or the part of it that a document's routes ask about.

    Raises:
        Refused: 404 for an unknown policy.
    """
    from bot.policy.model import atoms

    pack = find_policy(world, policy_id) if policy_id else None
    used = {a.fact for r in pack.routes for a in atoms(r.when)} if pack else None
    out = []
    for name, spec in world.vocabulary.facts.items():
        if used is not None and name not in used:
            continue
        value = full(spec)
        values = list(spec.labels) or sorted(value.values, reverse=True) if isinstance(value, Choice) else []
        out.append(
            {
                "name": name,
                "type": spec.type,
                "values": values,
                "question": spec.ask(),
                "answered_by": spec.answered_by,
                "label": spec.label,
                "labels": dict(spec.labels),
                "presumed": list(spec.presumed),
            }
        )
    return {"facts": out}


def screening(world: World, body: Mapping[str, Any], default: date) -> dict[str, Any]:
    """Screen facts against a document.

    Raises:
        Refused: 400 for a wrong body, 404 for an unknown policy, 422 for facts that are unknown, impossible or contradictory.
    """
    unknown = set(body) - {"policy", "facts", "as_of"}
    if unknown:
        raise Refused(400, "unknown_key", f"{sorted(unknown)[0]!r} is no key; use policy, facts and as_of", f"/{sorted(unknown)[0]}")
    if not isinstance(body.get("policy"), str):
        raise Refused(400, "policy_missing", f'say in "policy" which document: {", ".join(world.packs.by_id)}', "/policy")
    pack = find_policy(world, body["policy"])
    raw = body.get("facts", {})
    if not isinstance(raw, dict):
        raise Refused(400, "facts_not_an_object", '"facts" must be an object from fact name to what is known; see /api/v1/facts', "/facts")
    as_of = check_date(body["as_of"], "/as_of") if body.get("as_of") is not None else default
    try:
        told = parse_facts(raw, world.vocabulary)
    except FactError as error:
        raise Refused(422, "bad_fact", error.message, "/" + error.path.replace(".", "/", 1)) from error
    result = screen(pack, told, as_of, vocabulary=world.vocabulary)
    question = next_question(pack, told, as_of, world.vocabulary)
    return screening_json(pack, result, world.vocabulary, told, question=question)


def blueprint(world: Callable[[], World]) -> Blueprint:
    """The routes; ``world`` gives the loaded data."""
    api = Blueprint("luohu_api", url_prefix="/api/v1")

    @api.get("/policies")
    async def _policies(request: Request) -> HTTPResponse:
        return _json(await asyncio.to_thread(policies, world()))

    @api.get("/policies/<policy_id:str>")
    async def _policy(request: Request, policy_id: str) -> HTTPResponse:
        return _json(await asyncio.to_thread(identity, find_policy(world(), unquote(policy_id))))

    @api.get("/policies/<policy_id:str>/articles")
    async def _articles(request: Request, policy_id: str) -> HTTPResponse:
        pack = find_policy(world(), unquote(policy_id))
        return _json({"policy": pack.id, "articles": [article_json(pack, a) for a in pack.articles]})

    @api.get("/policies/<policy_id:str>/articles/<path:path>")
    async def _article(request: Request, policy_id: str, path: str) -> HTTPResponse:
        pack = find_policy(world(), unquote(policy_id))
        return _json(article_json(pack, find_article(pack, path)))

    @api.get("/search")
    async def _search(request: Request) -> HTTPResponse:
        return _json(search(world(), {k: v[0] for k, v in request.args.items()}))

    @api.get("/facts")
    async def _facts(request: Request) -> HTTPResponse:
        return _json(facts(world(), request.args.get("policy")))

    @api.post("/screen")
    async def _screen(request: Request) -> HTTPResponse:
        return _json(screening(world(), parse_json(request.body), today()))

    @api.get("/openapi.json")
    async def _openapi(request: Request) -> HTTPResponse:
        return _json(document())

    return api


def _json(body: Any) -> HTTPResponse:
    return response.json(body, ensure_ascii=False)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
