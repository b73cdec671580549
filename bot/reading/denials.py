"""Several things denied with one word (证书职称统统没有; 房子社保啥都没有): each of them is denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from bot.eligibility.values import Choice
from bot.paths import LEXICON
from bot.reading.classes import expanded
from bot.reading.ledger import Claim, Passage, Spot, Thing
from bot.reading.people import NOBODY

FILE = LEXICON / "denials.yml"


@dataclass(frozen=True)
class Denial:
    """What it means that there is none of a thing: facts with their values, and what work and dwelling that leaves."""

    word: re.Pattern[str]
    facts: tuple[tuple[str, frozenset[str]], ...]
    job: frozenset[str]
    home: frozenset[str]


@dataclass(frozen=True)
class _Lists:
    all_denied: re.Pattern[str]
    unless: re.Pattern[str]
    things: tuple[Denial, ...]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    raw = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    words = "|".join(str(row["word"]) for row in raw["things"])
    named = expanded(f"(?:{words})")
    joint = str(raw["joint"])
    ahead = f"{named}(?:{joint}{named})+{expanded(str(raw['none_after']))}"
    none = expanded(str(raw["none_before"]))
    behind = f"{none}{named}(?:{joint}(?:{none})?{named})+"
    things = tuple(
        Denial(
            re.compile(expanded(str(row["word"]))),
            tuple((fact, frozenset(value if isinstance(value, list) else [str(value)])) for fact, value in row.get("facts", {}).items()),
            frozenset(row.get("job", [])),
            frozenset({row["home"]} if "home" in row else ()),
        )
        for row in raw["things"]
    )
    return _Lists(re.compile(f"(?:{ahead})|(?:{behind})"), re.compile(expanded(str(raw["unless"]))), things)


def read_denied_list(passage: Passage) -> None:
    """Enter the denial of everything that a clause lists before 都没有 or after 没有."""
    clause, lists = passage.clause, _lists()
    for found in lists.all_denied.finditer(clause.text):
        around = clause.text[max(0, found.start() - 4) : found.end() + 4]
        if lists.unless.search(around) or clause.planned(found.start()) or clause.asks:
            continue
        listed = any(m.start == clause.start + found.start() for m in passage.mentions)  # 亲戚、房子都没有: of the speaker
        person = passage.carried if listed else passage.who(found.start())
        if person == NOBODY:
            continue
        start, end = clause.start + found.start(), clause.start + found.end()
        for thing in lists.things:
            if not thing.word.search(found.group()):
                continue
            for fact, value in thing.facts:
                known = any(c.fact == fact and c.person == person and c.order == passage.order for c in passage.ledger.claims)
                if not known:
                    passage.ledger.claims.append(Claim(person, fact, Choice(value), start, end, passage.order, clause.hedged))
            if thing.job:  # 工作和住处都没影: the work named in the list is none
                passage.ledger.jobs[:] = [t for t in passage.ledger.jobs if not (t.order == passage.order and start <= t.start < end)]
            working = any(t.person == person and (t.order == passage.order or t.kind - {"none"}) for t in passage.ledger.jobs)
            if thing.job and not working:  # 跑网约车的,没有单位没有社保: a job all the same
                passage.ledger.jobs.append(Thing(person, thing.job, frozenset(), Spot(), start, end, passage.order))
            if thing.home and not any(t.person == person and t.kind - {"none"} for t in passage.ledger.homes):
                passage.ledger.homes.append(Thing(person, thing.home, frozenset(), Spot(), start, end, passage.order))
