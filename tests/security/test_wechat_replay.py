"""WeChat's requests: forged, old, of another account, sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp
import pytest

from bot.channels.wechat.channel import WINDOW
from bot.channels.wechat.clock import SystemClock
from tests.security.serving import House
from tests.wechat.serving import COMPATIBLE, STRANGE_KEY, WeChat

pytestmark = pytest.mark.server


def talking(house: House, test: Callable[[WeChat], Awaitable[None]], openid: str) -> None:
    async def run() -> None:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{house.port}") as session:
            await test(WeChat(session, SystemClock(), COMPATIBLE, openid=openid))  # type: ignore[arg-type]

    asyncio.run(run())


def test_what_is_forged_or_old_is_refused(served: House) -> None:
    async def test(wechat: WeChat) -> None:
        heard = len(served.bot.heard)
        body = wechat.body(wechat.fields(Content="你好"))
        now = SystemClock().now()
        for encrypted in (False, True):
            for age in (-WINDOW - 5, WINDOW + 5, -(10**6)):
                query, sent = wechat.sealed(body, now + age) if encrypted else (wechat.signed(at=now + age), body)
                assert (await wechat.post(query, sent)).status == 403
            query, sent = wechat.sealed(body) if encrypted else (wechat.signed(), body)
            name = "msg_signature" if encrypted else "signature"
            for forged in ("", "0" * 40, query[name][:-1], query[name].upper() + "x", query[name] + "0"):
                assert (await wechat.post({**query, name: forged}, sent)).status == 403
            for part in ("timestamp", "nonce"):
                assert (await wechat.post({**query, part: str(int(query[part]) + 1)}, sent)).status == 403
        query, sent = wechat.sealed(body)
        assert (await wechat.post({**query, "encrypt_type": "raw"}, sent)).status == 400, "an envelope is no message"
        for other in (replace(wechat, key=STRANGE_KEY), replace(wechat, app_id="wx0000000000000000")):
            assert (await other.post(*other.sealed(body))).status in (400, 403)
        assert len(served.bot.heard) == heard

    talking(served, test, "forger")


def test_a_request_sent_again_reaches_the_bot_once(served: House) -> None:
    async def test(wechat: WeChat) -> None:
        for encrypted in (False, True):
            body = wechat.body(wechat.fields(Content=f"再来一次{encrypted}"))
            query, sent = wechat.sealed(body) if encrypted else (wechat.signed(), body)
            heard = len(served.bot.heard)
            answers = [(await wechat.post(query, sent)).text for _ in range(4)]
            assert len(set(answers)) == 1, "WeChat's own tries get the same answer"
            assert len(served.bot.heard) == heard + 1

    talking(served, test, "again")
