"""The channel on a real port with a stand-in for the bot, and WeChat as a client of it. No TensorFlow."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

import aiohttp
from defusedxml.ElementTree import fromstring
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic
from sanic.touchup import TouchUp
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.channels import errors
from bot.channels.guard import Rate
from bot.channels.shared import Shared
from bot.channels.wechat.channel import WechatChannel, sender_of
from bot.channels.wechat.crypto import Keys, decode_key
from bot.channels.wechat.settings import Settings
from tests.wechat.clocks import FakeClock

TOKEN, APP_ID = "luohu2026", "wx0123456789abcdef"
KEY, OLD_KEY, STRANGE_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "B" * 43, "C" * 43
ACCOUNT, OPENID = "gh_97417a04a28d", "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
SAFE = Settings(TOKEN, "safe", Keys(APP_ID, (decode_key(KEY), decode_key(OLD_KEY))), APP_ID)
PLAIN = Settings(TOKEN, "plain", None)
COMPATIBLE = replace(SAFE, mode="compatible")
HOOK = "/webhooks/wechat/webhook"

_names = itertools.count()
_ids = itertools.count(24_000_000_000_000_000)

Answers = Callable[[UserMessage], Awaitable[list[dict[str, Any]]]]


def said(text: str, kind: str = "chitchat", buttons: tuple[str, ...] = (), citations: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """One reply of the bot."""
    made: dict[str, Any] = {"text": text, "custom": {"schema": "luohu.reply/1", "kind": kind, "citations": list(citations)}}
    if buttons:
        made["buttons"] = [{"title": b, "payload": b} for b in buttons]
    return made


class Bot:
    """Says back what it hears, unless it is told otherwise; waits at ``gates[text]`` where there is one."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.erased: list[str] = []
        self.replies: dict[str, list[dict[str, Any]]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.tracker_store = SimpleNamespace(delete=self.erased.append)

    @property
    def texts(self) -> list[str]:
        return [m.text for m in self.heard]

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message)
        if gate := self.gates.get(message.text):
            await gate.wait()
        for reply in self.replies.get(message.text, [said(f"听到：{message.text}")]):
            await message.output_channel.send_response(message.sender_id, reply)


@dataclass
class Reply:
    """What came back; ``text`` is the message to the person, ``None`` for ``success``."""

    status: int
    raw: str
    text: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def error(self) -> str:
        return str(json.loads(self.raw)["error"]["code"])


