"""What a turn spends its time on: ``python -m tests.benchmarks.profiling [--sort cumulative] [--lines 40]``.

Asks the bot in this process as the channels do, twenty residents at once, without HTTP, under ``cProfile``; the profiler itself slows
calls of small functions most, so read shares, not times. It sees the event loop's thread alone: what the threads that ask PostgreSQL
spend is in the processor time without the profiler. ``--database`` and ``--redis`` take what many servers share.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import os
import pstats
import time
import uuid
from typing import Any

from tests.benchmarks.messages import Conversation, conversations

CROWD = 20


async def _talk(asker: Any, agent: Any, talk: Conversation, known: frozenset[str]) -> None:
    from bot.channels.guard import check_message

    sender = uuid.uuid4().hex
    for text in talk.messages:
        metadata = {"jurisdiction": talk.place} if talk.place else None
        body = {"sender": sender, "message": text, "metadata": metadata, "message_id": uuid.uuid4().hex}
        await asker.ask(check_message(body, known), agent.handle_message)


def main() -> None:
    """Profile and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.profiling")
    parser.add_argument("--sort", default="cumulative", choices=("cumulative", "tottime", "ncalls"))
    parser.add_argument("--lines", type=int, default=40)
    parser.add_argument("--only", default="", help="regular expression of file or function")
    parser.add_argument("--database", default="sqlite://", help="SQLAlchemy URL; SQLite in memory by default")
    parser.add_argument("--redis", default="", help="URL of a Redis; without it, this server is alone")
    parser.add_argument("--rounds", type=int, default=3, help="rounds without the profiler; the quickest counts, whatever else runs here")
    parser.add_argument("--out", default="", help="keep the raw profile in this file")
    args = parser.parse_args()

    from bot.training import ensure_trained, quiet_environment

    quiet_environment()
    os.environ["LUOHU_RATE"] = "0"
    model = ensure_trained()
    from actions.base import world
    from bot.channels.asking import Asker
    from bot.channels.fleet.joining import join
    from bot.channels.server import load_agent, spare_the_collector
    from bot.channels.shared import Alone
    from bot.channels.trackers import SnapshotTrackerStore
    from bot.channels.warming import warm_up

    known = frozenset(world().packs.by_jurisdiction)
    agent = load_agent(model, SnapshotTrackerStore(url=args.database))
    shared = join(args.redis) if args.redis else Alone()
    asker = Asker("rest", shared=shared)
    talks = conversations()

    async def crowd() -> None:
        waiting = list(talks)

        async def resident() -> None:
            while waiting:
                await _talk(asker, agent, waiting.pop(), known)

        await asyncio.gather(*(resident() for _ in range(CROWD)))

    loop = asyncio.new_event_loop()
    joined = loop.create_task(shared.run())
    loop.run_until_complete(warm_up(agent))
    loop.run_until_complete(crowd())
    turns = sum(len(t.messages) for t in talks)
    spare_the_collector()  # as the server does
    spent = []
    for _ in range(args.rounds):
        started = time.process_time()
        loop.run_until_complete(crowd())
        spent.append(1000 * (time.process_time() - started) / turns)
    print(f"{turns} turns, {min(spent):.2f} ms of processor time each without the profiler ({min(spent):.2f} to {max(spent):.2f})")
    profiler = cProfile.Profile()
    profiler.runcall(loop.run_until_complete, crowd())
    stats = pstats.Stats(profiler).sort_stats(args.sort)
    if args.out:
        stats.dump_stats(args.out)
    stats.print_stats(*([args.only] if args.only else []), args.lines)
    joined.cancel()


if __name__ == "__main__":
    main()
