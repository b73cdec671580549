"""One message, one answer: retries, lateness, failures, order, memory; on a clock that stands still."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.channels.memory import LocalMemory
from bot.channels.wechat.inflight import BUDGET, REMEMBERED, InFlight, Job, dealt
from tests.wechat.clocks import FakeClock, settle


@dataclass
class Bot:
    """Answers when it is let; notes what became of the answers."""

    inflight: InFlight[str]
    pushes: bool = False
    asked: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    pushed: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    putting_away: asyncio.Event | None = None

    def job(self, key: str, sender: str = "s", fails: bool = False, says_nothing: bool = False) -> Job[str]:
        gate = self.gates.setdefault(key, asyncio.Event())

        async def work() -> str | None:
            self.asked.append(key)
            await gate.wait()
            if fails:
                raise RuntimeError("secret words")
            return None if says_nothing else f"answer {key}"

        async def late(answer: str) -> bool:
            if self.putting_away:
                await self.putting_away.wait()
            (self.pushed if self.pushes else self.kept).append(answer)
            return self.pushes

        async def pick_up() -> str | None:
            return self.kept.pop() if self.kept else None

        return Job(sender, work, late, pick_up)

    def send(self, key: str, **kwargs: object) -> asyncio.Task[tuple[bool, str | None]]:
        return asyncio.ensure_future(self.inflight.answer(key, self.job(key, **kwargs)))  # type: ignore[arg-type]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def bot(clock: FakeClock) -> Bot:
    return Bot(InFlight(clock))


async def test_an_answer_in_time(bot: Bot, clock: FakeClock) -> None:
    first = bot.send("a")
    await clock.advance(BUDGET - 0.1)
    assert not first.done()
    bot.gates["a"].set()
    assert await first == (True, "answer a")
    await settle()
    assert clock.sleepers == 0, "no timer is left running"
    assert (bot.kept, bot.pushed) == ([], [])


async def test_retries_wait_for_the_same_answer(bot: Bot, clock: FakeClock) -> None:
    first = bot.send("a")
    await clock.advance(2)
    second, third = bot.send("a"), bot.send("a")
    await settle()
    bot.gates["a"].set()
    assert await asyncio.gather(first, second, third) == [(True, "answer a")] * 3
    assert bot.asked == ["a"]
    assert await bot.send("a") == (True, "answer a"), "a try after the answer gets it again"
    assert bot.asked == ["a"]


async def test_each_try_has_its_own_budget_and_a_later_one_gets_the_answer(bot: Bot, clock: FakeClock) -> None:
    first = bot.send("a")
    await clock.advance(3)
    second = bot.send("a")
    await settle()
    await clock.advance(BUDGET - 3)
    assert await first == (False, None)
    assert not second.done()
    bot.gates["a"].set()
    assert await second == (True, "answer a")
    assert bot.kept == [], "it was passed on, so it is not kept as well"


async def test_a_late_answer_is_kept_once_and_a_retry_fetches_it(bot: Bot, clock: FakeClock) -> None:
    first = bot.send("a")
    await clock.advance(BUDGET)
    assert await first == (False, None)
    bot.gates["a"].set()
    await settle()
    assert bot.kept == ["answer a"]
    assert await bot.send("a") == (True, "answer a")
    assert bot.kept == []
    assert await bot.send("a") == (True, "answer a")
    assert bot.asked == ["a"]


async def test_a_kept_answer_given_in_the_meantime_is_not_said_again(bot: Bot, clock: FakeClock) -> None:
    first = bot.send("a")
    await clock.advance(BUDGET)
    await first
    bot.gates["a"].set()
    await settle()
    bot.kept.clear()
    assert await bot.send("a") == (True, None)


async def test_a_retry_while_the_answer_is_put_away(bot: Bot, clock: FakeClock) -> None:
    bot.putting_away = asyncio.Event()
    first = bot.send("a")
    await clock.advance(BUDGET)
    await first
    bot.gates["a"].set()
    await settle()
    second = bot.send("a")
    await settle()
    bot.putting_away.set()
    assert await second == (True, "answer a")
    assert bot.kept == []


async def test_an_answer_pushed_on_another_way_is_not_said_again(bot: Bot, clock: FakeClock) -> None:
    bot.pushes = True
    first = bot.send("a")
    await clock.advance(BUDGET)
    await first
    bot.gates["a"].set()
    await settle()
    assert bot.pushed == ["answer a"]
    assert await bot.send("a") == (True, None)
    assert bot.pushed == ["answer a"]


async def test_a_connection_that_is_dropped_does_not_stop_the_answer(bot: Bot, clock: FakeClock) -> None:
    first = bot.send("a")
    await settle()
    first.cancel()
    await settle()
    bot.gates["a"].set()
    await settle()
    assert bot.kept == ["answer a"]
    assert clock.sleepers == 0


async def test_messages_of_one_person_keep_their_order_and_others_do_not_wait(bot: Bot, clock: FakeClock) -> None:
    first, second, other = bot.send("a"), bot.send("b"), bot.send("c", sender="else")
    await settle()
    assert bot.asked == ["a", "c"]
    bot.gates["c"].set()
    assert await other == (True, "answer c")
    await clock.advance(BUDGET)
    assert [await first, await second] == [(False, None)] * 2
    bot.gates["a"].set()
    bot.gates["b"].set()
    await settle()
    assert bot.kept == ["answer a", "answer b"]


async def test_a_failure_says_nothing_and_the_log_holds_no_words(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bot.gates["a"] = asyncio.Event()
    bot.gates["a"].set()
    assert await bot.send("a", fails=True) == (True, None)
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
    assert await bot.send("a", fails=True) == (True, None)
    assert bot.asked == ["a"]


async def test_nothing_to_say_is_no_late_answer(bot: Bot, clock: FakeClock) -> None:
    first = bot.send("a", says_nothing=True)
    await clock.advance(BUDGET)
    assert await first == (False, None)
    bot.gates["a"].set()
    await settle()
    assert bot.kept == []
    assert await bot.send("a") == (True, None)


async def test_messages_are_remembered_as_long_as_a_request_may_be_old_and_then_forgotten(bot: Bot, clock: FakeClock) -> None:
    bot.gates["a"] = asyncio.Event()
    bot.gates["a"].set()
    await bot.send("a")
    await clock.advance(REMEMBERED - 1)
    await bot.send("a")
    assert bot.asked == ["a"]
    await clock.advance(2)
    await bot.send("a")
    assert bot.asked == ["a", "a"]


async def test_memory_is_bounded_but_what_is_under_way_is_never_dropped(clock: FakeClock) -> None:
    memory = LocalMemory(dealt(str, str, most=3), clock.now)
    bot = Bot(InFlight(clock, memory=memory))
    slow = bot.send("slow", sender="slow")
    await settle()
    for number in range(10):
        bot.gates[str(number)] = asyncio.Event()
        bot.gates[str(number)].set()
        await bot.send(str(number), sender=str(number))
    again = bot.send("slow", sender="slow")
    await settle()
    bot.gates["slow"].set()
    assert await asyncio.gather(slow, again) == [(True, "answer slow")] * 2
    assert bot.asked.count("slow") == 1
    await bot.send("9", sender="9")
    assert len(memory) <= 3
    assert bot.inflight._entries == {}


async def test_forgetting_a_person_drops_their_answers_and_still_knows_the_messages(bot: Bot) -> None:
    for key, sender in (("a", "s"), ("b", "else")):
        bot.gates[key] = asyncio.Event()
        bot.gates[key].set()
        await bot.send(key, sender=sender)
    await bot.inflight.forget("s")
    assert await bot.send("a") == (True, None)
    assert await bot.send("b", sender="else") == (True, "answer b")
    assert bot.asked == ["a", "b"]
