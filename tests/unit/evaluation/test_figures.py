"""Figures, calibration, bars and tables, on made-up results."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation import gate, report
from bot.evaluation.calibration import Bin, calibration_error, reliability
from bot.evaluation.figures import Figure, by_place, by_topic, calibration, confusions, fact_errors, figures
from bot.evaluation.frames import Compared, Result
from bot.evaluation.models import resampled
from bot.evaluation.run import Question, Run, Story, TurnTaken
from bot.evaluation.scoring import HALF, IN_SCOPE, OUT, Marked, Said


def question(name: str, marked: Marked, *, topic: str = "a", heard: str = "a", sure: float = 0.9, place: str | None = "here") -> Question:
    row = {"id": name, "text": f"text {name}", "topic": topic, "topics": [topic]}
    return Question(row, place, Said(("answer",), ("五",), None), marked, heard, sure)


def story(name: str, verdict: str) -> Story:
    row = {"id": name, "story": f"story {name}", "place": "here", "accept": ["eligible"], "must_not": ["not_eligible"]}
    return Story(row, Said(("screening",), (), None), verdict, None)


def turn(name: str, at: int, verdict_ok: bool | None, errors: tuple[str, ...] | None) -> TurnTaken:
    row = {"id": name, "turns": [{"user": "x", "verdict": "eligible", "kind": None}] * 2}
    return TurnTaken(row, at, Said(("ask",), (), None), "eligible", verdict_ok, None, errors)


RUN = Run(
    (
        question("q1", Marked(IN_SCOPE, True, True, False, (True, False))),
        question("q1", Marked(IN_SCOPE, True, False, False), place="there"),
        question("q2", Marked(IN_SCOPE, False, False, True), heard="b"),
        question("q3", Marked(HALF, True, True, False), topic="b", heard="b"),
        question("q4", Marked(OUT, True, False, True), topic="m", heard="m", place=None),
        question("q5", Marked(OUT, False, False, False), topic="m", heard="a", sure=0.3, place=None),
    ),
    (story("s1", "eligible"), story("s2", "not_eligible"), story("s3", "need_more_info")),
    (turn("d1", 0, True, ()), turn("d1", 1, None, None), turn("d2", 0, False, ("f: missing",))),
)


def test_the_figures_of_a_small_run() -> None:
    found = figures(RUN)
    counts = {name: (f.good, f.total) for name, f in found.items()}
    assert counts["in_scope_first_three"] == (2, 3)
    assert counts["in_scope_first"] == (1, 3)
    assert counts["half_answered"] == (1, 1)
    assert counts["declining_recall"] == (1, 2)
    assert counts["declining_precision"] == (1, 2)
    assert counts["wrongly_declined"] == (1, 4)
    assert counts["parts_cited"] == (1, 2)
    assert counts["topic"] == (3, 5)
    assert counts["verdicts"] == (1, 3)
    assert (found["must_not"].value, found["must_not"].counted) == (1, True)
    assert counts["turn_verdicts"] == (1, 2)
    assert counts["turn_facts"] == (1, 2)
    assert counts["dialogues"] == (1, 2)


def test_the_rows_behind_a_figure() -> None:
    found = figures(RUN)
    assert list(found["in_scope_first"].against) == ["q1@there", "q2@here"]
    assert list(found["wrongly_declined"].against) == ["q2@here"]
    assert list(found["parts_cited"].against) == ["q1@here#2"]
    assert list(found["verdicts"].against) == ["s2", "s3"]
    assert list(found["must_not"].against) == ["s2"]
    assert list(found["turns"].against) == ["d2#1"]


def test_a_message_asked_for_two_places_is_one_message() -> None:
    assert sum(b.count for b in calibration(RUN)) == 5
    assert confusions(RUN) == [("a", "b", 1), ("m", "a", 1)]


def test_by_place_and_topic() -> None:
    assert {p: own[0].total for p, own in by_place(RUN).items()} == {"here": 2, "there": 1, "-": 0}
    worst = by_topic(RUN)[0]
    assert (worst.topic, worst.right, worst.asked, worst.heard, worst.messages) == ("m", 1, 2, 1, 2)


def test_reliability_and_its_error() -> None:
    table = reliability([(0.2, False), (0.21, True), (0.9, True), (1.0, False)])
    assert [b.count for b in table] == [1, 1, 0, 0, 2]
    assert table[4] == Bin(0.8, 1.0, 2, 0.95, 0.5)
    assert calibration_error(table) == pytest.approx((0.2 + 0.79 + 2 * 0.45) / 4)
    assert calibration_error(reliability([])) == 0.0


def figure(name: str, good: float, total: int = 100, *, low: bool = False, counted: bool = False, against: tuple[str, ...] = ()) -> Figure:
    return Figure(name, name, good, total, dict.fromkeys(against, "line"), low, counted)


def test_bars_stand_one_point_below_and_rise_only() -> None:
    first = gate.drawn(
        {"x": figure("x", 90), "y": figure("y", 5, low=True), "must_not": figure("must_not", 2, low=True, counted=True)}, None
    )
    assert first.at_least == {"x": 0.89}
    assert first.at_most == {"y": 0.06, "must_not": 2}
    same = gate.drawn(
        {"x": figure("x", 89.5), "y": figure("y", 5.5, low=True), "must_not": figure("must_not", 1, low=True, counted=True)}, first
    )
    assert same.at_least == {"x": 0.89}
    assert same.at_most == {"y": 0.06, "must_not": 1}


@pytest.mark.parametrize(
    "worse", [figure("x", 88), figure("y", 7, low=True), figure("must_not", 1, low=True, counted=True)], ids=lambda f: f.name
)
def test_a_bar_sinks_only_when_told_to(worse: Figure) -> None:
    old = gate.Gate({"x": 0.89}, {"y": 0.06, "must_not": 0})
    assert not old.holds(worse)
    with pytest.raises(gate.Lowered, match=worse.name):
        gate.drawn({worse.name: worse}, old)
    assert gate.drawn({worse.name: worse}, old, lower=True).holds(worse)


def test_a_failure_names_what_was_lost_since() -> None:
    old = gate.Gate({"x": 0.9}, {}, {"x": ["r1", "r2"]})
    text = old.complaint(figure("x", 80, against=("r2", "r3")))
    assert "1 row(s) newly lost:\n  r3  line" in text
    assert text.endswith("1 row(s) lost before: r2")


def test_the_bars_survive_their_file(tmp_path: Path) -> None:
    written = gate.drawn({"x": figure("x", 90, against=("r1", "r2"))}, None)
    looked_at = gate.drawn({"x": figure("x", 99, against=("r1",))}, None, split="dev")
    gate.write([written, looked_at], tmp_path / "gate.yml")
    assert gate.read(tmp_path / "gate.yml") == {"test": written, "dev": looked_at}


def test_the_documentation_keeps_what_stands_around_its_tables() -> None:
    document = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    once = report.replaced(document, "new")
    assert once == f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n"
    assert report.replaced(once, "new") == once
    with pytest.raises(ValueError, match="marks"):
        report.replaced("no marks", "new")


def test_report_and_tables_speak_of_every_figure() -> None:
    told, table = report.text(RUN, "test", show=True, spread={"verdicts": [0.5, 0.7]}), report.tables(RUN, "test")
    for found in figures(RUN).values():
        assert found.title in told
        assert found.title in table
    assert "60.0% ± 14.1%" in told
    assert "s2  story s2" in told
    assert "| m | a | 1 |" in table


def test_resampling_leaves_a_tenth_of_each_class_out() -> None:
    pairs = [(f"p{i}", "big") for i in range(30)] + [("q", "single")]
    one = resampled(pairs, 1)
    assert len(one) == 28
    assert ("q", "single") in one
    assert one == resampled(pairs, 1)
    assert one != resampled(pairs, 2)
    assert resampled([("q", "single")], 1, 0.9) == [("q", "single")]


def test_wrong_facts_are_counted_by_how_they_are_wrong() -> None:
    errors = ("person self read as child", "a.b: missing true", 'a.b: "x" for "y"', "c: extra false", "c: extra true")
    row = {"id": "s", "story": "", "place": "here", "accept": [], "must_not": []}
    told = Story(row, Said((), (), None), "none", Result(row, Compared(errors, 0, 0, 0), "none"))
    assert fact_errors(Run(stories=(told,))) == [("c", "extra", 2), ("person", "other", 1), ("a.b", "missing", 1), ("a.b", "other", 1)]
