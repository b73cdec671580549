"""The verdict on a case, spoken, with the next question and what a front end is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bot.conversation import hearing
from bot.conversation.assuming import assumed, presumed_of
from bot.conversation.by_marriage import through_the_spouse
from bot.conversation.disputes import disputed, statements
from bot.conversation.judging import focus_of, judge, options_of, told_for_ranking
from bot.conversation.kinfolk import asker_to, follows_asker, only, other_followed
from bot.conversation.required import required
from bot.conversation.state import PRESUMED, Case, Conversation
from bot.conversation.subject import names_topic
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.changes import ChangeSet, changes
from bot.eligibility.question import Question
from bot.eligibility.screening import RouteResult, Screening, Verdict, deciding_atoms
from bot.eligibility.values import Choice, Places, Value, inside
from bot.policy.model import Pack
from bot.reading.person.same_person import says_either
from bot.reading.place.places import names_in
from bot.replies.answers import citation
from bot.replies.model import Citation, Option, Reply, Said
from bot.replies.payload import screening_json
from bot.replies.ranking import alone, ranked
from bot.replies.verdicts import is_dated, verdict_said

_RELATION, _FIANCE, _IN_LAW = "kin.relation", "fiance", "parent_in_law"
# Of what is taken for granted, so many are said; the payload holds them all.
_NAMED = 2
# Routes whose needs a front end is told in full.
_NEAREST = 2


@dataclass(frozen=True)
class _Judged:
    """The case under way with its verdict and the next question, and what the sentences and the payload both look at."""

    world: World
    heard: Heard
    pack: Pack
    case: Case
    result: Screening
    question: Question | None

    @property
    def who(self) -> str:
        """Whose case it is, as they are called."""
        return self.world.wording.who(self.case.person, self.case.words)

    @property
    def eligible(self) -> bool:
        """Whether some way is open."""
        return self.result.verdict is Verdict.ELIGIBLE

    @property
    def asking(self) -> bool:
        """Whether the turn ends with a question: the next one, or which of two statements is right."""
        return self.case.dispute is not None or self.question is not None

    @cached_property
    def facts(self) -> dict[str, Value]:
        """What was told, with what is taken for granted."""
        return assumed(self.world, self.case, self.pack)

    @cached_property
    def focus(self) -> tuple[str, ...]:
        """The ways asked about."""
        return focus_of(self.pack, self.case)

    @cached_property
    def told(self) -> frozenset[str]:
        """The facts that speak for one way before another."""
        return told_for_ranking(self.case)

    @cached_property
    def order(self) -> list[RouteResult]:
        """The ways, the one that matters most first."""
        return ranked(self.result, self.focus, self.told)

    @property
    def only_asked_about(self) -> bool:
        """Whether nothing but the ways asked about is of interest."""
        return bool(self.case.only and self.focus)

    @cached_property
    def nearest(self) -> list[RouteResult]:
        """The ways whose needs a front end is told in full."""
        order = alone(self.order, self.focus, self.told) if self.only_asked_about else self.order
        return order[:_NEAREST]

    @cached_property
    def waits(self) -> dict[str, tuple[ChangeSet, ...]]:
        """The ways that open by themselves, and when."""
        return advice(self.world, self.pack, self.case, self.heard, [r for r in self.result.routes if _waits(r)])


def speak(world: World, state: Conversation, heard: Heard, pack: Pack, *, brief: bool = False, prefix: tuple[Said, ...] = ()) -> Turn:
    """The verdict on the case under way, with the next question.

    Args:
        brief: only the question, as in the middle of a screening.
    """
    judged = _Judged(world, heard, pack, state.case, *judge(world, state, heard, pack))
    text, options = _asked(judged)
    no_verdict = judged.case.dispute is not None or brief and judged.asking
    said = () if no_verdict else _verdict(judged)
    case = _waiting(judged)
    reply = Reply(
        "ask" if judged.asking else "screening",
        (*prefix, *said),
        pack.identity.jurisdiction.id,
        case.topic,
        text,
        options,
        _payload(judged, text),
        _because(judged, said),
    )
    return Turn(replace(state.with_case(case), topic=case.topic or state.topic), (reply,), "on" if judged.asking else "off")


def _asked(judged: _Judged) -> tuple[str | None, tuple[Option, ...]]:
    """What is asked at the end, with the answers to choose from: which of two statements is right, or the next question."""
    world, case, question = judged.world, judged.case, judged.question
    if case.dispute is not None:
        old, new = statements(world, case.dispute)
        return world.wording["dispute"].format(old=old, new=new), (Option(old, old), Option(new, new))
    if question is None:
        return None, ()
    text = world.vocabulary.facts[question.fact].ask(judged.who, kin_words(world, case), len(question.options))
    labels = (*(o.label for o in options_of(judged.pack, question)), world.wording["unsure"])
    return text, tuple(Option(label, label) for label in labels)


def _verdict(judged: _Judged) -> tuple[Said, ...]:
    """The verdict, with what was asked of papers, which way a marriage opens, and what it takes for granted."""
    world, pack, case, heard = judged.world, judged.pack, judged.case, judged.heard
    said = verdict_said(
        pack,
        judged.result,
        world.wording,
        judged.who,
        focus=judged.focus,
        only=case.only,
        asking=judged.question.fact if judged.question else None,
        told=judged.told,
        named=names_topic(heard, case.topic),
        from_days=_days(judged.waits),
        home=_home_elsewhere(case, heard, pack),
    )
    papers = required(world, pack, heard, case, judged.order)
    if judged.eligible:
        said = (*said, *papers)
    else:
        said = (*papers, *said, *through_the_spouse(world, pack, judged.result, judged.facts))
    return (*said, *_presumptions(world, case, judged.result), *_unwed(world, case))


def _because(judged: _Judged, said: Sequence[Said]) -> tuple[Citation, ...]:
    """The passage that makes the question necessary, where no verdict stands before it."""
    dispute, question = judged.case.dispute, judged.question
    if dispute is not None:
        return disputed(judged.pack, dispute.fact, judged.order)
    if question is None or said:
        return ()
    return (citation(judged.pack, question.because.article, question.because.quote),)


def _waiting(judged: _Judged) -> Case:
    """The case with the question that now waits for an answer."""
    case, question = judged.case, judged.question
    if case.dispute is not None:
        return case  # what was asked before it waits still
    if question is None:
        return replace(case, pending=None)
    return replace(case, pending=question.fact, asked=case.asked if question.fact in case.asked else (*case.asked, question.fact))


def _payload(judged: _Judged, text: str | None) -> dict[str, Any]:
    """The verdict as a front end is told it."""
    pack, case, question = judged.pack, judged.case, judged.question
    decided_against = not judged.asking and not judged.eligible
    advised = advice(judged.world, pack, case, judged.heard, judged.nearest) if decided_against else {}
    payload = screening_json(
        pack,
        judged.result,
        judged.world.vocabulary,
        judged.facts,
        words={k: t.words for k, t in case.told.items()},
        presumed=presumed_of(case, judged.facts),
        person=case.person,
        question=replace(question, options=options_of(pack, question)) if question else None,
        question_text=text if question else None,
        changes={**judged.waits, **advised},
        nearest=judged.nearest,
    )
    if judged.only_asked_about:
        payload = {**payload, "only": True}
        if not judged.nearest[0].route.settles:  # whoever wants a booklet is not asking whether they may settle
            payload = {**payload, "verdict": judged.nearest[0].verdict.value}
    return {**payload, "verdict": Verdict.NEED_MORE_INFO.value} if case.dispute is not None else payload


def _waits(result: RouteResult) -> bool:
    """Whether a day alone closes a route, so that it opens by itself."""
    return result.verdict is Verdict.NOT_ELIGIBLE and all(is_dated(a) for a in deciding_atoms(result.trace))


def _days(waits: Mapping[str, Sequence[ChangeSet]]) -> dict[str, date]:
    found = {route: next((c.from_ for s in sets for c in s.changes if c.from_), None) for route, sets in waits.items()}
    return {route: day for route, day in found.items() if day}


def open_from(world: World, pack: Pack, case: Case, heard: Heard, result: RouteResult) -> dict[str, date]:
    """The first day on which a route that a day alone closes is open."""
    return _days(advice(world, pack, case, heard, [result])) if _waits(result) else {}


def _home_elsewhere(case: Case, heard: Heard, pack: Pack) -> str:
    """The county or district of the home told of, where the message names another as well: a home in one does not serve in the other."""
    root = pack.identity.jurisdiction.place
    told, register = (case.told.get(fact) for fact in ("housing.place", "hukou.place"))
    if told is None or not isinstance(told.value, Places) or len(told.value.include) != 1:
        return ""
    (path,) = told.value.include
    if not path.startswith(f"{root}/"):
        return ""
    town = path[len(root) + 1 :].split("/")[0]
    for named in names_in(hearing.plain(heard.text), root):
        places = named.places.include
        apart = all(place.startswith(f"{root}/") and not inside(place, f"{root}/{town}") for place in places)
        if places and apart and (register is None or named.places != register.value):
            return town
    return ""


def advice(world: World, pack: Pack, case: Case, heard: Heard, results: Sequence[RouteResult]) -> dict[str, tuple[ChangeSet, ...]]:
    """The smallest honest changes that open each of these routes ("怎样才能办")."""
    facts = assumed(world, case, pack)
    return {r.route.id: changes(pack, facts, heard.as_of, world.vocabulary, world.means, r.route.id) for r in results if r.route.settles}


def kin_words(world: World, case: Case) -> str:
    """How the relative followed is called: 您 where that is the asker, else by relation when it is known, else 对方."""
    told = case.told.get("kin.relation")
    if not told or not isinstance(told.value, Choice) or len(told.value.values) != 1:
        return world.wording.parts["the_other"]
    (relation,) = told.value.values
    if case.person == "self":  # 您的孩子: told apart only by relation
        return world.wording.who(relation) if relation in world.wording.people else world.wording.parts["the_other"]
    if case.person == _IN_LAW and relation == "child":
        return world.wording.who("spouse")  # 孩子姥姥…房子是我媳妇的
    if named := other_followed(case):
        return world.wording.who("other", named)
    return world.wording.who("self") if asker_to(case.person) == relation else world.wording.parts["the_other"]


def _unwed(world: World, case: Case) -> tuple[Said, ...]:
    """That who is called 对象 is taken to be no husband or wife yet, which the word leaves open."""
    words = case.words if case.person == _FIANCE else case.told[_RELATION].words if only(case, _RELATION) == _FIANCE else ""
    return (world.wording.say("unwed"),) if says_either(words) else ()


def _presumptions(world: World, case: Case, result: Screening) -> tuple[Said, ...]:
    """What the verdict takes for granted, said aloud when it carries a decided verdict."""
    if result.verdict is Verdict.NEED_MORE_INFO:
        return ()
    used = {a.atom.fact: a.atom.text for r in result.routes if r.verdict is Verdict.ELIGIBLE for a in deciding_atoms(r.trace)}
    names = []
    for name, told in case.told.items():
        if name == _RELATION and (follows_asker(case) or other_followed(case)):
            continue  # 那我弟弟呢, after who follows the asker: the question says so itself
        if told.certainty == PRESUMED and name in used and isinstance(told.value, Choice) and len(told.value.values) == 1:
            (value,) = told.value.values
            spec = world.vocabulary.facts[name]
            # 在 or 愿意 alone says nothing: a fact that is only yes or no is put as the condition it meets.
            names.append(used[name] if spec.type == "boolean" else spec.granted(value))
    if not names:
        return ()
    more = world.wording.parts["and_more"] if len(names) > _NAMED else ""
    return (world.wording.say("presumed", facts="、".join(names[:_NAMED]) + more),)
