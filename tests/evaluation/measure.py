"""How well the fact reader reads the evaluation stories: ``python -m tests.evaluation.measure --split dev``.

Each screened story is read with the jurisdiction's place as home, completed as the conversation completes it (presumed defaults,
``follows``, implications) and screened. The conventions are those of ``test_stories_file``: a fact in ``approx`` need only overlap, a fact
in ``also`` may be told or not. A reading the reader itself marks ``presumed`` (a dwelling with no place lies at home) is no error where
the story is silent; a wrong one shows in the verdict. Nor is a fact on which no condition of the pack rests. A fact read twice is a contradiction: an error, and ``need_more_info``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.conversation.screening import assumed
from bot.conversation.state import Case, Told
from bot.conversation.world import load_world
from bot.eligibility.codec import full, parse_facts, to_json
from bot.eligibility.screening import Verdict, screen
from bot.eligibility.values import Choice, Value, meet
from bot.policy.load import load_packs
from bot.policy.model import Pack, atoms
from bot.policy.vocabulary import Vocabulary
from bot.reading.reader import Reading, read

HERE = Path(__file__).parent
UNDATED = date(2026, 11, 22)
_BY_MARRIAGE = {"step_child": "child", "step_parent": "parent"}  # the stories call both by the nearer word


@dataclass(frozen=True)
class Result:
    """One story read: what is wrong with the frame (empty where exact), counts of facts, and the verdict reached."""

    row: Mapping[str, Any]
    errors: tuple[str, ...]
    right: int
    told: int
    expected: int
    verdict: str

    @property
    def exact(self) -> bool:
        """Whether person and every fact are as labelled."""
        return not self.errors

    @property
    def accepted(self) -> bool:
        """Whether the verdict is one of the right ones."""
        return self.verdict in self.row["accept"]

    @property
    def forbidden(self) -> bool:
        """Whether the verdict is wrong under every reading of the story."""
        return self.verdict in self.row["must_not"]


def stories(split: str) -> list[dict[str, Any]]:
    """The screened stories of ``dev`` or ``test``."""
    rows = [json.loads(line) for line in (HERE / "stories.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    return [r for r in rows if r["split"] == split and r["verdict"] != "not_covered"]


def day_of(row: Mapping[str, Any]) -> date:
    """The day a story is told on."""
    return date.fromisoformat(row["as_of"]) if row["as_of"] else UNDATED


def settled(facts: Mapping[str, Value], vocabulary: Vocabulary) -> dict[str, Value]:
    """The facts with all that the vocabulary's implications settle about untold ones."""
    known = dict(facts)
    for _ in vocabulary.implications:  # each round may set off another
        for given, then in vocabulary.implications:
            if all(isinstance(v := known.get(name), Choice) and v.values <= values for name, values in given.items()):
                for name, chosen in then.items():
                    known.setdefault(name, Choice(frozenset(chosen)))
    return known


def compare(row: Mapping[str, Any], reading: Reading, pack: Pack, vocabulary: Vocabulary) -> tuple[list[str], int, int, int]:
    """Errors of a frame, and how many facts were right, told and expected."""
    weighed = {atom.fact for route in pack.routes for atom in atoms(route.when)}
    expected, also = parse_facts(row["facts"], vocabulary), parse_facts(row.get("also", {}), vocabulary)
    rough = {*row.get("approx", ()), *also}
    implied = settled({**expected, **also}, vocabulary)
    got: dict[str, list[Value]] = {}
    presumed = {f.fact for f in reading.facts if f.certainty == "presumed"}
    for fact in reading.facts:
        got.setdefault(fact.fact, []).append(fact.value)

    def fits(name: str, values: list[Value], wanted: Value) -> bool:
        return len(values) == 1 and (values[0] == wanted or name in rough and meet(values[0], wanted) is not None)

    def shown(value: Value, name: str) -> str:
        return json.dumps(to_json(value, vocabulary.facts[name]), ensure_ascii=False)

    expected = {name: value for name, value in expected.items() if value != full(vocabulary.facts[name])}
    person = _BY_MARRIAGE.get(reading.person or "self", reading.person or "self")
    errors = [] if person == row["person"] else [f"person {row['person']} read as {reading.person}"]
    right = told = 0
    for name, value in expected.items():
        default = vocabulary.facts[name].presumed
        if name in got and fits(name, got[name], value):
            right += 1
        elif name not in got and default and value == Choice(frozenset(default)):
            right += 1
        elif name in got:
            errors.append(f"{name}: {' / '.join(shown(v, name) for v in got[name])} for {shown(value, name)}")
        else:
            errors.append(f"{name}: missing {shown(value, name)}")
    for name, values in got.items():
        if name in expected:
            told += 1
        elif name in presumed or name not in weighed or (name in implied and fits(name, values, implied[name])):
            continue
        elif len(values) == 1 and values[0] == Choice(frozenset(vocabulary.facts[name].presumed) or frozenset({""})):
            continue
        else:
            told += 1
            errors.append(f"{name}: extra {' / '.join(shown(v, name) for v in values)}")
    return errors, right, told, len(expected)


def measure(rows: Iterable[Mapping[str, Any]]) -> list[Result]:
    """Read, compare and screen each story."""
    packs, world = load_packs(), load_world()
    done = []
    for row in rows:
        pack, day = packs.by_jurisdiction[row["place"]], day_of(row)
        reading = read(row["story"], as_of=day, home=pack.identity.jurisdiction.place, vocabulary=packs.vocabulary)
        errors, right, told, expected = compare(row, reading, pack, packs.vocabulary)
        case = Case("self", "", told={f.fact: Told(f.value, f.words, f.certainty) for f in reading.facts})
        screening = screen(pack, settled(assumed(world, case, pack), packs.vocabulary), day, vocabulary=packs.vocabulary)
        verdict = screening.verdict if row["scope"] == "policy" else screening.route(row["routes"][0]).verdict
        if len({f.fact for f in reading.facts}) < len(reading.facts):
            verdict = Verdict.NEED_MORE_INFO
        done.append(Result(row, tuple(errors), right, told, expected, verdict.value))
    return done


def summary(results: Sequence[Result]) -> str:
    """The figures of a run in a few lines."""
    right, told, expected = (sum(getattr(r, n) for r in results) for n in ("right", "told", "expected"))
    exact, good, bad = (sum(getattr(r, n) for r in results) for n in ("exact", "accepted", "forbidden"))
    n = len(results)
    return (
        f"stories {n}  exact frames {exact} ({exact / n:.1%})  verdicts {good} ({good / n:.1%})  must_not {bad}\n"
        f"facts: precision {right / max(told, 1):.1%}  recall {right / max(expected, 1):.1%}"
    )


def main() -> None:
    """Print the figures of one split, and the errors of each story unless ``--quiet``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--quiet", action="store_true", help="figures only")
    chosen = parser.parse_args()
    rows = stories(chosen.split)
    start = time.perf_counter()
    results = measure(rows)
    taken = time.perf_counter() - start
    for r in results:
        if chosen.quiet or (r.exact and r.accepted):
            continue
        mark = "!!" if r.forbidden else "  " if r.accepted else "! "
        print(f"{mark} {r.row['id']} {r.verdict} ({'/'.join(r.row['accept'])})  {r.row['story']}")
        for error in r.errors:
            print(f"       {error}")
    print(summary(results))
    print(f"{taken / len(rows) * 1000:.1f} ms a story, reading and screening")


if __name__ == "__main__":
    main()
