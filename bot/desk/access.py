"""Who is asking, and may they: session or trusted proxy, role, CSRF, throttled sign-in. Every route of the desk goes through here."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from sanic.request import Request

from bot.channels.guard import Refused
from bot.channels.shared import Shared
from bot.desk.session import COOKIE, csrf, opened
from bot.desk.wording import say
from bot.store import staff
from bot.store.staff import Person

CSRF_HEADER = "x-luohu-csrf"
_Result = TypeVar("_Result")


async def aside(work: Callable[..., _Result], *args: Any) -> _Result:
    """Do something that waits (the database, a slow hash) without holding up everybody else."""
    return await asyncio.get_running_loop().run_in_executor(None, partial(work, *args))


@dataclass(frozen=True)
class Proxy:
    """A reverse proxy that signs people in: the header that holds the name, and the addresses it may come from."""

    header: str
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]

    def name(self, request: Request) -> str | None:
        """The name that the proxy vouches for; ``None`` where the request does not come from it."""
        given = request.headers.get(self.header)
        try:
            address = ipaddress.ip_address(request.ip)
        except ValueError:
            return None
        if not given or not any(address in network for network in self.networks):
            return None
        return unquote(given).strip() or None


def proxy_from_environment() -> Proxy | None:
    """``LUOHU_DESK_PROXY_HEADER`` and ``LUOHU_DESK_PROXY_FROM`` (addresses or networks, separated by commas); off while both are unset.

    Raises:
        RuntimeError: only one of the two is set, or an address is none.
    """
    header = os.environ.get("LUOHU_DESK_PROXY_HEADER", "").strip()
    sources = [part.strip() for part in os.environ.get("LUOHU_DESK_PROXY_FROM", "").split(",") if part.strip()]
    if not header and not sources:
        return None
    if not header or not sources:
        raise RuntimeError("set both LUOHU_DESK_PROXY_HEADER and LUOHU_DESK_PROXY_FROM, or neither")
    try:
        return Proxy(header, tuple(ipaddress.ip_network(part, strict=False) for part in sources))
    except ValueError as error:
        raise RuntimeError(f"LUOHU_DESK_PROXY_FROM: {error}; write addresses such as 10.0.0.5 or 10.0.0.0/24") from error


class Throttle:
    """How often sign-in may be tried: for one name from one address, for one name, and from one address."""

    def __init__(self, shared: Shared) -> None:
        self._pair = shared.limit("sign-in-pair", burst=5, per_second=1 / 30)
        self._name = shared.limit("sign-in-name", burst=20, per_second=1 / 15)
        self._address = shared.limit("sign-in-address", burst=30, per_second=1 / 5)

    async def check(self, name: str, address: str) -> None:
        """Take one try.

        Raises:
            Refused: 429 where there were too many.
        """
        name = name.casefold()[:64]
        tries = ((self._pair, f"{name}\0{address}"), (self._name, name), (self._address, address))
        allowed = [await limit.allows(key) for limit, key in tries]
        if not all(allowed):
            raise Refused(429, "too_many_tries", say("too_many_tries"), "")


async def person_of(request: Request, proxy: Proxy | None) -> Person | None:
    """Who is signed in: by the cookie, else by the trusted proxy; never a disabled account or an ended session."""
    session = opened(request.cookies.get(COOKIE))
    if session is not None:
        person = await aside(staff.find, session.name)
        if person and not person.disabled and person.epoch == session.epoch:
            return person
    named = proxy.name(request) if proxy else None
    person = await aside(staff.find, named) if named else None
    return person if person and not person.disabled else None


def may(person: Person | None, role: str) -> Person:
    """The person, where they may do what ``role`` may.

    Raises:
        Refused: 401 without a session, 403 where the role is not enough.
    """
    if person is None:
        raise Refused(401, "not_signed_in", say("not_signed_in"), "")
    if role == "editor" and person.role != "editor":
        raise Refused(403, "not_an_editor", say("not_an_editor"), "")
    return person


def same_site(request: Request) -> None:
    """A page of another site must not act here.

    Raises:
        Refused: 403 where the browser names another origin.
    """
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") or (
        origin and urlsplit(origin).netloc != request.headers.get("host")
    ):
        raise Refused(403, "other_site", "this request comes from a page of another site", "")


def own_page(request: Request, person: Person) -> None:
    """What is not a plain read must come from a page of this desk.

    Raises:
        Refused: 403 without the person's token in :data:`CSRF_HEADER`, or from another site.
    """
    same_site(request)
    if not hmac.compare_digest(request.headers.get(CSRF_HEADER, "").encode(), csrf(person.name, person.epoch).encode()):
        raise Refused(403, "csrf", f"send the token of /desk/api/me in {CSRF_HEADER}", "")
