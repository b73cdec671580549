"""One request of a person who may make it, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.guard import Refused, check_date
from bot.channels.loaded import today
from bot.channels.masking import mask
from bot.channels.shared import Alone, Shared
from bot.conversation.world import World
from bot.desk.access import Proxy, Throttle, aside
from bot.desk.lookup import Desk, desk_of
from bot.desk.reports import PastGaps
from bot.desk.screening import Asked, screen_place
from bot.desk.wording import say
from bot.search.entries import Entry
from bot.store import audit, gaps, marks, staff, verification
from bot.store.staff import Person

PREFIX = "/desk"
"""Where the desk is served."""


@dataclass
class Office:
    """What the routes share: the desk (built at first use), the throttle of sign-in, the rate of each person, past gaps."""

    world: Callable[[], World]
    proxy: Proxy | None
    shared: Shared = field(default_factory=Alone)
    past: PastGaps = field(default_factory=PastGaps)

    def __post_init__(self) -> None:
        self.throttle = Throttle(self.shared)
        self.rate = self.shared.limit("desk", burst=60, per_second=20)
        self._desk = lru_cache(maxsize=1)(lambda: desk_of(self.world()))

    def warm(self) -> None:
        """Load what loads on first use, and make the tables before several requests at once want to."""
        staff.find("")
        audit.latest(1)
        marks.recent("", 1)
        verification.latest("", "")
        gaps.list(limit=1)
        world, day = self.world(), today()
        self.desk.index.find("夫妻投靠")
        for pack in world.packs:
            screen_place(world, pack, Asked("我租房住", {}, {}, (), day, day))

    @property
    def desk(self) -> Desk:
        """The search index over the world."""
        return self._desk()


@dataclass(frozen=True)
class Call:
    """One request of a person who may make it; ``body`` is its JSON, empty for a plain read."""

    office: Office
    request: Request
    person: Person
    body: Mapping[str, Any]

    def text(self, key: str, most: int, required: bool = False) -> str:
        """A text of the body.

        Raises:
            Refused: 400 where it is no text, too long, or missing though required.
        """
        value = self.body.get(key, "")
        if not isinstance(value, str) or len(value) > most or (required and not value.strip()):
            raise Refused(400, f"bad_{key}", f'send in "{key}" a text of {"1" if required else "0"} to {most} characters', f"/{key}")
        return value

    def place(self) -> str | None:
        """The place filter.

        Raises:
            Refused: 400 for a place that has no document.
        """
        known = self.office.world().packs.by_jurisdiction
        place = self.body.get("place") or None
        if place is not None and (not isinstance(place, str) or place not in known):
            raise Refused(400, "unknown_place", f'"place" must be one of: {", ".join(known)}', "/place")
        return place

    def day(self) -> date:
        """The day that the question is about; today where none is given."""
        return check_date(self.body["as_of"], "/as_of") if self.body.get("as_of") else today()

    def entry(self, key: str = "id") -> Entry:
        """The entry that the body names.

        Raises:
            Refused: 404 where there is none.
        """
        try:
            return self.office.desk.index.entry(self.text(key, 128, True))
        except KeyError:
            raise Refused(404, "unknown_entry", say("unknown_entry"), f"/{key}") from None

    async def wrote(self, action: str, subject: str = "") -> None:
        """Put an act into the audit trail, masked."""
        await aside(audit.record, self.person.name, action, mask(subject).text)


Answer = Mapping[str, Any] | HTTPResponse
Handler = Callable[[Call], Coroutine[Any, Any, Answer]]


@dataclass(frozen=True)
class Route:
    """One route under ``/desk``: ``role`` is who may call it; every route but GET needs the CSRF token as well."""

    method: str
    path: str
    role: str
    handler: Handler
