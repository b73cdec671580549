"""Fixtures that talk to the real bot; loaded by every test directory, costing nothing until used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from bot import paths


@pytest.fixture(scope="session")
def agent_and_loop() -> Iterator[tuple]:
    from bot.channels.server import load_agent
    from bot.channels.trackers import SnapshotTrackerStore
    from bot.channels.warming import warm_up
    from tests.conversation.talk import model_file

    loop = asyncio.new_event_loop()
    agent = load_agent(model_file(paths.MODELS), SnapshotTrackerStore(url="sqlite://"))
    loop.run_until_complete(warm_up(agent))
    yield agent, loop
    loop.close()


@pytest.fixture
def talk(agent_and_loop: tuple) -> Callable[..., object]:
    from actions.base import world
    from tests.conversation.talk import Talk

    agent, loop = agent_and_loop

    def start(**metadata: str) -> Talk:
        return Talk(agent, loop, frozenset(world().packs.by_jurisdiction), dict(metadata))

    return start
