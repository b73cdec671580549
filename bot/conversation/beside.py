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
from bot.reading.asking.another import all_of_us, also_wants, live_with_me, named_in_a_row
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
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
        if live_with_me(hearing.plain(heard.text), _row(heard, m)[-1].end) and follows_asker(case):
            case = tell(case, {_TOGETHER: _LIVE_TOGETHER})
        case = with_askers_own(state, case, home)
        head = world.wording.say("other_person", who=world.wording.who(case.person, case.words))
        turn = speak(world, state.with_case(case), heard, pack, prefix=(head,))
        found += [replace(reply.unasked(), topic=case.topic) for reply in turn.replies]
        after = after.with_case(case)
    return after.with_case(before), tuple(found)


def _named(heard: Heard, done: Collection[str], one: Mention | None) -> list[Mention]:
    words, people = hearing.plain(heard.text), hearing.people(heard.text)
    wanting = [m for m in people if m.relation != PRONOUN and also_wants(words, m.end)]
    rows = [_row(heard, m) for m in people if m == one or all_of_us(words) and live_with_me(words, m.end)]
    near = [m for m in (*wanting, *(m for row in rows for m in row)) if m.person not in (SELF, COUPLE, NOBODY)]
    return list({m.person: m for m in near if "/" not in m.person and m.person not in done}.values())


def _row(heard: Heard, one: Mention) -> tuple[Mention, ...]:
    return named_in_a_row(hearing.plain(heard.text), hearing.people(heard.text), one)
