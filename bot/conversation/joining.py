"""Whom the applicant would join instead: 那俺舅妈呢, after 想投靠俺舅, asks of one more to follow, and not of her own move.

So it is with whoever no list of a document holds, since nobody asks whether an aunt may follow an uncle; of anybody else where the message
says that they are there as well (那俺姐呢,俺姐也在城里).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.kinfolk import asker_to, only
from bot.conversation.state import SAID, Case
from bot.reading.asking.another import how_about, is_there, joins_now, opens_with
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation
from bot.reading.kin.mention import Mention
from bot.reading.person.same_person import same_one
from bot.reading.text.groups import composed, group

_RELATION, _OTHER = "kin.relation", "other"
_NEAR = frozenset({"spouse", "parent", "child"})
_MARKS = " ,。!?" + "".join(group("joining.particles"))


def joins_instead(case: Case, named: Mention, mentions: Sequence[Mention], plain: str) -> bool:
    """Whether whoever is asked about by name is whom the asker, who wants to follow somebody, would follow instead."""
    told = case.told.get(_RELATION)
    if case.person != SELF or told is None or told.certainty != SAID or named.relation in (PRONOUN, SELF, COUPLE, NOBODY):
        return False
    if not opens_with(plain, named.start) or not how_about(plain, named.end):
        return False
    if followed_relation(named.person, only(case, _RELATION) or _OTHER) in _NEAR:
        return False  # 我想投靠儿子…那儿媳呢: she goes after him as well
    there = any(m.person == named.person and is_there(plain, m.end) for m in mentions)
    return there or asker_to(named.person) == _OTHER


def joined_now(case: Case, people: Sequence[Mention], plain: str) -> Mention | None:
    """Whom the asker, who wanted to join somebody else, says they go to now (改投我爸, 落我姐那得了); ``None`` where it names nobody so."""
    told = case.told.get(_RELATION)
    if case.person != SELF or told is None or told.certainty != SAID:
        return None
    near = [m for m in people if m.relation not in (PRONOUN, SELF, COUPLE, NOBODY) and m.owner in (None, SELF)]
    to = [m for m in near if joins_now(plain, m.start, m.end) and not _is_followed(case, m)]
    return to[0] if len({m.person for m in to}) == 1 else None


def _is_followed(case: Case, one: Mention) -> bool:
    same = followed_relation(SELF, one.person) == only(case, _RELATION)
    return same and same_one(one.person, case.told[_RELATION].words, one.words)


def wish_to_join(mover: str, named: Mention, plain: str) -> str:
    """What such a message says in full: 我想投靠俺舅妈, and what it tells of her."""
    wish, rest = composed("wants_to_follow", mover=mover, followed=named.words), plain[named.end :].strip(_MARKS)
    return f"{wish}，{rest}" if rest else wish
