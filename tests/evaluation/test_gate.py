"""The level reached on the test split holds: each figure keeps its bar of ``gate.yml``.

``luohu evaluate --write-gate`` sets the bars one point below the figures reached and lowers none without ``--lower``. A failure lists first
the rows that still counted when the bar was set. The figures are printed at the end of the run.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.evaluation import gate
from bot.evaluation.command import GATED, bot_with, run_split
from bot.evaluation.figures import Figure, figures
from bot.evaluation.models import trained
from bot.evaluation.report import line

GATE = gate.read()


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> Iterator[dict[str, Figure]]:
    measured = figures(run_split(bot_with(trained()), GATED))
    yield measured
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n\nfigures on the {GATED} split (bar)")
        for figure in measured.values():
            print(f"  {line(figure)}{f'  ({GATE.bar(figure):g})' if figure.name in GATE.names else ''}")


def test_the_bars_are_those_of_the_test_split() -> None:
    assert GATE.split == GATED
    assert {"in_scope_first_three", "half_answered", "declining_recall", "frames_exact", "verdicts"} <= set(GATE.at_least)
    assert {"must_not", "wrongly_declined"} <= set(GATE.at_most)


@pytest.mark.parametrize("name", GATE.names)
def test_the_level_holds(name: str, found: dict[str, Figure]) -> None:
    assert GATE.holds(found[name]), GATE.complaint(found[name])
