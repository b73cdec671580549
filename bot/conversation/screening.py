"""The verdict on a case, spoken, with the next question and what a front end is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.conversation import hearing
from bot.conversation.assuming import assumed, presumed_of
from bot.conversation.by_marriage import through_the_spouse
from bot.conversation.disputes import disputed, statement
from bot.conversation.judging import focus_of, judge, options_of, told_for_ranking
from bot.conversation.kinfolk import asker_to, follows_asker, only, other_followed
from bot.conversation.required import required
from bot.conversation.state import PRESUMED, Case, Conversation
from bot.conversation.subject import names_topic
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.changes import ChangeSet, changes
from bot.eligibility.screening import RouteResult, Screening, Verdict, deciding_atoms
from bot.eligibility.values import Choice, Places, inside
from bot.policy.model import Pack
from bot.reading.person.same_person import says_either
from bot.reading.place.places import names_in
from bot.replies.answers import citation
from bot.replies.model import Citation, Option, Reply, Said
from bot.replies.payload import screening_json
from bot.replies.ranking import alone, ranked
from bot.replies.verdicts import is_dated, verdict_said

_RELATION, _FIANCE = "kin.relation", "fiance"
# Of what is taken for granted, so many are said; the payload holds them all.
_NAMED = 2
# Routes whose needs a front end is told in full.
_NEAREST = 2


def speak(world: World, state: Conversation, heard: Heard, pack: Pack, *, brief: bool = False, prefix: tuple[Said, ...] = ()) -> Turn:
    """The verdict on the case under way, with the next question.

    Args:
        brief: only the question, as in the middle of a screening.
    """
    case, wording = state.case, world.wording
    result, question = judge(world, state, heard, pack)
    who = wording.who(case.person, case.words)
    focus, told = focus_of(pack, case), told_for_ranking(case)
    text: str | None = None
    options: tuple[Option, ...] = ()
    if case.dispute is not None:
        old, new = (statement(world, case.dispute.fact, t) for t in (case.dispute.old, case.dispute.new))
        text = wording["dispute"].format(old=old, new=new)
        options = (Option(old, old), Option(new, new))
    elif question is not None:
        text = world.vocabulary.facts[question.fact].ask(who, kin_words(world, case), len(question.options))
        options = (*(Option(o.label, o.label) for o in options_of(pack, question)), Option(wording["unsure"], wording["unsure"]))
    asking = text is not None
    waits = advice(world, pack, case, heard, [r for r in result.routes if _waits(r)])
    said: tuple[Said, ...] = ()
    if not (brief and asking):
        named = names_topic(heard, case.topic)
        asks = question.fact if question else None
        said = verdict_said(
            pack, result, wording, who, focus=focus, only=case.only, asking=asks, told=told, named=named,
            from_days=_days(waits), home=_home_elsewhere(case, heard, pack),
        )
        extra = required(world, pack, heard, ranked(result, focus, told))
        said = (*said, *extra) if result.verdict is Verdict.ELIGIBLE else (*extra, *said)
        if result.verdict is not Verdict.ELIGIBLE:
            said = (*said, *through_the_spouse(world, pack, result, assumed(world, case, pack)))
        said = (*said, *_presumptions(world, state, result), *_unwed(world, case))
    because: tuple[Citation, ...] = ()
    if case.dispute is not None:
        because = disputed(pack, case.dispute.fact, ranked(result, focus, told))
    elif question is not None and not said:
        because = (citation(pack, question.because.article, question.because.quote),)
    waiting = case.pending if case.dispute else question.fact if question else None
    case = replace(
        case, pending=waiting, asked=(*case.asked, question.fact) if question and question.fact not in case.asked else case.asked
    )
    order, alone_asked = ranked(result, focus, told), bool(case.only and focus)
    nearest = (alone(order, focus, told) if alone_asked else order)[:_NEAREST]
    facts = assumed(world, case, pack)
    advised = {} if asking or result.verdict is Verdict.ELIGIBLE else advice(world, pack, case, heard, nearest)
    payload = screening_json(
        pack,
        result,
        world.vocabulary,
        facts,
        words={k: t.words for k, t in case.told.items()},
        presumed=presumed_of(case, facts),
        person=case.person,
        question=replace(question, options=options_of(pack, question)) if question else None,
        question_text=text if question else None,
        changes={**waits, **advised},
        nearest=nearest,
    )
    if alone_asked:
        payload = {**payload, "only": True}
    if alone_asked and not nearest[0].route.settles:
        payload = {**payload, "verdict": nearest[0].verdict.value}  # whoever wants a booklet is not asking whether they may settle
    if case.dispute is not None:
        payload = {**payload, "verdict": Verdict.NEED_MORE_INFO.value}
        said = ()
    reply = Reply(
        "ask" if asking else "screening", (*prefix, *said), pack.identity.jurisdiction.id, case.topic, text, options, payload, because
    )
    return Turn(replace(state.with_case(case), topic=case.topic or state.topic), (reply,), "on" if asking else "off")


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
        return "对方"
    (relation,) = told.value.values
    if case.person == "self":  # 您的孩子: told apart only by relation
        return world.wording.who(relation) if relation in world.wording.people else "对方"
    if named := other_followed(case):
        return world.wording.who("other", named)
    return world.wording.who("self") if asker_to(case.person) == relation else "对方"


def _unwed(world: World, case: Case) -> tuple[Said, ...]:
    """That who is called 对象 is taken to be no husband or wife yet, which the word leaves open."""
    words = case.words if case.person == _FIANCE else case.told[_RELATION].words if only(case, _RELATION) == _FIANCE else ""
    return (world.wording.say("unwed"),) if says_either(words) else ()


def _presumptions(world: World, state: Conversation, result: Screening) -> tuple[Said, ...]:
    """What the verdict takes for granted, said aloud when it carries a decided verdict."""
    if result.verdict is Verdict.NEED_MORE_INFO:
        return ()
    case = state.case
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
    more = "等" if len(names) > _NAMED else ""
    return (world.wording.say("presumed", facts="、".join(names[:_NAMED]) + more),)
