"""Whose fact it is: what is told of the one who moves and of the one followed, in any order, gives the frame of the plain telling.

The messages are composed of ``told/whose.yml``.  Plainly told is: every clause with its subject, first of the mover, then of the followed,
then the wish.  As the verdict depends on the frame alone, a frame that stays leaves the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from ruamel.yaml import YAML
from worlds import AS_OF, PACKS, VOCABULARY

from bot.eligibility.values import Value
from bot.reading.reader import Reading, read

_TOLD: dict[str, Any] = YAML(typ="safe", pure=True).load((Path(__file__).parent / "told" / "whose.yml").read_text(encoding="utf-8"))
_HOMES = {pack.identity.jurisdiction.id: pack.identity.jurisdiction.place for pack in PACKS}
_ME = ("我", "我")
_MESSAGES = 12  # of each relative, direction and document
_AT_MOST = 3  # clauses of each of the two
_STOPS = "，，，。"

Row = dict[str, Any]
Clauses = list[tuple[str, str]]  # who it is of (mover, followed, wish) and the clause


def said(place: str, text: str) -> tuple[Reading, dict[str, Value]]:
    reading = read(text, as_of=AS_OF, home=_HOMES[place], vocabulary=VOCABULARY)
    return reading, {r.fact: r.value for r in reading.facts}


def some(rows: list[Row], person: str, chance: Random) -> list[Row]:
    """A few clauses of different kinds that can be told of a person together."""
    kept: list[Row] = []
    for row in chance.sample(rows, len(rows)):
        joined = any(row.get("unless") == k["say"] or k.get("unless") == row["say"] for k in kept)
        if joined or any(k["kind"] == row["kind"] for k in kept) or person in row.get("not_of", ()):
            continue
        kept.append(row)
        if len(kept) == chance.randint(1, _AT_MOST):
            break
    return kept


def in_some_order(mover: list[Row], followed: list[Row], wish: Row, chance: Random) -> Clauses | None:
    """The clauses of both in one order, the wish among them; ``None`` where a wish that names no mover has no place."""
    told = [("mover", row["say"]) for row in mover] + [("followed", row["say"]) for row in followed]
    if chance.random() < 0.5:
        chance.shuffle(told)
    elif chance.random() < 0.5:
        told.reverse()
    gaps = [gap for gap in range(len(told) + 1) if not wish.get("bare") or gap and told[gap - 1][0] == "mover"]
    if not gaps:
        return None
    gap = chance.choice(gaps)
    return [*told[:gap], ("wish", wish["say"]), *told[gap:]]


def tell(told: Clauses, names: dict[str, tuple[str, str]], relative: Sequence[str], chance: Random) -> str:
    """The message: a subject wherever the person changes, the name or the pronoun; behind that the name again, a pronoun, or none."""
    text, before, named = "", "", False
    later = chance.choice(["none", "pronoun", "name"])
    for who, clause in told:
        stop = chance.choice(_STOPS) if who != before else "，"
        if who == "wish":
            words, named = clause.format(m=relative[0], o=relative[3]), True
        else:
            name, pronoun = names[who]
            subject = pronoun if named and later == "pronoun" else name
            if who == before:
                subject = {"none": "", "pronoun": pronoun, "name": name}[later]
            words = clause.format(s=subject).removeprefix("的")
            named = named or name == relative[0]
        text += (stop if text else "") + words
        before = who
    return text


def messages(place: str, way: str, relative: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Messages and their plain tellings."""
    chance = Random(f"{place} {way} {relative[0]}")
    theirs = (relative[0], relative[3])
    names = {"mover": theirs, "followed": _ME} if way == "to_the_asker" else {"mover": _ME, "followed": theirs}
    for _ in range(_MESSAGES):
        wish = chance.choice(_TOLD["wishes"][way])
        mover = some(_TOLD["of_the_mover"], relative[1] if way == "to_the_asker" else "", chance)
        followed = some(_TOLD["of_the_followed"][place], "", chance)
        order = in_some_order(mover, followed, wish, chance)
        if order is None or wish.get("pronoun") and not any(names[w] == theirs for w, _ in order[: [w for w, _ in order].index("wish")]):
            continue
        plainly = [r["say"].format(s=names["mover"][0]) for r in mover] + [r["say"].format(s=names["followed"][0]) for r in followed]
        wanted = f"{relative[0]}想投靠我" if way == "to_the_asker" else f"我想投靠{relative[0]}"
        yield tell(order, names, relative, chance), "，".join([*plainly, wanted])


