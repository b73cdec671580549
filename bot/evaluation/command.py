"""``luohu evaluate``: run, print, and where asked write JSON, bars and documentation."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

from bot import paths
from bot.conversation.world import World, load_world
from bot.evaluation import gate, models, report
from bot.evaluation.figures import figures
from bot.evaluation.offline import Bot, read_rules, read_thresholds
from bot.evaluation.rows import load
from bot.evaluation.run import Run, evaluate
from bot.nlu.evaluation import phrases
from bot.nlu.model import TopicModel

DOCUMENT = paths.ROOT / "docs" / "understanding.md"
GATED = ("test", "dev")
"""The splits whose level is held."""
COUNTED = "test"
"""The split whose figures the documentation shows."""


def bot_with(model: TopicModel, world: World | None = None) -> Bot:
    """The bot around a topic model."""
    return Bot(world or load_world(), model, read_thresholds(), read_rules())


def run_split(bot: Bot, split: str) -> Run:
    """Evaluate every row of a split."""
    return evaluate(bot, load("questions", split), load("stories", split), load("dialogues", split))


def spread(world: World, split: str, seeds: int) -> dict[str, list[float]]:
    """Every figure for models trained without a tenth of the phrases, a different tenth each time."""
    pairs = list(phrases())
    values: dict[str, list[float]] = defaultdict(list)
    for seed in range(seeds):
        at = time.perf_counter()
        model = models.learn(models.resampled(pairs, seed))
        _note(f"seed {seed}: trained in {time.perf_counter() - at:.0f} s")
        for figure in figures(run_split(bot_with(model, world), split)).values():
            values[figure.name].append(figure.value)
    return dict(values)


def command(
    split: str,
    *,
    seeds: int = 3,
    retrain: bool = False,
    show: bool = False,
    json_file: Path | None = None,
    write_gate: bool = False,
    lower: bool = False,
    write_docs: bool = False,
) -> int:
    """Run the evaluation; the exit code (1: a bar would have to be lowered).

    Args:
        split: ``dev``, ``test`` or ``all``; bars always use both splits, the documentation the test split.
        retrain: also train on ``seeds`` resampled sets of phrases and report the spread.
    """
    at = time.perf_counter()
    world = load_world()
    bot = bot_with(models.trained(), world)
    runs: dict[str, Run] = {}

    def run_of(name: str) -> Run:
        if name not in runs:
            runs[name] = run_split(bot, name)
        return runs[name]

    wanted = COUNTED if write_docs and split != COUNTED and retrain else split
    scattered = spread(world, wanted, seeds) if retrain else None
    print(report.text(run_of(split), split, show=show, spread=scattered))
    if scattered is None:
        print("\nThe training is deterministic: one model for one set of phrases. --retrain shows the spread over resampled sets.")
    if json_file is not None:
        json_file.write_text(report.as_json(run_of(split), split, scattered), encoding="utf-8")
    if write_docs:
        DOCUMENT.write_text(
            report.replaced(DOCUMENT.read_text(encoding="utf-8"), report.tables(run_of(COUNTED), COUNTED, scattered)), encoding="utf-8"
        )
        _note(f"written: {DOCUMENT.relative_to(paths.ROOT)}")
    code = 0
    if write_gate:
        old = gate.read() if gate.FILE.is_file() else {}
        try:
            gate.write([gate.drawn(figures(run_of(name)), old.get(name), lower=lower, split=name) for name in GATED])
            _note(f"written: {gate.FILE.relative_to(paths.ROOT)}")
        except gate.Lowered as error:
            _note(str(error))
            code = 1
    _note(f"{time.perf_counter() - at:.0f} s")
    return code


def _note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
