"""What waits for a person between two messages: answers that came too late, the rest of a long one, the choices shown last.

It is only touched in the person's own turn, so a call never meets another one about the same person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.memory import Kind, Memory


@dataclass(frozen=True)
class Held:
    """``late`` are whole texts not passed on yet, ``rest`` the parts of the last text not shown yet, ``choices`` what the numbers
    shown last stand for."""

    late: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


NOTHING = Held()


def _held(plain: Mapping[str, Sequence[str]]) -> Held:
    return Held(**{name: tuple(texts) for name, texts in plain.items()})


HELD = Kind("wechat-shelf", seconds=24 * 3600, most=20_000, decode=_held)
"""Forgotten where nobody asked for it for a day."""


class Shelf:
    """Keeps one :class:`Held` per person, by the keyed hash of the openid."""

    def __init__(self, memory: Memory[Held]) -> None:
        """Whatever the memory holds."""
        self._memory = memory

    async def get(self, sender: str) -> Held:
        """What waits for the person."""
        return await self._memory.get(sender) or NOTHING

    async def put(self, sender: str, held: Held) -> None:
        """Replace what waits for the person."""
        await self._memory.put(sender, None if held == NOTHING else held)

    async def delete(self, sender: str) -> None:
        """Forget the person."""
        await self._memory.put(sender, None)
