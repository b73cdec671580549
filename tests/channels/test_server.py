"""The server over a real port: REST channel, API and errors, with a stand-in for the trained bot."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from openapi_spec_validator import validate_spec
from rasa.core.channels.channel import UserMessage
from yarl import URL

from bot.channels.guard import MAX_BODY
from bot.channels.loaded import world
from bot.channels.openapi import document
from bot.channels.server import build
from tests.sanic_apps import starting

HOOK = "/webhooks/rest/webhook"


class Bot:
    """Says back what reached it."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.tracker_store = object()
        self.ready = True

    def is_ready(self) -> bool:
        return self.ready

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message)
        if message.text == "坏":
            raise RuntimeError(f"secret {message.text}")
        if message.text == "慢":
            await asyncio.sleep(0.05)
        if message.text != "哑":
            custom = {"schema": "luohu.reply/1", "kind": "chitchat"}
            await message.output_channel.send_response(message.sender_id, {"text": message.text, "buttons": [], "custom": custom})


Client = Callable[..., Awaitable[tuple[int, Any]]]


@lru_cache(maxsize=1)
def started() -> tuple[asyncio.AbstractEventLoop, Any, int]:
    """One server for all tests: its loop, its app and its port."""
    loop = asyncio.new_event_loop()

    async def start() -> tuple[Any, int]:
        app = build(Bot(), name="test")  # type: ignore[arg-type]
        listening = socket.socket()  # Sanic takes port 0 for its default, 8000, which may be taken
        listening.bind(("127.0.0.1", 0))
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        assert server is not None
        with starting():
            await server.startup()
        return app, server.server.sockets[0].getsockname()[1]

    app, port = loop.run_until_complete(start())
    return loop, app, port


def serve(test: Callable[[Client, Bot], Awaitable[None]]) -> None:
    """Run the test against the server, with a bot of its own behind it."""
    loop, app, port = started()
    app.ctx.agent = bot = Bot()

    async def run() -> None:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:

            async def ask(method: str, path: str, **kwargs: Any) -> tuple[int, Any]:
                async with session.request(method, URL(path, encoded=True), **kwargs) as answer:
                    raw = await answer.read()
                    return answer.status, json.loads(raw) if "json" in answer.content_type else raw.decode()

            await test(ask, bot)

    loop.run_until_complete(run())


def test_a_message_comes_back_with_text_and_payload_together() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        status, body = await ask("POST", HOOK, json={"sender": "s", "message": "你好", "metadata": {"as_of": "2026-11-22", "x": 1}})
        assert (status, body) == (200, [{"recipient_id": "s", "text": "你好", "custom": {"schema": "luohu.reply/1", "kind": "chitchat"}}])
        assert bot.heard[0].metadata == {"as_of": "2026-11-22"}
        assert bot.heard[0].input_channel == "rest"

    serve(test)


@pytest.mark.parametrize(
    ("body", "headers", "name"),
    [
        ({"message_id": "m-1"}, {}, "rest:m-1"),
        ({}, {"Idempotency-Key": "k 1"}, "rest:k 1"),
        ({"message_id": "租" * 128}, {"Idempotency-Key": "k"}, "rest:" + "租" * 128),
    ],
)
def test_a_message_keeps_the_name_its_client_gives_it(body: dict[str, str], headers: dict[str, str], name: str) -> None:
    async def test(ask: Client, bot: Bot) -> None:
        assert (await ask("POST", HOOK, json={"sender": "s", "message": "你好", **body}, headers=headers))[0] == 200
        assert bot.heard[0].message_id == name

    serve(test)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "租" * 129, 7, [], " a"])
def test_a_name_that_is_none_is_refused(name: object) -> None:
    async def test(ask: Client, bot: Bot) -> None:
        status, body = await ask("POST", HOOK, json={"sender": "s", "message": "你好", "message_id": name})
        assert (status, body["error"]["code"], body["error"]["path"]) == (400, "bad_id", "/message_id")
        assert "1 to 128 visible characters" in body["error"]["message"]
        assert bot.heard == []

    serve(test)


