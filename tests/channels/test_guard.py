"""The guard: form, size, rate and injection, before Rasa sees anything."""

from __future__ import annotations

import json

import pytest

from bot.channels.guard import MAX_BODY, MAX_MESSAGE, Rate, Refused, admit, check_message, check_metadata, clean, neutralise, parse_json

PLACES = frozenset({"here", "there"})


def refused(body: object) -> Refused:
    with pytest.raises(Refused) as caught:
        check_message(parse_json(json.dumps(body).encode()), PLACES)
    return caught.value


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        ({"message": "你好"}, "sender_missing", "/sender"),
        ({"sender": None, "message": "你好"}, "sender_missing", "/sender"),
        ({"sender": "  ", "message": "你好"}, "sender_blank", "/sender"),
        ({"sender": "\u200b", "message": "你好"}, "sender_blank", "/sender"),
        ({"sender": 7, "message": "你好"}, "sender_not_text", "/sender"),
        ({"sender": "a" * 129, "message": "你好"}, "sender_unusable", "/sender"),
        ({"sender": "a"}, "message_missing", "/message"),
        ({"sender": "a", "message": None}, "message_missing", "/message"),
        ({"sender": "a", "message": 123}, "message_not_text", "/message"),
        ({"sender": "a", "message": {"a": 1}}, "message_not_text", "/message"),
        ({"sender": "a", "message": ["你好"]}, "message_not_text", "/message"),
        ({"sender": "a", "message": " \u3000\n"}, "message_empty", "/message"),
        ({"sender": "a", "message": "你好", "metadata": []}, "metadata_not_an_object", "/metadata"),
        ({"sender": "a", "message": "你好", "metadata": {"jurisdiction": "moon"}}, "unknown_jurisdiction", "/metadata/jurisdiction"),
        ({"sender": "a", "message": "你好", "metadata": {"jurisdiction": ["here"]}}, "unknown_jurisdiction", "/metadata/jurisdiction"),
        ({"sender": "a", "message": "你好", "metadata": {"as_of": "2026-02-30"}}, "bad_date", "/metadata/as_of"),
        ({"sender": "a", "message": "你好", "metadata": {"as_of": 20261122}}, "bad_date", "/metadata/as_of"),
        ({"sender": "a", "message": "你好", "metadata": {"as_of": "0001-01-01"}}, "bad_date", "/metadata/as_of"),
        ({"sender": "a", "message": "你好", "metadata": {"as_of": "明天"}}, "bad_date", "/metadata/as_of"),
    ],
)
def test_a_wrong_body_is_refused_and_the_part_is_named(body: object, code: str, path: str) -> None:
    error = refused(body)
    assert (error.status, error.code, error.path) == (400, code, path)
    assert error.message
    assert error.body() == {"error": {"code": code, "message": error.message, "path": path}}


@pytest.mark.parametrize(
    ("raw", "status"),
    [(b"", 400), (b"{", 400), (b"\xff\xfe", 400), (b"[]", 400), (b"null", 400), (b"[" * 50000, 400), (b" " * (MAX_BODY + 1), 413)],
)
def test_what_is_no_json_object_is_refused(raw: bytes, status: int) -> None:
    with pytest.raises(Refused) as caught:
        parse_json(raw)
    assert caught.value.status == status


def test_metadata_keeps_what_is_known_and_drops_the_rest() -> None:
    assert check_metadata({"jurisdiction": "here", "as_of": "2026-11-22", "secret": 1}, PLACES) == {
        "jurisdiction": "here",
        "as_of": "2026-11-22",
    }
    assert check_metadata(None, PLACES) == {}
    assert check_metadata({"jurisdiction": None, "as_of": None}, PLACES) == {}


@pytest.mark.parametrize("text", ["/restart", "  /restart", "／restart", '//ask{"a":"b"}', "\u3000/ ask", "\u200b/restart", "/／/tell"])
def test_no_intent_can_be_injected(text: str) -> None:
    passed = admit("a", text, {})
    assert not passed.text.lstrip().startswith(("/", "／"))


def test_a_lone_slash_is_still_a_message() -> None:
    assert neutralise("/ ／") == "？"
    assert neutralise("3/4的人") == "3/4的人"


def test_a_long_message_gets_a_spoken_answer() -> None:
    assert admit("a", "租" * MAX_MESSAGE, {}).spoken is None
    assert admit("a", "租" * (MAX_MESSAGE + 1), {}).spoken == "too_long"


def test_invisible_characters_are_dropped() -> None:
    assert clean("租\u200b房\u202e\x00能") == "租房能"


def test_masking_is_flagged() -> None:
    passed = admit("a", "我的号码13812345678", {"as_of": "2026-11-22"})
    assert "13812345678" not in passed.text
    assert passed.metadata == {"as_of": "2026-11-22", "masked": True, "masked_kinds": ["mobile"]}


async def test_rate_per_sender() -> None:
    now = [0.0]
    rate = Rate(burst=3, per_second=1, clock=lambda: now[0])
    assert [await rate.allows("a") for _ in range(4)] == [True, True, True, False]
    assert await rate.allows("b")
    now[0] = 1.0
    assert [await rate.allows("a"), await rate.allows("a")] == [True, False]
    now[0] = 100.0
    assert [await rate.allows("a") for _ in range(4)] == [True, True, True, False]


async def test_rate_forgets_the_least_used() -> None:
    rate = Rate(burst=1, per_second=0.0, keys=2, clock=lambda: 0.0)
    assert await rate.allows("a")
    assert await rate.allows("b")
    assert await rate.allows("c")
    assert await rate.allows("a")
    assert not await rate.allows("c")
