"""``make bench``: the project's figures beside those of a stock Rasa bot, measured in one run.

Exit status 0 when everything that was asked for was measured, whatever the figures say; 1 when a bench could not run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import mean, median

from bot import paths
from tests.benchmarks import stock
from tests.benchmarks.bots import luohu, stock_bot
from tests.benchmarks.load import Load, crowd, long_talk
from tests.benchmarks.messages import LONG, LONG_TURNS, conversations
from tests.benchmarks.report import Figure, beside, percentile, table
from tests.benchmarks.server import Server

BENCHES = ("engine", "desk", "page", "training", "users", "long")
CROWD = 20
MOST_TALKS = 60
MOST_FAILED = 0.01
BUSY = 0.3  # load per core


@dataclass
class Run:
    """One run: what was asked for, what was measured, and what could not be."""

    quick: bool
    only: Sequence[str]
    folder: Path
    figures: list[Figure] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        """Epochs of the stock bot's training."""
        return stock.FEW_EPOCHS if self.quick else stock.EPOCHS

    def wants(self, *names: str) -> bool:
        """Whether one of the benches was asked for."""
        return any(name in self.only for name in names)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Figures of luohu beside a stock Rasa Chinese bot.")
    parser.add_argument("--quick", action="store_true", help="fewer messages, and the stock bot of an earlier run, or one trained for "
                                                             f"{stock.FEW_EPOCHS} epochs instead of {stock.EPOCHS}")
    parser.add_argument("--only", action="append", choices=BENCHES, metavar="NAME",
                        help=f"one of {', '.join(BENCHES)}; may be given more than once")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="luohu-bench-") as folder:
        run = Run(args.quick, args.only or BENCHES, Path(folder))
        if (busy := os.getloadavg()[0]) > BUSY * (os.cpu_count() or 1):
            run.remarks.append(f"the machine was busy before this run began (load {busy:.1f} on {os.cpu_count()} cores): "
                               "of the times over HTTP believe the processor time first, and run it again when it is idle")
        if run.wants("engine"):
            _attempt(run, "engine", _engine)
        if run.wants("desk"):
            _attempt(run, "desk", _desk)
        if run.wants("page"):
            _attempt(run, "page", _page)
        if run.wants("training"):
            _attempt(run, "training", _training)
        if run.wants("users", "long"):
            _attempt(run, "users and long", lambda r: asyncio.run(_serving(r)))
    _finish(run)
    return 1 if run.failures else 0


def _attempt(run: Run, name: str, bench: Callable[[Run], None]) -> None:
    try:
        bench(run)
    except (RuntimeError, ValueError, OSError) as error:
        run.failures.append(f"{name}: {error}")
        _say(f"could not run: {error}")


def _engine(run: Run) -> None:
    from tests.benchmarks.engine import figures

    _say("engine: screening and next question …")
    run.figures += figures()


def _desk(run: Run) -> None:
    from tests.benchmarks.desk import figures

    _say("desk: search over 200 packs …")
    run.figures += figures()


def _page(run: Run) -> None:
    from tests.benchmarks.page import figures

    _say("page: in real Chromium …")
    run.figures += figures()


def _training(run: Run) -> None:
    examples = _phrases()
    _say("training: luohu, with an empty cache …")
    ours = stock.train(paths.ROOT, run.folder, ["data/nlu", "data/rules", "data/stories"], "luohu")
    peer = (_kept(run, examples) if run.quick else None) or _build(run, examples)
    epochs = "" if peer.epochs == stock.EPOCHS else f" (stock: only {peer.epochs} of its {stock.EPOCHS} epochs)"
    run.figures.append(Figure(f"training, cold cache{epochs}", "s", ours, peer.seconds))


def _kept(run: Run, examples: Mapping[str, Sequence[str]]) -> stock.Stock | None:
    """The stock bot of an earlier run on the same phrases, fully trained if there is such a one."""
    return stock.cached(examples, stock.EPOCHS) or stock.cached(examples, run.epochs)


def _build(run: Run, examples: Mapping[str, Sequence[str]]) -> stock.Stock:
    count = sum(map(len, examples.values()))
    _say(f"training: the stock bot, {run.epochs} epochs on {count:,} phrases of {len(examples)} intents"
         f"{' (an hour or more on two cores)' if run.epochs == stock.EPOCHS else ''} …")
    return stock.build(examples, run.epochs)


def _phrases() -> dict[str, list[str]]:
    return stock.phrases(paths.DATA / "nlu")


async def _serving(run: Run) -> None:
    async with _both(run) as servers:
        run.figures.append(beside("start to first answer", "s", [s.started_in for s in servers]))
        at_rest = [s.memory() for s in servers]
        if run.wants("users"):
            await _users(run, servers)
        if run.wants("long"):
            await _long(run, servers)
        run.figures.append(beside("memory after start (RSS)", "MB", at_rest, below="stock"))
        run.figures.append(beside("memory after load (RSS)", "MB", [s.memory() for s in servers], below="stock"))


