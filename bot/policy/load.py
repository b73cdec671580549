"""Load the vocabulary and the policy packs from YAML into frozen values.

Schemas are closed: an unknown key, a duplicate key, a wrong type or a dangling id is a :class:`PackError` that names file,
line, what is wrong and how to mend it; every defect is collected before it is raised.  What a pack *means* (quotes, spans,
wording) is validated by :mod:`bot.policy.check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot import paths
from bot.policy.model import Forbidden, Pack
from bot.policy.nodes import frozen_map
from bot.policy.problem import PackError, Problem
from bot.policy.read_pack import PACK_FILES, Reading, read_pack
from bot.policy.read_vocabulary import load_vocabulary
from bot.policy.vocabulary import Vocabulary

__all__ = ["PACK_FILES", "PackError", "Packs", "Reading", "load_pack", "load_packs", "load_vocabulary", "read_pack"]


@dataclass(frozen=True)
class Packs:
    """Every policy pack with the vocabulary they share. Iterating gives the packs in order of their ids."""

    vocabulary: Vocabulary
    by_id: Mapping[str, Pack]
    by_jurisdiction: Mapping[str, Pack]

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The place path of every jurisdiction served."""
        return frozen_map({place: pack.identity.jurisdiction.place for place, pack in self.by_jurisdiction.items()})

    @cached_property
    def never(self) -> tuple[Forbidden, ...]:
        """What may be said of no place served, for wording that belongs to none of them."""
        return tuple(rule for pack in self for rule in pack.never)

    def __iter__(self) -> Iterator[Pack]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)


def load_pack(folder: Path, vocabulary: Vocabulary) -> Pack:
    """The pack in a folder. A missing ``topics.yml`` means no topics for now; ``check`` complains about it.

    Raises:
        PackError: a file is missing or does not fit its schema, or an id dangles.
    """
    reading = read_pack(folder, vocabulary)
    faults = [p for p in reading.problems if not (p.code == "missing-file" and p.file.endswith("/topics.yml"))]
    if faults or reading.pack is None:
        raise PackError(faults or reading.problems)
    return reading.pack


def load_packs(root: Path = paths.POLICIES, vocabulary: Vocabulary | None = None) -> Packs:
    """Every pack under ``root``, one folder each.

    Raises:
        PackError: a pack does not load, or two packs govern the same jurisdiction.
    """
    words = vocabulary or load_vocabulary()
    problems: list[Problem] = []
    by_id: dict[str, Pack] = {}
    for folder in sorted(f for f in root.iterdir() if f.is_dir()) if root.is_dir() else []:
        try:
            pack = load_pack(folder, words)
        except PackError as error:
            problems += error.problems
        else:
            by_id[pack.id] = pack
    by_place: dict[str, Pack] = {}
    for pack in by_id.values():
        place = pack.identity.jurisdiction.id
        if place in by_place:
            problems.append(Problem(f"{pack.id}/pack.yml", 0, f"“{place}” is governed by {by_place[place].id} as well.",
                                    "keep one pack for each jurisdiction.", "duplicate-id"))
        by_place[place] = pack
    if problems:
        raise PackError(problems)
    if not by_id:
        raise PackError([Problem(str(root.name), 0, "there is no pack.", "make one with “luohu pack new”.", "missing-file")])
    return Packs(words, frozen_map(by_id), frozen_map(by_place))
