"""What is measured: which deployments, how many residents at once, over which wire, how many conversations. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from tests.benchmarks.messages import TURNS, Conversation

REST, WECHAT = "REST", "WeChat"
SQLITE, ONE_MACHINE, POSTGRES = "SQLite", "SQLite + Redis", "PostgreSQL + Redis"
USERS = (20, 100, 500)
FEW_USERS = (20, 100)
MESSAGES = 1800
"""At least, for each line of the table: enough for one late answer in a thousand to be seen."""
FEW_MESSAGES = 240


@dataclass(frozen=True)
class Deployment:
    """Servers of luohu on what they keep their conversations in."""

    backing: str
    servers: int

    @property
    def name(self) -> str:
        """As it stands in the table."""
        return f"luohu, {self.backing}, {self.servers} server{'s' * (self.servers > 1)}"


@dataclass(frozen=True)
class Shot:
    """So many residents at once over one wire, who hold so many conversations between them."""

    wire: str
    users: int
    talks: int

    @property
    def messages(self) -> int:
        """How many messages that is, the one that names the place on WeChat left out."""
        return self.talks * TURNS


DEPLOYMENTS = (
    Deployment(SQLITE, 1),
    Deployment(ONE_MACHINE, 2),
    Deployment(POSTGRES, 1),
    Deployment(POSTGRES, 2),
    Deployment(POSTGRES, 3),
)
FEW_DEPLOYMENTS = (Deployment(SQLITE, 1), Deployment(ONE_MACHINE, 2), Deployment(POSTGRES, 2))


def shots(wire: str, users: Sequence[int], messages: int) -> list[Shot]:
    """One for every number of residents; each of them has at least one conversation.

    Raises:
        ValueError: a number is not positive.
    """
    if messages < 1 or not all(n >= 1 for n in users):
        raise ValueError("residents and messages are counted from 1")
    return [Shot(wire, n, max(n, -(-messages // TURNS))) for n in users]


def halves(shot: Shot) -> list[Shot]:
    """The same in two parts, between which others can be measured; in one where each resident has but one conversation."""
    part = max(shot.users, -(-shot.talks // 2))
    return [Shot(shot.wire, shot.users, part)] * (2 if shot.talks > shot.users else 1)


def held(talks: Sequence[Conversation], number: int) -> list[Conversation]:
    """So many conversations, from the first again after the last."""
    return list(islice(cycle(talks), number))
