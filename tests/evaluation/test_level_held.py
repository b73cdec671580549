"""The level reached on the test split holds: each figure keeps its bar of ``gate.yml``.

``luohu evaluate --write-gate`` sets the bars one point below the figures reached and lowers none without ``--lower``. A failure lists first
the rows that still counted when the bar was set. The figures are printed at the end of the run (see ``conftest.py``).
"""

from __future__ import annotations

from collections.abc import Callable

from bot.evaluation import gate
from bot.evaluation.command import GATED, bot_with, run_split
from bot.evaluation.figures import figures
from bot.evaluation.models import trained
from bot.evaluation.report import line

GATE = gate.read()


def test_the_bars_are_those_of_the_test_split() -> None:
    assert GATE.split == GATED
    assert {"in_scope_first_three", "half_answered", "declining_recall", "frames_exact", "verdicts"} <= set(GATE.at_least)
    assert {"must_not", "wrongly_declined"} <= set(GATE.at_most)


def test_the_level_holds(record_property: Callable[[str, object], None]) -> None:  # one test: parallel workers evaluate once
    found = figures(run_split(bot_with(trained()), GATED))
    bars = {name: f"   bar {GATE.bar(figure):g}" for name, figure in found.items() if name in GATE.names}
    record_property("figures", "\n".join(f"{line(f)}{bars.get(name, '')}" for name, f in found.items()))
    assert set(GATE.names) <= set(found)
    lost = [GATE.complaint(f) for f in found.values() if not GATE.holds(f)]
    assert not lost, "\n\n".join(["the level does not hold", *lost])
