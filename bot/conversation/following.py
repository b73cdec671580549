"""Follow-ups: short messages that mean something only after what was said before them, whatever the classifier hears in them.

Amid somebody's case 那咋办, 为啥不行 and 到底行不行 ask of that case, and 那补上了呢 supposes one thing to be otherwise; after an answer
那商铺呢 asks the same of something else. None of them names a place, so none turns to another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.answering import answer, out_of_scope
from bot.conversation.consenting import begun_by_consent, consent, counts, what_counts, with_consent
from bot.conversation.judging import focus_of, judge, ways_meant, ways_shut
from bot.conversation.kinfolk import only, way_to
from bot.conversation.meanings import meaning, term_asked_for
from bot.conversation.of_the_home import asks_of_the_home, of_the_home
from bot.conversation.reacting import react, reacts
from bot.conversation.recalling import ABOUT_THE_LAST, detail, everywhere, recall
from bot.conversation.screening import speak
from bot.conversation.state import PRESUMED, Case, Conversation, Told
from bot.conversation.supposing import added, asked_anew, in_so_many_words, supposed, supposition, unchanged, unread, without
from bot.conversation.switching import because, elsewhere, how_to, moved, puts_there
from bot.conversation.where import Where, spoken_of, where
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import RouteResult, Verdict
from bot.eligibility.values import Places, inside
from bot.policy.model import Pack
from bot.reading.asking.follow_ups import (
    BASIS,
    INSURED_FOR,
    VERDICT,
    WHAT_TO_DO,
    WHERE_TO,
    WHY_NOT,
    WITH_THEM,
    at_the_shop,
    back_to,
    beforehand,
    follow_up,
    of_each_place,
    of_oneself,
    puts_elsewhere,
    works_there_not_here,
)
from bot.reading.kin.kinship import SELF
from bot.reading.text.clauses import condition
from bot.reading.text.groups import composed
from bot.reading.text.renewing import renews
from bot.replies.answers import citation, stated
from bot.replies.model import Said
from bot.replies.ranking import ranked
from bot.replies.verdicts import why_not

_LONGEST = 16
"""Who says more than this says what it is about."""
_SURELY = 0.4
"""From this share on, half a question is taken to be about what it sounds like in full."""
_REASONS = 2
_WHENCE = ("hukou.place", "origin.place")
_WHITHER = "whither"
_INSURANCE, _DOCUMENT = "social_insurance", "document"
_RELATION = "kin.relation"
_HALVES = ("elsewhere", "more", "other_person", "compare", "fallback", "out_of_scope", "feedback", "why")
"""What half a question is misheard as; who asks surely of something is taken at their word."""


def follow(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """The turn of a follow-up; ``None`` where the message is none and the turn that Rasa decided on is right."""
    plain, place = hearing.plain(heard.text), where(world, state, heard)
    if turn := _of_what_was_said(world, state, heard, place):
        return turn
    if len(plain) > _LONGEST:
        return None
    before = spoken_of(world, state, heard).jurisdiction
    if place.named:
        puts_right = renews(plain) and before and _placed_there(world, state, before)
        if place.named[0] != before and _only_turns(world, plain) and not puts_right:
            there = world.pack(place.named[0]).identity.jurisdiction
            state = state.with_case(_put_there(state.case, world.packs.homes[before], there.place)) if renews(plain) and before else state
            name = composed("put_there", place=there.name) if puts_there(plain) else there.name
            return elsewhere(world, state, replace(heard, text=name))
        if why_there := _why_there(world, state, heard, place.named[0]):
            return why_there
        supposes = place.named[0] == before and supposition(world, state, heard, world.pack(before)) is not None
        if place.named[0] != before or not supposes and _kind(state, heard) != INSURED_FOR:
            return None
    if place.elsewhere and before and _begun(state) and puts_elsewhere(plain) and (what := in_so_many_words(heard)):
        return supposed(world, state, heard, world.pack(before), what)  # 要是单位在张店呢: the job is there, and not the register
    if place.elsewhere or place.jurisdiction is None:
        return None
    pack = world.pack(place.jurisdiction)
    turn = detail(world, state, heard, pack) or _of_the_case(world, state, heard, pack)
    if turn is None and _begun(state) and not heard.sure:
        turn = without(world, state, heard, pack)
    turn = turn or _half(world, state, heard, name)
    if turn is None and name in _HALVES and _begun(state):
        turn = added(world, state, heard, pack)
    return turn or _enough(world, state, heard, name) or _unread(world, state, heard, pack, name)


def _of_what_was_said(world: World, state: Conversation, heard: Heard, place: Where) -> Turn | None:
    """The answer to a message of any length about the last answer or the home told of: where it stands, what a word of it means, doubt."""
    plain, before = hearing.plain(heard.text), spoken_of(world, state, heard).jurisdiction
    if follow_up(plain) == BASIS and of_each_place(plain) and (turn := everywhere(world, state)):
        return turn
    if place.jurisdiction and (turn := meaning(world, state, heard, world.pack(place.jurisdiction))):
        return turn
    here = before if not place.elsewhere and not (place.named and place.named[0] != before) else None
    if here is None:
        return None
    if counts(heard) and (turn := what_counts(world, state, heard, world.pack(here))):
        return turn
    reacting = consent(heard) is None and reacts(state, heard)
    if not place.named and reacting and (turn := react(world, state, heard, world.pack(here), begun=_begun(state))):
        return turn
    return of_the_home(world, state, heard, world.pack(here))


def follows(world: World, state: Conversation, heard: Heard, pack: Pack) -> bool:
    """Whether a message in a pre-screening asks of it rather than answers it."""
    if reacts(state, heard) or term_asked_for(hearing.plain(heard.text)) or asks_of_the_home(state, heard) or counts(heard):
        return True
    if len(hearing.plain(heard.text)) > _LONGEST:
        return False
    if not _begun(state):
        return state.topic is not None and follow_up(hearing.plain(heard.text)) in ABOUT_THE_LAST
    return bool(_kind(state, heard) or supposition(world, state, heard, pack)) or consent(heard) is not None


def _why_there(world: World, state: Conversation, heard: Heard, jurisdiction: str) -> Turn | None:
    """Why it does not work in a place that is named (为啥临淄不行), or here where it would there (为啥临淄行这里不行)."""
    rest, pack = _without(hearing.plain(heard.text), world.pack(jurisdiction)), world.pack(jurisdiction)
    if rest is None or not (here := works_there_not_here(rest)) and follow_up(rest) != WHY_NOT:
        return None
    before = spoken_of(world, state, heard).jurisdiction
    if here and before:
        pack = world.pack(before)
    elif before != jurisdiction:
        state = replace(state, place=jurisdiction, waiting=None).with_case(moved(world, state.case, pack))
    return _reasons(world, state, replace(heard, text=rest), pack) if _begun(state) else because(world, state, pack)


def _without(plain: str, pack: Pack) -> str | None:
    """The plain text without the name of a place; ``None`` where it is not named in a name of its own."""
    here = pack.identity.jurisdiction
    name = next((n for n in sorted((here.name, *here.aliases), key=len, reverse=True) if n in plain), None)
    return plain.replace(name, "", 1) if name else None


def _only_turns(world: World, plain: str) -> bool:
    """Whether a message names a place served and says nothing besides turning to it: 再说聊城."""
    names = sorted((n for p in world.packs for n in (p.identity.jurisdiction.name, *p.identity.jurisdiction.aliases)), key=len)
    name = next((n for n in reversed(names) if n in plain), None)
    return name is not None and plain != name and back_to(plain.replace(name, "", 1))


def _placed_there(world: World, state: Conversation, jurisdiction: str) -> bool:
    """Whether the case tells of a register or an origin in a place served, so that 不对,是聊城 may put that right."""
    told = (told.value for fact, told in state.case.told.items() if told.certainty != PRESUMED and fact in _WHENCE)
    places = (path for value in told if isinstance(value, Places) for path in value.include)
    return any(inside(path, world.packs.homes[jurisdiction]) for path in places)


def _put_there(case: Case, wrong: str, right: str) -> Case:
    """The case with the home, work or relative that was told to be in a place served as in another one: that was the slip."""

    def put(fact: str, told: Told) -> Told:
        there = isinstance(told.value, Places) and any(inside(path, wrong) for path in told.value.include)
        return replace(told, value=Places(frozenset({right}))) if there and fact not in _WHENCE else told

    return replace(case, told=MappingProxyType({fact: put(fact, told) for fact, told in case.told.items()}))


def _kind(state: Conversation, heard: Heard) -> str | None:
    plain = hearing.plain(heard.text)
    kind = follow_up(plain)
    if kind and of_oneself(plain) and state.person != SELF:
        return None  # 那我能落吗, in the case of somebody else
    if kind == VERDICT and beforehand(plain) and not _begun(state):
        return None  # 能提前落吗, of a home not handed over
    if kind == WITH_THEM and only(state.case, _RELATION) is None:
        return None
    if kind is None and heard.intent == "why" and state.case.pending is None:
        return WHY_NOT  # 为啥, with nothing asked
    return kind


def _of_the_case(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """What a message asks of the case under way, or supposes in it."""
    if not _begun(state):
        kind = _kind(state, heard)
        if kind == BASIS and state.topic is None:  # 谁规定的, with nothing said before: the document
            return answer(world, state, _asking(heard, _DOCUMENT))
        kind = kind if state.topic else None
        if (agrees := consent(heard)) is not None and (turn := begun_by_consent(world, state, heard, agrees)):
            return turn
        if kind and kind in ABOUT_THE_LAST:
            return recall(world, state, heard, pack, kind, begun=False)
        if kind in (WHY_NOT, WHAT_TO_DO):
            return because(world, state, pack) if kind == WHY_NOT else how_to(world, state, heard)
        return asked_anew(world, state, heard, pack)
    kind = _kind(state, heard)
    if kind and kind in ABOUT_THE_LAST:
        return recall(world, state, heard, pack, kind, begun=True)
    if kind:
        return _ASKS[kind](world, state, heard, pack)
    if (agrees := consent(heard)) is not None:
        return with_consent(world, state, heard, pack, agrees)
    what = supposition(world, state, heard, pack)
    return supposed(world, state, heard, pack, what) if what else None


def _enough(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """What the ways nearest to the case ask for, where it is asked whether something would do that is none of it (再等四个月就行了吧)."""
    if name not in _HALVES or heard.sure or not _begun(state) or condition(hearing.plain(heard.text)) is None:
        return None
    return how_to(world, state, heard)


def _unread(world: World, state: Conversation, heard: Heard, pack: Pack, name: str) -> Turn | None:
    """What the last answer rests on, where something is supposed that was not made out (要是租客不肯搬呢)."""
    if name in _HALVES and not heard.sure and (same := unchanged(world, state, heard, pack)):
        return same
    said = unread(world, state, heard, pack) if name in _HALVES and not heard.sure else ()
    rests = recall(world, state, heard, pack, BASIS, begun=_begun(state)) if said else None
    return replace(rests, replies=(replace(rests.replies[0], said=(*said, *rests.replies[0].said)),)) if rests else None


def _begun(state: Conversation) -> bool:
    """Whether a case is under way: more was told in it than who would follow whom, or something is asked in it."""
    case = state.case
    return bool(set(case.said) - {_RELATION} or case.said and (case.pending or case.asked) or state.person != SELF and case.pending)


def _what_to_do(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    return how_to(world, state, heard)


def _again(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """The verdict once more, in full, with the question that is open."""
    return speak(world, state.with_case(state.case.reopened()), heard, pack)


def _with_them(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """The verdict on following whoever was told of, in full, with the question that is open."""
    case = state.case.reopened()
    way = way_to(world, pack, only(case, _RELATION) or "")
    return speak(world, state.with_case(replace(case, topic=way or case.topic, only=False)), heard, pack)


def _where_to(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """Where the ways that are open put the register, the nearest first, with the question that is open."""
    case = state.case.reopened()
    result, question = judge(world, state.with_case(case), heard, pack)
    live = [r for r in ranked(result, focus_of(pack, case), case.said) if r.verdict is not Verdict.NOT_ELIGIBLE and r.route.registers_at]
    fits = [r for r in live if r.verdict is Verdict.ELIGIBLE] or live
    said = _at_the_shop(heard, pack) or tuple(dict.fromkeys(_puts(world, pack, r) for r in fits[:_REASONS]))
    if not said:
        return _again(world, state, heard, pack)
    turn = speak(world, state.with_case(case), heard, pack, brief=question is not None, prefix=said)
    return turn if question is not None else Turn(state, (replace(turn.replies[0], said=said),), turn.loop)


def _at_the_shop(heard: Heard, pack: Pack) -> tuple[Said, ...]:
    """What the document says of landing at a shop (落我店里行不), where it says where a trader lands."""
    if not at_the_shop(hearing.plain(heard.text)):
        return ()
    topic = next((t for t in pack.topics.values() if _WHITHER in t.points and any(s.cites for s in t.points[_WHITHER])), None)
    return tuple(stated(pack, s) for s in topic.points[_WHITHER]) if topic else ()


def _puts(world: World, pack: Pack, result: RouteResult) -> Said:
    at = result.route.registers_at
    assert at is not None
    text = world.wording["registers_by"].format(route=result.route.title, text=at.text)
    return Said(text, "states", (citation(pack, at.article, at.quote),))


def _reasons(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """Why it does not work: the conditions that close the ways asked about, or what is still lacking of the one that the case is about."""
    if not (state.case.pending or state.case.asked) and state.case.topic is None and (turn := because(world, state, pack)):
        return turn  # of what was answered last: nothing has been asked or judged yet
    case = state.case.reopened()
    _, question = judge(world, state.with_case(case), heard, pack)
    if question is None:
        return _again(world, state, heard, pack)  # the verdict says it
    shown = ways_shut(world, state, heard, pack) or ways_meant(world, state, heard, pack)
    focus = focus_of(pack, case)
    shown = sorted(shown, key=lambda r: focus.index(r.route.id) if r.route.id in focus else len(focus))[:_REASONS]
    said: tuple[Said, ...] = tuple(dict.fromkeys(why_not(pack, r, world.wording) for r in shown))
    return speak(world, state.with_case(case), heard, pack, brief=bool(said), prefix=said)


def _insured_for(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """How long insurance must have been paid, asked amid a case in which it was told of."""
    return answer(world, state, _asking(heard, _INSURANCE))


def _asking(heard: Heard, topic: str) -> Heard:
    """The message as a question about a topic and nothing else."""
    return replace(heard, intent="ask", luohu={**heard.luohu, "topic": topic, "segments": [], "half": None})


_ASKS: Mapping[str, Callable[[World, Conversation, Heard, Pack], Turn]] = {
    WHAT_TO_DO: _what_to_do,
    WHY_NOT: _reasons,
    VERDICT: _again,
    WITH_THEM: _with_them,
    WHERE_TO: _where_to,
    INSURED_FOR: _insured_for,
}


def _half(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """Half a question (那商铺呢), asked in full; of a relative only where nobody's case is under way."""
    half = heard.luohu.get("half")
    if half is None or name not in _HALVES or float(half["p"]) < _SURELY or state.topic is None and not state.case.said:
        return None
    if hearing.people(heard.text) and any(case.told for case in state.cases.values()):
        return None
    intent, label = half["intent"], half["label"]
    if intent not in ("ask", "out_of_scope"):
        return None
    ranking = [[half["class"], half["p"]]]
    about = {"topic": label if intent == "ask" else None, "matter": None if intent == "ask" else label}
    luohu = {**heard.luohu, **about, "class": half["class"], "confidence": half["p"], "ranking": ranking, "segments": [], "beside": None}
    whole = replace(heard, text=str(half["text"]), intent=intent, luohu=luohu)
    return (answer if intent == "ask" else out_of_scope)(world, state, whole)
