"""What is remembered of a person for a while, between one message and the next."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of memory: for how many ``seconds`` after it was put, of how many people ``most`` in one process.

    ``decode`` makes a value of the plain JSON that ``encode`` gave, for a memory outside the process.
    """

    name: str
    seconds: float
    most: int
    decode: Callable[[Any], T]
    encode: Callable[[T], Any] = asdict  # type: ignore[assignment]


class Memory(Protocol[T]):
    """One value of one kind per person. Only touched in the person's own turn, so a call never meets another one about them."""

    async def get(self, person: str) -> T | None:
        """What is remembered of the person."""

    async def put(self, person: str, value: T | None) -> T | None:
        """Replace it (``None`` forgets it); what it was before."""


class LocalMemory(Generic[T]):
    """A memory in this process; beyond its ``most`` people it forgets the longest unused."""

    def __init__(self, kind: Kind[T], now: Callable[[], float] = time.time) -> None:
        """Empty."""
        self._kind, self._now = kind, now
        self._kept: OrderedDict[str, tuple[float, T]] = OrderedDict()

    async def get(self, person: str) -> T | None:
        """What is remembered of the person."""
        at, value = self._kept.get(person, (0.0, None))
        return value if self._now() - at <= self._kind.seconds else None

    async def put(self, person: str, value: T | None) -> T | None:
        """Replace it; what it was before."""
        before = await self.get(person)
        self._kept.pop(person, None)
        now = self._now()
        if value is not None:
            self._kept[person] = (now, value)
        while self._kept and (len(self._kept) > self._kind.most or now - next(iter(self._kept.values()))[0] > self._kind.seconds):
            self._kept.popitem(last=False)
        return before

    def __len__(self) -> int:
        return len(self._kept)