@pytest.mark.parametrize("message", ["哑", "坏", "租" * 1001])
def test_there_is_always_a_spoken_answer(message: str, caplog: pytest.LogCaptureFixture) -> None:
    async def test(ask: Client, bot: Bot) -> None:
        status, body = await ask("POST", HOOK, json={"sender": "s", "message": message})
        assert status == 200
        assert len(body) == 1
        assert body[0]["text"]
        assert body[0]["custom"]["schema"] == "luohu.reply/1"
        assert set(body[0]["custom"]) == {"schema", "kind", "jurisdiction", "topic", "id", "citations", "screening"}
        assert body[0]["custom"]["kind"] == ("clarify" if len(message) > 1000 else "handoff")

    with caplog.at_level(logging.DEBUG):
        serve(test)
    assert "secret" not in caplog.text
    assert "坏" not in caplog.text


def test_what_reaches_the_bot_is_masked_and_no_intent() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        await ask("POST", HOOK, json={"sender": "s", "message": " /restart"})
        await ask("POST", HOOK, json={"sender": "s", "message": "我是11010519491231002X"})
        assert [m.text for m in bot.heard] == ["restart", "我是［已隐去身份证号］"]
        assert bot.heard[1].metadata["masked"] is True

    serve(test)


def test_messages_of_one_sender_stay_in_order() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        order: list[str] = []

        async def send(text: str) -> None:
            _, body = await ask("POST", HOOK, json={"sender": "s", "message": text})
            order.append(body[0]["text"])

        first = asyncio.create_task(send("慢"))
        await asyncio.sleep(0.02)
        await asyncio.gather(first, send("快"))
        assert order == ["慢", "快"]

    serve(test)


def test_too_many_messages_get_a_spoken_answer() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        answers = [await ask("POST", HOOK, json={"sender": "flood", "message": "你好"}) for _ in range(30)]
        assert all(status == 200 and body for status, body in answers)
        assert len(bot.heard) < 30
        assert (await ask("POST", HOOK, json={"sender": "other", "message": "在吗"}))[1][0]["text"] == "在吗"

    serve(test)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"{", 400, "not_json"),
        (b"", 400, "not_json"),
        (b"[]", 400, "not_an_object"),
        (b'{"sender":"s","message":7}', 400, "message_not_text"),
        (b'{"message":"x"}', 400, "sender_missing"),
        (b'{"sender":"s","message":"x","metadata":{"jurisdiction":"moon"}}', 400, "unknown_jurisdiction"),
        (b"a" * (MAX_BODY + 1), 413, "body_too_large"),
    ],
)
def test_refused_requests_are_json(data: bytes, status: int, code: str) -> None:
    async def test(ask: Client, bot: Bot) -> None:
        got, body = await ask("POST", HOOK, data=data)
        assert (got, body["error"]["code"]) == (status, code)
        assert set(body["error"]) == {"code", "message", "path"}
        assert bot.heard == []

    serve(test)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nosuch", 404),
        ("GET", HOOK, 405),
        ("DELETE", "/api/v1/policies", 405),
        ("GET", "/model", 404),
        ("GET", "/conversations/a/tracker", 404),
        ("GET", "/api/v1/policies/nosuch", 404),
        ("GET", "/api/v1/policies/nosuch/articles", 404),
        ("GET", "/api/v1/search", 400),
        ("GET", "/api/v1/search?q=x&limit=0", 400),
        ("GET", "/api/v1/search?q=x&limit=9999999999999999", 400),
        ("GET", "/api/v1/search?q=x&jurisdiction=moon", 400),
        ("GET", f"/api/v1/search?q={'x' * 201}", 400),
        ("GET", "/api/v1/facts?policy=nosuch", 404),
    ],
)
def test_wrong_addresses_are_json(method: str, path: str, status: int) -> None:
    async def test(ask: Client, bot: Bot) -> None:
        got, body = await ask(method, path)
        assert got == status
        assert set(body["error"]) == {"code", "message", "path"}
        assert all(isinstance(v, str) for v in body["error"].values())
        assert "Traceback" not in json.dumps(body)

    serve(test)


def test_every_article_at_its_address_in_either_width() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        for pack in world().packs:
            _, listed = await ask("GET", f"/api/v1/policies/{pack.id}/articles")
            assert [a["path"] for a in listed["articles"]] == [a.path for a in pack.articles]
            for article in pack.articles:
                for path in (article.path, article.path.replace("(", "（").replace(")", "）")):
                    status, body = await ask("GET", f"/api/v1/policies/{pack.id}/articles/{quote(path)}")
                    assert (status, body["path"], body["text"]) == (200, article.path, article.text)

    serve(test)


