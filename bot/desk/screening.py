"""The live pre-screening: a story in one line and facts clicked, through the residents' bot's own screening, in every place at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.channels.masking import mask
from bot.conversation.assuming import assumed, presumed_of
from bot.conversation.judging import judge, options_of
from bot.conversation.listening import listen
from bot.conversation.screening import speak
from bot.conversation.state import Case, Conversation, Told
from bot.conversation.world import Heard, World
from bot.desk.wording import say
from bot.eligibility.changes import ChangeSet, changes
from bot.eligibility.codec import parse_facts, to_json
from bot.eligibility.question import Question
from bot.eligibility.screening import AllTrace, AtomTrace, RouteResult, Screening, Trace
from bot.eligibility.values import Value
from bot.policy.model import Pack
from bot.reading.asking.answers import read_answer
from bot.reading.reader import read
from bot.replies.gate import check
from bot.replies.model import Reply
from bot.replies.payload import citation_json

_ADVISED = 2
"""Sets of changes shown for one route."""


@dataclass(frozen=True)
class Asked:
    """What a screening is of.

    ``story`` is the caller's case in their words; ``facts`` are facts clicked, in API form; ``answers`` texts typed to questions, by fact;
    ``unsure`` facts that the caller does not know; ``as_of`` the day that it counts to.
    """

    story: str
    facts: Mapping[str, Any]
    answers: Mapping[str, str]
    unsure: tuple[str, ...]
    as_of: date
    today: date


@dataclass(frozen=True)
class Screened:
    """One place's result: the case as understood, the trace, the bot's words with the next question, and what would have to change.

    ``others`` are further people whom the story wants registered; they are screened by themselves.
    """

    pack: Pack
    case: Case
    facts: Mapping[str, Value]
    result: Screening
    reply: Reply
    question: Question | None
    changes: Mapping[str, tuple[ChangeSet, ...]]
    others: tuple[str, ...] = ()


def screen_place(world: World, pack: Pack, asked: Asked) -> Screened:
    """Screen a caller against one document.

    Raises:
        bot.eligibility.codec.FactError: a clicked fact is unknown or impossible.
        bot.replies.gate.GateError: the words would not pass the citation gate.
    """
    story = mask(asked.story).text
    heard = Heard(story, "tell", asked.today, {}, {"as_of": asked.as_of.isoformat()})
    state = Conversation(place=pack.identity.jurisdiction.id)
    others: tuple[str, ...] = ()
    if story.strip():
        reading = read(story, as_of=asked.as_of, home=pack.identity.jurisdiction.place, vocabulary=world.vocabulary)
        others = tuple(world.wording.who(w.person, w.person_words) for w in reading.wishes)
        state, _ = listen(world, state, heard, pack)
    case = replace(_clicked(world, pack, state.case, asked), asked=asked.unsure)
    state = state.with_case(case)
    result, question = judge(world, state, heard, pack)
    reply = check(speak(world, state, heard, pack).replies[0], world.packs.by_id, world.wording, world.vocabulary)
    facts = assumed(world, case, pack)
    found: dict[str, tuple[ChangeSet, ...]] = {}
    if case.told and case.dispute is None:
        for chosen in changes(pack, facts, asked.as_of, world.vocabulary, world.means):
            known = found.get(chosen.route, ())
            if len(known) < _ADVISED:
                found[chosen.route] = (*known, chosen)
    return Screened(pack, case, facts, result, reply, question, found, others)


def _clicked(world: World, pack: Pack, case: Case, asked: Asked) -> Case:
    """The case with what was clicked and typed, which wins over what was read from the story."""
    told = dict(case.told)
    news: dict[str, Told] = {}
    for name, text in asked.answers.items():
        if name in world.vocabulary.facts:
            home = pack.identity.jurisdiction.place
            answer = read_answer(mask(text).text, name, options=(), as_of=asked.as_of, home=home, vocabulary=world.vocabulary)
            news.update({fact: Told(value, answer.words or text) for fact, value in answer.facts.items()})
    for name, value in parse_facts(asked.facts, world.vocabulary).items():
        news[name] = Told(value)
    told.update(news)
    dispute = None if case.dispute and case.dispute.fact in news else case.dispute
    return replace(case, told=MappingProxyType(told), dispute=dispute)


def screened_json(world: World, screened: Screened) -> dict[str, Any]:
    """One place's result as JSON."""
    pack = screened.pack
    payload: dict[str, Any] = dict(screened.reply.screening or {})
    return {
        "policy": pack.id,
        "place": {"id": pack.identity.jurisdiction.id, "name": pack.identity.jurisdiction.name},
        "verdict": payload["verdict"],
        "says": "".join(s.text for s in screened.reply.said),
        "others": list(screened.others),
        "person": world.wording.who(screened.case.person, screened.case.words),
        "facts": facts_json(world, screened),
        "question": _question(world, screened),
        "routes": [_route(world, screened, r) for r in screened.result.routes],
        "notes": list(payload["notes"]),
        "citations": [citation_json(c) for c in screened.reply.citations],
        "as_of": screened.result.as_of.isoformat(),
    }