@pytest.mark.parametrize("relative", _TOLD["relatives"], ids=lambda r: r[0])
def test_in_any_order_the_frame_is_that_of_the_plain_telling(relative: Sequence[str]) -> None:
    wrong = []
    for place, way in product(_HOMES, _TOLD["wishes"]):
        person, relation = (relative[1], relative[2]) if way == "to_the_asker" else ("self", relative[1])
        for text, plainly in messages(place, way, relative):
            (reading, facts), (_, wanted) = said(place, text), said(place, plainly)
            if "kin.hukou_here" not in wanted:  # to be put on somebody's register tells of one; to follow somebody does not
                facts.pop("kin.hukou_here", None)
            relations = getattr(wanted.get("kin.relation"), "values", ())
            if (reading.person or "self") != person or facts != wanted or relation not in relations or reading.wishes:
                differ = {f: (wanted.get(f), facts.get(f)) for f in {*facts, *wanted} if facts.get(f) != wanted.get(f)}
                wrong.append((text, reading.person, differ, [w.person for w in reading.wishes]))
    assert not wrong


def dropped(place: str, relative: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Messages whose asker is told of with no subject, behind what is told of the relative; and the same with 我."""
    chance = Random(f"{place} {relative[0]}")
    rows = [r for r in _TOLD["of_the_followed"][place] if not r.get("lets")]
    standing = [chance.choice([r for r in rows if r["kind"] == kind]) for kind in ("register", "home", "work")]
    theirs = [row["say"].format(s="" if n else relative[0]).removeprefix("的") for n, row in enumerate(standing)]
    for row, goal in product(_TOLD["dropped"], _TOLD["goals"]):
        if relative[1] in row.get("of", [relative[1]]):
            own = chance.choice([[row["say"]], [goal, row["say"]], [row["say"], goal]])
            end = chance.choice(_TOLD["ends"])
            short, plainly = ("，".join([*theirs, *(c.format(s=me, o=relative[3]) for c in own), end]) for me in ("", "我"))
            yield short, plainly


@pytest.mark.parametrize("relative", _TOLD["relatives"], ids=lambda r: r[0])
def test_what_cannot_be_the_relatives_is_the_askers_though_no_subject_says_so(relative: Sequence[str]) -> None:
    wrong = []
    for place in _HOMES:
        for text, plainly in dropped(place, relative):
            (reading, facts), (_, wanted) = said(place, text), said(place, plainly)
            if (reading.person or "self") != "self" or facts != wanted:
                wrong.append((text, reading.person, {f for f in {*facts, *wanted} if facts.get(f) != wanted.get(f)}))
    assert not wrong


def test_two_who_move_are_both_heard() -> None:
    wrong = []
    rows = [r for r in _TOLD["relatives"] if r[0][0] == "我"]
    for a, b in product(rows, rows):
        if a[1] == b[1]:
            continue
        for text in _TOLD["two_movers"]["two_relatives"]:
            message = text.format(a=a[0], b=b[0])
            reading, _ = said("linzi", message)
            if [reading.person, *(w.person for w in reading.wishes)] != [a[1], b[1]]:
                wrong.append((message, reading.person, [w.person for w in reading.wishes]))
    for b, text in product(rows, _TOLD["two_movers"]["asker_and_relative"]):
        message = text.format(b=b[0])
        reading, _ = said("linzi", message)
        if [reading.person, *(w.person for w in reading.wishes)] != ["self", b[1]]:
            wrong.append((message, reading.person, [w.person for w in reading.wishes]))
    assert not wrong
