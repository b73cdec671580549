"""How well the fact reader reads: the frame read from a story beside the labelled one.

Each screened story is read with the jurisdiction's place as home, completed as the conversation completes it (presumed defaults,
``follows``, implications) and screened. The conventions are those of the rows: a fact in ``approx`` need only overlap, a fact
in ``also`` may be told or not. A reading the reader itself marks ``presumed`` (a dwelling with no place lies at home) is no error where
the story is silent; a wrong one shows in the verdict. Nor is a fact on which no condition of the pack rests. A fact read twice is a
contradiction: an error, and ``need_more_info``. Where two people labelled a story, an error is what both labels call one.
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

_NEARER = {"step_child": "child", "step_parent": "parent", "fiance": "other", "friend": "other"}  # the stories have the nearer word only


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
    """A frame beside the labelled one, or beside both where two people labelled the row: wrong is what both call wrong.

    Args:
        row: a story or the turn of a dialogue, with ``facts`` and perhaps ``person``, ``also`` and ``approx``; under ``second`` the same
            of whoever labelled it without knowing the first.
        person: who the reader takes to move, seen from the asker.
        facts: what was read; a fact twice is a contradiction.
    """
    got = _collected(facts, {atom.fact for route in pack.routes for atom in atoms(route.when)})
    person = _NEARER.get(person or "self", person or "self")
    judged = [_judged(label, person, got, vocabulary) for label in (row, row.get("second")) if label is not None]
    wrong = set.intersection(*(set(j.wrong) for j in judged))
    right = frozenset().union(*(j.right for j in judged)) - wrong
    errors = {name: judged[0].wrong[name] for name in judged[0].wrong if name in wrong}
    extra = wrong.intersection(*(j.extra for j in judged))
    facts_wrong = wrong - {_PERSON}
    told = len(right & set(got.told)) + len(facts_wrong & set(got.told))
    return Compared(tuple(errors.values()), len(right), told, len(right) + len(facts_wrong - extra))


_PERSON = "person"


@dataclass(frozen=True)
class _Read:
    """What was read of each fact; ``passable`` are those that are no error where a label does not hold them."""

    told: Mapping[str, tuple[Value, ...]]
    passable: frozenset[str]


@dataclass(frozen=True)
class _Judged:
    """What one label says of a frame: what is wrong (by fact, or ``person``), which of it was told beyond the label, and what is right."""

    wrong: Mapping[str, str]
    extra: frozenset[str]
    right: frozenset[str]


def _collected(facts: Iterable[Known], weighed: set[str]) -> _Read:
    told: dict[str, list[Value]] = {}
    passable = set()
    for fact in facts:
        told.setdefault(fact.fact, []).append(fact.value)
        if fact.certainty == "presumed" or fact.fact not in weighed:
            passable.add(fact.fact)
    return _Read({name: tuple(values) for name, values in told.items()}, frozenset(passable))


def _judged(label: Row, person: str, got: _Read, vocabulary: Vocabulary) -> _Judged:
    expected, also = parse_facts(label["facts"], vocabulary), parse_facts(label.get("also", {}), vocabulary)
    rough = {*label.get("approx", ()), *also}
    implied = settled({**expected, **also}, vocabulary)

    def fits(name: str, values: Sequence[Value], wanted: Value) -> bool:
        return len(values) == 1 and (values[0] == wanted or name in rough and meet(values[0], wanted) is not None)

    def shown(value: Value, name: str) -> str:
        return json.dumps(to_json(value, vocabulary.facts[name]), ensure_ascii=False)

    def presumed(name: str) -> Value | None:
        default = vocabulary.facts[name].presumed
        return Choice(frozenset(default)) if default else None

    wanted = label.get("person", "self")
    wrong = {} if person == wanted else {_PERSON: f"person {wanted} read as {person}"}
    right = set()
    expected = {name: value for name, value in expected.items() if value != full(vocabulary.facts[name])}
    for name, value in expected.items():
        values = got.told.get(name, ())
        if fits(name, values, value) or not values and value == presumed(name):
            right.add(name)
        elif values:
            wrong[name] = f"{name}: {' / '.join(shown(v, name) for v in values)} for {shown(value, name)}"
        else:
            wrong[name] = f"{name}: missing {shown(value, name)}"
    extra = set()
    for name, values in got.told.items():
        follows = name in implied and fits(name, values, implied[name])
        if name not in expected and name not in got.passable and not follows and values != (presumed(name),):
            extra.add(name)
            wrong[name] = f"{name}: extra {' / '.join(shown(v, name) for v in values)}"
    return _Judged(wrong, frozenset(extra), frozenset(right))


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
