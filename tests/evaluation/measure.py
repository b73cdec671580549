"""How well the fact reader reads the evaluation stories: ``python -m tests.evaluation.measure --split dev``.

The comparison itself is :mod:`bot.evaluation.frames`; this prints what it finds, without the topic model, in seconds.
"""

from __future__ import annotations

import argparse
import time

from bot.conversation.world import load_world
from bot.evaluation.frames import is_screened, measure, summary
from bot.evaluation.rows import load


def main() -> None:
    """Print the figures of one split, and the errors of each story unless ``--quiet``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--quiet", action="store_true", help="figures only")
    chosen = parser.parse_args()
    world = load_world()
    rows = [r for r in load("stories", chosen.split) if is_screened(r)]
    start = time.perf_counter()
    results = measure(rows, world)
    taken = time.perf_counter() - start
    for r in results:
        if chosen.quiet or (r.exact and r.accepted):
            continue
        mark = "!!" if r.forbidden else "  " if r.accepted else "! "
        print(f"{mark} {r.row['id']} {r.verdict} ({'/'.join(r.row['accept'])})  {r.row['story']}")
        for error in r.frame.errors:
            print(f"       {error}")
    print(summary(results))
    print(f"{taken / len(rows) * 1000:.1f} ms a story, reading and screening")


if __name__ == "__main__":
    main()
