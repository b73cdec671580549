"""The time of a message by stage."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.channels.stages import ACTIONS, ENGINE, OTHER, PARSE, STAGES, message, timed, under_way


def test_a_stage_is_timed_without_the_stages_inside_it_and_together_they_are_the_whole() -> None:
    with message() as times:
        with timed(PARSE):
            time.sleep(0.01)
        with timed(ACTIONS), timed(ENGINE):
            time.sleep(0.02)
    assert times.spent[ENGINE] >= 0.02
    assert times.spent[ACTIONS] < times.spent[ENGINE]
    assert sum(times.spent.values()) == pytest.approx(times.whole)
    assert set(times.spent) == {PARSE, ACTIONS, ENGINE, OTHER} <= set(STAGES)


def test_an_error_is_booked_on_the_innermost_stage_and_goes_on() -> None:
    with message() as times:
        with pytest.raises(KeyError), timed(ACTIONS), timed(ENGINE):
            raise KeyError("whatever a resident wrote")
        with timed(PARSE):
            pass
    assert times.failed == ENGINE
    assert times.errors == ["KeyError"]


def test_outside_a_message_nothing_is_timed() -> None:
    with timed(PARSE):
        assert under_way() is None


async def test_messages_at_the_same_time_keep_their_own_times() -> None:
    async def one(stage: str) -> dict[str, float]:
        with message() as times:
            await asyncio.wait_for(asyncio.create_task(inside(stage)), 5)
        return times.spent

    async def inside(stage: str) -> None:
        with timed(stage):
            await asyncio.sleep(0.02)

    first, second = await asyncio.gather(one(PARSE), one(ENGINE))
    assert set(first) == {PARSE, OTHER}
    assert set(second) == {ENGINE, OTHER}
