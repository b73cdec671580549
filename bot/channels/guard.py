"""What stands in front of every channel, before Rasa sees a message: size, form, rate, injection, personal data.

Pure: each check takes values and returns values or raises :class:`Refused`; the channels turn that into their own answer.
"""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.channels.masking import is_personal, mask, unseen

MAX_BODY = 64 * 1024
"""Bytes of a request body."""
MAX_MESSAGE = 1000
"""Characters of a message; a longer one gets a spoken answer."""
MAX_SENDER = 128
"""Characters of a sender id."""
MAX_NAME = 128
"""Characters of what a client calls a message."""


class Refused(Exception):
    """A request that is refused with an error, not with a spoken answer."""

    def __init__(self, status: int, code: str, message: str, path: str) -> None:
        """``path`` names the part of the request; ``message`` says what is wrong and how to mend it."""
        super().__init__(message)
        self.status, self.code, self.message, self.path = status, code, message, path

    def body(self) -> dict[str, Any]:
        """The error as JSON."""
        return {"error": {"code": self.code, "message": self.message, "path": self.path}}


@dataclass(frozen=True)
class Incoming:
    """A message that passed.

    ``spoken`` is the phrase (of ``data/wording``) to say at once instead of asking Rasa; ``name`` is what the client calls the message,
    the same when it sends it again.
    """

    sender: str
    text: str
    metadata: Mapping[str, Any]
    spoken: str | None = None
    name: str | None = None


def parse_json(body: bytes) -> dict[str, Any]:
    """The JSON object of a request body.

    Raises:
        Refused: 413 above :data:`MAX_BODY`, 400 where it is no JSON object.
    """
    if len(body) > MAX_BODY:
        raise Refused(413, "body_too_large", f"the body has {len(body)} bytes; send at most {MAX_BODY}", "")
    try:
        value = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refused(400, "not_json", "the body is no JSON in UTF-8; send an object with sender and message", "") from error
    if not isinstance(value, dict):
        raise Refused(400, "not_an_object", f"the body is a JSON {_kind(value)}; send an object", "")
    return value


def check_message(body: Mapping[str, Any], jurisdictions: frozenset[str] | None) -> Incoming:
    """The message of a REST body, masked and with no way to inject an intent.

    Args:
        body: the JSON object.
        jurisdictions: ids that ``metadata.jurisdiction`` may carry; ``None`` does not check.

    Raises:
        Refused: 400, naming the part that is wrong.
    """
    sender = _sender(body)
    message = body.get("message")
    if message is None:
        raise Refused(400, "message_missing", 'say in "message" what the resident wrote', "/message")
    if not isinstance(message, str):
        raise Refused(400, "message_not_text", f'"message" is a {_kind(message)}; send text', "/message")
    if not clean(message):
        raise Refused(400, "message_empty", '"message" holds no text; send what the resident wrote', "/message")
    metadata = check_metadata(body.get("metadata"), jurisdictions)
    return replace(admit(sender, message, metadata), name=check_name(body))


def admit(sender: str, message: str, metadata: Mapping[str, Any]) -> Incoming:
    """A message of any channel: too long gets a spoken answer; otherwise neutralised and masked."""
    text = clean(message)
    if len(text) > MAX_MESSAGE:
        return Incoming(sender, "", metadata, "too_long")
    hidden = mask(neutralise(text))
    return Incoming(
        sender, hidden.text, {**metadata, "masked": True, "masked_kinds": list(hidden.kinds)} if hidden.kinds else dict(metadata)
    )


