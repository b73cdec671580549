"""What was measured, as it is printed: a line for each crowd beside the stock bot's of the same size, memory over a soak. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, linear_regression

from tests.benchmarks.load import Load
from tests.benchmarks.load_many.plan import REST, WECHAT
from tests.benchmarks.report import columns, percentile, shown

FLAT = 1.03
"""A soak is flat where the last quarter needs at most this many times the memory of the second."""
INSIDE = 0.999
"""Share of WeChat's messages that must be answered inside its five seconds."""
STOCK = "stock Rasa bot"
FASTER = 3.0
"""Times the stock bot's messages a second that are aimed at, with :data:`FASTER_AT` residents, by the quickest deployment here."""
FASTER_AT = 20
_HEAD = (
    "",
    "over",
    "residents",
    "messages",
    "/s",
    "x stock",
    "p50",
    "p95",
    "p99",
    "p95 x stock",
    "processor",
    "memory",
    "errors",
    "in 5 s",
)


@dataclass(frozen=True)
class Line:
    """One crowd at one deployment: its load, and the resident memory in MB of each server afterwards."""

    bot: str
    wire: str
    users: int
    load: Load
    memory: tuple[float, ...]

    @property
    def inside(self) -> float:
        """Share of the messages answered inside WeChat's five seconds, those without an answer counted as not."""
        return 1 - self.load.late / len(self.load.times)


def lines_of(lines: Sequence[Line]) -> str:
    """The table. Processor time is the servers' own for each message, memory the mean of the servers."""
    peers = {line.users: line for line in lines if line.bot == STOCK}
    rows: list[Sequence[str]] = [_HEAD]
    for line in lines:
        load, peer = line.load, peers.get(line.users) if line.wire == REST else None
        p50, p95, p99 = (percentile(load.times, share) for share in (0.5, 0.95, 0.99))
        beside = peer is not None and peer is not line
        rows.append(
            (
                line.bot,
                line.wire,
                f"{line.users:,}",
                f"{len(load.times):,}",
                f"{load.per_second:,.0f}",
                f"{load.per_second / peer.load.per_second:.2f}" if peer and beside else "-",
                shown(p50, "ms"),
                shown(p95, "ms"),
                shown(p99, "ms"),
                f"{p95 / percentile(peer.load.times, 0.95):.2f}" if peer and beside else "-",
                shown(1000 * load.cpu / len(load.times), "ms"),
                shown(fmean(line.memory), "MB"),
                f"{len(load.failed):,}",
                f"{line.inside:.2%}",
            )
        )
    return columns(rows, right=range(2, len(_HEAD)))


def judged(lines: Sequence[Line]) -> list[str]:
    """What was aimed at, and whether it was reached; a sentence each."""
    ours = [line for line in lines if line.bot != STOCK]
    found = [_verdict(not any(line.load.failed for line in ours), f"errors: {sum(len(line.load.failed) for line in ours)} (none allowed)")]
    on_wechat = [line for line in ours if line.wire == WECHAT]
    if on_wechat:
        worst = min(on_wechat, key=lambda line: line.inside)
        text = f"WeChat inside 5 s: {worst.inside:.2%} at worst ({worst.bot}, {worst.users} residents); at least {INSIDE:.1%}"
        found.append(_verdict(worst.inside >= INSIDE, text))
    at = {line.bot: line.load.per_second for line in lines if (line.wire, line.users) == (REST, FASTER_AT)}
    if STOCK in at and len(at) > 1:
        best = max((bot for bot in at if bot != STOCK), key=lambda bot: at[bot])
        ratio = at[best] / at[STOCK]
        text = f"{best}, {FASTER_AT} residents: {ratio:.2f} x the stock bot's messages a second; {FASTER:g} x aimed at"
        found.append(_verdict(ratio >= FASTER, text))
    return found


def stages_of(spent: Mapping[str, Mapping[str, float]]) -> str:
    """Where the time of a message goes, by deployment: ``spent`` are milliseconds for each message by stage."""
    names = sorted({name for stages in spent.values() for name in stages})
    rows = [("milliseconds of a message", *names, "all")]
    rows += [(bot, *(f"{stages.get(n, 0):.2f}" for n in names), f"{sum(stages.values()):.2f}") for bot, stages in spent.items()]
    return columns(rows, right=range(1, len(names) + 2))


@dataclass
class Soak:
    """Memory in MB over a soak, with the number of messages answered until then."""

    answered: list[int] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def quarters(self) -> list[float]:
        """The mean of each quarter of the messages.

        Raises:
            ValueError: a quarter has no sample.
        """
        last = self.answered[-1] if self.answered else 0
        parts: list[list[float]] = [[], [], [], []]
        for answered, memory in zip(self.answered, self.memory, strict=True):
            parts[min(3, 4 * answered // max(1, last))].append(memory)
        if not all(parts):
            raise ValueError("a soak needs a sample of its memory in each quarter; let it run longer")
        return [fmean(part) for part in parts]

    def slope(self) -> float:
        """MB for each thousand messages, over the second half: what still grows once everything has been used."""
        half = [(a / 1000, m) for a, m in zip(self.answered, self.memory, strict=True) if 2 * a >= self.answered[-1]]
        return linear_regression(*zip(*half, strict=True)).slope

    @property
    def flat(self) -> bool:
        """Whether the last quarter needs hardly more than the second."""
        _, second, _, last = self.quarters()
        return last <= FLAT * second


def soaked(bot: str, soak: Soak, load: Load) -> str:
    """A soak in a few lines."""
    first, second, _, last = soak.quarters()
    return "\n".join(
        (
            f"{bot}: {len(load.times):,} messages in {load.seconds:.0f} s ({load.per_second:.0f} /s), errors {len(load.failed)}",
            f"  memory of a server: first quarter {first:.0f} MB, second {second:.0f} MB, last {last:.0f} MB; "
            f"{soak.slope():+.2f} MB for each thousand messages in the second half",
            "  "
            + _verdict(
                soak.flat and not load.failed,  # a server that has ended needs no memory
                f"the last quarter is {last / second:.3f} x the second, {len(load.failed):,} errors; flat up to {FLAT:g}, none allowed",
            ),
        )
    )


def _verdict(reached: bool, text: str) -> str:
    return f"{'ok     ' if reached else 'MISSED '}{text}"
