"""Further people whom a message that tells a case says want to come too (还有我妹妹也想来, 老婆和岳父一块迁): a verdict on each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.kinfolk import follow_too, way_of_kin, with_askers_own
from bot.conversation.merge import tell
from bot.conversation.screening import speak
from bot.conversation.state import Case, Conversation
from bot.conversation.world import Heard, World
from bot.policy.model import Pack
from bot.reading.another import also_wants
from bot.reading.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.mention import Mention
from bot.replies.model import Reply

_MOST = 2
"""More verdicts than these at once are not read on a phone."""


def come_too(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Reply, ...]:
    """A verdict each on those who want to come too, as far as the message tells; nothing is asked of them yet.

    Whoever the reader hears a wish of has a verdict already.
    """
    home, before = pack.identity.jurisdiction.place, state.case
    done = {other.person or "other" for other in hearing.reading(world, heard, home).wishes}
    found: list[Reply] = []
    for m in _named(heard, {*done, before.person})[:_MOST]:
        case = Case(m.person, m.words, topic=way_of_kin(world, pack, m.person))
        case = tell(case, follow_too(state, before, m.person, along=True, same=False))
        case = with_askers_own(state, case, home)
        head = world.wording.say("other_person", who=world.wording.who(case.person, case.words))
        turn = speak(world, state.with_case(case), heard, pack, prefix=(head,))
        found += [replace(reply.unasked(), topic=case.topic) for reply in turn.replies]
    return tuple(found)


def _named(heard: Heard, done: Collection[str]) -> list[Mention]:
    words = hearing.plain(heard.text)
    wanting = [m for m in hearing.people(heard.text) if m.relation != PRONOUN and also_wants(words, m.end)]
    near = [m for m in wanting if m.person not in (SELF, COUPLE, NOBODY) and "/" not in m.person and m.person not in done]
    return list({m.person: m for m in near}.values())
