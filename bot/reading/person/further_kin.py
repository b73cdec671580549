"""What a further relative (侄子, 小舅子, 舅舅) is to another relative of the asker, as far as the two words tell.

Both stand beside the asker as ``other``: whether a nephew may follow the asker's brother depends on whether that brother is his father.
"""

from __future__ import annotations

from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.reading.kin.family import related
from bot.reading.kin.kinship import PRONOUN, SELF, kin
from bot.reading.record.ledger import Ledger
from bot.reading.record.standing import own_word, words_for

OTHER = "other"
_REMOVED = frozenset({"表", "堂", "姨", "姑", "舅"})  # 表舅 is no 舅


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]], ...]:
    """Per group of words for further relatives: what somebody else (by key and, where given, by the ends of the words) is to them."""
    raw = YAML(typ="safe", pure=True).load((LEXICON / "kin.yml").read_text(encoding="utf-8"))
    return tuple(
        (tuple(row["words"]), tuple((to["person"], tuple(to.get("called", ())), frozenset(to["is"])) for to in row["to"]))
        for row in raw["further"]
    )


def _seen_from(further: str, person: str, called: str) -> frozenset[str]:
    for words, others in _table():
        word = next((w for w in words if further.endswith(w)), "")
        if not word or further.removesuffix(word)[-1:] in _REMOVED:
            continue
        for key, names, relations in others:
            if key == person and (not names or called.endswith(names)):
                return relations
    return frozenset()


def told_relation(ledger: Ledger, mover: str, followed: str) -> frozenset[str]:
    """What the one followed may be to the mover: by a word said of him as the mover's own (我弟,就是她亲爸), else by the two words.

    Empty where neither tells more than who both are to the asker.
    """
    if mover == SELF:
        return frozenset()
    for m in ledger.people:
        if m.person == followed and m.owner == mover and m.relation not in (PRONOUN, OTHER):
            return frozenset({m.relation})
    mover_called, followed_called = words_for(ledger, mover), words_for(ledger, followed)
    told: frozenset[str] = frozenset()
    if mover == OTHER:
        told = _seen_from(mover_called, followed, followed_called)
    elif followed == OTHER:
        told = frozenset(kin().inverse.get(r, OTHER) for r in _seen_from(followed_called, mover, mover_called))
    by_place = related(own_word(ledger, mover), own_word(ledger, followed))
    return told or (frozenset({by_place}) if by_place else frozenset())
