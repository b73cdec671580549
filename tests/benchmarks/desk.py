"""How long the desk's search takes with many places: the two real packs and copies of them under made-up names.

Run alone with ``python -m tests.benchmarks.desk``; each query of ``tests/desk/queries.yml`` is asked letter by letter, as it is typed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ruamel.yaml import YAML

from bot import paths
from bot.conversation.world import load_world
from bot.desk.lookup import desk_of, results_json
from bot.desk.validity import Badge
from bot.policy.load import Packs, load_packs
from bot.policy.model import Pack
from tests.benchmarks.report import Figure, percentile, table

PACKS = 200
LIMIT = 14  # as the page asks for
BAR = 50.0  # milliseconds, for the 99th percentile
QUERIES = paths.ROOT / "tests" / "desk" / "queries.yml"
_MADE_UP = "甲乙丙丁戊己庚辛壬癸"


def copies(packs: list[Pack], count: int) -> Iterator[Pack]:
    """``count`` packs, the given ones first; the others are copies of them whose place, headings and titles no other pack has."""
    for n in range(count):
        pack = packs[n % len(packs)]
        if n < len(packs):
            yield pack
            continue
        name = "".join(_MADE_UP[int(d)] for d in str(n))
        place = replace(pack.identity.jurisdiction, id=f"made-up-{n}", name=f"{name}市", aliases=(name, f"{name}市"), lookalikes=())
        yield replace(
            pack,
            identity=replace(pack.identity, id=f"made-up-{n}", jurisdiction=place),
            articles=tuple(replace(a, heading=f"{a.heading}{name}") for a in pack.articles),
            routes=tuple(replace(r, title=f"{r.title}{name}") for r in pack.routes),
            notes={k: replace(v, title=f"{v.title}{name}") for k, v in pack.notes.items()},
        )


def typed(query: str) -> Iterator[str]:
    """What the search is asked while the query is typed."""
    yield from (query[:n] for n in range(1, len(query) + 1))


def figures(count: int = PACKS, queries: Path = QUERIES) -> Iterator[Figure]:
    """Milliseconds of wall-clock time on the server, with and without a place filter."""
    packs = load_packs()
    started = time.perf_counter()
    made = list(copies(list(packs), count))
    world = load_world()
    by_id, by_place = {p.id: p for p in made}, {p.identity.jurisdiction.id: p for p in made}
    world = replace(world, packs=Packs(packs.vocabulary, by_id, by_place))
    desk = desk_of(world)
    index = desk.index
    valid = {p.id: Badge("unverified", "", "") for p in made}
    yield Figure(f"desk index of {count} packs, {len(index):,} entries", "s", time.perf_counter() - started)
    asked = [row["q"] for row in YAML(typ="safe").load(queries.read_text(encoding="utf-8"))]
    for name, place in (("all places", None), ("one place", "linzi")):
        found: list[float] = []
        whole: list[float] = []
        for query in asked:
            for text in typed(query):
                began = time.perf_counter()
                results = index.find(text, place, LIMIT)
                found.append((time.perf_counter() - began) * 1000)
                results_json(desk, results, text, valid)
                whole.append((time.perf_counter() - began) * 1000)
        for what, times in (("hits", found), ("hits with scripts", whole)):
            yield Figure(f"desk, {name}: {what}, p50 of {len(times):,}", "ms", percentile(times, 0.5))
            yield Figure(f"desk, {name}: {what}, p99", "ms", percentile(times, 0.99), below=BAR)


if __name__ == "__main__":
    print(table(list(figures())))
