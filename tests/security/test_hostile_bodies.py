"""Bodies and messages made to harm: bombs, odd numbers, doubled keys, intents in disguise, floods. The server answers and stays small."""

from __future__ import annotations

import asyncio
import resource
import time
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.channels import asking
from bot.channels.asking import Asker
from bot.channels.guard import MAX_BODY, Incoming, Rate, admit
from bot.channels.trackers import CONVERSATIONS
from bot.channels.wechat import envelope
from bot.channels.wechat.envelope import Malformed
from bot.reading.text.normalise import normalise
from bot.store.database import shared_engine
from tests.security.serving import HOOK, House

DEEP = 30_000


@pytest.mark.server
@pytest.mark.parametrize("address", [HOOK, "/chat/message", "/chat/feedback", "/api/v1/screen", "/desk/api/sign-in"])
@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP,
        b'{"a":' * 10_000,
        b'{"sender":' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"sender": ' + b"9" * 60_000 + b"}",
        b'{"sender": 1e99999}',
        b'{"sender": NaN, "message": Infinity}',
        b'{"sender": -1e999, "policy": -0.0}',
        b'{"a": 1, "a": 2}',
        b'{"sender": "\\ud800", "message": "\\udfff"}',
        b'{"sender": "a", "message": "\\u0000"}',
        b"\xef\xbb\xbf{}",
        b"\x00" * 1000,
        b'{"policy": "linzi-2022", "facts": {"work.status": ' + b"[" * 900 + b"]" * 900 + b"}}",
        b'{"policy": "linzi-2022", "facts": {"work.months": {"min": ' + b"9" * 5000 + b"}}}",
        b'{"policy": "linzi-2022", "facts": {"work.months": {"min": NaN, "max": 1e308}}}',
        b'{"policy": "linzi-2022", "as_of": 1e400}',
    ],
    ids=lambda body: repr(body[:24])[2:26],
)
def test_a_bomb_of_json_is_refused_at_once(served: House, address: str, body: bytes) -> None:
    began = time.thread_time()
    answer = served.ask("POST", address, body)
    assert answer.status in (400, 401, 404, 422), answer.raw[:300]
    assert set(answer.json) == {"error"}
    assert b"Traceback" not in answer.raw
    assert time.thread_time() - began < 5
    assert served.ask("GET", "/healthz").status == 200


@pytest.mark.server
@pytest.mark.parametrize(
    "address", [HOOK, "/chat/message", "/chat/session", "/api/v1/screen", "/desk/api/sign-in", "/webhooks/wechat/webhook"]
)
def test_no_address_takes_more_than_64_kb(served: House, address: str) -> None:
    try:
        answer = served.ask("POST", address, b"a" * (MAX_BODY + 1))
    except ConnectionError:
        return  # refused while it was still being sent
    assert (answer.status, answer.code) == (413, "body_too_large")


def test_of_two_values_of_a_key_the_guard_sees_the_one_that_is_used(served: House) -> None:
    twice = b'{"sender": "twice", "message": "/restart", "message": "\xe6\x88\x91\xe7\x9a\x84\xe5\x8f\xb7\xe7\xa0\x8113800138000"}'
    assert served.ask("POST", HOOK, twice).status == 200
    assert served.bot.heard[-1].text == "我的号码［已隐去手机号］"


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 10 + b'"><!ENTITY c "' + b"&b;" * 10 + b'">]><xml><Content>&c;</Content></xml>'
)


@pytest.mark.parametrize(
    "body",
    [
        LAUGHS,
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><Content>a</Content></xml>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>',
        b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/x">%a;]><xml/>',
        b"<!DOCTYPE xml><xml><Content>a</Content></xml>",
        "<!DOCTYPE x><xml/>".encode("utf-16"),
        b"<xml>" * 20_000,
        b"{" * 20_000,
        b'{"a":' * 20_000,
        b"<xml><a>&undefined;</a></xml>",
    ],
    ids=lambda body: repr(body[:30])[2:32],
)
def test_a_bomb_of_xml_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        envelope.read(body)


