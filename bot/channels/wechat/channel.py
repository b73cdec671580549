"""The channel: ``/webhooks/wechat/webhook``, where WeChat verifies the address (GET) and brings messages (POST).

A request is looked at in this order: size, age, signature, form, account; only then is anything read from it.
"""

from __future__ import annotations

import inspect
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import metrics
from bot.channels.asking import Asker, Messages
from bot.channels.guard import MAX_BODY, Incoming, Refused
from bot.channels.loaded import world
from bot.channels.secret import keyed_hash
from bot.channels.shared import Alone, Apart, Limit, Shared
from bot.channels.spoken import spoken
from bot.channels.wechat import envelope
from bot.channels.wechat.clock import Clock, SystemClock
from bot.channels.wechat.crypto import Undecipherable, WrongAccount, encrypt, same, signature
from bot.channels.wechat.customer import AiohttpClient, Api, CustomerService, Http
from bot.channels.wechat.envelope import Malformed, Message
from bot.channels.wechat.inflight import InFlight, Job, dealt
from bot.channels.wechat.settings import PLAIN, SAFE, Settings, WrongSettings, load_settings
from bot.channels.wechat.shelf import HELD, Shelf
from bot.channels.wechat.talk import Bubble, Erase, Talk
from bot.channels.wechat.wording import Wording, load_wording

logger = logging.getLogger("luohu.wechat")

WINDOW = 300
"""Seconds that a request's timestamp may lie off this machine's clock."""
SUCCESS = "success"
"""What tells WeChat that a message has arrived and that nothing is said to it."""
OnMessage = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class Opened:
    """A request that passed: the message, the form it came in, and the key that it was encrypted with (``None``: it was plain)."""

    message: Message
    form: str
    key: bytes | None
    nonce: str


