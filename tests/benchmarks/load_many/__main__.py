"""``make bench-load``: crowds of residents at one, two and three servers, beside a stock Rasa bot in the same run.

``--soak`` lets one server of each kind answer many messages and looks at its memory. Exit status 0 when everything that was asked for was
measured, whatever the figures say; 1 when something could not be.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import groupby
from statistics import fmean

from bot import paths
from bot.training import ensure_trained
from tests.benchmarks import stock
from tests.benchmarks.bots import stock_bot
from tests.benchmarks.load import Load
from tests.benchmarks.load_many.figures import STOCK, Line, Soak, judged, lines_of, soaked, stages_of
from tests.benchmarks.load_many.fleet import each, fleet, stages
from tests.benchmarks.load_many.plan import (
    DEPLOYMENTS,
    FEW_DEPLOYMENTS,
    FEW_MESSAGES,
    FEW_USERS,
    MESSAGES,
    POSTGRES,
    REST,
    SQLITE,
    USERS,
    WECHAT,
    Deployment,
    Shot,
    halves,
    held,
    shots,
)
from tests.benchmarks.load_many.residents import WIRES, crowd
from tests.benchmarks.messages import TURNS, conversations
from tests.benchmarks.server import Server

SOAK_USERS = 20
SOAK_MESSAGES = 20_000
SAMPLE = 0.5
"""Seconds between two looks at the memory."""
FOLDER = paths.VAR / "bench" / "load"
TALKS = conversations()


@dataclass
class Run:
    """One run: what was measured, and what could not be."""

    users: Sequence[int]
    messages: int
    deployments: Sequence[Deployment]
    lines: list[Line] = field(default_factory=list)
    spent: dict[str, dict[str, float]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def shots(self, wire: str) -> list[Shot]:
        """The crowds that come to every deployment."""
        return shots(wire, self.users, self.messages)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; the exit status."""
    args = _arguments(argv)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    _say(f"load of the machine before this run: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    try:
        ensure_trained()
        if args.soak:
            asyncio.run(_soaks(args.messages or SOAK_MESSAGES))
            return 0
        few = args.quick
        run = Run(
            args.users or (FEW_USERS if few else USERS),
            args.messages or (FEW_MESSAGES if few else MESSAGES),
            FEW_DEPLOYMENTS if few else DEPLOYMENTS,
        )
        asyncio.run(_crowds(run))
    except (RuntimeError, ValueError, OSError) as error:
        print(f"COULD NOT RUN {error}\n(logs: {FOLDER})")
        return 1
    _finish(run)
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.load_many", description="Crowds of residents at luohu and at stock Rasa."
    )
    parser.add_argument("--quick", action="store_true", help="fewer residents, messages and deployments")
    parser.add_argument("--users", type=int, action="append", metavar="N", help="residents at once; may be given more than once")
    parser.add_argument(
        "--messages", type=int, metavar="N", help=f"messages of a line at least ({MESSAGES:,}; of a soak {SOAK_MESSAGES:,})"
    )
    parser.add_argument("--soak", action="store_true", help="memory over many messages instead")
    return parser.parse_args(argv)


async def _crowds(run: Run) -> None:
    async with stock_bot(_trained(), FOLDER) as peer:
        _say("warming up the stock bot …")
        await crowd([peer], held(TALKS, SOAK_USERS), SOAK_USERS, WIRES[REST]())
        # Half of the stock bot's messages before luohu's and half after, so that a machine that grows busy falls on both.
        parts = [halves(shot) for shot in run.shots(REST)]
        before = [await _measure(STOCK, [peer], part[0]) for part in parts]
        ours = [line async for line in _ours(run)]
        for line, part in zip(before, parts, strict=True):
            for more in part[1:]:
                line.load.add((await _measure(STOCK, [peer], more)).load)
    run.lines += [*before, *ours]


async def _ours(run: Run) -> AsyncIterator[Line]:
    for backing, deployments in groupby(run.deployments, lambda d: d.backing):
        async with fleet(backing, FOLDER) as running:
            for deployment in deployments:
                _say(f"starting {deployment.name} …")
                servers = await running.grown(deployment)
                for server in servers:  # each has its own things to load on first use
                    await crowd([server], held(TALKS, SOAK_USERS), SOAK_USERS, WIRES[REST]())
                for shot in (*run.shots(REST), *run.shots(WECHAT)):
                    async with _staged(run, deployment, servers, first=shot.wire == REST and shot.users == run.users[0]):
                        line = await _measure(deployment.name, servers, shot)
                    yield line
            if size := running.size():
                run.remarks.append(size)


async def _measure(bot: str, servers: Sequence[Server], shot: Shot) -> Line:
    _say(f"{bot}: {shot.users} residents over {shot.wire}, {shot.messages:,} messages …")
    load = await crowd(servers, held(TALKS, shot.talks), shot.users, WIRES[shot.wire]())
    if load.failed:
        _say(f"  {len(load.failed)} of {len(load.times)} got no true answer; the first: {load.failed[0]}")
    return Line(bot, shot.wire, shot.users, load, tuple(server.memory() for server in servers))


@asynccontextmanager
async def _staged(run: Run, deployment: Deployment, servers: Sequence[Server], first: bool) -> AsyncIterator[None]:
    """Note where the time of the first crowd's messages goes."""
    before = [await stages(server) for server in servers] if first else []
    yield
    found = [each(b, await stages(server)) for b, server in zip(before, servers, strict=False)]
    if found:
        run.spent[deployment.name] = {stage: fmean(one[stage] for one in found) for stage in found[0]}


async def _soaks(messages: int) -> None:
    for backing in (SQLITE, POSTGRES):
        deployment = Deployment(backing, 1)
        async with fleet(backing, FOLDER) as running:
            _say(f"{deployment.name}: {messages:,} messages …")
            servers = await running.grown(deployment)
            soak, load = Soak(), Load()
            watching = asyncio.create_task(_watch(servers[0], soak, load))
            try:
                await crowd(servers, held(TALKS, -(-messages // TURNS)), SOAK_USERS, WIRES[REST](), load)
            finally:
                watching.cancel()
            _say(soaked(deployment.name, soak, load))
            if size := running.size():
                _say(f"  {size}")


async def _watch(server: Server, soak: Soak, load: Load) -> None:
    while True:
        soak.answered.append(len(load.times))
        soak.memory.append(server.memory())
        await asyncio.sleep(SAMPLE)


def _trained() -> stock.Stock:
    """The stock bot of an earlier run on the same phrases, or one trained briefly: the same network, so the same time for a message."""
    examples = stock.phrases(paths.DATA / "nlu")
    kept = stock.cached(examples, stock.EPOCHS) or stock.cached(examples, stock.FEW_EPOCHS)
    if kept is None:
        _say(f"training the stock bot, {stock.FEW_EPOCHS} epochs …")
        kept = stock.build(examples, stock.FEW_EPOCHS)
    return kept


def _finish(run: Run) -> None:
    print("\n" + lines_of(run.lines))
    print("\n" + stages_of(run.spent))
    print(
        f"\nClient, servers, databases and the stock bot share {os.cpu_count()} cores; the times are what a resident waits."
        "\nThe stock bot answers every class with one fixed sentence: no facts, no screening, no citations, nothing kept on disk."
    )
    for remark in run.remarks:
        print(remark)
    for sentence in judged(run.lines):
        print(sentence)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
