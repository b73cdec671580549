"""Whether a message in the middle of a case is about somebody else: it asks for theirs, brings them along or tells what is theirs alone."""

from __future__ import annotations

from bot.conversation import hearing
from bot.conversation.kin_answers import answers_with_kin
from bot.conversation.kinfolk import follows_asker, has_standing, whose_they_are
from bot.conversation.own_right import asked_in_own_right
from bot.conversation.state import PRESUMED, Conversation
from bot.conversation.where import spoken_of
from bot.conversation.world import Heard, World
from bot.policy.model import Pack
from bot.reading.asking.another import also_wants, and_also, asks_whether, how_about, lives_with_me, named_in_a_row, opens_with
from bot.reading.asking.wanting import asks
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.same_person import same_one
from bot.reading.text.groups import composed

_OWN_MERIT = ("education.", "title.", "skill.", "veteran", "returnee")


def asks_of_another(state: Conversation, heard: Heard) -> bool:
    """Whether a message in the middle of a case asks for somebody else's: 我爱人呢, whatever follows; or 弟媳妇行不, 丈母娘也住这,她呢."""
    if asked_in_own_right(state, heard) is not None:
        return True
    named = [m for m in hearing.people(heard.text, whose_they_are(state.case)) if m.relation not in (PRONOUN, SELF)]
    if not named or not (state.case.told or state.case.pending):
        return False
    first, words = named[0], hearing.plain(heard.text)
    stands = has_standing(state.case) if state.case.pending else bool(state.case.told)
    if state.person == SELF and stands and first.start <= 1 and also_wants(words, first.end):
        return first.person not in (SELF, COUPLE, NOBODY)  # 我媳妇也想来,我俩住一起, amid the asker's own
    too = first.start <= 1 and also_wants(words, first.end) and first.person not in (SELF, COUPLE, NOBODY, state.person)
    if state.person != SELF and (too or and_also(words, first.start, first.end)):
        return True  # 还有俺爹; 我妻弟也一块
    if answers_with_kin(state.case, heard):
        return False
    if state.case.pending == "kin.relation" and (state.person == SELF or not how_about(words, first.end)):
        return False  # who there is to follow
    if first.person in (SELF, COUPLE, NOBODY) or not opens_with(words, first.start):
        return False
    row = named_in_a_row(words, named, first)
    if how_about(words, row[-1].end) or and_also(words, first.start, first.end) or _lives_along(state, first, words):
        return True
    others = {m.person for m in named} - {SELF, COUPLE, NOBODY}
    if len(row) > 1 and others == {m.person for m in row}:
        return asks_whether(words, first.start, row[-1].end)
    if others != {first.person} or first.person == state.person and same_one(first.person, state.case.words, first.words):
        return False
    return asks_whether(words, first.start, first.end)


def brings_up_another(world: World, state: Conversation, heard: Heard) -> bool:
    """Whether such a message is one, in the place that is spoken of."""
    here = spoken_of(world, state, heard).jurisdiction
    return here is not None and tells_of_another(world, state, heard, world.pack(here))


def tells_of_another(world: World, state: Conversation, heard: Heard, pack: Pack) -> bool:
    """Whether a message amid the asker's own case tells of the schooling or the like of one relative: whose own case it begins.

    我弟是初级工程师呢, 我哥当兵回来的: whoever is only followed is not asked for these.
    """
    case, words = state.case, hearing.plain(heard.text)
    named = [m for m in hearing.people(heard.text) if m.relation != PRONOUN]
    if case.person != SELF or not case.told or len(named) != 1 or named[0].person in (SELF, COUPLE, NOBODY) or asks(words.rstrip("呢。!?")):
        return False
    (one,) = named
    if not opens_with(words, one.start) or (case.pending or "").startswith("kin.") or "kin.relation" in case.told:
        return False
    home = pack.identity.jurisdiction.place
    told = hearing.after(world, heard, home, SELF, composed("wants_to_settle", who=one.words), words)
    own = [f for f in told.facts if f.certainty != PRESUMED and f.fact.startswith(_OWN_MERIT)]
    return told.person == one.person and bool(own)


def _lives_along(state: Conversation, named: Mention, words: str) -> bool:
    """Whether somebody is told to live with the asker, who has a home or work here and was not asked of anything: they are to come too.

    So is one more who lives there, after a relative who is to follow the asker (我妹也跟我住, after 我妈).
    """
    case = state.case
    if not lives_with_me(words, named.end):
        return False
    if case.person == SELF:
        return case.pending is None and has_standing(case)
    return follows_asker(case) and not (named.person == case.person and same_one(case.person, case.words, named.words))
