"""How long anything waits for PostgreSQL: a server that hangs, or packets that are dropped, cost seconds and not for ever.

libpq waits without end for an answer. psycopg2 lets the waiting be done here (its "wait callback"), and a wait that takes too long
closes the connection. What the server itself can limit (a lock held by somebody else, a slow statement) it limits itself.
"""

from __future__ import annotations

import contextvars
import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import extensions

MESSAGE = 5.0
"""Seconds that a message waits for the database, all in all, before the resident is told that it is away."""
CONNECT = 3
"""Seconds for a connection to be made."""
ANSWER = 4.0
"""Seconds for the answer to one statement."""
_LONGER: contextvars.ContextVar[float | None] = contextvars.ContextVar("longer", default=None)

CONNECT_ARGS: dict[str, Any] = {
    "connect_timeout": CONNECT,
    "application_name": "luohu",
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
"""For libpq: a peer that is gone is noticed even while nothing is asked of it."""
ON_CONNECT = "SET statement_timeout = 3500; SET lock_timeout = 3000; SET idle_in_transaction_session_timeout = 30000"
"""Milliseconds, and a little less than :data:`ANSWER`, so that the server gives up first and the connection stays usable."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Within it, statements of this thread or task may take longer (a migration waits for another server's)."""
    token = _LONGER.set(seconds)
    try:
        yield
    finally:
        _LONGER.reset(token)


def install() -> None:
    """Let every psycopg2 connection of this process wait with :func:`wait`."""
    if extensions.get_wait_callback() is not wait:
        extensions.set_wait_callback(wait)


def wait(connection: Any) -> None:
    """Wait until the connection has done what it was asked.

    Raises:
        psycopg2.OperationalError: it took too long; psycopg2 then closes the connection.
    """
    state = connection.poll()
    if state == extensions.POLL_OK:
        return
    seconds = CONNECT if connection.status == extensions.STATUS_SETUP else _LONGER.get() or ANSWER
    until = time.monotonic() + seconds
    poller = select.poll()
    poller.register(connection.fileno(), 0)
    while state != extensions.POLL_OK:
        poller.modify(connection.fileno(), select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
        left = until - time.monotonic()
        if left <= 0 or not poller.poll(left * 1000):
            raise psycopg2.OperationalError(f"the database did not answer within {seconds:g} seconds")
        state = connection.poll()
