"""What is fuzzed: each target takes bytes as they could come from outside and fails where a promise of the part does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from bot.channels import api
from bot.channels.guard import Refused, admit, check_message, parse_json
from bot.channels.loaded import world
from bot.channels.masking import mask
from bot.channels.wechat import envelope
from bot.channels.wechat.crypto import Keys, Undecipherable, WrongAccount, decode_key, decrypt, encrypt
from bot.channels.wechat.envelope import Malformed
from bot.channels.wechat.text import MOST, chosen, plain, split
from bot.desk.session import opened
from bot.eligibility.codec import FactError, parse_facts, to_json
from bot.reading.place.places import find_places
from bot.reading.reader import read
from bot.reading.text.normalise import normalise
from bot.reading.text.numbers import find_numbers
from bot.reading.time.dates import find_dates
from bot.reading.time.durations import find_durations

AS_OF = date(2026, 11, 22)
KEY, APP_ID = decode_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"), "wx0123456789abcdef"
PLACES = frozenset({"liaocheng", "linzi"})


def text_of(data: bytes) -> str:
    """A message of at most 1,000 characters; bytes that are no UTF-8 become lone surrogates, as JSON can carry them."""
    return data.decode("utf-8", "surrogateescape")[:1000]


def guard(data: bytes) -> None:
    """A body is refused with a status, or passes as a text that is no intent, is masked, and has metadata that is known."""
    try:
        passed = check_message(parse_json(data), PLACES)
    except Refused as refused:
        assert refused.status in (400, 413)  # noqa: PT017
        json.dumps(refused.body(), ensure_ascii=False)
        return
    assert len(passed.text) <= 1100 or passed.spoken
    assert set(passed.metadata) <= {"jurisdiction", "as_of", "about", "masked", "masked_kinds"}
    assert passed.sender.isprintable()
    message(passed.text.encode("utf-8", "surrogateescape"))


def message(data: bytes) -> None:
    """A message of any channel passes as a text that does not begin with a slash and in which nothing is left to mask."""
    passed = admit("a", text_of(data), {})
    assert not passed.text.lstrip().startswith(("/", "／"))
    assert mask(passed.text).text == passed.text, "masked once is masked"
    passed.text.encode("utf-8")


def masking(data: bytes) -> None:
    """Masking never fails, leaves what is masked alone, and changes nothing where it finds nothing."""
    text = text_of(data)
    hidden = mask(text)
    assert bool(hidden.kinds) == (hidden.text != text)
    assert mask(hidden.text).text == hidden.text


def readers(data: bytes) -> None:
    """The readers of the plain text never fail, and every span lies inside the text."""
    words = normalise(text_of(data))
    assert len(words.origins) == len(words.plain)
    assert all(0 <= a <= b <= len(words.original) for a, b in words.origins)
    spans = [
        r.span
        for r in (*find_dates(words.plain, AS_OF), *find_durations(words.plain), *find_numbers(words.plain), *find_places(words.plain))
    ]
    assert all(0 <= a < b <= len(words.plain) for a, b in spans), spans


@lru_cache(maxsize=1)
def _specs() -> Any:
    return world().vocabulary


def facts(data: bytes) -> None:
    """The fact reader never fails; every fact is of the vocabulary, every value one it can have, all words the resident's own."""
    text = text_of(data)
    found = read(text, as_of=AS_OF, home="山东省/聊城市", vocabulary=_specs())
    for fact in (*found.facts, *(f for wish in found.wishes for f in wish.facts)):
        spec = _specs().facts[fact.fact]
        told = parse_facts({fact.fact: to_json(fact.value, spec)}, _specs())
        assert told, fact
        assert fact.words in text, fact


def payload(data: bytes) -> None:
    """A screening request is refused with a status, or answered with what can be sent as JSON."""
    try:
        json.dumps(api.screening(world(), parse_json(data), AS_OF), ensure_ascii=False, allow_nan=False).encode()
    except Refused as refused:
        assert refused.status in (400, 404, 413, 422)  # noqa: PT017
        json.dumps(refused.body(), ensure_ascii=False)


def codec(data: bytes) -> None:
    """Facts are read, or refused by a :class:`FactError` that names the part."""
    try:
        body = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return
    if isinstance(body, dict):
        try:
            told = parse_facts(body, _specs())
            again = parse_facts({name: to_json(value, _specs().facts[name]) for name, value in told.items()}, _specs())
            assert again == told, "written and read again it is the same"
        except FactError as error:
            assert error.message  # noqa: PT017


def xml(data: bytes) -> None:
    """A body of WeChat is a message, or malformed."""
    try:
        _, fields = envelope.read(data)
        made = envelope.message(fields)
    except Malformed:
        return
    assert len(made.key) == 64
    for form in (envelope.XML, envelope.JSON):
        wrote = envelope.text_reply(form, made.openid, made.account, 1, made.get("Content"))
        assert envelope.read(wrote)[1]["MsgType"] == "text"


def crypto(data: bytes) -> None:
    """A ciphertext opens or is undecipherable; what is encrypted comes back."""
    try:
        decrypt(KEY, data.decode("latin-1"))
        Keys(APP_ID, (KEY,)).open(data.decode("latin-1"))
    except (Undecipherable, WrongAccount):
        pass
    assert Keys(APP_ID, (KEY,)).open(encrypt(KEY, APP_ID, data)) == (data, KEY)


def bubbles(data: bytes) -> None:
    """An answer is cut into parts that fit and together give it again; a choice is one of those offered."""
    text = plain(data.decode("utf-8", "replace"))
    parts = split(text) if text else []
    assert "".join(parts) == text
    assert all(len(part.encode()) <= MOST for part in parts)
    assert chosen(text[:20], 4) in (None, 1, 2, 3, 4)


def sessions(data: bytes) -> None:
    """No bytes are a session of the page or of the desk."""
    from bot.channels.sessions import sender_of  # here, since it brings Rasa along

    text = data.decode("utf-8", "surrogateescape")
    try:
        raise AssertionError(sender_of(text))
    except Refused as refused:
        assert refused.status == 401  # noqa: PT017
    assert opened(text) is None


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (guard, message, masking, readers, facts, payload, codec, xml, crypto, bubbles, sessions)
}  # fmt: skip