def facts_json(world: World, screened: Screened) -> list[dict[str, Any]]:
    """The facts as understood, those that were told before those only presumed."""
    presumed = presumed_of(screened.case, screened.facts)
    found = []
    for name, value in screened.facts.items():
        spec = world.vocabulary.facts[name]
        told = screened.case.told.get(name)
        encoded = to_json(value, spec)
        found.append(
            {
                "fact": name,
                "label": spec.label,
                "value": encoded,
                "shown": shown(encoded, spec.labels),
                "words": told.words if told else "",
                "presumed": name in presumed,
            }
        )
    return sorted(found, key=lambda f: bool(f["presumed"]))


def shown(encoded: object, labels: Mapping[str, str]) -> str:
    """A value in API form as people read it."""
    if isinstance(encoded, bool):
        return labels.get("yes" if encoded else "no", say("yes" if encoded else "no"))
    if isinstance(encoded, str):
        return labels.get(encoded, encoded.split("/")[-1] or say("elsewhere"))
    if isinstance(encoded, int):
        return say("months", number=encoded)
    if isinstance(encoded, Mapping):
        if "in" in encoded or "not_in" in encoded:
            inside = [p for p in encoded.get("in", ()) if p]
            outside = "、".join(p.split("/")[-1] for p in encoded.get("not_in", ()))
            return ("、".join(p.split("/")[-1] for p in inside) or say("elsewhere")) + (say("not_in", places=outside) if outside else "")
        low, high = encoded.get("min"), encoded.get("max")
        dated = isinstance(low or high, str)
        return "—".join("" if end is None else str(end) if dated else say("months", number=end) for end in (low, high))
    if isinstance(encoded, Sequence):
        return say("or").join([shown(item, labels) for item in encoded])
    return str(encoded)


def _question(world: World, screened: Screened) -> dict[str, Any] | None:
    question = screened.question
    if screened.case.dispute is not None:
        fact, specs = screened.case.dispute.fact, world.vocabulary.facts
        sides = [(told.words, told.value) for told in (screened.case.dispute.old, screened.case.dispute.new)]
        options = [{"label": words, "value": to_json(value, specs[fact])} for words, value in sides]
        return {"fact": fact, "text": screened.reply.question, "type": specs[fact].type, "options": options, "because": None}
    if question is None:
        return None
    spec = world.vocabulary.facts[question.fact]
    return {
        "fact": question.fact,
        "text": screened.reply.question,
        "type": spec.type,
        "options": [{"label": o.label, "value": to_json(o.value, spec)} for o in options_of(screened.pack, question)],
        "because": {"article": question.because.article, "quote": question.because.quote},
    }


def _route(world: World, screened: Screened, result: RouteResult) -> dict[str, Any]:
    route = result.route
    return {
        "id": route.id,
        "title": route.title,
        "article": route.article,
        "settles": route.settles,
        "verdict": result.verdict.value,
        "trace": _trace(world, result.trace),
        "materials": [s.text for s in route.materials],
        "registers_at": route.registers_at.text if route.registers_at else None,
        "followers": route.followers.text if route.followers else None,
        "changes": [
            {
                "honest": chosen.honest,
                "steps": [{"kind": c.kind, "text": c.text, "from": c.from_.isoformat() if c.from_ else None} for c in chosen.changes],
            }
            for chosen in screened.changes.get(route.id, ())
        ],
    }


def _trace(world: World, trace: Trace) -> dict[str, Any]:
    if isinstance(trace, AtomTrace):
        return {
            "kind": "atom",
            "value": trace.value,
            "text": trace.atom.text,
            "fact": trace.atom.fact,
            "article": trace.atom.article,
            "quote": trace.atom.quote,
            "open": trace.open,
            "confirm": trace.confirm,
        }
    kind = "all" if isinstance(trace, AllTrace) else "any"
    return {"kind": kind, "value": trace.value, "of": [_trace(world, child) for child in trace.children]}
