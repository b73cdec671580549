"""The figures as text, as JSON and as the tables of the documentation."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from bot.evaluation.figures import Figure, by_place, by_topic, calibration, confusions, fact_errors, figures
from bot.evaluation.run import Run

BEGIN = "<!-- figures: `luohu evaluate --write-docs` writes what follows, up to the closing mark -->"
END = "<!-- end of the figures -->"
Spread = Mapping[str, Sequence[float]]


def text(run: Run, split: str, *, show: bool = False, spread: Spread | None = None) -> str:
    """The whole report; with ``show`` every row that counts against a figure."""
    found = figures(run)
    lines = [f"== {split}", *(line(f) for f in found.values())]
    lines.append("\n== by place")
    places = by_place(run)
    for place, own in places.items():
        lines.append(f"{place}")
        lines += [f"  {line(f)}" for f in own if f.total]
    lines.append("\n== by topic (worst first): answered or declined rightly, topic heard")
    lines += [f"  {t.topic:24} {t.right:3}/{t.asked:<3} {t.right / t.asked:6.1%}   heard {t.heard}/{t.messages}" for t in by_topic(run)]
    lines.append("\n== confusions (asked, heard, times)")
    lines += [f"  {n:3}  {true} taken for {got}" for true, got, n in confusions(run)]
    lines.append("\n== facts of stories read wrongly (fact, how, times)")
    lines += [f"  {n:3}  {fact} {how}" for fact, how, n in fact_errors(run)]
    lines.append("\n== calibration of the topic's confidence")
    lines += [
        f"  {b.low:.1f} to {b.high:.1f}  {b.count:4} messages  said {b.confidence:.1%}  right {b.right:.1%}" for b in calibration(run)
    ]
    if spread:
        lines.append("\n== spread over resampled training sets (mean ± standard deviation)")
        lines += [f"  {found[name].title:52} {_spread(values, found[name])}" for name, values in spread.items() if name in found]
    if show:
        lines += misses(found)
    return "\n".join(lines)


def misses(found: Mapping[str, Figure]) -> list[str]:
    """Every row that counts against a figure, under it."""
    lines = []
    for figure in found.values():
        if figure.against:
            lines.append(f"\n-- {figure.title}: {len(figure.against)} against")
            lines += [f"  {key}  {line}" for key, line in figure.against.items()]
    return lines


def as_json(run: Run, split: str, spread: Spread | None = None) -> str:
    """Every figure and every result as JSON."""
    body: dict[str, Any] = {
        "split": split,
        "figures": {f.name: {"value": f.value, "good": f.good, "of": f.total, "against": dict(f.against)} for f in figures(run).values()},
        "places": {p: {f.name: f.value for f in own if f.total} for p, own in by_place(run).items()},
        "topics": [vars(t) for t in by_topic(run)],
        "confusions": confusions(run, 100),
        "fact_errors": fact_errors(run, 100),
        "calibration": [vars(b) for b in calibration(run)],
        "spread": {name: list(values) for name, values in (spread or {}).items()},
        "questions": [
            {
                "id": q.row["id"],
                "place": q.place,
                **vars(q.marked),
                "kinds": q.reply.kinds,
                "paths": q.reply.paths,
                "heard": q.label,
                "confidence": q.confidence,
            }
            for q in run.questions
        ],
        "stories": [
            {
                "id": s.row["id"],
                "ok": s.ok,
                "forbidden": s.forbidden,
                "verdict": s.verdict,
                "errors": s.frame.frame.errors if s.frame else None,
            }
            for s in run.stories
        ],
        "turns": [
            {"id": t.row["id"], "at": t.at, "ok": t.ok, "verdict": t.verdict, "kinds": t.reply.kinds, "errors": t.errors} for t in run.turns
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def tables(run: Run, split: str, spread: Spread | None = None) -> str:
    """The tables of the documentation, in Markdown."""
    found = figures(run)
    places = {p: {f.name: f for f in own} for p, own in by_place(run).items() if p != "-"}
    shared = [name for name in found if any(name in own for own in places.values())]
    asked, talked = len({q.row["id"] for q in run.questions}), len({t.row["id"] for t in run.turns})
    lines = [f"Split `{split}`: {asked} questions, {len(run.stories)} stories, {talked} dialogues.", ""]
    lines += [f"| figure | all | {' | '.join(places)} |", f"| --- | --- |{' --- |' * len(places)}"]
    for figure in found.values():
        cells = [own[figure.name].shown if figure.name in shared and own[figure.name].total else "" for own in places.values()]
        lines.append(f"| {figure.title} | {figure.shown} | {' | '.join(cells)} |")
    lines += ["", "| confidence of the topic | messages | said | right |", "| --- | --- | --- | --- |"]
    lines += [f"| {b.low:.1f} to {b.high:.1f} | {b.count} | {b.confidence:.1%} | {b.right:.1%} |" for b in calibration(run)]
    lines += ["", "| topic asked | heard instead | times |", "| --- | --- | --- |"]
    lines += [f"| {true} | {got} | {n} |" for true, got, n in confusions(run, 12)]
    lines += ["", "| fact of a story | read as | times |", "| --- | --- | --- |"]
    lines += [f"| {fact} | {how} | {n} |" for fact, how, n in fact_errors(run, 12)]
    lines += ["", "| worst topics | right | topic heard |", "| --- | --- | --- |"]
    lines += [f"| {t.topic} | {t.right}/{t.asked} | {t.heard}/{t.messages} |" for t in by_topic(run)[:12]]
    if spread:
        seeds = len(next(iter(spread.values())))
        lines += ["", f"| spread over {seeds} training sets without a tenth of the phrases | mean ± standard deviation |", "| --- | --- |"]
        lines += [f"| {found[name].title} | {_spread(values, found[name])} |" for name, values in spread.items() if name in found]
    return "\n".join(lines)


def replaced(document: str, table: str) -> str:
    """The document with the tables between its two marks.

    Raises:
        ValueError: the marks are missing.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document lacks the marks {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def line(figure: Figure) -> str:
    """A figure as one line of the report."""
    return f"{figure.title:52} {figure.shown}"


def _spread(values: Sequence[float], figure: Figure) -> str:
    mean = statistics.fmean(values)
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{mean:.1f} ± {deviation:.1f}" if figure.counted else f"{mean:.1%} ± {deviation:.1%}"