@asynccontextmanager
async def _both(run: Run) -> AsyncIterator[list[Server]]:
    """Both bots, started one after the other and then both there, so that rounds can alternate between them."""
    from bot.training import ensure_trained

    examples = _phrases()
    peer = _kept(run, examples) or _build(run, examples)
    ensure_trained()
    servers = [luohu(run.folder), stock_bot(peer, run.folder)]
    async with AsyncExitStack() as stack:
        for server in servers:
            _say(f"starting {server.name} …")
            await stack.enter_async_context(server)
        yield servers


async def _users(run: Run, servers: Sequence[Server]) -> None:
    talks = conversations()[:MOST_TALKS]
    _say("warming up …")
    for server in servers:
        await crowd(server, talks[:3], 1)
    # A conversation with the one, then with the other: what else the machine does meanwhile falls on both.
    alone = [[talk] for talk in (talks[:30] if run.quick else talks * 2)]
    following = cycle(talks)
    crowds = [[next(following) for _ in range(CROWD)] for _ in range(5 if run.quick else 25)]
    for users, rounds in ((1, alone), (CROWD, crowds)):
        _say(f"{users} user{'s' * (users > 1)}: {sum(len(t.messages) for part in rounds for t in part):,} messages to each …")
        loads = [Load(), Load()]
        for part in rounds:
            for load, server in zip(loads, servers, strict=True):
                load.add(await crowd(server, part, users))
        _answered(run, loads, servers)
        one = f"{users} user{'s' * (users > 1)}"
        count = f" of {len(loads[0].times):,} messages"
        run.figures += [
            beside(f"message over HTTP, {one}, p50{count}", "ms", [percentile(x.times, 0.5) for x in loads], below="stock"),
            beside(f"message over HTTP, {one}, p95", "ms", [percentile(x.times, 0.95) for x in loads], below="stock"),
            beside(f"messages per second, {one}", "/s", [x.per_second for x in loads], above="stock"),
            beside(f"processor time per message, {one}", "ms", [1000 * x.cpu / len(x.times) for x in loads]),
        ]


async def _long(run: Run, servers: Sequence[Server]) -> None:
    runs: list[list[Load]] = []
    for server, times in zip(servers, (3, 1) if run.quick else (5, 2), strict=True):
        loads = []
        for number in range(times):
            _say(f"one conversation of {LONG_TURNS} turns, {number + 1} of {times}: {server.name} …")
            loads.append(await long_talk(server))
        runs.append(loads)
    for loads, server in zip(runs, servers, strict=True):
        _answered(run, loads, [server] * len(loads))
    first, last = ([median(x.times[n] for x in loads) for loads in runs] for n in (0, -1))
    early = [median(mean(x.times[:len(LONG)]) for x in loads) for loads in runs]
    late = [median(mean(x.times[-len(LONG):]) for x in loads) for loads in runs]
    run.figures += [
        Figure("turn 1 of a conversation", "ms", *first),
        Figure(f"turn {LONG_TURNS} of it, the same message", "ms", *last),
        beside(f"turn {LONG_TURNS} / turn 1", "x", [b / a for a, b in zip(first, last, strict=True)], below=1.5),
        beside(f"last {len(LONG)} turns / first {len(LONG)}, the same messages", "x", [b / a for a, b in zip(early, late, strict=True)],
               below=1.5),
    ]


def _answered(run: Run, loads: Sequence[Load], servers: Sequence[Server]) -> None:
    """Refuse figures of messages that got no true answer.

    Raises:
        RuntimeError: more than one message in a hundred got none.
    """
    for load, server in zip(loads, servers, strict=True):
        if not load.failed:
            continue
        remark = f"{server.name}: {len(load.failed)} of {len(load.times)} messages got no true answer, first: {load.failed[0]}"
        run.remarks.append(remark)
        if len(load.failed) > MOST_FAILED * len(load.times):
            raise RuntimeError(remark)


def _finish(run: Run) -> None:
    print("\n" + table(run.figures))
    print("\nTimes of the engine and of the processor do not count what else the machine does; the others do. Both bots run at the same"
          "\ntime and are asked in turn. The stock bot answers every class with one fixed sentence: no facts, no screening, no citations.")
    for remark in run.remarks:
        print(f"note: {remark}")
    missed = [f.name for f in run.figures if f.met is False]
    print(f"bars met: {sum(f.met is True for f in run.figures)}, missed: {len(missed)}" + "".join(f"\n  MISSED {name}" for name in missed))
    for failure in run.failures:
        print(f"COULD NOT RUN {failure}")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
