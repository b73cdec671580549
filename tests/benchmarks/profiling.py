"""What a turn spends its time on: ``python -m tests.benchmarks.profiling [--sort cumulative] [--lines 40]``.

Drives the agent in this process, twenty residents at once, without HTTP, under ``cProfile``; the profiler itself slows calls of
small functions most, so read shares, not times.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import time
import uuid
from typing import Any

from tests.benchmarks.messages import Conversation, conversations


async def _talk(agent: Any, talk: Conversation, known: frozenset[str]) -> None:
    from rasa.core.channels.channel import UserMessage

    from bot.channels.guard import check_message
    from bot.channels.rest import Collector

    sender = uuid.uuid4().hex
    for text in talk.messages:
        metadata = {"jurisdiction": talk.place} if talk.place else None
        incoming = check_message({"sender": sender, "message": text, "metadata": metadata}, known)
        await agent.handle_message(UserMessage(incoming.text, Collector(), sender, input_channel="rest", metadata=dict(incoming.metadata)))


def main() -> None:
    """Profile and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.profiling")
    parser.add_argument("--sort", default="cumulative", choices=("cumulative", "tottime", "ncalls"))
    parser.add_argument("--lines", type=int, default=40)
    parser.add_argument("--only", default="", help="regular expression of file or function")
    parser.add_argument("--out", default="", help="keep the raw profile in this file")
    args = parser.parse_args()

    from bot.training import ensure_trained, quiet_environment

    quiet_environment()
    model = ensure_trained()
    from actions.base import world
    from bot.channels.server import load_agent, warm_up
    from bot.channels.trackers import SnapshotTrackerStore

    known = frozenset(world().packs.by_jurisdiction)
    agent = load_agent(model, SnapshotTrackerStore(url="sqlite://"))
    talks = conversations()

    async def crowd() -> None:
        await asyncio.gather(*(_talk(agent, talk, known) for talk in talks))

    loop = asyncio.new_event_loop()
    loop.run_until_complete(warm_up(agent))
    loop.run_until_complete(crowd())
    turns = sum(len(t.messages) for t in talks)
    started = time.process_time()
    loop.run_until_complete(crowd())
    print(f"{turns} turns, {1000 * (time.process_time() - started) / turns:.1f} ms of processor time each without the profiler")
    profiler = cProfile.Profile()
    profiler.runcall(loop.run_until_complete, crowd())
    stats = pstats.Stats(profiler).sort_stats(args.sort)
    if args.out:
        stats.dump_stats(args.out)
    stats.print_stats(*([args.only] if args.only else []), args.lines)


if __name__ == "__main__":
    main()
