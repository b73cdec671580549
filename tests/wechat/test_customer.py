"""WeChat's API: the token, refusals, and the real HTTP client against a server on a port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from aiohttp import web

from bot.channels.wechat.customer import AiohttpClient, Api, ApiError, CustomerService
from bot.channels.wechat.menu import definition, publish, published
from bot.channels.wechat.wording import load_wording
from tests.wechat.clocks import FakeClock

BASE = "https://api.example"


class Stub:
    """An HTTP client that answers from a list, or as a function says."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[str, str, dict[str, str], Any]] = []
        self.tokens = 0

    async def call(self, method: str, url: str, params: Mapping[str, str], body: Mapping[str, Any] | None) -> dict[str, Any]:
        await asyncio.sleep(0)
        if url == f"{BASE}/cgi-bin/stable_token":
            assert (method, body) == ("POST", {"grant_type": "client_credential", "appid": "wx1", "secret": "s3cret"})
            self.tokens += 1
            return {"access_token": f"token-{self.tokens}", "expires_in": 7200}
        self.calls.append((method, url, dict(params), body))
        return self.answers.pop(0) if self.answers else {"errcode": 0, "errmsg": "ok"}


def api(stub: Any, clock: FakeClock | None = None) -> Api:
    return Api(BASE, "wx1", "s3cret", stub, clock or FakeClock())


async def test_the_token_is_fetched_once_and_again_shortly_before_its_end() -> None:
    stub, clock = Stub(), FakeClock()
    calling = api(stub, clock)
    assert await asyncio.gather(*(calling.token() for _ in range(10))) == ["token-1"] * 10
    await clock.advance(7200 - 301)
    assert await calling.token() == "token-1"
    await clock.advance(1)
    assert await calling.token() == "token-2"


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_token_that_wechat_no_longer_takes_is_fetched_once_more(code: int) -> None:
    stub = Stub({"errcode": code, "errmsg": "expired"})
    assert await api(stub).call("GET", "/x") == {"errcode": 0, "errmsg": "ok"}
    assert [c[2]["access_token"] for c in stub.calls] == ["token-1", "token-2"]
    stub = Stub(*[{"errcode": code, "errmsg": "expired"}] * 3)
    with pytest.raises(ApiError, match=str(code)):
        await api(stub).call("GET", "/x")
    assert len(stub.calls) == 2, "no endless loop"


@pytest.mark.parametrize(
    "code, says", [(40125, "APP_SECRET"), (40164, "IP 白名单"), (61004, "IP 白名单"), (48001, "认证"), (40013, "APP_ID")]
)
async def test_a_refusal_says_what_to_do(code: int, says: str) -> None:
    with pytest.raises(ApiError, match=says) as caught:
        await api(Stub({"errcode": code, "errmsg": "no"})).call("GET", "/x")
    assert caught.value.code == code
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("answer", [{}, {"access_token": ""}, {"access_token": 5, "expires_in": 7200}, {"access_token": "t"}])
async def test_a_token_answer_without_a_token_is_an_error(answer: dict[str, Any]) -> None:
    class Odd:
        async def call(self, *_: Any) -> dict[str, Any]:
            return answer

    with pytest.raises(ApiError, match="without an access token"):
        await api(Odd()).token()


async def test_two_messages_at_once_cannot_exceed_the_quota() -> None:
    stub = Stub()
    service = CustomerService(api(stub), FakeClock())
    sent = await asyncio.gather(*(service.send("o", "s", str(n)) for n in range(9)))
    assert sum(sent) == 5 == len(stub.calls)
    assert service.may("other")
    service.forget("s")
    assert service.may("s")


async def test_the_quota_is_remembered_for_so_many_people_only() -> None:
    service = CustomerService(api(Stub()), FakeClock(), people=3)
    for n in range(5):
        await service.send("o", str(n), "x")
    assert len(service._sent) == 3


async def test_the_menu_is_published_and_compared() -> None:
    wording, stub = load_wording(), Stub()
    made = await publish(api(stub), wording, "https://l.example")
    method, url, params, body = stub.calls[0]
    assert (method, url, params) == ("POST", f"{BASE}/cgi-bin/menu/create", {"access_token": "token-1"})
    assert body == made == definition(wording, "https://l.example")
    rows = [{**row, "sub_button": [{**b, "sub_button": []} for b in row["sub_button"]]} for row in made["button"]]
    assert await published(api(Stub({"menu": {"button": rows, "menuid": 1}}))) == made
    assert await published(api(Stub({"errcode": 46003, "errmsg": "menu no exist"}))) is None
    with pytest.raises(ApiError):
        await published(api(Stub({"errcode": 48001, "errmsg": "no"})))


def test_the_menu_keeps_to_wechats_limits_and_leaves_pages_out_without_an_address() -> None:
    with_pages, without = definition(load_wording(), "https://l.example"), definition(load_wording(), None)
    assert {"type": "view", "name": "网页版", "url": "https://l.example/chat/"} in with_pages["button"][1]["sub_button"]
    assert all(b["type"] == "click" for row in without["button"] for b in row["sub_button"])
    for row in with_pages["button"]:
        assert 1 <= len(row["sub_button"]) <= 5
        assert len(row["name"].encode()) <= 16
        assert all(len(b["name"].encode()) <= 60 for b in row["sub_button"])
    assert len(with_pages["button"]) <= 3


# -- the real client ---------------------------------------------------------------------------------------------------


@pytest.fixture
async def server() -> AsyncIterator[tuple[str, list[bytes]]]:
    bodies: list[bytes] = []

    async def answer(request: web.Request) -> web.Response:
        bodies.append(await request.read())
        if request.path == "/ok":
            return web.Response(text=json.dumps({"echo": request.query["access_token"]}), content_type="text/plain")
        if request.path == "/slow":
            await asyncio.sleep(5)
        return web.Response(text={"/html": "<html>", "/list": "[]"}.get(request.path, "{}"))

    app = web.Application()
    app.router.add_route("*", "/{path}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    yield f"http://127.0.0.1:{port}", bodies
    await runner.cleanup()


async def test_the_real_client_sends_chinese_as_it_is_and_reads_json_whatever_it_is_called(server: tuple[str, list[bytes]]) -> None:
    base, bodies = server
    answer = await AiohttpClient().call("POST", f"{base}/ok", {"access_token": "t&1"}, {"content": "落户"})
    assert answer == {"echo": "t&1"}
    assert bodies == ['{"content": "落户"}'.encode()]


@pytest.mark.parametrize("path", ["/html", "/list", "/slow"])
async def test_an_answer_that_is_none_is_an_api_error(server: tuple[str, list[bytes]], path: str) -> None:
    with pytest.raises(ApiError) as caught:
        await AiohttpClient(seconds=0.2).call("GET", server[0] + path, {"access_token": "hidden"}, None)
    assert caught.value.code == 0
    assert "hidden" not in str(caught.value)


async def test_a_server_that_is_not_there_is_an_api_error() -> None:
    with pytest.raises(ApiError, match="not reached"):
        await AiohttpClient(seconds=2).call("GET", "http://127.0.0.1:9/x", {}, None)
