"""The parts of the benchmarks that decide what is printed: percentiles, bars, the stock bot's files, what is said."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from bot import paths
from tests.benchmarks import stock
from tests.benchmarks.messages import LONG, LONG_TURNS, TURNS, conversations
from tests.benchmarks.report import Figure, beside, percentile, table


def test_percentiles_are_nearest_ranks() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert percentile([7.0], 0.99) == 7.0


@pytest.mark.parametrize("values, share", [([], 0.5), ([1.0], 0.0), ([1.0], 1.5)])
def test_a_percentile_of_nothing_is_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, share)


@pytest.mark.parametrize("figure, met", [
    (Figure("p99", "ms", 0.9, below=1.0), True),
    (Figure("p99", "ms", 1.0, below=1.0), False),
    (beside("memory", "MB", [700, 900], below="stock"), True),
    (beside("memory", "MB", [900, 700], below="stock"), False),
    (beside("rate", "/s", [90, 40], above="stock"), True),
    (beside("rate", "/s", [40, 90], above="stock"), False),
    (Figure("memory", "MB", 700, None, below="stock"), None),
    (Figure("start", "s", 1, 2), None),
])
def test_bars(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


def test_the_table_shows_value_peer_ratio_and_bar() -> None:
    line = table([beside("message, p50", "ms", [12.34, 24.68], below="stock")]).splitlines()[1]
    assert line.split() == ["message,", "p50", "12.3", "ms", "24.7", "ms", "0.50", "<", "stock", "ok"]
    assert "MISSED" in table([Figure("p99", "ms", 3, below=1.0)])


def test_the_stock_bot_gets_every_phrase_of_the_project(tmp_path) -> None:
    examples = stock.phrases(paths.DATA / "nlu")
    written = sum(line.lstrip().startswith("- ") and not line.lstrip().startswith("- intent")
                  for file in (paths.DATA / "nlu").rglob("*.yml") for line in file.read_text(encoding="utf-8").splitlines())
    assert sum(map(len, examples.values())) == written
    stock.write(tmp_path, examples)
    read = YAML(typ="safe", pure=True)
    names = ("domain", "data/rules", "data/nlu")
    domain, rules, nlu = (read.load((tmp_path / f"{name}.yml").read_text(encoding="utf-8")) for name in names)
    assert {rule["steps"][0]["intent"] for rule in rules["rules"]} == set(domain["intents"]) == {*examples, stock.FALLBACK}
    assert {rule["steps"][1]["action"] for rule in rules["rules"]} == set(domain["responses"])
    counts = {block["intent"]: len(block["examples"].splitlines()) for block in nlu["nlu"]}
    assert counts == {name: len(lines) for name, lines in examples.items()}


def test_the_fingerprint_follows_phrases_and_epochs() -> None:
    prints = {stock.fingerprint({"a": ["x"]}, 100), stock.fingerprint({"a": ["x"]}, 2), stock.fingerprint({"a": ["y"]}, 100)}
    assert len(prints) == 3
    assert stock.fingerprint({"a": ["x"]}, 2) in prints


def test_no_phrases_are_an_error(tmp_path) -> None:
    with pytest.raises(ValueError, match="no training phrases"):
        stock.phrases(tmp_path)


def test_conversations_are_the_same_every_time_and_hold_no_intent() -> None:
    talks = conversations()
    assert talks == conversations()
    assert len(talks) >= 20
    assert {len(t.messages) for t in talks} == {TURNS}
    assert not [m for t in talks for m in t.messages if m.startswith(("/", "／"))]


def test_the_last_turn_of_the_long_conversation_asks_what_the_first_did() -> None:
    assert (LONG_TURNS - 1) % len(LONG) == 0
