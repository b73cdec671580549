"""How a server leaves: red at once, everything begun brought to its end, then out, within a bound.

What Sanic does on SIGTERM is kept (no new connections, wait for those that are busy); what it leaves out is done here.  Its idle
connections would be kept open for a client to send another request on, and it ends the event loop over whatever runs beside the
requests: a note still to be written, a WeChat answer that is late.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Coroutine, Mapping
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

logger = logging.getLogger("luohu.server")

FINISH_WITHIN = 40.0
"""Seconds for what has been begun; longer than any answer takes (:data:`bot.channels.asking.ANSWER_WITHIN`)."""
MOST_LINGER = 300.0


def linger(environment: Mapping[str, str] | None = None) -> float:
    """``LUOHU_LINGER``: seconds that a server asked to end goes on taking requests while ``/readyz`` is red, 0 by default.

    For load balancers that ask ``/readyz``: as long as they need to notice.

    Raises:
        RuntimeError: it is no such number; the message says how to mend it.
    """
    given = (os.environ if environment is None else environment).get("LUOHU_LINGER", "0")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", given, re.ASCII) or float(given) > MOST_LINGER:
        raise RuntimeError(f"LUOHU_LINGER is {given!r}; use a number of seconds from 0 to {MOST_LINGER:.0f}")
    return float(given)


def install(app: Sanic) -> None:
    """Make an app leave as described; :func:`leaving` tells that it does.

    Work that never ends must be started with :func:`alongside`, or with ``app.add_task(…, name=…)``, which Sanic cancels before what
    has been begun is finished. Any other work is waited for.

    Raises:
        RuntimeError: ``LUOHU_LINGER`` is wrong.
    """
    seconds = linger()
    app.ctx.leave_by, app.ctx.alongside = None, set()
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = FINISH_WITHIN

    @app.on_response
    async def _last_on_its_connection(request: Request, response: HTTPResponse) -> None:
        if leaving(app) and request.stream is not None:
            request.stream.keep_alive = False

    @app.before_server_stop
    async def _turn_red(app: Sanic, _: object) -> None:
        app.ctx.leave_by = time.monotonic() + seconds + FINISH_WITHIN
        print("luohu is asked to end: it finishes what it has begun.", flush=True)
        await asyncio.sleep(seconds)

    @app.after_server_stop
    async def _finish(app: Sanic, _: object) -> None:
        begun = asyncio.all_tasks() - {asyncio.current_task()} - app.ctx.alongside
        if begun:
            _, left = await asyncio.wait(begun, timeout=max(0.1, app.ctx.leave_by - time.monotonic()))
            if left:
                logger.error("ended with %d pieces of work unfinished after %.0f s", len(left), FINISH_WITHIN)
        for work in app.ctx.alongside:
            work.cancel()
        await asyncio.gather(*app.ctx.alongside, return_exceptions=True)
        print("luohu has ended.", flush=True)


def alongside(app: Sanic, work: Coroutine[Any, Any, None]) -> None:
    """Run work that the answers depend on, such as a connection to what servers share, for as long as there are answers to finish.

    For a server that has started.
    """
    app.ctx.alongside.add(asyncio.get_running_loop().create_task(work))


def leaving(app: Sanic) -> bool:
    """Whether the server has been asked to end."""
    return app.ctx.leave_by is not None


def readiness(app: Sanic) -> dict[str, bool]:
    """What is to be added to the parts that are ready: nothing, until the server leaves."""
    return {"staying": False} if leaving(app) else {}
