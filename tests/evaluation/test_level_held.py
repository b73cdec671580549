"""The level reached holds on both splits: each figure keeps its bar of ``gate.yml``.

``luohu evaluate --write-gate`` sets the bars one point below the figures reached and lowers none without ``--lower``. A failure lists first
the rows that still counted when the bar was set. The figures are printed at the end of the run (see ``conftest.py``).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evaluation import gate
from bot.evaluation.command import GATED, bot_with, run_split
from bot.evaluation.figures import figures
from bot.evaluation.models import trained
from bot.evaluation.report import line

GATES = gate.read()


def test_both_splits_have_bars() -> None:
    assert tuple(GATES) == GATED
    for found in GATES.values():
        assert {"in_scope_first_three", "half_answered", "declining_recall", "frames_exact", "verdicts"} <= set(found.at_least)
        assert {"must_not", "wrongly_declined"} <= set(found.at_most)


@pytest.mark.parametrize("split", GATED)
def test_the_level_holds(split: str, record_property: Callable[[str, object], None]) -> None:
    bars, found = GATES[split], figures(run_split(bot_with(trained()), split))
    shown = {name: f"   bar {bars.bar(figure):g}" for name, figure in found.items() if name in bars.names}
    record_property(f"figures of {split}", "\n".join(f"{line(f)}{shown.get(name, '')}" for name, f in found.items()))
    assert set(bars.names) <= set(found)
    lost = [bars.complaint(f) for f in found.values() if not bars.holds(f)]
    assert not lost, "\n\n".join([f"the level of {split} does not hold", *lost])