def test_an_unknown_article_names_the_nearest() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        pack = next(iter(world().packs))
        status, body = await ask("GET", f"/api/v1/policies/{pack.id}/articles/{quote(pack.articles[3].path + '9')}")
        assert (status, body["error"]["code"]) == (404, "unknown_article")
        assert pack.articles[3].path in body["error"]["message"]

    serve(test)


def test_policies_search_and_facts() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        _, listed = await ask("GET", "/api/v1/policies")
        assert [p["id"] for p in listed["policies"]] == list(world().packs.by_id)
        one = listed["policies"][0]
        assert (await ask("GET", f"/api/v1/policies/{one['id']}"))[1] == one
        _, found = await ask("GET", f"/api/v1/search?q={quote('租房')}&jurisdiction={one['jurisdiction']['id']}&limit=3")
        assert 1 <= len(found["hits"]) <= 3
        assert {h["policy"] for h in found["hits"]} == {one["id"]}
        _, every = await ask("GET", "/api/v1/facts")
        _, some = await ask("GET", f"/api/v1/facts?policy={one['id']}")
        names = [f["name"] for f in every["facts"]]
        assert names == list(world().vocabulary.facts)
        assert 0 < len(some["facts"]) < len(names)
        assert all(f["values"] for f in every["facts"] if f["type"] in ("enum", "boolean"))

    serve(test)


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        ({}, 400, "/policy"),
        ({"policy": 7}, 400, "/policy"),
        ({"policy": "nosuch"}, 404, "/policy"),
        ({"policy": "P", "facts": []}, 400, "/facts"),
        ({"policy": "P", "facts": {"nosuch": 1}}, 422, "/facts/nosuch"),
        ({"policy": "P", "facts": {"marital": "nosuch"}}, 422, "/facts/marital"),
        ({"policy": "P", "facts": {"marital": []}}, 422, "/facts/marital"),
        ({"policy": "P", "as_of": "2026-13-01"}, 400, "/as_of"),
        ({"policy": "P", "fact": {}}, 400, "/fact"),
    ],
)
def test_a_wrong_screening_names_the_part(body: dict[str, Any], status: int, path: str) -> None:
    async def test(ask: Client, bot: Bot) -> None:
        sent = {**body, "policy": next(iter(world().packs.by_id))} if body.get("policy") == "P" else body
        got, answer = await ask("POST", "/api/v1/screen", json=sent)
        assert (got, answer["error"]["path"]) == (status, path), answer

    serve(test)


def test_screening_without_facts_asks() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        for policy in world().packs.by_id:
            status, body = await ask("POST", "/api/v1/screen", json={"policy": policy, "as_of": "2026-11-22"})
            assert (status, body["verdict"], body["as_of"], body["facts"]) == (200, "need_more_info", "2026-11-22", [])
            assert body["question"]["text"]
            assert len(body["routes"]) == len(world().packs.by_id[policy].routes)

    serve(test)


def test_health_readiness_metrics_and_no_version_leak() -> None:
    async def test(ask: Client, bot: Bot) -> None:
        assert (await ask("GET", "/healthz"))[0] == 200
        assert (await ask("GET", "/readyz")) == (200, {"ready": True, "model": True, "documents": True, "database": True})
        bot.ready = False
        assert (await ask("GET", "/readyz"))[0] == 503
        await ask("POST", HOOK, json={"sender": "sender-x", "message": "悄悄话"})
        _, text = await ask("GET", "/metrics")
        assert 'luohu_replies_total{channel="rest",kind="chitchat"}' in text
        assert "sender-x" not in text
        assert "悄悄话" not in text
        _, root = await ask("GET", "/")
        assert "rasa" not in json.dumps(root).lower()

    serve(test)


def test_the_openapi_document_is_valid_and_complete() -> None:
    validate_spec(document())

    async def test(ask: Client, bot: Bot) -> None:
        assert (await ask("GET", "/api/v1/openapi.json")) == (200, document())
        for path in document()["paths"]:
            if "{" not in path:
                assert (await ask("GET", path))[0] != 404, path

    serve(test)
