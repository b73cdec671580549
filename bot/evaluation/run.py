"""The whole evaluation: every row through the bot, every result kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.evaluation import frames
from bot.evaluation.offline import Bot, Talk
from bot.evaluation.rows import UNDATED, Row, day_of
from bot.evaluation.scoring import Marked, Said, mark_question, said, verdict_of
from bot.nlu.model import SEPARATOR
from bot.nlu.understanding import Understanding

_CONFIDENT = "confidence"


@dataclass(frozen=True)
class Question:
    """A question asked for one place. ``label`` is the topic or matter heard (an intent without one gives its own name)."""

    row: Row
    place: str | None
    reply: Said
    marked: Marked
    label: str
    confidence: float

    @property
    def topic_right(self) -> bool:
        """Whether the topic heard is among those asked."""
        return self.label in self.row["topics"]


@dataclass(frozen=True)
class Story:
    """A story told in one message; ``verdict`` is what the reply's payload says. ``frame`` is ``None`` where facts are not labelled."""

    row: Row
    reply: Said
    verdict: str
    frame: frames.Result | None

    @property
    def ok(self) -> bool:
        """Whether the verdict is a right one."""
        return self.verdict in self.row["accept"]

    @property
    def forbidden(self) -> bool:
        """Whether the verdict is wrong under every reading."""
        return self.verdict in self.row["must_not"]


@dataclass(frozen=True)
class TurnTaken:
    """One turn of a dialogue. What the row leaves open (no verdict, kind or facts given) is ``None``."""

    row: Row
    at: int
    reply: Said
    verdict: str
    verdict_ok: bool | None
    kind_ok: bool | None
    errors: tuple[str, ...] | None

    @property
    def turn(self) -> Row:
        """The labelled turn."""
        return dict(self.row["turns"][self.at])

    @property
    def ok(self) -> bool:
        """Whether everything the row says of this turn is so."""
        return self.verdict_ok is not False and self.kind_ok is not False and not self.errors


@dataclass(frozen=True)
class Run:
    """Every result of one run."""

    questions: tuple[Question, ...] = ()
    stories: tuple[Story, ...] = ()
    turns: tuple[TurnTaken, ...] = ()


def evaluate(bot: Bot, questions: Iterable[Row], stories: Iterable[Row], dialogues: Iterable[Row]) -> Run:
    """Ask, tell and talk through every row, each in a conversation of its own."""
    stories = list(stories)
    read = {r.row["id"]: r for r in frames.measure(stories, bot.world)}
    return Run(
        tuple(q for row in questions for q in _asked(bot, row)),
        tuple(_told(bot, row, read.get(row["id"])) for row in stories),
        tuple(t for row in dialogues for t in _talked(bot, row)),
    )


def places_of(row: Row, served: Iterable[str]) -> list[str | None]:
    """Where a question is asked: its place, every place served where it names none, no place where it names another."""
    places = list(served)
    if row["place"] in places:
        return [row["place"]]
    return list(places) if row["place"] == "none" else [None]


def label_of(found: Understanding) -> str:
    """The topic or matter of the best class, or its intent where the class has neither."""
    return str(found.luohu["class"]).split(SEPARATOR, 1)[-1]


def _asked(bot: Bot, row: Row) -> Iterator[Question]:
    for place in places_of(row, bot.world.packs.by_jurisdiction):
        expected = row.get(f"expected_{place}") if place else None
        if row["answerable"] and not expected:
            continue  # the row says nothing about this place
        talk = Talk(bot, UNDATED, {"jurisdiction": place} if place else {})
        found, replies = talk.say(row["text"])
        reply = said(replies)
        yield Question(row, place, reply, mark_question(row, place, reply), label_of(found), float(found.luohu[_CONFIDENT]))


def _metadata(row: Row) -> dict[str, str]:
    given = {"jurisdiction": row["place"], "as_of": row.get("as_of")}
    return {key: value for key, value in given.items() if value}


def _told(bot: Bot, row: Row, frame: frames.Result | None) -> Story:
    _, replies = Talk(bot, day_of(row), _metadata(row)).say(row["story"])
    reply = said(replies)
    return Story(row, reply, verdict_of(row, reply), frame)


def _talked(bot: Bot, row: Row) -> Iterator[TurnTaken]:
    talk = Talk(bot, day_of(row), _metadata(row))
    place, person = row["place"], "self"
    for at, turn in enumerate(row["turns"]):
        place, person = turn.get("place", place), turn.get("person", person)
        _, replies = talk.say(turn["user"])
        reply = said(replies)
        verdict = verdict_of(turn, reply)
        wanted = None if turn["verdict"] is None else {turn["verdict"], *turn.get("accept", ())}
        kind: Any = turn["kind"]
        errors = None
        if turn["facts"] is not None:
            errors = _frame_errors(bot, talk, {**turn, "person": person, "also": turn.get("also", {})}, place)
        yield TurnTaken(
            row, at, reply, verdict, None if wanted is None else verdict in wanted, None if kind is None else kind in reply.kinds, errors
        )


def _frame_errors(bot: Bot, talk: Talk, turn: Row, place: str | None) -> tuple[str, ...]:
    if place is None:
        return ()
    told = talk.state.case.told
    known = [frames.Known(name, t.value, t.certainty) for name, t in told.items()]
    vocabulary = bot.world.vocabulary
    person = talk.state.person if told or talk.state.person != "self" else turn["person"]
    return frames.compare(turn, person, known, bot.world.packs.by_jurisdiction[place], vocabulary).errors
