"""The REST channel: Rasa's wire format, with a ``luohu.reply/1`` object in every turn of every kind."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from openapi_schema_validator import OAS30Validator

from tests.rest.serving import HOOK, Server

pytestmark = pytest.mark.server

RENTED = "我在临淄城里租了房住，没有工作，想按租房落户"
KINDS = {
    "answer": ("liaocheng", "租房能落户吗"),
    "screening": ("linzi", "我在临淄城里上班，签了合同"),
    "ask": ("linzi", RENTED),
    "clarify": (None, "租房能落户吗"),
    "not_stated": ("linzi", "落户收多少钱"),
    "out_of_scope": ("liaocheng", "驾照快到期了怎么换"),
    "handoff": (None, "转人工"),
    "chitchat": (None, "你好"),
}
CITATION = {"policy", "doc_no", "title", "article", "quote", "url"}
# What the page of the chat shows besides.
BEYOND = {"nearest", "only", "comparison"}
SCREENING = {"policy", "person", "as_of", "verdict", "facts", "routes", "question", "notes"}
ROUTE = {"id", "title", "verdict", "article", "conditions", "materials", "followers", "registers_at", "changes"}
CONDITION = {"text", "value", "article", "quote", "note", "asks"}
VERDICTS = {"eligible", "not_eligible", "need_more_info", "not_covered"}


def check_reply(server: Server, message: dict[str, Any]) -> None:
    """The promises of DESIGN section 5 about one message."""
    assert set(message) <= {"recipient_id", "text", "buttons", "custom"}
    assert isinstance(message["text"], str)
    assert message["text"].strip()
    payload = message["custom"]
    assert set(payload) == {"schema", "kind", "jurisdiction", "topic", "id", "citations", "screening"}
    assert payload["schema"] == "luohu.reply/1"
    assert payload["kind"] in KINDS
    assert payload["jurisdiction"] in ("liaocheng", "linzi", None)
    assert payload["id"]
    for button in message.get("buttons", ()):
        assert set(button) == {"title", "payload"}
        assert not button["payload"].startswith("/"), "a button sends plain text, never an intent"
    for cited in payload["citations"]:
        assert set(cited) == CITATION
        assert unquote(cited["url"]) == f"/api/v1/policies/{cited['policy']}/articles/{cited['article']}"
        assert fold(cited["quote"]) in fold(server.article(cited["url"])), cited
    if payload["kind"] in ("screening", "ask"):
        assert payload["screening"] is not None
    if payload["screening"] is not None:
        check_screening(payload["screening"])
    assert not re.search(r"(?<!\d)(?!12345(?!\d))1\d{4}(?!\d)|0\d{2,3}-?\d{7}", message["text"]), "a telephone number"
    assert "！" not in message["text"]


def check_screening(screening: dict[str, Any]) -> None:
    assert set(screening) - BEYOND == SCREENING
    assert screening["verdict"] in VERDICTS
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", screening["as_of"])
    assert screening["routes"]
    for fact in screening["facts"]:
        assert {"fact", "values", "words"} <= set(fact)
        assert fact["values"]
    for route in screening["routes"]:
        assert set(route) == ROUTE
        assert route["verdict"] in VERDICTS
        for condition in route["conditions"]:
            assert set(condition) == CONDITION
            assert condition["value"] in (True, False, None)
    if screening["question"] is not None:
        assert set(screening["question"]) >= {"fact", "text", "options", "because"}
        assert set(screening["question"]["because"]) >= {"article", "quote"}


def fold(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_turn_carries_the_payload(server: Server, kind: str) -> None:
    place, text = KINDS[kind]
    messages = server.talk(place).say(text)
    assert messages[-1]["custom"]["kind"] == kind, [m["text"] for m in messages]
    for message in messages:
        check_reply(server, message)
    if kind in ("answer", "screening"):
        assert messages[-1]["custom"]["citations"]
    if kind in ("ask", "clarify"):
        assert messages[-1]["buttons"]


def test_a_whole_conversation_keeps_the_form(server: Server) -> None:
    talk = server.talk("liaocheng")
    said = (
        "你好 我在聊城高新区租了套商品房，户口是河北的，能落户吗 孩子能随迁吗 为什么问这个 不清楚 😀 那在临淄呢 哪个地方容易 怎样才能办"
    )
    said += " 要带什么材料 我爱人呢 济南怎么落户 转人工 重新开始"
    for text in said.split():
        for message in talk.say(text):
            check_reply(server, message)


def test_the_replies_fit_the_published_schema(server: Server) -> None:
    document = server.get("/api/v1/openapi.json").json
    schema = {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Message"}, "components": document["components"]}
    for place, text in KINDS.values():
        answer = server.post(HOOK, {"sender": "schema", "message": text, "metadata": {"jurisdiction": place} if place else None})
        problems = [e.message for e in OAS30Validator(schema).iter_errors(answer.json)]
        assert not problems, (text, problems[:3])


def test_the_same_question_has_the_same_replayable_id(server: Server) -> None:
    first, second = (server.talk("liaocheng").say("租房能落户吗")[0]["custom"]["id"] for _ in range(2))
    other = server.talk("linzi").say("租房能落户吗")[0]["custom"]["id"]
    assert first == second
    assert first != other


@pytest.mark.parametrize("place", ["liaocheng", "linzi"])
def test_the_front_end_may_pin_a_place(server: Server, place: str) -> None:
    assert {m["custom"]["jurisdiction"] for m in server.talk(place).say("租房能落户吗")} == {place}


def test_a_place_may_be_null(server: Server) -> None:
    answer = server.post(HOOK, {"sender": "null-place", "message": "租房能落户吗", "metadata": {"jurisdiction": None, "as_of": None}})
    assert answer.status == 200
    assert answer.json[0]["custom"]["kind"] == "clarify"


def test_the_day_decides(server: Server) -> None:
    story = "我在阳谷县城买的期房，购房合同写的2027年9月15日交房，就问购房合同这条行不行"
    verdicts = []
    for day in ("2026-11-22", "2027-06-01"):
        talk = server.talk("liaocheng")
        talk.metadata["as_of"] = day
        screening = talk.screening(story)
        assert screening["as_of"] == day
        verdicts.append(next(r["verdict"] for r in screening["routes"] if r["id"] == "二(一)1"))
    assert verdicts == ["not_eligible", "eligible"]


def test_what_else_stands_in_the_metadata_is_ignored(server: Server) -> None:
    body = {"sender": "meta", "message": "你好", "metadata": {"masked": True, "masked_kinds": ["id"], "x": {"y": 1}}}
    answer = server.post(HOOK, body)
    assert answer.status == 200
    assert "隐去" not in answer.json[0]["text"]
