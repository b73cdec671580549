"""Figures, their bars, and the table they are printed in."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed (nearest rank).

    Raises:
        ValueError: there are no values, or the share is not in (0, 1].
    """
    if not values or not 0 < share <= 1:
        raise ValueError("percentile needs values and a share in (0, 1]")
    return sorted(values)[ceil(share * len(values)) - 1]


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    ``ours`` and ``stock`` are in ``unit``; ``stock`` is ``None`` where a stock bot has no such thing.  The bar is ``below`` or
    ``above``: a number, or ``"stock"`` for the stock bot's own value; a figure without either has no bar.
    """

    name: str
    unit: str
    ours: float
    stock: float | None = None
    below: float | str | None = None
    above: float | str | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the stock bot's."""
        return self.ours / self.stock if self.stock else None

    @property
    def bar(self) -> str:
        """The bar in words; empty where there is none."""
        for sign, limit in (("<", self.below), (">", self.above)):
            if limit is not None:
                return f"{sign} {limit if limit == 'stock' else shown(float(limit), self.unit)}"
        return ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; ``None`` where there is none, or no stock bot was measured to compare with."""
        for limit, sign in ((self.below, 1), (self.above, -1)):
            if limit is not None:
                against = self.stock if limit == "stock" else float(limit)
                return None if against is None else sign * self.ours < sign * against
        return None


def beside(name: str, unit: str, values: Sequence[float], below: float | str | None = None, above: float | str | None = None) -> Figure:
    """A figure of two values: ours, and the stock bot's."""
    ours, peer = values
    return Figure(name, unit, ours, peer, below, above)


def shown(value: float, unit: str) -> str:
    """A value with three significant digits or more, and its unit."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{digits}f} {unit}".rstrip()


def table(figures: Sequence[Figure]) -> str:
    """The figures with the stock bot's, the ratio, the bar, and whether it is met."""
    rows = [("", "luohu", "stock", "luohu/stock", "bar", "")]
    for f in figures:
        peer = "-" if f.stock is None else shown(f.stock, f.unit)
        ratio = "-" if f.ratio is None else f"{f.ratio:.2f}"
        rows.append((f.name, shown(f.ours, f.unit), peer, ratio, f.bar, {True: "ok", False: "MISSED", None: ""}[f.met]))
    return columns(rows, right=range(1, 4))


def columns(rows: Sequence[Sequence[str]], right: Container[int]) -> str:
    """Rows of cells under one another; the columns in ``right`` are set to the right."""
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join("  ".join(_pad(cell, widths[n], right=n in right) for n, cell in enumerate(row)).rstrip() for row in rows)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
