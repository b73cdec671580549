"""The figures that tests measure, printed at the end of a run."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

pytest_plugins = ["tests.talking"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Citation recall and precision, and how long the texts are; the tests hand them over as properties, also from xdist workers."""
    totals = [0] * 5
    lengths: dict[str, list[int]] = defaultdict(list)
    for report in (*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())):
        for name, value in getattr(report, "user_properties", ()):
            if name == "luohu_citations":
                totals = [a + b for a, b in zip(totals, value, strict=True)]
            elif name == "luohu_lengths":
                for turn, length in json.loads(value):
                    lengths[turn].append(length)
    sentences, supported, cited, fitting, replies = totals
    if not sentences or not cited:
        return
    terminalreporter.section("citations")
    terminalreporter.line(f"citation recall    {supported / sentences:.4f}  ({supported} of {sentences} factual sentences supported)")
    terminalreporter.line(f"citation precision {fitting / cited:.4f}  ({fitting} of {cited} citations support their sentence)")
    terminalreporter.line(f"{replies} replies; Chinese characters before the citations: median / 95 % / most")
    for turn, found in sorted(lengths.items()):
        found.sort()
        terminalreporter.line(f"  {turn:8} {found[len(found) // 2]:4} {found[int(len(found) * 0.95)]:4} {found[-1]:4}  ({len(found)})")