class WechatChannel(InputChannel):
    """The Official Account. ``erase`` deletes what is kept about a sender; without one, the tracker store of the app's agent does."""

    def __init__(
        self,
        settings: Settings,
        erase: Erase | None = None,
        *,
        clock: Clock | None = None,
        http: Http | None = None,
        rate: Limit | None = None,
        shared: Shared | None = None,
        wording: Wording | None = None,
        places: Callable[[], str] | None = None,
    ) -> None:
        """``LUOHU_RATE`` limits messages per second and sender, as on the REST channel (0 switches it off).

        ``shared`` is what the servers share; without it, this is the only one.
        """
        shared = shared or Alone()
        self._settings = settings
        self._clock = clock or SystemClock()
        self._erase = erase
        self._agent: Any = None
        self._asker = Asker(self.name(), rate, shared)
        customer = None
        if settings.app_secret:
            api = Api(settings.api, settings.app_id, settings.app_secret, http or AiohttpClient(), self._clock)
            customer = CustomerService(api, self._clock)
        self._talk = Talk(
            wording or load_wording(),
            Shelf(shared.memory(HELD, self._clock.now)),
            self._forget,
            places or (lambda: world().places),
            settings.public_url,
            customer,
        )
        answers = shared.memory(dealt(asdict, Bubble.of), self._clock.now)
        self._inflight: InFlight[Bubble] = InFlight(self._clock, self._asker.turns, answers)
        self._complained: dict[str, float] = {}
        if settings.mode == PLAIN:
            logger.warning("WeChat's plain mode protects no message; set LUOHU_WECHAT_AES_KEY and 安全模式 before the public uses it")

    @classmethod
    def name(cls) -> str:
        """Where the channel is served: ``/webhooks/wechat``."""
        return "wechat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WechatChannel:
        """For ``rasa run``; everything comes from the environment.

        Raises:
            WrongSettings: the token is not set, or another setting is wrong.
        """
        settings = load_settings()
        if settings is None:
            raise WrongSettings("LUOHU_WECHAT_TOKEN is not set; set it, or take the channel out of credentials.yml")
        return cls(settings)

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes."""
        hook = Blueprint("luohu_wechat")

        @hook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @hook.route("/webhook", methods=["GET"])
        async def verify(request: Request) -> HTTPResponse:
            try:
                self._check(_query(request))
                return response.text(_one(request, "echostr"), headers={"X-Content-Type-Options": "nosniff"})
            except Refused as refused:
                return self._refuse(refused)

        @hook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                opened = self.open(_query(request), request.body)
            except Refused as refused:
                return self._refuse(refused)
            self._agent = getattr(request.app.ctx, "agent", None)
            return self._reply(opened, await self._answer(opened.message, on_new_message))

        return hook

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """The message of a POST.

        Raises:
            Refused: it is too large (413), too old, wrongly signed or for another account (403), or no message (400).
        """
        if len(body) > MAX_BODY:
            raise Refused(413, "body_too_large", f"the body has {len(body)} bytes; send at most {MAX_BODY}", "")
        encrypted = query.get("encrypt_type", "raw") not in ("", "raw")
        try:
            if encrypted:
                self._check_age(query)
                form, fields = envelope.read(body)
                fields, key = self._decrypt(query, form, fields.get("Encrypt", ""))
                return Opened(envelope.message(fields), form, key, query.get("nonce", ""))
            if self._settings.mode == SAFE:
                raise Refused(403, "not_encrypted", "only encrypted messages are taken; choose 安全模式 in the account's settings", "")
            self._check(query)
            form, fields = envelope.read(body)
            return Opened(envelope.message(fields), form, None, query.get("nonce", ""))
        except Malformed as error:
            raise Refused(400, "malformed", f"{error}; send a message as WeChat does", "") from error

    def _decrypt(self, query: Mapping[str, str], form: str, encrypted: str) -> tuple[dict[str, str], bytes]:
        if self._settings.mode == PLAIN or self._settings.keys is None:
            raise Refused(403, "encrypted", "this server takes plain messages only; set LUOHU_WECHAT_AES_KEY and the mode", "")
        if not encrypted:
            raise Malformed("Encrypt is missing")
        expected = signature(self._settings.token, query.get("timestamp", ""), query.get("nonce", ""), encrypted)
        if not same(expected, query.get("msg_signature", "")):
            raise Refused(403, "bad_signature", "msg_signature does not fit; is the token the one of the account?", "/msg_signature")
        try:
            message, key = self._settings.keys.open(encrypted)
        except WrongAccount as error:
            raise Refused(403, "wrong_account", f"{error}; is LUOHU_WECHAT_APP_ID the one of the account?", "") from error
        except Undecipherable as error:
            raise Refused(400, "undecipherable", f"{error}; is LUOHU_WECHAT_AES_KEY the one of the account?", "") from error
        return envelope.read(message)[1], key

    def _check(self, query: Mapping[str, str]) -> None:
        """Age and plain signature of a request."""
        self._check_age(query)
        expected = signature(self._settings.token, query.get("timestamp", ""), query.get("nonce", ""))
        if not same(expected, query.get("signature", "")):
            raise Refused(403, "bad_signature", "signature does not fit; is the token the one of the account?", "/signature")

    def _check_age(self, query: Mapping[str, str]) -> None:
        at = query.get("timestamp", "")
        if not re.fullmatch(r"[0-9]{1,12}", at):
            raise Refused(403, "no_timestamp", "timestamp is missing; this address is for WeChat's servers", "/timestamp")
        if abs(self._clock.now() - int(at)) > WINDOW:
            raise Refused(403, "too_old", f"timestamp lies more than {WINDOW} seconds off; is this machine's clock right?", "/timestamp")

    async def _answer(self, message: Message, on_new_message: OnMessage) -> str | None:
        """The text to answer with within WeChat's five seconds, or ``None``."""
        sender = sender_of(message.openid)

        async def ask(incoming: Incoming) -> Messages:
            return await self._asker.ask(replace(incoming, name=message.key), on_new_message, in_turn=True)

        async def work() -> Bubble | None:
            return await self._talk.hear(message, sender, ask)

        async def late(bubble: Bubble) -> bool:
            sent = await self._talk.late(bubble, message.openid, sender)
            metrics.wechat_late(sent)
            return sent

        async def pick_up() -> Bubble | None:
            return await self._talk.pick_up(sender)

        try:
            in_time, bubble = await self._inflight.answer(message.key, Job(sender, work, late, pick_up))
        except Apart:
            return str(spoken("apart", sender)["text"])
        metrics.wechat_answered(in_time)
        if in_time:
            return bubble.text if bubble else None
        return self._talk.patience(sender)

    async def _forget(self, sender: str) -> None:
        await self._inflight.forget(sender)
        await self._asker.forget(sender)
        done = self._erase(sender) if self._erase is not None else self._agent.tracker_store.delete(sender)
        if inspect.isawaitable(done):
            await done

    def _reply(self, opened: Opened, text: str | None) -> HTTPResponse:
        if not text:
            return response.text(SUCCESS)
        at, message = int(self._clock.now()), opened.message
        body = envelope.text_reply(opened.form, message.openid, message.account, at, text)
        if opened.key is not None:
            sealed = encrypt(opened.key, self._settings.app_id, body)
            signed = signature(self._settings.token, str(at), opened.nonce, sealed)
            body = envelope.encrypted_reply(opened.form, sealed, signed, at, opened.nonce)
        kind = "application/json" if opened.form == envelope.JSON else "text/xml"
        return response.raw(body, content_type=f"{kind}; charset=utf-8")

    def _refuse(self, refused: Refused) -> HTTPResponse:
        """The error as JSON; the log says so once a minute for each kind, so that nobody can flood it."""
        metrics.refused(f"wechat_{refused.code}")
        now = self._clock.now()
        if now - self._complained.get(refused.code, 0.0) >= 60:
            self._complained[refused.code] = now
            logger.warning("a request to the WeChat channel was refused (%s): %s", refused.code, refused.message)
        return response.json(refused.body(), refused.status, ensure_ascii=False)


def sender_of(openid: str) -> str:
    """The sender id that stands for a person everywhere behind this channel: a keyed hash, which nobody can turn back."""
    return "wechat-" + keyed_hash("wechat", openid)


def channels(erase: Erase, shared: Shared | None = None) -> list[InputChannel]:
    """The channel where the environment sets it up, otherwise nothing.

    Raises:
        WrongSettings: a setting cannot be used.
    """
    settings = load_settings()
    return [WechatChannel(settings, erase, shared=shared)] if settings else []


def _query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in request.args.items() if values}


def _one(request: Request, name: str) -> str:
    value = request.args.get(name) or ""
    if not 1 <= len(value) <= 512:
        raise Refused(400, "no_echostr", "echostr is missing or too long; this address is for WeChat's servers", "/echostr")
    return str(value)
