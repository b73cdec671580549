"""What waits for a person between two messages: answers that came too late, the rest of a long one, the choices shown last.

The shelf is in this process; one that several servers share has to offer the same three calls.  It is only touched in the
person's own turn, so a call never meets another one about the same person.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from bot.channels.wechat.clock import Clock


@dataclass(frozen=True)
class Held:
    """``late`` are whole texts not passed on yet, ``rest`` the parts of the last text not shown yet, ``choices`` what the numbers
    shown last stand for."""

    late: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


NOTHING = Held()


class Shelf(Protocol):
    """Keeps one :class:`Held` per person, by the keyed hash of the openid."""

    async def get(self, sender: str) -> Held:
        """What waits for the person."""

    async def put(self, sender: str, held: Held) -> None:
        """Replace what waits for the person."""

    async def delete(self, sender: str) -> None:
        """Forget the person."""


class MemoryShelf:
    """A shelf in memory: forgets what nobody asked for within ``keep`` seconds, and beyond ``most`` people the longest unused."""

    def __init__(self, clock: Clock, keep: float = 24 * 3600, most: int = 20_000) -> None:
        """Empty."""
        self._clock, self._keep, self._most = clock, keep, most
        self._held: OrderedDict[str, tuple[float, Held]] = OrderedDict()

    async def get(self, sender: str) -> Held:
        """What waits for the person."""
        at, held = self._held.get(sender, (0.0, NOTHING))
        return held if self._clock.now() - at <= self._keep else NOTHING

    async def put(self, sender: str, held: Held) -> None:
        """Replace what waits for the person."""
        self._held.pop(sender, None)
        if held != NOTHING:
            self._held[sender] = (self._clock.now(), held)
        oldest = self._clock.now() - self._keep
        while self._held and (len(self._held) > self._most or next(iter(self._held.values()))[0] < oldest):
            self._held.popitem(last=False)

    async def delete(self, sender: str) -> None:
        """Forget the person."""
        self._held.pop(sender, None)

    def __len__(self) -> int:
        return len(self._held)