def check_metadata(metadata: Any, jurisdictions: frozenset[str] | None) -> dict[str, Any]:
    """The metadata that may pass on: ``jurisdiction``, ``as_of`` and ``about`` (the fact that the message says anew).

    Anything else is dropped.

    Raises:
        Refused: 400 for a place that no document governs, for a day that does not exist, or for what cannot be the name of a fact.
    """
    if metadata is None:
        return {}
    if not isinstance(metadata, dict):
        raise Refused(400, "metadata_not_an_object", f'"metadata" is a {_kind(metadata)}; send an object or leave it out', "/metadata")
    kept: dict[str, Any] = {}
    place = metadata.get("jurisdiction")
    if place is not None:
        if not isinstance(place, str) or (jurisdictions is not None and place not in jurisdictions):
            known = ", ".join(sorted(jurisdictions or ()))
            wrong = f'"jurisdiction" is {_shown(place)}; use one of: {known}, or leave it out'
            raise Refused(400, "unknown_jurisdiction", wrong, "/metadata/jurisdiction")
        kept["jurisdiction"] = place
    as_of = metadata.get("as_of")
    if as_of is not None:
        kept["as_of"] = check_date(as_of, "/metadata/as_of").isoformat()
    about = metadata.get("about")
    if about is not None:
        if not isinstance(about, str) or not re.fullmatch(r"[a-z_.]{1,64}", about):
            raise Refused(400, "bad_fact", f'"about" is {_shown(about)}; name a fact of /api/v1/facts, or leave it out', "/metadata/about")
        kept["about"] = about
    return kept


def check_date(value: Any, path: str) -> date:
    """An ISO date between 1949 and 2199.

    Raises:
        Refused: 400 otherwise.
    """
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise ValueError
        day = date.fromisoformat(value)
        if not 1949 <= day.year <= 2199:
            raise ValueError
    except ValueError:
        raise Refused(400, "bad_date", f"{_shown(value)} is no day; write it as 2026-11-22", path) from None
    return day


_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without control characters, invisible characters and surrounding space."""
    return _CONTROL.sub("", text).strip()


_SLASHES = "/／⁄∕⧸╱"


def neutralise(text: str) -> str:
    """The text without leading slashes, whatever stands before and between them unseen, so that it can never be read as an intent."""
    at = 0
    while at < len(text) and (text[at] in _SLASHES or text[at].isspace() or unseen(text[at])):
        at += 1
    return text[at:] or "？"


class Rate:
    """A token bucket per key, in memory: ``burst`` at once, ``per_second`` on average; the least used keys are forgotten."""

    def __init__(self, burst: float = 20, per_second: float = 2.0, keys: int = 20000, clock: Callable[[], float] = time.monotonic) -> None:
        """``keys`` is how many senders are remembered."""
        self._burst, self._per_second, self._keys, self._clock = burst, per_second, keys, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def allows(self, key: str) -> bool:
        """Whether the key may go on now; takes a token if so."""
        now = self._clock()
        tokens, at = self._buckets.pop(key, (self._burst, now))
        tokens = min(self._burst, tokens + (now - at) * self._per_second)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return allowed


def _sender(body: Mapping[str, Any]) -> str:
    sender = body.get("sender")
    if sender is None:
        raise Refused(400, "sender_missing", 'say in "sender" an id of this conversation, so that residents do not share one', "/sender")
    if not isinstance(sender, str):
        raise Refused(400, "sender_not_text", f'"sender" is a {_kind(sender)}; send text', "/sender")
    sender = sender.strip()
    if not clean(sender):
        raise Refused(400, "sender_blank", '"sender" is blank; send an id of this conversation', "/sender")
    if len(sender) > MAX_SENDER or clean(sender) != sender or not sender.isprintable():
        raise Refused(400, "sender_unusable", f'"sender" must be at most {MAX_SENDER} visible characters', "/sender")
    if is_personal(sender):
        wrong = '"sender" is a personal number or address; send an id that says nothing of the person'
        raise Refused(400, "sender_personal", wrong, "/sender")
    return sender


def check_name(body: Mapping[str, Any]) -> str | None:
    """The message's own name in a body, by which it is known when it is sent again; ``None`` where it has none.

    Raises:
        Refused: 400 where it is no such name.
    """
    given = next((key for key in ("message_id", "id") if body.get(key) is not None), None)
    if given is None:
        return None
    name = body[given]
    if not isinstance(name, str) or not 1 <= len(name) <= MAX_NAME or clean(name) != name or not name.isprintable():
        wrong = f'"{given}" must be a text of 1 to {MAX_NAME} visible characters that is new for every message, or left out'
        raise Refused(400, "bad_id", wrong, f"/{given}")
    return name


def _kind(value: Any) -> str:
    return {bool: "boolean", int: "number", float: "number", list: "list", dict: "object", str: "text", type(None): "null"}.get(
        type(value), "value"
    )


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]
