"""The level that must hold: bars in ``tests/evaluation/gate.yml``, and the rows that missed when they were set.

Each split has bars of its own: ``test`` holds what people get who were never listened to, ``dev`` what was mended for those who were.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq

from bot.evaluation.figures import Figure
from bot.evaluation.rows import FOLDER

FILE = FOLDER / "gate.yml"
SLACK = 0.01
"""How far below the figure a bar is set."""
_FREE = frozenset({"either", "messages_whole", "dialogues", "facts_precision", "facts_recall"})
"""Figures without a bar: they rest on too few rows, or another figure's bar holds them."""
_HEAD = "# Written by `luohu evaluate --write-gate`, one point below the figures reached; it lowers no bar without --lower.\n"


@dataclass(frozen=True)
class Gate:
    """``at_least`` and ``at_most`` are bars by name of figure; ``missed`` the rows that counted against a figure when it was set."""

    at_least: Mapping[str, float]
    at_most: Mapping[str, float]
    missed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    split: str = "test"

    @property
    def names(self) -> list[str]:
        """The figures with a bar."""
        return [*self.at_least, *self.at_most]

    def bar(self, figure: Figure) -> float:
        """The bar of a figure; one without a bar has none to miss."""
        return self.at_least.get(figure.name, self.at_most.get(figure.name, math.nan))

    def holds(self, figure: Figure) -> bool:
        """Whether a figure keeps its bar; one without a bar does."""
        value = round(figure.value, 6)
        return self.at_least.get(figure.name, -math.inf) <= value <= self.at_most.get(figure.name, math.inf)

    def complaint(self, figure: Figure, most: int = 40) -> str:
        """What a figure below its bar lost: first the rows that counted when the bar was set, then the others."""
        before = set(self.missed.get(figure.name, ()))
        new = [k for k in figure.against if k not in before]
        old = [k for k in figure.against if k in before]
        lines = [f"{figure.title}: {figure.shown}, the bar is {self.bar(figure):g}", f"{len(new)} row(s) newly lost:"]
        lines += [f"  {k}  {figure.against[k]}" for k in new[:most]]
        lines.append(f"{len(old)} row(s) lost before" + (f": {' '.join(old)}" if old else ""))
        return "\n".join(lines)


class Lowered(Exception):
    """A bar would be lowered; the message names each."""


def read(file: Path = FILE) -> dict[str, Gate]:
    """The bars of each split that has any.

    Raises:
        FileNotFoundError: none were set yet.
    """
    raw = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return {name: Gate(dict(bars["at_least"]), dict(bars["at_most"]), dict(bars.get("missed") or {}), name) for name, bars in raw.items()}


def drawn(found: Mapping[str, Figure], old: Gate | None, *, lower: bool = False, split: str = "test") -> Gate:
    """The bars for the figures reached: one point below, none lower than it was.

    Args:
        lower: let bars sink.

    Raises:
        Lowered: a figure does not reach its present bar, and ``lower`` is not set.
    """
    failing = [f"{f.name} is {f.value:.4g}, its bar {old.bar(f):g}" for f in found.values() if not old.holds(f)] if old else []
    if failing and not lower:
        raise Lowered("the figures do not hold the present bars; mend the bot, or lower them with --lower:\n" + "\n".join(failing))
    bar: float
    was: float | None
    at_least: dict[str, float] = {}
    at_most: dict[str, float] = {}
    for f in found.values():
        if f.name in _FREE or not f.total:
            continue
        if f.low:
            bar = int(f.value) if f.counted else math.ceil(round((f.value + SLACK) * 1000, 6)) / 1000
            was = old.at_most.get(f.name) if old else None
            at_most[f.name] = bar if lower or was is None else min(bar, was)
        else:
            bar = math.floor(round((f.value - SLACK) * 1000, 6)) / 1000
            was = old.at_least.get(f.name) if old else None
            at_least[f.name] = bar if lower or was is None else max(bar, was)
    missed = {f.name: list(f.against) for f in found.values() if f.against and (f.name in at_least or f.name in at_most)}
    return Gate(at_least, at_most, missed, split)


def write(gates: Iterable[Gate], file: Path = FILE) -> None:
    """Write the bars of the splits."""
    yaml = YAML()
    yaml.width = 140  # type: ignore[assignment]
    with file.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        yaml.dump({gate.split: _plain(gate) for gate in gates}, out)


def _plain(gate: Gate) -> dict[str, object]:
    """The bars of one split as YAML has them, the rows of a figure on as few lines as they fill."""
    missed = {}
    for name, rows in gate.missed.items():
        flow = CommentedSeq(rows)
        flow.fa.set_flow_style()
        missed[name] = flow
    return {"at_least": dict(gate.at_least), "at_most": dict(gate.at_most), "missed": missed}
