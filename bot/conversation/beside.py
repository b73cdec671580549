"""Further people whom a message says want to come too (还有我妹妹也想来, 老婆和岳父一块迁, 我妈我哥都想迁): a verdict on each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.kinfolk import follow_too, follows_asker, way_of_kin, with_askers_own
from bot.conversation.merge import tell
from bot.conversation.screening import speak
from bot.conversation.state import Case, Conversation, Told
from bot.conversation.whose import known
from bot.conversation.world import Heard, World
from bot.eligibility.values import YES, Choice
from bot.policy.model import Pack
from bot.reading.asking.another import all_of_them, all_of_us, also_wants, live_with_me, named_in_a_row
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation
from bot.reading.kin.mention import Mention
from bot.replies.model import Reply

_RELATION, _TOGETHER = "kin.relation", "kin.together"
_LIVE_TOGETHER = Told(Choice(frozenset({YES})))
_MOST = 2
"""More verdicts than these at once are not read on a phone."""


def come_too(
    world: World, state: Conversation, heard: Heard, pack: Pack, one: Mention | None = None
) -> tuple[Conversation, tuple[Reply, ...]]:
    """A verdict each on those who want to come too, as far as the message tells; nothing is asked of them yet.

    Whoever the reader hears a wish of has a verdict already.

    Args:
        one: whoever is asked about; all who are named in one breath with them are asked about too.

    Returns:
        The conversation, in which their cases are kept behind the one under way, and the verdicts.
    """
    home, before, after = pack.identity.jurisdiction.place, state.case, state
    done = {other.person or "other" for other in hearing.reading(world, heard, home).wishes}
    found: list[Reply] = []
    for m in _named(heard, {*done, before.person}, one)[:_MOST]:
        case = known(state, m.person, m.words) or Case(m.person, m.words, topic=way_of_kin(world, pack, m.person))
        if _RELATION not in case.told:
            case = tell(case, follow_too(state, before, m.person, along=True, same=False))
        along = live_with_me(hearing.plain(heard.text), _row(heard, m)[-1].end) or _told_to_live_along(world, heard, home, m)
        if along and follows_asker(case):
            case = tell(case, {_TOGETHER: _LIVE_TOGETHER})
        case = with_askers_own(state, case, home)
        head = world.wording.say("other_person", who=world.wording.who(case.person, case.words))
        turn = speak(world, state.with_case(case), heard, pack, prefix=(head,))
        found += [replace(reply.unasked(), topic=case.topic) for reply in turn.replies]
        after = after.with_case(case)
    return after.with_case(before), tuple(found)


def _told_to_live_along(world: World, heard: Heard, home: str, m: Mention) -> bool:
    """Whether the message says further on that somebody lives with the asker (俺爹娘也想来,他们跟俺一块住)."""
    told = {f.fact: f.value for f in hearing.reading(world, heard, home).facts}
    theirs = told.get(_RELATION) == Choice(frozenset({followed_relation(SELF, m.person)}))
    return theirs and told.get(_TOGETHER) == _LIVE_TOGETHER.value


def live_along_too(
    world: World, before: Conversation, after: Conversation, heard: Heard, pack: Pack
) -> tuple[Conversation, tuple[Reply, ...]]:
    """A verdict each on the others who follow the asker, where all of them are told to live together (老婆孩子…都住一起).

    Returns:
        The conversation, in which that is known of them too, and the verdicts.
    """
    case = after.case
    told = _TOGETHER in case.told and case.told[_TOGETHER].value == _LIVE_TOGETHER.value and _TOGETHER not in before.case.told
    if not told or case.key != before.case.key or case.person == SELF or not all_of_them(hearing.plain(heard.text)):
        return after, ()
    now, found = after, []
    others = [c for c in after.cases.values() if c.key != case.key and c.person != SELF and follows_asker(c) and _TOGETHER not in c.told]
    for other in others[-_MOST:]:
        along = tell(other, {_TOGETHER: _LIVE_TOGETHER})
        head = world.wording.say("other_person", who=world.wording.who(along.person, along.words))
        turn = speak(world, now.with_case(along), heard, pack, prefix=(head,))
        found += [replace(reply.unasked(), topic=along.topic) for reply in turn.replies]
        now = now.with_case(along)
    return now.with_case(case), tuple(found)


def _named(heard: Heard, done: Collection[str], one: Mention | None) -> list[Mention]:
    words, people = hearing.plain(heard.text), hearing.people(heard.text)
    wanting = [m for m in people if m.relation != PRONOUN and also_wants(words, m.end)]
    rows = [_row(heard, m) for m in people if m == one or all_of_us(words) and live_with_me(words, m.end)]
    near = [m for m in (*wanting, *(m for row in rows for m in row)) if m.person not in (SELF, COUPLE, NOBODY)]
    return list({m.person: m for m in near if "/" not in m.person and m.person not in done}.values())


def _row(heard: Heard, one: Mention) -> tuple[Mention, ...]:
    return named_in_a_row(hearing.plain(heard.text), hearing.people(heard.text), one)
