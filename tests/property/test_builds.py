"""The shapes of messages in which residents tell who wants to move, and to whom: read right whoever the two are.

``told/builds.yml`` holds the shapes. Each is filled with relatives and places that a seeded chance draws, and is to give the
mover, what the one gone to is to the mover, every fact the shape tells, and none of whose it is that it does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from ruamel.yaml import YAML
from worlds import AS_OF, PACKS, VOCABULARY

from bot.eligibility.values import Choice, Places, Value
from bot.reading.kin.family import related
from bot.reading.kin.kinship import followed_relation
from bot.reading.reader import Reading, read

BUILDS: dict[str, Any] = YAML(typ="safe", pure=True).load((Path(__file__).parent / "told" / "builds.yml").read_text(encoding="utf-8"))
_HOMES = {pack.identity.jurisdiction.id: pack.identity.jurisdiction.place for pack in PACKS}
_EACH = 6  # messages of a shape
_SELF = "self"
_OWN = ("housing.kind", "work.status", "hukou.place", "kin.housing", "kin.hukou_here", "kin.work")
"""Facts that say whose something is: none of them may be read where the shape does not tell it."""
_WORKING = frozenset({"formal", "dispatched", "probation", "informal", "flexible", "self_employed"})
_NOT_OWNED = frozenset({"rented", "public_rental", "borrowed", "dormitory", "none"})

Person = tuple[str, str]  # the asker's word, and the relation
Row = Mapping[str, Any]


def people(group: str) -> list[Person]:
    return [(word, person) for person, words in BUILDS[group].items() for word in words]


def relation(mover: Person, followed: Person) -> str | None:
    """What the one gone to is to the mover; ``None`` where the words leave it open."""
    if _SELF in (mover[1], followed[1]):
        return followed_relation(mover[1], followed[1]) if mover[1] != followed[1] else None
    return related(mover[0][1:], followed[0][1:])


def pairs(row: Row) -> list[tuple[Person, Person]]:
    """Whom a shape can be told of: the asker moves (``s``), is gone to (``k``), or only asks (``kk``); ``alone`` goes to nobody."""
    who = row["who"].split()
    anybody = people("asker") + people("relatives")
    movers = people("asker") if "s" in who else people("relatives") if {"k", "kk", "nm"} & set(who) else anybody
    if "alone" in who:
        return [(mover, ("", "")) for mover in movers]
    goals = people("asker") if "k" in who else people("relatives") if {"kk", "s"} & set(who) else anybody
    found = [(m, f) for m in movers for f in goals if relation(m, f) is not None]
    # Two pronouns tell the two apart only where they differ.
    return [(m, f) for m, f in found if "pron" not in who or _SELF in (m[1], f[1]) or pronoun(m) != pronoun(f)]


def pronoun(person: Person) -> str:
    return "她" if person[0].endswith(tuple(BUILDS["women"])) else "他"


def messages(row: Row) -> Iterator[tuple[str, str, Person, Person, dict[str, str]]]:
    chance = Random(row["say"])
    for _ in range(_EACH):
        home = chance.choice(sorted(_HOMES))
        mover, followed = chance.choice(pairs(row))
        x, z = chance.sample(sorted(BUILDS["elsewhere"]), 2)
        p = chance.choice(sorted(BUILDS["here"][home]))
        named = {"X": x, "Z": z, "P": p}
        text = row["say"].format(
            M=mover[0], F=followed[0], Mb=mover[0][1:], Fb=followed[0][1:], m=pronoun(mover), f=pronoun(followed),
            D=chance.choice(BUILDS["others"]), **named,
        )
        yield home, text, mover, followed, named


def wrong(row: Row, reading: Reading, mover: Person, followed: Person, named: Mapping[str, str], home: str) -> list[str]:
    """What the reading has otherwise than the shape tells it."""
    alone = "alone" in row["who"].split()
    got = {f.fact: f.value for f in reading.facts}
    said = {f.fact for f in reading.facts if f.certainty != "presumed"}
    found = [] if (reading.person or _SELF) == mover[1] else [f"moves: {reading.person}"]
    if len(got) < len(reading.facts):
        found.append("a fact twice")
    if not alone and got.get("kin.relation") != Choice(frozenset({relation(mover, followed) or ""})):
        found.append(f"kin.relation: {got.get('kin.relation')}")
    for fact, token in row["facts"].items():
        if not fits(got.get(fact), str(token), named, home):
            found.append(f"{fact}: {got.get(fact)} for {token}")
    told = {*row["facts"], *(f for f in _OWN if alone and f.startswith("kin."))}
    guest = got.get("housing.kind") == Choice(frozenset({"borrowed"}))  # who lives with a relative
    found += [f"{fact}: told by nobody" for fact in _OWN if fact in said and fact not in told and not (fact == "housing.kind" and guest)]
    return found


def fits(value: Value | None, token: str, named: Mapping[str, str], home: str) -> bool:
    if token in named:
        paths = BUILDS["elsewhere"].get(named[token]) or BUILDS["here"][home].get(named[token])
        return isinstance(value, Places) and value.include <= {*([paths] if isinstance(paths, str) else paths)}
    if not isinstance(value, Choice):
        return False
    if token == "work":
        return value.values <= _WORKING
    return value.values <= _NOT_OWNED if token == "no_home" else value.values == {token}


@pytest.mark.parametrize("row", BUILDS["builds"], ids=lambda row: row["say"])
def test_a_shape_is_read_right_whoever_it_is_told_of(row: Row) -> None:
    for home, text, mover, followed, named in messages(row):
        reading = read(text, as_of=AS_OF, home=_HOMES[home], vocabulary=VOCABULARY)
        assert wrong(row, reading, mover, followed, named, home) == [], text
