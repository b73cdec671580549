"""Grandparents named by the child (孩子奶奶, 娃他姥爷): the parents of the asker, or of the husband or wife.

Which of the two, the words for the husband or wife tell (孩子爷爷 beside 我媳妇 is the asker's father); where these fit either (对象),
it is the parents of that one, as nobody calls the own father so beside them. With no word of a couple they stay whom the child knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.reading.kin.kinship import PRONOUN
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import female, male
from bot.reading.text.cues import cue

_ELDER, _CHILD, _FIANCE = "child/grandparent", "child", "fiance"
_PARENT, _IN_LAW, _SPOUSE = "parent", "parent_in_law", "spouse"


def elders_of_the_couple(found: Sequence[Mention], plain: str) -> list[Mention]:
    """The mentions, with the child's grandparents as the asker's parents or parents-in-law, as far as the words tell which."""
    elders = [m for m in found if m.person == _ELDER and m.owner == _CHILD and m.relation != PRONOUN]
    if not elders or any(m.person == _CHILD and m.start < elders[0].start for m in found):
        return list(found)
    wedded = _wedded(found, plain)
    partner = next((m for m in wedded if m.relation == _SPOUSE or m.person == _SPOUSE), None)
    if partner is None:
        return wedded
    elder = _parent_or_in_law(elders[0], partner)
    return [replace(m, person=elder) if m.person == _ELDER else m for m in wedded]


def _wedded(found: Sequence[Mention], plain: str) -> list[Mention]:
    """The mentions, with the 对象 of whoever has a child as husband or wife, also where the elders' child is that one (儿子就是我对象)."""
    either = any(m.person == _FIANCE and cue("childs_elders.either").search(m.words) for m in found)
    known = [_as_spouse(m) if either and m.person == _FIANCE else m for m in found]
    pairs = ((one, other) for one, other in pairwise(known) if other.person == _SPOUSE)
    same = {one.words for one, other in pairs if cue("childs_elders.is").fullmatch(plain[one.end : other.start])}
    return [_as_spouse(m) if m.person == _CHILD and m.owner is None and m.words in same else m for m in known]


def _as_spouse(m: Mention) -> Mention:
    return replace(m, person=_SPOUSE, relation=PRONOUN if m.relation == PRONOUN else _SPOUSE)


def _parent_or_in_law(elder: Mention, partner: Mention) -> str:
    """What a grandparent of the child's is to the asker, by the side of the family and the word for the husband or wife."""
    of_the_father = cue("childs_elders.fathers_side").search(elder.words) is not None
    wife, husband = female(partner.words[-2:]), male(partner.words[-2:])
    if wife == husband:
        return _IN_LAW
    return _PARENT if of_the_father == wife else _IN_LAW
