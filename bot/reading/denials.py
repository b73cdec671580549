"""Several things denied with one word (证书职称统统没有; 亲人、楼、租的屋一概没有): each of them is denied, and none is told of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ruamel.yaml import YAML

from bot.eligibility.values import Choice
from bot.paths import LEXICON
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import ONES_OWN, Claim, Passage, Spot, Thing
from bot.reading.text.classes import expanded
from bot.reading.text.cues import cue
from bot.reading.text.expressions import compiled

FILE = LEXICON / "denials.yml"
_HOMES = {
    "owned": ONES_OWN,
    "rented": frozenset({"rented"}),
    "public": frozenset({"public_rental"}),
    "any": ONES_OWN | {"rented", "public_rental", "borrowed", "dormitory"},
}
_KIN = "kin.relation"


@dataclass(frozen=True)
class Denial:
    """What it means that there is none of a thing: facts with their values, a kind of work and kinds of dwelling there are none of."""

    word: re.Pattern[str]
    facts: tuple[tuple[str, frozenset[str]], ...]
    movers: bool
    job: frozenset[str]
    home: frozenset[str]


@dataclass(frozen=True)
class _Lists:
    all_denied: re.Pattern[str]
    named: re.Pattern[str]
    none_alone: re.Pattern[str]
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
            compiled(expanded(str(row["word"]))),
            tuple((fact, frozenset(value if isinstance(value, list) else [str(value)])) for fact, value in row.get("facts", {}).items()),
            row.get("about") == "mover",
            frozenset(row.get("job", [])),
            _HOMES[row["home"]] if "home" in row else frozenset(),
        )
        for row in raw["things"]
    )
    listed = f"(?:{named}{joint})+"
    return _Lists(
        compiled(f"(?:{ahead})|(?:{behind})"),
        compiled(listed),
        compiled(expanded(str(raw["none_alone"]))),
        compiled(expanded(str(raw["unless"]))),
        things,
    )


def read_denied_list(passage: Passage) -> None:
    """Enter the denial of everything that a clause lists before 都没有 or after 没有."""
    clause, lists = passage.clause, _lists()
    for found in lists.all_denied.finditer(clause.text):
        around = clause.text[max(0, found.start() - 4) : found.end() + 4]
        if lists.unless.search(around) or clause.planned(found.start()) or clause.asks:
            continue
        if cue("insurance.unclear").match(clause.text, found.end() - 1):
            continue  # 合同社保这些我没|弄明白
        start, end = clause.start + found.start(), clause.start + found.end()
        person = passage.carried if _nobodies(passage, start, end) else passage.who(found.start())
        if person == NOBODY:
            continue
        listed = [thing for thing in lists.things if thing.word.search(found.group())]
        _forget(passage, listed, start, end)
        for thing in listed:
            for fact, value in thing.facts:
                known = any(c.fact == fact and c.person == person and c.order == passage.order for c in passage.ledger.claims)
                if not known:
                    claim = Claim(person, fact, Choice(value), start, end, passage.order, clause.hedged, thing.movers)
                    passage.ledger.claims.append(claim)
            working = any(t.person == person and (t.order == passage.order or t.kind - {"none"}) for t in passage.ledger.jobs)
            if thing.job and not working:  # 跑网约车的,没有单位没有社保: a job all the same
                passage.ledger.jobs.append(Thing(person, thing.job, frozenset(), Spot(), start, end, passage.order))
        _no_home(passage, person, listed, start, end)


def read_none_of_these(passage: Passage) -> None:
    """Enter the denial of what the clause before only lists (职称、技能证、留学,样样没有; 得有社保和合同,我两样全无)."""
    clause, order, lists = passage.clause, passage.order, _lists()
    if not order or clause.asks or not lists.none_alone.fullmatch(clause.text):
        return
    if passage.subject != passage.carried:
        return  # 闺女有房有社保,我啥都没有: an echo, which leaves hers
    before = passage.ledger.clauses[order - 1]
    listed = max(lists.named.finditer(before.text), key=lambda m: m.end() - m.start(), default=None)
    if listed is None or before.asks:
        return
    found = [thing for thing in lists.things if thing.word.search(listed.group())]
    start, end = before.start + listed.start(), before.start + listed.end()
    person = passage.carried if passage.carried != NOBODY else SELF
    _forget(passage, found, start, end)
    for thing in found:
        for fact, value in thing.facts:
            passage.ledger.claims.append(Claim(person, fact, Choice(value), start, end, order, clause.hedged, thing.movers))


def _nobodies(passage: Passage, start: int, end: int) -> bool:
    """Whether relatives are among the things listed: they are people there are none of."""
    people = passage.ledger.people
    inside = [i for i, m in enumerate(people) if start <= m.start < end and m.owner is None and m.relation not in (SELF, COUPLE)]
    for i in inside:
        people[i] = replace(people[i], person=NOBODY, relation=NOBODY)
    return bool(inside)


def _forget(passage: Passage, listed: list[Denial], start: int, end: int) -> None:
    """Drop what other readers took for dwellings, jobs and papers among the things listed (租的屋一概没有, 技能证和资格证都没有)."""
    denied = dict(fact for thing in listed for fact in thing.facts)
    claims = passage.ledger.claims
    claims[:] = [c for c in claims if not (start <= c.start < end and c.fact in denied and c.value != Choice(denied[c.fact]))]
    for entries in (passage.ledger.homes, passage.ledger.jobs):
        entries[:] = [t for t in entries if not (start <= t.start < end and t.kind - {"none"})]


def _no_home(passage: Passage, person: str, listed: list[Denial], start: int, end: int) -> None:
    """Enter the kinds of dwelling there are none of; who names home and kin, or both sorts of home, has none at all (没房没亲)."""
    kinds = frozenset().union(*(thing.home for thing in listed))
    if not kinds:
        return
    nothing = kinds >= ONES_OWN and ("rented" in kinds or any(fact == _KIN for thing in listed for fact, _ in thing.facts))
    kind = frozenset({"none"}) if nothing else frozenset[str]()
    deny, spot = (frozenset[str](), passage.where) if nothing else (kinds, Spot())
    passage.ledger.homes.append(Thing(person, kind, deny, spot, start, end, passage.order, passage.clause.hedged))
