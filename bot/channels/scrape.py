"""``/metrics`` for the operator's Prometheus and for nobody else.

With ``LUOHU_METRICS_TOKEN`` whoever shows the token may read it, as ``Authorization: Bearer …``.  Without one, only a machine
that connects directly from a loopback or private address may; a request that a proxy passed on comes from the public for all
anybody can tell, and is refused.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import metrics
from bot.channels.guard import Refused

SHORTEST = 16
"""Characters a token must have at least."""
_PASSED_ON = ("x-forwarded-for", "x-real-ip", "forwarded", "via")


def handler(ready: Callable[[], Awaitable[Mapping[str, bool]]]) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
    """The handler of ``/metrics``; ``ready`` tells which parts of the server are ready.

    Raises:
        RuntimeError: the token is too short to be one.
    """
    wanted = token()

    async def scrape(request: Request) -> HTTPResponse:
        check(request.headers, request.ip, wanted)
        body, content_type = metrics.exposition(await ready())
        return response.raw(body, content_type=content_type, headers={"Cache-Control": "no-store"})

    return scrape


def token() -> str | None:
    """``LUOHU_METRICS_TOKEN``.

    Raises:
        RuntimeError: it is shorter than :data:`SHORTEST`; the message says how to mend it.
    """
    given = os.environ.get("LUOHU_METRICS_TOKEN")
    if given is not None and len(given) < SHORTEST:
        raise RuntimeError(
            f"LUOHU_METRICS_TOKEN has {len(given)} characters; use at least {SHORTEST}, for example from `openssl rand -hex 16`,"
            " or leave it out to let only private addresses read /metrics"
        )
    return given


def check(headers: Mapping[str, str], peer: str, wanted: str | None) -> None:
    """Let a scrape pass.

    Args:
        headers: of the request, names in small letters or looked up without regard to case.
        peer: the address that the connection comes from.
        wanted: the token, or ``None`` where addresses decide.

    Raises:
        Refused: 401 without the right token, 403 from the public.
    """
    if wanted is not None:
        shown = headers.get("authorization", "")
        if not hmac.compare_digest(shown.encode(), f"Bearer {wanted}".encode()):
            raise Refused(401, "metrics_token", "send Authorization: Bearer with the token of LUOHU_METRICS_TOKEN", "/metrics")
    elif any(name in headers for name in _PASSED_ON) or not _private(peer):
        raise Refused(
            403, "metrics_private", "read this directly from a private address, or set LUOHU_METRICS_TOKEN and show it", "/metrics"
        )


def _private(peer: str) -> bool:
    try:
        address = ipaddress.ip_address(peer.split("%", 1)[0])
    except ValueError:  # a socket in the file system has no address; behind one stands a proxy
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_private or (mapped or address).is_loopback) and not (mapped or address).is_unspecified