HIDDEN = (
    "",
    " ",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u00ad",
    "\u202e",
    "\x00",
    "\u3000",
    "\t",
    "\u180e",
    "\u2028",
    "\u3164",
    "\ufe0f",
    "\u115f",
    "\u034f",
    "\U000e0041",
)
SLASHES = ("/", "／", "//", "⁄", "∕", "⧸", "╱", "/ ", "／ ")


@pytest.mark.parametrize("command", ["restart", 'inform{"age": 99}', "session_start", "back", "ask/fee", "EXTERNAL: restart"])
def test_no_disguise_lets_an_intent_through(command: str) -> None:
    """Neither as it stands nor after the normalising that Rasa and the reader do."""
    for hidden in HIDDEN:
        for slash in SLASHES:
            for again in ("", hidden):
                text = admit("a", f"{hidden}{slash}{again}{command}", {}).text
                seen = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn", "Cc"))
                for form in (text, seen, unicodedata.normalize("NFKC", seen), normalise(text).plain):
                    assert not form.strip().startswith(INTENT_MESSAGE_PREFIX), ascii(text)


def test_buttons_and_metadata_carry_no_intent(served: House) -> None:
    odd = {"intent": "restart", "entities": [{"entity": "a"}], "slots": {"conversation": None}, "commands": [1], "jurisdiction": "linzi"}
    more = {"payload": "/restart", "button": "/restart", "input_channel": "cmdline", "parse_data": {"intent": {"name": "restart"}}}
    served.ask("POST", HOOK, {"sender": "meta", "message": "/restart", "metadata": odd, **more})
    heard = served.bot.heard[-1]
    assert (heard.text, heard.metadata, heard.input_channel, heard.parse_data) == ("restart", {"jurisdiction": "linzi"}, "rest", None)


def test_a_flood_of_senders_leaves_memory_and_rows_bounded(served: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LAST", replace(asking.LAST, most=200))
    asker = Asker("flood", Rate(burst=5, per_second=0.001, keys=300))

    async def answer(message: Any) -> None:
        await message.output_channel.send_response(
            message.sender_id, {"text": "a", "custom": {"kind": "chitchat", "schema": "luohu.reply/1"}}
        )

    async def flood() -> list[str]:
        kinds = []
        for number in range(3000):
            await asker.ask(Incoming(f"s{number}", "你好", {}), answer)
        for _ in range(8):
            kinds.append((await asker.ask(Incoming("one", "你好", {}), answer))[0]["text"])
        return kinds

    said = asyncio.run(flood())
    assert said[:5] == ["a"] * 5
    assert "a" not in said[5:], "the sixth at once is told to wait"
    assert len(asker._last) <= 200
    assert len(asker._turns) == 0  # type: ignore[arg-type]
    assert len(asker._rate._buckets) <= 300  # type: ignore[union-attr]


@pytest.mark.server
def test_a_long_conversation_is_one_row_that_does_not_grow(served: House) -> None:
    for number in range(60):
        served.ask("POST", HOOK, {"sender": "long", "message": f"第{number}句" + "租" * 900, "metadata": {"x": "y" * 2000}})
    with shared_engine().connect() as connection:
        rows = connection.execute(CONVERSATIONS.select().where(CONVERSATIONS.c.sender == "long")).all()
    assert len(rows) == 1
    assert len(rows[0].state) < 6000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4_000_000, "kilobytes"


@pytest.mark.server
def test_an_error_tells_nothing_of_the_inside(served: House) -> None:
    served.ask("POST", HOOK, {"sender": "broken", "message": "坏"})
    for method, path, body in (("POST", HOOK, b"{"), ("GET", "/nosuch/13800138000", None), ("POST", "/api/v1/screen", {"policy": 7})):
        answer = served.ask(method, path, body)
        for inside in (b"Traceback", b"site-packages", b"/bot/", b"sanic", b"rasa", b"Python"):
            assert inside not in answer.raw
        assert "server" not in answer.headers
