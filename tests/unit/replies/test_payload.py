"""The machine-readable side of a reply: the contract of ``luohu.reply/1`` for every kind of turn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from urllib.parse import unquote

import pytest
from contract import SCHEMA, contract_faults, validator
from generated import case_of, screening_replies, topic_replies, world

from bot.conversation.manners import CHITCHAT
from bot.conversation.screening import speak
from bot.conversation.state import Case, Conversation, Told
from bot.conversation.turns import take
from bot.conversation.world import Heard
from bot.eligibility.screening import screen, trace_atoms
from bot.eligibility.values import Choice, Dates, Months, Places, Value
from bot.policy.model import Pack
from bot.replies.model import Reply
from bot.replies.payload import reply_json
from tests.property.worlds import AS_OF

PACKS = [pytest.param(pack, id=pack.id) for pack in world().packs]


def told(**facts: Value) -> Case:
    return Case(told=MappingProxyType({name.replace("__", "."): Told(value, "原话") for name, value in facts.items()}))


def state(pack: Pack, case: Case | None = None) -> Conversation:
    new = Conversation(place=pack.identity.jurisdiction.id)
    return new.with_case(case) if case else new


def verdict(pack: Pack, case: Case, **parts: object) -> Reply:
    (reply,) = speak(world(), state(pack, case), Heard("", "tell", AS_OF), pack, **parts).replies  # type: ignore[arg-type]
    return reply


def test_the_schema_refuses_what_is_not_in_the_contract() -> None:
    pack = next(iter(world().packs))
    good = json.loads(json.dumps(reply_json(next(m.reply for m in screening_replies(pack, range(5)) if m.reply.screening))))
    assert not list(validator().iter_errors(good))
    for spoil in (
        lambda p: p.pop("id"),
        lambda p: p.update(extra=1),
        lambda p: p.update(kind="verdict"),
        lambda p: p.update(schema="luohu.reply/2"),
        lambda p: p.update(jurisdiction="heze"),
        lambda p: p.update(screening=None),
        lambda p: p["citations"].append({"policy": "x"}),
        lambda p: p["screening"].update(verdict="maybe"),
        lambda p: p["screening"]["routes"][0].pop("conditions"),
        lambda p: p["screening"]["routes"][0]["conditions"][0].update(value="yes"),
        lambda p: p["screening"].pop("question"),
    ):
        bad = json.loads(json.dumps(good))
        spoil(bad)
        assert list(validator().iter_errors(bad))
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("pack", PACKS)
def test_citations_are_complete_and_their_addresses_lead_to_the_article(pack: Pack) -> None:
    for made in topic_replies(pack):
        payload = reply_json(made.reply)
        assert payload["topic"] in pack.topics
        assert payload["jurisdiction"] == pack.identity.jurisdiction.id
        for entry in payload["citations"]:
            assert (entry["policy"], entry["doc_no"], entry["title"]) == (pack.id, pack.identity.doc_no, pack.identity.title)
            path = unquote(entry["url"].removeprefix(f"/api/v1/policies/{pack.id}/articles/"))
            assert path == entry["article"] == pack.article(path).path


def test_the_address_is_the_one_of_the_contract_once_unquoted() -> None:
    pack = world().packs.by_id["liaocheng-2020-7"]
    made = next(m for m in topic_replies(pack) if m.of == "rent_settle")
    assert unquote(reply_json(made.reply)["citations"][0]["url"]) == "/api/v1/policies/liaocheng-2020-7/articles/二(一)2"


@pytest.mark.parametrize("pack", PACKS)
def test_the_id_is_that_of_what_was_said(pack: Pack) -> None:
    ids: dict[str, tuple[object, ...]] = {}
    for made in topic_replies(pack):
        payload = reply_json(made.reply)
        assert payload["id"] == reply_json(replace(made.reply))["id"]
        said = (made.reply.kind, made.reply.topic, tuple(s.text for s in made.reply.said), made.reply.question, made.reply.citations)
        assert ids.setdefault(payload["id"], said) == said
    first = verdict(pack, case_of(pack, 1))
    assert reply_json(first)["id"] == reply_json(verdict(pack, case_of(pack, 1)))["id"]
    assert reply_json(first)["id"] != reply_json(replace(first, question="另一个问题？"))["id"]


VALUES = {
    "housing.kind": (Choice(frozenset({"rented"})), ["rented"]),
    "work.status": (Choice(frozenset({"formal", "flexible"})), ["flexible", "formal"]),
    "rent.filing": (Choice(frozenset({"yes"})), [True]),
    "hukou.place": (Places(frozenset({"河南省"})), ["河南省"]),
    "housing.place": (Places(frozenset({""}), frozenset({"山东省/聊城市"})), None),
    "presale.handover": (Dates(date(2027, 1, 1), date(2027, 3, 31)), [{"min": "2027-01-01", "max": "2027-03-31"}]),
    "license.issued": (Dates(None, date(2026, 1, 1)), None),
}


def test_facts_are_given_as_understood_with_the_words_they_rest_on() -> None:
    pack = world().packs.by_id["liaocheng-2020-7"]
    reply = verdict(pack, Case(told=MappingProxyType({name: Told(value, f"{name}原话") for name, (value, _) in VALUES.items()})))
    assert not contract_faults(reply)
    assert reply.screening
    given = {f["fact"]: f for f in reply.screening["facts"]}  # type: ignore[attr-defined, index]
    for name, (_, values) in VALUES.items():
        assert given[name]["words"] == f"{name}原话"
        assert given[name]["presumed"] is False
        if values is not None:
            assert sorted(map(str, given[name]["values"])) == sorted(map(str, values)), name
    for name, fact in given.items():
        assert name in VALUES or (fact["presumed"] and not fact["words"])


@pytest.mark.parametrize("pack", PACKS)
def test_routes_conditions_and_verdicts_are_those_of_the_engine(pack: Pack) -> None:
    for seed in range(9000, 9030):
        case = case_of(pack, seed)
        reply = verdict(pack, replace(case, dispute=None))
        assert reply.screening
        payload = json.loads(json.dumps(reply.screening))
        assert payload["policy"] == pack.id
        assert payload["as_of"] == AS_OF.isoformat()
        assert payload["person"] == case.person
        assert [r["id"] for r in payload["routes"]] == [r.id for r in pack.routes]
        assert payload["verdict"] in {r["verdict"] for r in payload["routes"]} | {"not_eligible"}
        for shown, route in zip(payload["routes"], pack.routes, strict=True):
            assert shown["materials"] == [s.text for s in route.materials]
            assert shown["followers"] == (route.followers.text if route.followers else None)
            assert shown["registers_at"] == (route.registers_at.text if route.registers_at else None)
            for condition in shown["conditions"]:
                assert condition["value"] is None or (condition["note"] is None and condition["asks"] is None)
                assert "".join(condition["quote"].split()) in "".join(pack.article(condition["article"]).text.split())
        assert len(payload["notes"]) == len(set(payload["notes"]))


@pytest.mark.parametrize("pack", PACKS)
def test_a_question_comes_with_its_reason_and_its_options(pack: Pack) -> None:
    asked = set()
    for made in screening_replies(pack, range(7001, 7120, 2)):
        question = (made.reply.screening or {}).get("question")
        if made.reply.kind == "ask" and question:
            asked.add(question["fact"])  # type: ignore[index]
            assert question["text"] == made.reply.question  # type: ignore[index]
            assert "{" not in question["text"]  # type: ignore[index]
            reason = question["because"]  # type: ignore[index]
            assert "".join(reason["quote"].split()) in "".join(pack.article(reason["article"]).text.split())
            labels = [o.label for o in made.reply.options]
            assert labels[-1] == world().wording["unsure"]
            assert len(labels) == len(set(labels))
            assert set(question["options"]) <= set(labels)  # type: ignore[index]
        else:
            assert question is None or made.reply.kind == "ask"
    assert len(asked) > 8


@pytest.mark.parametrize("pack", PACKS)
def test_a_dispute_is_a_question_without_a_verdict(pack: Pack) -> None:
    disputed = [c for c in (case_of(pack, seed) for seed in range(400)) if c.dispute]
    assert disputed
    for case in disputed:
        reply = verdict(pack, case)
        assert reply.kind == "ask"
        assert reply.screening
        assert reply.screening["verdict"] == "need_more_info"
        assert reply.said == ()
        assert case.dispute
        assert case.dispute.old.words in (reply.question or "")


def test_a_wait_carries_its_day() -> None:
    pack = world().packs.by_id["liaocheng-2020-7"]
    home = Places(frozenset({"山东省/聊城市/东昌府区"}))
    case = told(housing__kind=Choice(frozenset({"presale"})), housing__place=home, housing__area=Choice(frozenset({"urban"})),
                presale__handover=Dates(date(2027, 9, 30), date(2027, 9, 30)))  # fmt: skip
    (reply,) = take(world(), state(pack, replace(case, topic="presale", only=True)), Heard("", "how_to", AS_OF), "how_to").replies
    assert not contract_faults(reply)
    assert reply.screening
    changes = [c for r in reply.screening["routes"] for c in r["changes"] if c["from"]]  # type: ignore[attr-defined, index]
    # Half a year before 30 September; on the two days before, the ways to count months disagree.
    assert [(c["kind"], c["from"]) for c in changes] == [("wait", "2027-04-01")]
    assert any("2027年4月1日" in s.text for s in reply.said)


OTHER_TURNS = [
    *((name, intent) for intent in CHITCHAT for name in ("chitchat",)),
    ("handoff", "handoff"), ("restart", "restart"), ("feedback", "feedback"), ("more", "more"), ("why", "why"), ("compare", "compare"),
    ("elsewhere", "elsewhere"), ("how_to", "how_to"), ("other_person", "other_person"), ("fallback", "nlu_fallback"),
    ("out_of_scope", "out_of_scope"),
    ("answer", "ask"), ("resume", "ask"), ("ask_again", "affirm"), ("screen_turn", "tell"),
]  # fmt: skip
STATES = [Conversation(), *(state(p) for p in world().packs), *(state(p, case_of(p, s)) for p in world().packs for s in (3, 4, 8))]
TEXTS = ["你好", "租房能落户吗", "我爱人呢", "身份证丢了", "那在临淄呢", "😀", "？？？", "我在聊城租房住", ""]


@pytest.mark.parametrize(("name", "intent"), OTHER_TURNS, ids=[f"{n}-{i}" for n, i in OTHER_TURNS])
def test_every_turn_keeps_the_contract_in_every_state(name: str, intent: str) -> None:
    luohu = {"topic": "rent_settle", "matter": "id_card" if intent == "out_of_scope" else None, "confidence": 0.9, "coverage": 1.0}
    safe = world().wording["safe"]
    for before in STATES:
        for text in TEXTS:
            turn = take(world(), before, Heard(text, intent, AS_OF, luohu), name)
            for reply in turn.replies:
                assert not contract_faults(reply), (text, reply)
                assert safe not in [s.text for s in reply.said], text
            assert Conversation.from_json(json.loads(json.dumps(turn.state.to_json()))) == turn.state


def test_the_engine_and_the_payload_see_the_same_conditions() -> None:
    for pack in world().packs:
        result = screen(pack, {}, AS_OF, vocabulary=world().vocabulary)
        reply = verdict(pack, Case())
        assert reply.screening
        assert [len(r["conditions"]) for r in reply.screening["routes"]] == [len(list(trace_atoms(r.trace))) for r in result.routes]  # type: ignore[attr-defined, index]


def test_months_are_written_as_a_range() -> None:
    from bot.eligibility.codec import to_json
    from bot.policy.vocabulary import FactSpec

    spec = FactSpec("stay", "months", "self", "resident", "住了多久", "住了多久？", {}, 1, "low")
    assert to_json(Months(12, None), spec) == {"min": 12, "max": None}
