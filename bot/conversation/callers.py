"""Whether another caller is on the line: whoever serves a hotline goes from one case to the next in one conversation.

The next one may be announced (下一位, 换个人, 再来一个). Where notes are typed in shorthand (东阿的 开店两年 铺面独立), one that says
who somebody is and contradicts what was told, or contradicts it in several respects, is a new case as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation import hearing
from bot.conversation.answering import ask_place
from bot.conversation.beginning import begin
from bot.conversation.kinfolk import way_to
from bot.conversation.mending import mends
from bot.conversation.state import PRESUMED, Case, Conversation
from bot.conversation.subject import Subject
from bot.conversation.waiting import only_a_place
from bot.conversation.where import where
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.values import Choice, meet
from bot.policy.model import Pack
from bot.reading.asking.wanting import asks
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue
from bot.replies.model import Reply, Said

_ANNOUNCED, _INTRODUCED, _FROM = cue("callers.announced"), cue("callers.introduced"), cue("callers.comes_from")
_ONE_SPEAKING = cue("callers.one_speaking")
_SEVERAL, _FULL = 2, 3
"""In how many respects what is told contradicts the case of one who tells so many facts of somebody else's."""
_RELATION = "kin.relation"
_WHENCE = ("hukou.place", "origin.place")
_STAYS = ("resume", "ask_again", "restart", "handoff", "feedback")
"""Turns that begin no case, whatever the message says."""


@dataclass(frozen=True)
class _Call:
    """What is told of another caller, and whether they were announced."""

    heard: Heard
    announced: bool


def next_caller(world: World, state: Conversation, heard: Heard, name: str, otherwise: Callable[..., Turn]) -> Turn | None:
    """The turn that begins the case of another caller, with nothing of the last one but the place; ``None`` where it is the same.

    ``otherwise`` does the turn of a message that tells no case (下一位租房要什么材料) as one at the start.
    """
    call = _call(world, state, heard) if name not in _STAYS else None
    if call is None:
        return None
    new = Conversation(place=state.place)
    if not call.heard.text:
        return Turn(new, (Reply("chitchat", (world.wording.say("next_caller"),), state.place),), "off")
    said = (world.wording.say("new_caller" if call.announced else "new_case"),) if _begun(state) else ()
    place = where(world, new, call.heard)
    if place.jurisdiction is None and not place.elsewhere:
        return ask_place(world, new, call.heard)
    if place.jurisdiction is None or not _tells(world, call.heard, world.pack(place.jurisdiction)):
        turn = otherwise(world, new, call.heard, "fallback" if name in ("screen_turn", "more") else name)
        return replace(turn, loop="off") if turn.loop in ("keep", "rejected") else turn
    new = replace(new, place=place.named[0]) if place.named else new
    pack = world.pack(place.jurisdiction)
    topic = call.heard.topic if call.heard.topic in world.settling and call.heard.sure else _way_told(world, call.heard, pack)
    return _after(said, begin(world, new, call.heard, pack, Subject(topic)))


def _after(said: tuple[Said, ...], turn: Turn) -> Turn:
    if not turn.replies:
        return turn
    first, *rest = turn.replies
    return replace(turn, replies=(replace(first, said=(*said, *first.said)), *rest))


def _call(world: World, state: Conversation, heard: Heard) -> _Call | None:
    """The new case in a message that is one of another caller."""
    if found := _ANNOUNCED.match(heard.text.strip()):
        rest = heard.text.strip()[found.end() :].strip(" ，,。:：")
        return _Call(replace(heard, text=rest, luohu={**heard.luohu, "segments": []}), True) if rest or _begun(state) else None
    return _Call(heard, False) if _contradicts_as_another(world, state, heard) else None


def _begun(state: Conversation) -> bool:
    return any(case.said for case in state.cases.values())


def _tells(world: World, heard: Heard, pack: Pack) -> bool:
    return not asks(hearing.plain(heard.text)) and bool(_told(world, heard, pack))


def _told(world: World, heard: Heard, pack: Pack) -> list[FactReading]:
    """What a message says of whoever speaks, read as if nothing came before it."""
    return [f for f in hearing.reading(world, heard, pack.identity.jurisdiction.place).facts if f.certainty != PRESUMED]


def _way_told(world: World, heard: Heard, pack: Pack) -> str | None:
    """The way of following a relative, where a note says who follows whom (下一位 表妹投靠表姐)."""
    told = next((f.value for f in _told(world, heard, pack) if f.fact == _RELATION), None)
    return way_to(world, pack, next(iter(told.values))) if isinstance(told, Choice) and len(told.values) == 1 else None


def _contradicts_as_another(world: World, state: Conversation, heard: Heard) -> bool:
    """Whether a note in shorthand can only be of another one than the case under way, which is the caller's own."""
    case, plain = state.case, hearing.plain(heard.text)
    parts = heard.text.split()  # whoever writes in sentences tells their own case, and puts one thing after another right
    if case.person != SELF or not case.said or len(parts) < _SEVERAL or _ONE_SPEAKING.search(plain) or asks(plain) or mends(plain):
        return False
    if any(m.person not in (SELF, NOBODY) for m in hearing.people(heard.text)):
        return False
    place = where(world, state, heard).jurisdiction
    if place is None:
        return False
    told = _told(world, heard, world.pack(place))
    against = _contradicted(case, told)
    if len(against) >= _SEVERAL and len(told) >= _FULL:
        return True
    return bool(against) and case.pending not in _WHENCE and any(map(_introduces, parts))


def _contradicted(case: Case, told: list[FactReading]) -> set[str]:
    """In which respects (home, work, schooling) what is told cannot hold of the case."""
    old = {fact: known.value for fact, known in case.told.items() if known.certainty != PRESUMED}
    return {f.fact.partition(".")[0] for f in told if f.fact in old and meet(old[f.fact], f.value) is None}


def _introduces(part: str) -> bool:
    """Whether a part of a note says only who somebody is: 女, 姓李的, 三十五岁, 莘县的."""
    return _INTRODUCED.fullmatch(part) is not None or only_a_place(part, None, _FROM)
