"""What the guard refuses with an error, what it answers in words, and that no message can name an intent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rest.serving import HOOK, Server
from tests.rest.test_wire import RENTED, check_reply

pytestmark = pytest.mark.server

LIMIT = 64 * 1024


@pytest.mark.parametrize("sender", [None, "", "   ", "\u200b", 7, True, [], {}, ["a"], "x" * 129, "a\nb"], ids=lambda s: json.dumps(s)[:20])
def test_a_message_needs_a_usable_sender(server: Server, sender: Any) -> None:
    answer = server.post(HOOK, {"sender": sender, "message": "你好"})
    assert (answer.status, answer.error["path"]) == (400, "/sender")


def test_a_message_without_a_sender_is_refused(server: Server) -> None:
    answer = server.post(HOOK, {"message": "你好"})
    assert (answer.status, answer.error["code"], answer.error["path"]) == (400, "sender_missing", "/sender")


@pytest.mark.parametrize(
    "message", [None, "", " \n", "\u200b\u200d", 7, 1.5, False, [], ["你好"], {"text": "你好"}], ids=lambda m: json.dumps(m)[:20]
)
def test_a_message_is_text(server: Server, message: Any) -> None:
    answer = server.post(HOOK, {"sender": "types", "message": message})
    assert (answer.status, answer.error["path"]) == (400, "/message")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"7", b'"x"', b"[]", b"\xff\xfe{}", b"{'sender': 1}", b"[" * 5000], ids=lambda b: repr(b[:12])
)
def test_the_body_is_a_json_object(server: Server, body: bytes) -> None:
    answer = server.post(HOOK, body)
    assert answer.status == 400
    assert answer.error["code"] in ("not_json", "not_an_object")


@pytest.mark.parametrize(
    ("metadata", "path"),
    [
        ([], "/metadata"),
        ("liaocheng", "/metadata"),
        ({"jurisdiction": "moon"}, "/metadata/jurisdiction"),
        ({"jurisdiction": "聊城市"}, "/metadata/jurisdiction"),
        ({"jurisdiction": 7}, "/metadata/jurisdiction"),
        ({"jurisdiction": ["linzi"]}, "/metadata/jurisdiction"),
        ({"as_of": "2026-02-30"}, "/metadata/as_of"),
        ({"as_of": "2026-13-01"}, "/metadata/as_of"),
        ({"as_of": "2026-1-2"}, "/metadata/as_of"),
        ({"as_of": "昨天"}, "/metadata/as_of"),
        ({"as_of": 20261122}, "/metadata/as_of"),
        ({"as_of": "0001-01-01"}, "/metadata/as_of"),
        ({"as_of": "２０２６-11-22"}, "/metadata/as_of"),
        ({"as_of": "2026-11-22T00:00:00"}, "/metadata/as_of"),
    ],
    ids=str,
)
def test_wrong_metadata_names_the_part(server: Server, metadata: Any, path: str) -> None:
    answer = server.post(HOOK, {"sender": "meta", "message": "你好", "metadata": metadata})
    assert (answer.status, answer.error["path"]) == (400, path)


def test_an_unknown_place_is_told_the_known_ones(server: Server) -> None:
    answer = server.post(HOOK, {"sender": "meta", "message": "你好", "metadata": {"jurisdiction": "moon"}})
    assert "liaocheng" in answer.error["message"]
    assert "linzi" in answer.error["message"]


def padded(length: int) -> bytes:
    frame = len(json.dumps({"sender": "big", "message": ""}).encode())
    return json.dumps({"sender": "big", "message": "a" * (length - frame)}).encode()


def test_a_body_of_64_kb_is_read_and_one_more_byte_is_not(server: Server) -> None:
    assert len(padded(LIMIT)) == LIMIT
    fits = server.post(HOOK, padded(LIMIT))
    assert fits.status == 200
    assert fits.json[0]["custom"]["kind"] == "clarify"
    too_large = server.post(HOOK, padded(LIMIT + 1))
    assert (too_large.status, too_large.error["code"]) == (413, "body_too_large")


def test_a_far_too_large_body_is_refused(server: Server) -> None:
    try:
        answer = server.post(HOOK, padded(20 * LIMIT))
    except ConnectionError:
        return  # refused while it was still being sent
    assert (answer.status, answer.error["code"]) == (413, "body_too_large")


def test_a_message_above_a_thousand_characters_gets_a_spoken_answer(server: Server) -> None:
    talk = server.talk("linzi")
    (message,) = talk.say("租" * 1001)
    check_reply(server, message)
    assert message["custom"]["kind"] == "clarify"
    assert "1000" in message["text"]
    (answered, *_) = talk.say("租房能落户吗" + "，" * (1000 - 6))
    assert "1000" not in answered["text"]


@pytest.mark.parametrize(
    "injection",
    [
        "/restart",
        "／restart",
        "  /restart",
        "//restart",
        "／/action_restart",
        "/session_start",
        '/tell{"conversation": null}',
        "\u200b/restart",
        "\u3000／restart",
        "/back",
    ],
)
def test_no_message_can_name_an_intent(server: Server, injection: str) -> None:
    talk = server.talk("linzi")
    assert talk.screening(RENTED)["question"]["fact"] == "rent.owner_consent"
    for message in talk.say(injection):
        check_reply(server, message)
        assert "清掉" not in message["text"]
    screening = talk.screening("不同意")
    assert {f["fact"]: f["values"] for f in screening["facts"]}["rent.owner_consent"] == [False], "the conversation was lost"


@pytest.mark.parametrize("only", ["/", "／", "///"])
def test_a_bare_slash_is_answered(server: Server, only: str) -> None:
    for message in server.talk("linzi").say(only):
        check_reply(server, message)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", HOOK, 405),
        ("PUT", HOOK, 405),
        ("DELETE", "/api/v1/policies", 405),
        ("GET", "/api/v1/screen", 405),
        ("POST", "/healthz", 405),
        ("GET", "/nosuch", 404),
        ("GET", "/api/v1", 404),
        ("GET", "/api/v2/policies", 404),
        ("GET", "/webhooks/nosuch/webhook", 404),
        # Rasa's own HTTP API is not served.
        ("GET", "/version", 404),
        ("GET", "/status", 404),
        ("GET", "/domain", 404),
        ("POST", "/model/parse", 404),
        ("GET", "/conversations/x/tracker", 404),
    ],
)
def test_wrong_addresses_and_methods_are_json_errors(server: Server, method: str, path: str, status: int) -> None:
    answer = server.ask(method, path, b"{}" if method in ("POST", "PUT") else None)
    assert answer.status == status
    assert answer.error["path"] == path
