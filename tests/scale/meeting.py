"""Servers in one process: each with a name, a sign of life and a queue of its own, so that only Redis tells them about each other."""

from __future__ import annotations

import asyncio

from bot.channels.fleet.joining import Fleet

_running: dict[int, asyncio.Task[None]] = {}


async def begin(fleet: Fleet) -> Fleet:
    """Let a server join the others."""
    _running[id(fleet)] = asyncio.create_task(fleet.run())
    for _ in range(500):
        if fleet.link.alive:
            return fleet
        await asyncio.sleep(0.01)
    raise AssertionError("the server did not join")


async def die(fleet: Fleet) -> None:
    """What a kill -9 leaves: no sign of life any more, nothing taken back."""
    fleet.link._over.set()
    await _cancel(fleet)


async def end(fleet: Fleet) -> None:
    """Leave as a server does that was asked to."""
    await _cancel(fleet)
    if not fleet.link._over.is_set():
        await fleet.close()


async def _cancel(fleet: Fleet) -> None:
    task = _running.pop(id(fleet), None)
    if task:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
