"""What is wrong with a pack, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One defect: the file (as ``folder/name``) and line it stands on, what is wrong, how to mend it, and a stable code.

    ``line`` counts from 1; 0 means that the file as a whole is meant.
    """

    file: str
    line: int
    message: str
    mend: str
    code: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: [{self.code}] {self.message} Mend: {self.mend}"


class PackError(Exception):
    """A pack or vocabulary file that cannot be loaded. ``problems`` holds every defect found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(p) for p in self.problems))
