"""Prints what the gate measured, also where it ran in a parallel worker."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for name, value in report.user_properties:
                    if name.startswith("figures of"):
                        terminalreporter.section(name)
                        terminalreporter.write_line(value)
