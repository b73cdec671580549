"""Memories that many servers share."""

from __future__ import annotations

import json
from typing import Generic, TypeVar

from bot.channels.fleet.link import Link, name
from bot.channels.memory import Kind

T = TypeVar("T")


class FleetMemory(Generic[T]):
    """One value of one kind per person, under a keyed hash of the person; Redis forgets it in time."""

    def __init__(self, link: Link, kind: Kind[T]) -> None:
        """Whatever the servers remember already."""
        self._link, self._kind = link, kind

    async def get(self, person: str) -> T | None:
        """What is remembered of the person.

        Raises:
            Apart: Redis cannot be asked.
        """
        return self._value(await self._link.wire.ask("GET", self._key(person)))

    async def put(self, person: str, value: T | None) -> T | None:
        """Replace it (``None`` forgets it); what it was before.

        Raises:
            Apart: Redis cannot be asked.
        """
        key = self._key(person)
        if value is None:
            return self._value(await self._link.wire.ask("GETDEL", key))
        text = json.dumps(self._kind.encode(value), ensure_ascii=False)
        milliseconds = int(self._kind.seconds * 1000)
        return self._value(await self._link.wire.ask("SET", key, text, "PX", milliseconds, "GET", get=True))

    def _key(self, person: str) -> str:
        return name(self._kind.name, person)

    def _value(self, text: str | None) -> T | None:
        return None if text is None else self._kind.decode(json.loads(text))
