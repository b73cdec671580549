"""Whose fact it is: the facts of the one who moves and of the one followed, told in any order, give one and the same frame.

Messages are composed of ``told/whose.yml``: a block of clauses of the mover, one of the followed, and a wish that links the two, in every
order, with the name told once or again or left to a pronoun.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from worlds import AS_OF, PACKS, VOCABULARY

from bot.conversation.screening import assumed
from bot.eligibility.values import Places, Value
from bot.reading.reader import Reading, read

_TOLD: dict[str, Any] = YAML(typ="safe", pure=True).load((Path(__file__).parent / "told" / "whose.yml").read_text(encoding="utf-8"))
HOMES = {pack.identity.jurisdiction.id: pack.identity.jurisdiction.place for pack in PACKS}


def said(place: str, text: str) -> Reading:
    return read(text, as_of=AS_OF, home=HOMES[place], vocabulary=VOCABULARY)


def told(clauses: list[str], first: str, later: str) -> list[str]:
    """The clauses of one person: the first names them, a later one repeats the name, has a pronoun, or nothing."""
    return [clause.format(s=later if n else first) for n, clause in enumerate(clauses)]
