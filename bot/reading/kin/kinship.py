"""What one person is to another: relations as words name them, seen from the other side, and put together.

A person is a relation as seen from the asker: ``self`` for the asker, ``spouse``, ``parent`` …; ``couple`` stands for the asker
together with the spouse (我们两口子), ``nobody`` for people whose circumstances are no fact of the case (the landlord, a colleague).
A relative's relative whom no single word covers is written with a slash (``grandchild/parent``: 外孙女的爸妈).
Words stand in ``data/lexicon/kin.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.reading.kin.family import related
from bot.reading.text.cues import cue
from bot.reading.text.expressions import any_of, guarded
from bot.reading.text.groups import group

SELF, COUPLE, NOBODY = "self", "couple", "nobody"
PRONOUN = "pronoun"
UNNAMED = "unnamed"
"""Somebody whom a message tells of beside the asker by 他 or 她 alone; nobody knows what they are to each other."""
PRONOUNS = group("kinship.pronouns")
NICKNAME = cue("kinship.nickname")  # 老马, 东头二顺子
"""A workmate or neighbour by what one calls them (小孟); which surnames, ``data/lexicon/kin.yml`` says."""
ELDERS = frozenset(group("kinship.elders"))
"""Words for an old person, who is the one already named where there is one."""


(_LATER,) = group("kinship.later")
"""What the words for relatives of a second marriage begin with, and what follows an event."""


@dataclass(frozen=True)
class Kin:
    """The lexicon of people, compiled."""

    pattern: re.Pattern[str]
    relation: Mapping[str, str]
    inverse: Mapping[str, str]
    compose: Mapping[str, Mapping[str, str]]
    between: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def kin() -> Kin:
    """The lexicon of people from ``data/lexicon/kin.yml``, read once."""
    raw = YAML(typ="safe", pure=True).load((LEXICON / "kin.yml").read_text(encoding="utf-8"))
    relation = {word: name for name, words in raw["words"].items() for word in words}
    relation.update(dict.fromkeys(raw["self"], SELF))
    relation.update(dict.fromkeys(raw["couple"], COUPLE))
    relation.update(dict.fromkeys(raw["blind"], ""))
    relation.update(dict.fromkeys(ELDERS - set(relation), ""))
    relation.update(dict.fromkeys(PRONOUNS, PRONOUN))
    first, near = ("|".join(f"(?:{row['re']})" for row in raw["letters"] if bool(row.get("first")) is at) for at in (True, False))
    later = {word for word in relation if word.startswith(_LATER)}
    named = f"{raw['step']}{any_of(later)}|{any_of(set(relation) - later)}{raw['whole']}"  # 离婚后|儿子 is no 后儿子
    relation.update({letter: row["relation"] for row in raw["letters"] for letter in row["words"]})
    pattern = re.compile("|".join([guarded(first), named, guarded(near), guarded(raw["nickname"]), raw["titled"]]))
    return Kin(pattern, relation, raw["inverse"], raw["compose"], raw["between"])


_SIDE_BY_SIDE = {
    ("child", "grandparent"),
    ("child", "other"),
    ("grandchild", "parent"),
    ("sibling", "child"),
    ("sibling", "spouse"),
    ("spouse", "sibling"),
    ("parent", "sibling"),
    ("child", "parent_in_law"),
    ("grandchild", "grandparent"),
    ("child", "parent"),
}


def composable(owner: str, relation: str) -> bool:
    """Whether two kinship words side by side mean the one's relative (孩子姥姥) and not two people (老婆孩子, 爸妈)."""
    return (owner, relation) in _SIDE_BY_SIDE


def of(owner: str, relation: str) -> str:
    """Who somebody's relative is to the asker: the spouse's mother is a parent-in-law."""
    if owner in (SELF, COUPLE):
        return relation
    if owner == NOBODY:
        return NOBODY
    short = kin().compose.get(owner, {}).get(relation)
    return short if short else f"{owner}/{relation}"


def followed_relation(mover: str, followed: str) -> str:
    """What the person followed is to the mover, both as seen from the asker."""
    lexicon = kin()
    if mover in (SELF, COUPLE):
        return "other" if "/" in followed else followed
    if followed in (SELF, COUPLE):
        return "other" if "/" in mover else lexicon.inverse.get(mover, "other")
    if followed.startswith(mover + "/"):
        return followed[len(mover) + 1 :].split("/")[-1]
    if mover.startswith(followed + "/"):  # 我朋友…他老婆: the friend is her husband
        return lexicon.inverse.get(mover[len(followed) + 1 :], "other")
    owner, _, tail = mover.rpartition("/")
    if owner and followed.startswith(owner + "/"):
        return lexicon.between.get(tail, {}).get(followed[len(owner) + 1 :], "other")
    return lexicon.between.get(mover, {}).get(followed, "other")


def married(one: str, another: str) -> bool:
    """Whether two words name husband and wife although both are further relatives (弟媳 and 弟弟, 嫂子 and 哥哥)."""
    return related(one, another) == "spouse"