@dataclass
class WeChat:
    """WeChat's server: wraps, signs and sends messages, opens the answers. Its crypto is wechatpy's."""

    session: aiohttp.ClientSession
    clock: FakeClock
    settings: Settings
    key: str = KEY
    app_id: str = APP_ID
    form: str = "xml"
    openid: str = OPENID

    def fields(self, **told: Any) -> dict[str, str]:
        """The fields of a message, a text message by default."""
        base = {"ToUserName": ACCOUNT, "FromUserName": self.openid, "CreateTime": str(int(self.clock.now())), "MsgType": "text"}
        made = {**base, **{name: str(value) for name, value in told.items()}}
        if made["MsgType"] != "event":
            made.setdefault("MsgId", str(next(_ids)))
        return made

    def body(self, fields: Mapping[str, str]) -> str:
        if self.form == "json":
            return json.dumps({k: int(v) if k in ("CreateTime", "MsgId") else v for k, v in fields.items()}, ensure_ascii=False)
        return "<xml>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in fields.items()) + "</xml>"

    def signed(self, *more: str, at: float | None = None) -> dict[str, str]:
        """The query of a request, signed."""
        timestamp, nonce = str(int(self.clock.now() if at is None else at)), str(next(_ids) % 10**9)
        return {"timestamp": timestamp, "nonce": nonce, "signature": sign(timestamp, nonce), "openid": self.openid}

    def sealed(self, body: str, at: float | None = None) -> tuple[dict[str, str], str]:
        """Query and body of an encrypted request."""
        query = self.signed(at=at)
        crypto = WeChatCrypto(TOKEN, self.key, self.app_id)
        envelope = fromstring(crypto.encrypt_message(body, query["nonce"], query["timestamp"]))
        encrypted, signature = envelope.findtext("Encrypt"), envelope.findtext("MsgSignature")
        assert encrypted
        assert signature
        told = {"ToUserName": ACCOUNT, "Encrypt": encrypted}
        wrapped = json.dumps(told) if self.form == "json" else self.body(told)
        return {**query, "encrypt_type": "aes", "msg_signature": signature}, wrapped

    async def post(self, query: Mapping[str, str], body: str | bytes) -> Reply:
        """Send a request as it is given, and open the answer."""
        async with self.session.post(HOOK, params=query, data=body.encode() if isinstance(body, str) else body) as answer:
            raw = await answer.text()
            if answer.status != 200 or raw == "success":
                return Reply(answer.status, raw)
            content_type = answer.content_type
        fields = parse(raw)
        assert content_type == ("application/json" if self.form == "json" else "text/xml")
        if "Encrypt" in fields:
            crypto = WeChatCrypto(TOKEN, self.key, self.app_id)
            assert fields["Nonce"] == query["nonce"]
            opened = crypto.decrypt_message(dict(fields), fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
            fields = parse(opened)
        assert fields["MsgType"] == "text"
        assert (fields["ToUserName"], fields["FromUserName"]) == (self.openid, ACCOUNT)
        assert len(fields["Content"].encode()) <= 2048
        return Reply(200, raw, fields["Content"], fields)

    async def send(self, fields: Mapping[str, str], encrypted: bool | None = None) -> Reply:
        """Send the fields of a message as the mode asks for."""
        if encrypted is None:
            encrypted = self.settings.mode != "plain"
        body = self.body(fields)
        return await self.post(*(self.sealed(body) if encrypted else (self.signed(), body)))

    async def say(self, text: str) -> str | None:
        """Type a text; the answer."""
        reply = await self.send(self.fields(Content=text))
        assert reply.status == 200, reply.raw
        return reply.text

    async def event(self, event: str, **told: Any) -> str | None:
        """Cause an event; the answer."""
        reply = await self.send(self.fields(MsgType="event", Event=event, **told))
        assert reply.status == 200, reply.raw
        return reply.text

    def later(self, text: str) -> asyncio.Task[str | None]:
        """Type a text without waiting for the answer."""
        return asyncio.ensure_future(self.say(text))

    @property
    def sender(self) -> str:
        """The id under which the bot knows the person."""
        return sender_of(self.openid)


@dataclass
class Running:
    """A server, its bot and WeChat."""

    wechat: WeChat
    bot: Bot
    clock: FakeClock
    channel: WechatChannel
    port: int

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let the server and the network work until something holds."""
        for _ in range(400):
            if condition():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it never came to that")

    async def waiting(self, tries: int = 1) -> None:
        """Until so many requests wait for their answer."""
        await self.until(lambda: self.clock.sleepers >= tries)

    async def idle(self) -> None:
        """Until no message is under way."""
        await self.channel._inflight.settle()


def parse(raw: str) -> dict[str, str]:
    """Fields of XML or JSON."""
    if raw.startswith("{"):
        return {k: str(v) for k, v in json.loads(raw).items()}
    return {child.tag: child.text or "" for child in fromstring(raw)}


def sign(*parts: str) -> str:
    """A signature by wechatpy."""
    signer = WeChatSigner()
    signer.add_data(TOKEN, *parts)
    return str(signer.signature)


async def start(server: Any) -> None:
    """Start a server. Sanic rewrites its own code at a start, which works once a process; every later start has to leave it alone."""
    if any(getattr(target, "__touched__", False) for target, _ in TouchUp._registry):
        TouchUp._registry.clear()
    await server.startup()
    TouchUp._registry.clear()


@asynccontextmanager
async def serving(
    settings: Settings = SAFE, http: Any = None, rate: Rate | None = None, erase: Any = None, shared: Shared | None = None
) -> AsyncIterator[Running]:
    """A server for one test; ``shared`` is what it shares with others."""
    clock, bot = FakeClock(), Bot()
    channel = WechatChannel(settings, erase, clock=clock, http=http, rate=rate, shared=shared, places=lambda: "聊城市、淄博市临淄区")
    app = Sanic(f"wechat-{next(_names)}", configure_logging=False)
    app.ctx.agent = bot
    errors.install(app)
    register([channel], app, route="/webhooks/")
    sock = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
    assert server is not None
    await start(server)
    port = sock.getsockname()[1]
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            yield Running(WeChat(session, clock, settings), bot, clock, channel, port)
    finally:
        server.close()
        await server.wait_closed()
