"""More than one Sanic app in a process: Sanic rewrites its own classes when the first one starts, and fails when a second one does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sanic.touchup.service import TouchUp

_done = False


@contextmanager
def starting() -> Iterator[None]:
    """Around ``server.startup()``: the classes are rewritten for the first app of the process alone."""
    real: Any = TouchUp.run

    def once(app: Any) -> None:
        global _done
        if not _done:
            _done = True
            real(app)

    TouchUp.run = once  # type: ignore[method-assign]
    try:
        yield
    finally:
        TouchUp.run = real
