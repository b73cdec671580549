"""The whole server in this process (every channel, the desk, the API) on a real port, with a stand-in for the trained bot."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channels.loaded import world
from bot.channels.server import build
from bot.channels.strict import StrictProtocol
from bot.channels.trackers import SnapshotTrackerStore
from bot.desk.server import blueprint
from tests.desk.serving import Answer
from tests.sanic_apps import starting

HOOK = "/webhooks/rest/webhook"
WECHAT = "/webhooks/wechat/webhook"
_Result = TypeVar("_Result")


class Bot:
    """Keeps what it hears as a conversation would, says it back, and does not understand a word, so that a gap is kept too."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.tracker_store = SnapshotTrackerStore()

    def is_ready(self) -> bool:
        return True

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message)
        if message.text == "坏":
            raise RuntimeError(f"secret {message.text}")
        self.tracker_store.keep(message.sender_id, {"slots": {"said": message.text, "metadata": message.metadata}, "loop": None}, 2e9)
        custom = {"schema": "luohu.reply/1", "kind": "clarify", "id": f"id-{len(self.heard)}", "jurisdiction": "linzi"}
        custom |= {"topic": None, "citations": [], "screening": None}
        said = {"text": f"听到：{message.text}", "buttons": [], "custom": custom, "heard": {"intent": "nlu_fallback", "ranking": []}}
        await message.output_channel.send_response(message.sender_id, said)


@dataclass
class House:
    """The server: its app, its bot, its port, the folder of its database."""

    folder: Path
    app: Sanic
    bot: Bot
    port: int
    loop: asyncio.AbstractEventLoop
    cookie: str = ""
    csrf: str = ""
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request, on a connection that is kept."""
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        for fresh in (False, True):
            if self._connection is None or fresh:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                self._connection.request(method, path, raw, {"content-type": "application/json", **(headers or {})})
                got = self._connection.getresponse()
                return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
            except (ConnectionError, http.client.HTTPException):
                if fresh:
                    raise
                self._connection.close()
        raise AssertionError("unreachable")

    def desk(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """A request of a member of staff who is signed in."""
        own = {"cookie": f"luohu_desk={self.cookie}", "x-luohu-csrf": self.csrf}
        return self.ask(method, f"/desk{path}", body, {**own, **{k.replace("_", "-"): v for k, v in headers.items()}})

    def send(self, raw: bytes, wait: float = 10.0) -> bytes:
        """Send bytes as they are on a connection of their own; everything that comes back until the server closes it or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(raw)
            got = b""
            try:
                while chunk := connection.recv(65536):
                    got += chunk
            except (TimeoutError, ConnectionError):
                pass
            return got

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Run something on the server's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    async def settled(self) -> None:
        """Until what is kept after an answer has been written."""
        for _ in range(400):
            if len(asyncio.all_tasks()) <= self.idle:
                return
            await asyncio.sleep(0.01)

    idle: int = 0


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """The server while it runs; the environment has to be set before."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> House:
        bot = Bot()
        app = build(bot, name=f"secure-{id(bot)}", blueprints=[blueprint(world)])  # type: ignore[arg-type]
        listening = socket.create_server(("127.0.0.1", 0))
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False, protocol=StrictProtocol)
        assert server is not None
        with starting():
            await server.startup()
        return House(folder, app, bot, int(listening.getsockname()[1]), loop)

    made = asyncio.run_coroutine_threadsafe(start(), loop).result(120)
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
