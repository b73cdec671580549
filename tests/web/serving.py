"""The server with a stand-in bot that answers from a list, and a small client for the routes of the page."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import aiohttp
from rasa.core.channels.channel import UserMessage
from yarl import URL

from bot.channels.server import build
from bot.store import gaps
from tests.sanic_apps import starting

ANSWERS = {
    "彩礼": ("out_of_scope", "out_of_scope"),
    "收费吗": ("not_stated", "ask"),
    "啊这": ("clarify", "nlu_fallback"),
    "大概能行": ("answer", "nlu_fallback"),
    "租房": ("answer", "ask"),
    "是": ("ask", "nlu_fallback"),
    "你好": ("chitchat", "greet"),
    "没用": ("chitchat", "feedback"),
    "有用": ("chitchat", "feedback"),
}


class Bot:
    """Answers with the kind and intent of :data:`ANSWERS`; 坏 fails, 慢 takes its time. A message of the same name is answered once."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.journal: dict[tuple[str, str], dict[str, Any]] = {}
        self.tracker_store = object()

    def is_ready(self) -> bool:
        return True

    async def handle_message(self, message: UserMessage) -> None:
        if earlier := self.journal.get((message.sender_id, message.message_id)):
            await message.output_channel.send_response(message.sender_id, {**earlier, "again": True})
            return
        self.heard.append(message)
        text = message.text or ""
        if text == "坏":
            raise RuntimeError("secret")
        if text == "慢":
            await asyncio.sleep(0.15)
        kind, intent = ANSWERS.get(text, ("answer", "ask"))
        said = {"没用": "对不起，没帮上忙。", "有用": "谢谢，记下了。"}.get(text, f"答：{text}")
        custom = {"schema": "luohu.reply/1", "kind": kind, "id": f"id-{len(self.heard)}", "jurisdiction": "linzi"}
        heard = {"intent": intent, "ranking": [["ask/fee", 0.31], ["greet", 0.1]]}
        reply = {"text": said, "buttons": [], "custom": custom, "heard": heard}
        self.journal[message.sender_id, message.message_id] = reply
        if noted := message.output_channel.noting([reply]):  # which the real one keeps in the transaction of the answer
            gaps.record(noted)
        await message.output_channel.send_response(message.sender_id, reply)


@dataclass
class Web:
    """A client. ``bot`` is the stand-in behind the server."""

    session: aiohttp.ClientSession
    bot: Bot

    async def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any, Any]:
        """Status, body (JSON where it is some, else bytes) and headers."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        async with self.session.request(
            method, URL(path, encoded=True), data=data, headers={"accept-encoding": "identity", **(headers or {})}
        ) as answer:
            raw = await answer.read()
            plain = "json" in answer.content_type and "Content-Encoding" not in answer.headers
            return answer.status, json.loads(raw) if plain else raw, answer.headers

    async def begin(self) -> str:
        """The token of a new session."""
        status, body, _ = await self.ask("POST", "/chat/session")
        assert status == 200
        return str(body["token"])

    async def say(self, token: str, message: str, **more: Any) -> tuple[int, Any]:
        """Send a message."""
        status, body, _ = await self.ask("POST", "/chat/message", {"token": token, "message": message, **more})
        return status, body


@lru_cache(maxsize=1)
def _started() -> tuple[asyncio.AbstractEventLoop, Any, int]:
    loop = asyncio.new_event_loop()

    async def start() -> tuple[Any, int]:
        app = build(Bot(), name="web-test")  # type: ignore[arg-type]
        listening = socket.create_server(("127.0.0.1", 0))  # port 0 alone would be Sanic's default port
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        assert server is not None
        with starting():
            await server.startup()
        return app, listening.getsockname()[1]

    app, port = loop.run_until_complete(start())
    return loop, app, port


def web(test: Callable[[Web], Awaitable[Any]]) -> Any:
    """Run a coroutine against the server, with a bot of its own behind it."""
    loop, app, port = _started()
    app.ctx.agent = bot = Bot()

    async def run() -> Any:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", auto_decompress=False) as session:
            return await test(Web(session, bot))

    return loop.run_until_complete(run())
