"""Turns about a pre-screening: why a question is asked, what would have to change, another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.answering import answer, ask_place
from bot.conversation.ascribing import tells_standing
from bot.conversation.assuming import assumed, presumed_of
from bot.conversation.beginning import begin
from bot.conversation.judging import focus_of, judge, told_for_ranking
from bot.conversation.listening import listen
from bot.conversation.not_understood import fallback
from bot.conversation.replying import on_topic
from bot.conversation.screening import speak
from bot.conversation.several import questions, topics
from bot.conversation.state import PRESUMED, Case, Conversation
from bot.conversation.subject import Subject
from bot.conversation.where import spoken_of, where
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.changes import ChangeSet, changes
from bot.eligibility.question import best_met
from bot.eligibility.screening import RouteResult, Screening, Verdict, screen
from bot.eligibility.values import Places, Value, inside
from bot.policy.model import Pack
from bot.reading.asking.follow_ups import speaks_of_elsewhere
from bot.reading.asking.wanting import wants_to_register
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.replies.answers import Sides, citation, stated
from bot.replies.model import Reply, Said
from bot.replies.payload import screening_json
from bot.replies.ranking import closed_by_told, ranked, spoken_for
from bot.replies.verdicts import why_not

_RELATION = "kin.relation"
# How many ways are proposed at once; more is not read on a phone.
_ADVISED, _OTHERS = 2, 3
_UNHEARD, _HOW_ABOUT = "nlu_fallback", "".join(group("switching.how_about"))
_MERITS, _HOME_PLACE = ("title.", "skill.", "talent."), "housing.place"
_STANDS = ("housing.place", "work.place", "premises.place", "kin.place", "insurance.place")


def why(world: World, state: Conversation, heard: Heard) -> Turn:
    """Why the pending question is asked: the passage it decides, then the question again."""
    pack = _pack(world, state, heard)
    if pack is None or state.case.pending is None or state.case.dispute is not None:
        if pack is not None and (turn := because(world, state, pack)) is not None:
            return turn
        if pack is not None and where(world, state, heard).named:  # 为什么临淄松一点: nothing is asked of the bot
            silent = Said(world.wording["aspect_reason"], "absent")
            return Turn(state, (Reply("not_stated", (silent,), pack.identity.jurisdiction.id),))
        return Turn(state, (Reply("chitchat", (world.wording.say("why_nothing"),), state.place),))
    case = state.case.reopened()
    _, question = judge(world, state.with_case(case), heard, pack)
    if question is None:
        return speak(world, state, heard, pack)
    quote = citation(pack, question.because.article, question.because.quote)
    said = Said(world.wording["why"].format(quote="".join(question.because.quote.split())), "states", (quote,))
    return speak(world, state.with_case(case), heard, pack, brief=True, prefix=(said,))


def because(world: World, state: Conversation, pack: Pack) -> Turn | None:
    """What the last answer rests on, in the words of the document; ``None`` where it rests on nothing."""
    topic = pack.topics.get(state.topic or "")
    first = next((s for s in topic.sentences if s.cites), None) if topic else None
    if topic is None or first is None:
        return None
    quote = citation(pack, first.cites[0].article, first.cites[0].quote)
    said = Said(world.wording["because"].format(quote="".join(quote.quote.split())), "states", (quote,))
    before = [stated(pack, s) for s in topic.sentences[: topic.sentences.index(first)]]
    if before:  # 文件没有写…,它只写了…: what it does write is no reason by itself
        said = stated(pack, first)
    rest = tuple(Said(text, "absent") for text in topic.leaves_out[:1])
    return Turn(state, (Reply(topic.kind, (*before, said, *rest), pack.identity.jurisdiction.id, topic.id),))


def elsewhere(world: World, state: Conversation, heard: Heard) -> Turn:
    """那在临淄呢: the same facts, or the same question, for the other place.

    What was presumed because of the first place (that a home told without a place lies there) is not carried over.
    """
    place = where(world, state, heard)
    if place.elsewhere:
        return answer(world, state, heard)
    if not place.named and not speaks_of_elsewhere(hearing.plain(heard.text)):
        return fallback(world, state, replace(heard, intent=_UNHEARD))  # 那以后呢: no other place is meant
    here = spoken_of(world, state, heard).jurisdiction
    others = [j for j in world.packs.by_jurisdiction if j != here]
    target = place.named[0] if place.named else others[0] if len(others) == 1 and here else None
    if target is None:
        return ask_place(world, state, heard)
    pack = world.pack(target)
    state = replace(state, place=target, waiting=None)
    rule = pack.topics.get(state.topic or "")
    if rule is not None and not (rule.routes and state.case.told) and _only_another_place(heard):
        again = on_topic(world, pack, rule.id, Sides((), ()), replace(state, topic=None))
        return Turn(state, (again,))  # 聊城那边不行是吧: the same is asked there
    if state.case.told and not (state.case.said <= {_RELATION} and state.topic in pack.topics):
        return _seen_from_there(world, state, heard, pack)
    if place.named and tells_standing(
        world, replace(heard, text=heard.text.rstrip(_HOW_ABOUT)), pack.identity.jurisdiction.place, state.case
    ):
        return begin(world, state, heard, pack, Subject())  # 那我在东昌府有房呢: a case, and no question asked before
    if state.topic:
        same = {**heard.luohu, "topic": state.topic, "segments": (), "confidence": 1.0, "ranking": ()}  # what was asked before, surely
        return answer(world, state, replace(heard, intent="ask", luohu=same))
    asked = topics(questions(heard, Subject(), pack))
    if asked:  # 公寓能落不,别处都不让,这里呢: the question comes in the same message
        return answer(world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": asked[0]}))
    if wants_to_register(hearing.plain(heard.text)):
        return begin(world, state, heard, pack, Subject())  # 我家丫头在技校念书,想落临淄城里行不: nothing came before it
    said = world.wording.say("elsewhere_untold", place=pack.identity.jurisdiction.name)
    return Turn(state, (Reply("chitchat", (said,), target),))


def _seen_from_there(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """The verdict on the case in another place; what the message puts there goes along, and that it is supposed is said."""
    along = _stands_elsewhere(world, state.case, pack) if puts_there(hearing.plain(heard.text)) else ()
    as_if = (world.wording.say("as_if_there", place=pack.identity.jurisdiction.name),) if along else ()
    state = state.with_case(moved(world, state.case, pack, along))
    if not _only_another_place(heard):  # a bare name says no more than where to, and not where the home is
        state, _ = listen(world, state, heard, pack)
    return speak(world, state, heard, pack, prefix=as_if)


def puts_there(plain: str) -> bool:
    """Whether the same home, work or relative is put in the place that is named (换聊城呢), and not only asked about there."""
    return cue("switching.puts_there").search(plain) is not None


def _only_another_place(heard: Heard) -> bool:
    """Whether a message is the name of a place and words that ask nothing of their own (临淄那边行不, 聊城的呢)."""
    return cue("switching.asks_alike").fullmatch(hearing.without_places(heard.text)) is not None


def moved(world: World, case: Case, new: Pack, along: Sequence[str] = ()) -> Case:
    """The case as seen from another place: presumed places follow, and those ``along`` as supposed; questions may be asked anew."""
    told, there = dict(case.told), Places(frozenset({new.identity.jurisdiction.place}))
    for name, item in case.told.items():
        if item.certainty == PRESUMED and world.vocabulary.facts[name].type == "place":
            told[name] = replace(item, value=there)
    told |= {name: replace(case.told[name], value=there, certainty=PRESUMED) for name in along}
    return replace(
        case, told=MappingProxyType(told), asked=(), pending=None, topic=case.topic if case.topic in new.topics else None, only=False
    )


def _stands_elsewhere(world: World, case: Case, new: Pack) -> tuple[str, ...]:
    """The facts of where the home, the work or the relative is, as far as that is told to be in another place served."""
    others = [home for jurisdiction, home in world.packs.homes.items() if jurisdiction != new.identity.jurisdiction.id]

    def elsewhere_served(value: Value) -> bool:
        return isinstance(value, Places) and bool(value.include) and all(any(inside(p, o) for o in others) for p in value.include)

    told = (name for name, item in case.told.items() if name in _STANDS and item.certainty != PRESUMED and elsewhere_served(item.value))
    return tuple(told)


def how_to(world: World, state: Conversation, heard: Heard) -> Turn:
    """怎样才能办: the smallest honest changes, the nearest routes first; what cannot be changed is said to be so."""
    wording = world.wording
    pack = _pack(world, state, heard)
    if pack is None:
        return ask_place(world, state, heard)
    state, _ = listen(world, state, heard, pack)
    case = state.case
    if not case.told:
        return Turn(state, (Reply("clarify", (wording.say("how_to_unknown"),), pack.identity.jurisdiction.id),))
    facts = assumed(world, case, pack)
    result = screen(pack, facts, heard.as_of, vocabulary=world.vocabulary)
    focus = focus_of(pack, case)
    found: dict[str, list[ChangeSet]] = {}
    advised: list[RouteResult] = []
    said: list[Said] = []
    if result.verdict is Verdict.ELIGIBLE and not case.only:
        said.append(wording.say("how_to_done"))
    else:
        for chosen in changes(pack, facts, heard.as_of, world.vocabulary, world.means):
            found.setdefault(chosen.route, []).append(chosen)
        real = [one for sets in found.values() if (one := next((c for c in sets if _may_be_advised(c, case)), None))]
        near = best_met(result, case.said)
        told_of = [c for c in real if c.route in (*near, *focus) or spoken_for(result.route(c.route), case.said)]
        best = sorted(told_of or real, key=lambda c: (c.route not in focus, c.route not in near))[:_ADVISED]
        if others := _other_ways(heard, real, best):
            best, said = others, [wording.say("how_to_other")]
        else:
            said = [*_shut(world, pack, result, focus, case), wording.say("how_to" if best else "how_to_none")]
        advised = [result.route(c.route) for c in best]
        said += [_advice(world, pack, c) for c in best]
    words = {k: t.words for k, t in case.told.items()}
    payload = screening_json(
        pack,
        result,
        world.vocabulary,
        facts,
        words=words,
        presumed=presumed_of(case, facts),
        person=case.person,
        changes=found,
        nearest=advised or ranked(result, focus, told_for_ranking(case))[:_ADVISED],
    )
    return Turn(state, (Reply("screening", (*said, wording.say("caution")), pack.identity.jurisdiction.id, case.topic, screening=payload),))


def _other_ways(heard: Heard, real: Sequence[ChangeSet], on_the_table: Sequence[ChangeSet]) -> list[ChangeSet]:
    """The ways besides those on the table, where others are asked for (除了这条还有啥别的路)."""
    if not cue("switching.other_ways").search(hearing.plain(heard.text)):
        return []
    named = {c.route for c in on_the_table}
    return [c for c in real if c.route not in named][:_OTHERS]


def _may_be_advised(chosen: ChangeSet, case: Case) -> bool:
    """Whether a set of changes is worth saying: honest, of no title nobody spoke of, with the home where it is told to be."""
    merits = {c.fact.partition(".")[0] for c in chosen.changes if c.fact.startswith(_MERITS)}
    moves = any(c.kind == "choose" and c.fact == _HOME_PLACE and c.fact in case.said for c in chosen.changes)
    return chosen.honest and not moves and merits <= {fact.partition(".")[0] for fact in case.said}


def _shut(world: World, pack: Pack, result: Screening, focus: Sequence[str], case: Case) -> list[Said]:
    """Why the first way asked about is closed, where what closes it was told; nobody can change that."""
    asked = next((result.route(r) for r in focus), None)
    shut = asked is not None and asked.verdict is Verdict.NOT_ELIGIBLE and closed_by_told(asked, case.said)
    return [why_not(pack, asked, world.wording)] if asked is not None and shut else []


def _advice(world: World, pack: Pack, chosen: ChangeSet) -> Said:
    quotes = tuple(dict.fromkeys(citation(pack, c.article, c.quote) for c in chosen.changes))
    left_open = next((pack.notes[c.note] for c in chosen.changes if c.note and c.note in pack.notes), None)
    if left_open is not None and len(chosen.changes) == 1:  # 您的工作算不算，请向受理机关确认, rather than the name of a condition
        return Said(left_open.say, "states", (citation(pack, left_open.article, left_open.quote),))
    parts: dict[str, list[str]] = {}
    for change in chosen.changes:  # what is of one kind is said together: 要备齐：租赁合同，无房证明
        head, _, _ = world.means.texts[change.kind].partition("{condition}")
        shared = head if change.text.startswith(head) else ""
        parts.setdefault(shared or change.text, []).append(change.text.removeprefix(shared) if shared else "")
    text = "；".join(head + "，".join(items) for head, items in parts.items())
    return Said(world.wording["how_to_route"].format(route=pack.route(chosen.route).title, changes=text), "reports", quotes)


def _pack(world: World, state: Conversation, heard: Heard) -> Pack | None:
    jurisdiction = where(world, state, heard).jurisdiction
    return world.pack(jurisdiction) if jurisdiction else None
