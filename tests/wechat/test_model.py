"""A resident on WeChat and the real bot behind the real server: text, citation, choices by number, menu, erasure."""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.channels.wechat.clock import SystemClock
from bot.channels.wechat.wording import load_wording
from tests.wechat.serving import APP_ID, KEY, SAFE, TOKEN, WeChat, start

pytestmark = [pytest.mark.rasa, pytest.mark.server]

WORDING = load_wording()
PUBLIC = "https://luohu.example.gov.cn"
_people = itertools.count()


@pytest.fixture(scope="module")
def served(agent_and_loop: tuple) -> Any:
    """The agent, and a function that runs a conversation against the server around it."""
    agent, loop = agent_and_loop
    with pytest.MonkeyPatch.context() as patch:
        told = {"TOKEN": TOKEN, "AES_KEY": KEY, "APP_ID": APP_ID}
        for name, value in told.items():
            patch.setenv(f"LUOHU_WECHAT_{name}", value)
        patch.setenv("LUOHU_PUBLIC_URL", PUBLIC)
        from bot.channels.server import build

        app = build(agent, name="wechat-model")
    sock = socket.create_server(("127.0.0.1", 0))

    async def begin() -> Any:
        server = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
        await start(server)
        return server

    server = loop.run_until_complete(begin())

    def run(conversation: Callable[[WeChat], Awaitable[None]]) -> None:
        async def go() -> None:
            async with aiohttp.ClientSession(f"http://127.0.0.1:{sock.getsockname()[1]}") as session:
                person = f"o_resident_{next(_people)}"
                await asyncio.wait_for(conversation(WeChat(session, SystemClock(), SAFE, openid=person)), 60)  # type: ignore[arg-type]

        loop.run_until_complete(go())

    yield agent, run
    server.close()
    loop.run_until_complete(server.wait_closed())


def test_a_resident_asks_chooses_by_number_and_reads_the_article(served: Any) -> None:
    async def conversation(wechat: WeChat) -> None:
        asked = str(await wechat.say("租房能落户吗"))
        assert asked.startswith("您想落户到哪里？")
        assert ">1. 聊城市</a>" in asked
        answered = str(await wechat.say("1"))
        assert answered.startswith("符合条件就可以申请。")
        assert "依据：聊政发〔2020〕7号 二(一)2“租住成套商品住房申请登记落户的,凭以下申请材料落户”" in answered
        assert f'<a href="{PUBLIC}/chat/policies/liaocheng-2020-7#%E4%BA%8C(%E4%B8%80)2">看条款原文</a>' in answered

    served[1](conversation)


def test_a_screening_is_answered_by_numbers_and_ends_in_a_cited_verdict(served: Any) -> None:
    async def conversation(wechat: WeChat) -> None:
        text = str(await wechat.say("我在临淄城里租了房住，没有工作，想按租房落户"))
        for _ in range(8):
            if "初步看" in text:
                break
            assert ">1. " in text, text
            text = str(await wechat.say("第一个"))
        assert "初步看您可以申请。" in text
        assert "以受理机关审核为准" in text
        assert "临淄区户籍制度改革实施方案 二(一)1“居民凡在城镇租房居住" in text

    served[1](conversation)


@pytest.mark.parametrize(
    "say", [*WORDING.examples, *(i.say for e in WORDING.menu for i in e.items if i.key not in ("", "privacy", "erase"))]
)
def test_every_example_and_menu_entry_is_something_the_bot_understands(served: Any, say: str) -> None:
    async def conversation(wechat: WeChat) -> None:
        text = str(await wechat.say(say))
        assert not re.search("没太明白|没看懂|没听明白|没在落户文件里找到|答不准", text), text

    served[1](conversation)


def test_what_is_kept_knows_no_openid_and_goes_when_the_person_leaves(served: Any) -> None:
    agent, run = served

    async def conversation(wechat: WeChat) -> None:
        assert "已经隐去" in str(await wechat.say("我叫什么不重要，身份证11010519491231002X，想在临淄落户"))
        store = agent.tracker_store
        assert wechat.sender in await store.keys()
        with store._engine.connect() as connection:
            kept = "\n".join(connection.connection.iterdump())
        assert wechat.openid not in kept
        assert "11010519491231002X" not in kept
        assert await wechat.event("unsubscribe") is None
        assert wechat.sender not in await store.keys()

    run(conversation)
