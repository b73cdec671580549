"""How well the fact reader reads: the frame read from a story beside the labelled one.

Each screened story is read with the jurisdiction's place as home, completed as the conversation completes it (presumed defaults,
``follows``, implications) and screened. The conventions are those of the rows: a fact in ``approx`` need only overlap, a fact
in ``also`` may be told or not. A reading the reader itself marks ``presumed`` (a dwelling with no place lies at home) is no error where
the story is silent; a wrong one shows in the verdict. Nor is a fact on which no condition of the pack rests. A fact read twice is a
contradiction: an error, and ``need_more_info``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.assuming import assumed
from bot.conversation.state import Case, Told
from bot.conversation.world import World
from bot.eligibility.codec import full, parse_facts, to_json
from bot.eligibility.screening import Verdict, screen
from bot.eligibility.values import Choice, Value, among, meet
from bot.evaluation.rows import Row, day_of
from bot.policy.model import Pack, atoms
from bot.policy.vocabulary import Vocabulary
from bot.reading.reader import read

_BY_MARRIAGE = {"step_child": "child", "step_parent": "parent", "fiance": "other"}  # the stories call both by the nearer word


@dataclass(frozen=True)
class Known:
    """One fact as read: its name, what is still possible, and whether the words say it, waver, or leave it presumed."""

    fact: str
    value: Value
    certainty: str


@dataclass(frozen=True)
class Compared:
    """What is wrong with a frame (empty where exact), and how many facts were right, told and expected."""

    errors: tuple[str, ...]
    right: int
    told: int
    expected: int


@dataclass(frozen=True)
class Result:
    """One story read, compared, and the verdict of the engine on what was read."""

    row: Row
    frame: Compared
    verdict: str

    @property
    def exact(self) -> bool:
        """Whether person and every fact are as labelled."""
        return not self.frame.errors

    @property
    def accepted(self) -> bool:
        """Whether the verdict is one of the right ones."""
        return self.verdict in self.row["accept"]

    @property
    def forbidden(self) -> bool:
        """Whether the verdict is wrong under every reading of the story."""
        return self.verdict in self.row["must_not"]


def is_screened(row: Row) -> bool:
    """Whether a story is about something the documents regulate, so that its facts are labelled."""
    return bool(row["verdict"] != "not_covered")


def settled(facts: Mapping[str, Value], vocabulary: Vocabulary) -> dict[str, Value]:
    """The facts with all that the vocabulary's implications settle about untold ones."""
    known = dict(facts)
    for _ in vocabulary.implications:  # each round may set off another
        for given, then in vocabulary.implications:
            if among(known, given):
                for name, chosen in then.items():
                    known.setdefault(name, Choice(frozenset(chosen)))
    return known


def compare(row: Row, person: str | None, facts: Iterable[Known], pack: Pack, vocabulary: Vocabulary) -> Compared:
    """A frame beside the labelled one.

    Args:
        row: a story or the turn of a dialogue, with ``facts`` and perhaps ``person``, ``also`` and ``approx``.
        person: who the reader takes to move, seen from the asker.
        facts: what was read; a fact twice is a contradiction.
    """
    weighed = {atom.fact for route in pack.routes for atom in atoms(route.when)}
    expected, also = parse_facts(row["facts"], vocabulary), parse_facts(row.get("also", {}), vocabulary)
    rough = {*row.get("approx", ()), *also}
    implied = settled({**expected, **also}, vocabulary)
    got: dict[str, list[Value]] = {}
    presumed = set()
    for fact in facts:
        got.setdefault(fact.fact, []).append(fact.value)
        if fact.certainty == "presumed":
            presumed.add(fact.fact)

    def fits(name: str, values: list[Value], wanted: Value) -> bool:
        return len(values) == 1 and (values[0] == wanted or name in rough and meet(values[0], wanted) is not None)

    def shown(value: Value, name: str) -> str:
        return json.dumps(to_json(value, vocabulary.facts[name]), ensure_ascii=False)

    expected = {name: value for name, value in expected.items() if value != full(vocabulary.facts[name])}
    wanted = row.get("person", "self")
    read_as = _BY_MARRIAGE.get(person or "self", person or "self")
    errors = [] if read_as == wanted else [f"person {wanted} read as {person}"]
    right = told = 0
    for name, value in expected.items():
        default = vocabulary.facts[name].presumed
        by_default = name not in got and default and value == Choice(frozenset(default))
        if by_default or (name in got and fits(name, got[name], value)):
            right += 1
        elif name in got:
            errors.append(f"{name}: {' / '.join(shown(v, name) for v in got[name])} for {shown(value, name)}")
        else:
            errors.append(f"{name}: missing {shown(value, name)}")
    for name, values in got.items():
        default = vocabulary.facts[name].presumed
        stays = name in presumed or name not in weighed or (name in implied and fits(name, values, implied[name]))
        if name in expected:
            told += 1
        elif not stays and not (default and values == [Choice(frozenset(default))]):
            told += 1
            errors.append(f"{name}: extra {' / '.join(shown(v, name) for v in values)}")
    return Compared(tuple(errors), right, told, len(expected))


def measure(rows: Iterable[Row], world: World) -> list[Result]:
    """Read, compare and screen each screened story; others are left out."""
    done = []
    for row in filter(is_screened, rows):
        pack, day = world.packs.by_jurisdiction[row["place"]], day_of(row)
        reading = read(row["story"], as_of=day, home=pack.identity.jurisdiction.place, vocabulary=world.vocabulary)
        known = [Known(f.fact, f.value, f.certainty) for f in reading.facts]
        frame = compare(row, reading.person, known, pack, world.vocabulary)
        case = Case("self", "", told={f.fact: Told(f.value, f.words, f.certainty) for f in reading.facts})
        screening = screen(pack, settled(assumed(world, case, pack), world.vocabulary), day, vocabulary=world.vocabulary)
        verdict = screening.verdict if row["scope"] == "policy" else screening.route(row["routes"][0]).verdict
        if len({f.fact for f in reading.facts}) < len(reading.facts):
            verdict = Verdict.NEED_MORE_INFO
        done.append(Result(row, frame, verdict.value))
    return done


def summary(results: Sequence[Result]) -> str:
    """The figures of a run in a few lines."""
    right, told, expected = (sum(getattr(r.frame, n) for r in results) for n in ("right", "told", "expected"))
    exact, good, bad = (sum(getattr(r, n) for r in results) for n in ("exact", "accepted", "forbidden"))
    n = max(len(results), 1)
    return (
        f"stories {len(results)}  exact frames {exact} ({exact / n:.1%})  verdicts {good} ({good / n:.1%})  must_not {bad}\n"
        f"facts: precision {right / max(told, 1):.1%}  recall {right / max(expected, 1):.1%}"
    )
