"""A grandchild called 孩子 before being called 外孙, in a message told from where nobody is the asker's (娃跟着姥姥,…,把外孙落到姥姥这)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.reading.kin.kin_words import OFFSPRING
from bot.reading.kin.kinship import COUPLE, PRONOUN, SELF
from bot.reading.kin.mention import Mention

_CHILD, _GRANDCHILD = "child", "grandchild"


def one_grandchild(found: Sequence[Mention]) -> list[Mention]:
    """The mentions, with 孩子 and the parents of that child made the grandchild's, where nothing says that there are two of them."""
    bare = [m for m in found if m.person == _GRANDCHILD and m.owner is None and not m.plural]
    elders = [m for m in found if m.relation == "grandparent" and m.person == "grandparent" and m.owner is None]
    own = any(m.owner in (SELF, COUPLE) or m.relation in (SELF, COUPLE) for m in found)
    called = [m for m in found if m.person == _CHILD and m.relation != PRONOUN]
    if not bare or not elders or own or not called or not all(m.words in OFFSPRING and m.owner is None for m in called):
        return list(found)
    return [_of_the_grandchild(m) for m in found]


def _of_the_grandchild(m: Mention) -> Mention:
    if m.person == _CHILD:
        return replace(m, person=_GRANDCHILD, relation=m.relation if m.relation == PRONOUN else _GRANDCHILD)
    if m.owner == _CHILD and m.relation == "parent":
        return replace(m, person=f"{_GRANDCHILD}/parent", owner=_GRANDCHILD)
    return m
