"""Ages, and what makes someone a minor."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.kin.kin_words import OFFSPRING, RANKED
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.schooled import schooled
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_AGE = cue("ages.age")


_BARE_AGE = cue("ages.bare_age")


_AFTER_NAME = cue("ages.after_name")


_MINOR = group("ages.minor")
_MINOR_WORDS = cue("ages.minor_words")


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}


_COUNTED = RANKED | {PRONOUN}
"""Of whom a bare number behind the word for them is an age (儿子17, 他17)."""


def age_of(words: str) -> int | None:
    """The number of years in an age (七, 三十五, 六十八, 81), or ``None``."""
    if words.isdigit():
        return int(words)
    if "十" in words:
        tens, _, ones = words.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    value = 0
    for c in words:
        if c not in _DIGITS:
            return None
        value = value * 10 + _DIGITS[c]
    return value


def _stage(years: int) -> str:
    return "minor" if years < 16 else "youth" if years < 18 else "adult"


def read_age(ledger: Ledger, clause: Clause, order: int, who: Who) -> None:
    """Enter the ages the clause tells, as ``minor`` (under 16), ``youth`` or ``adult``."""
    for match in _AGE.finditer(clause.text):
        if cue("ages.age_then").match(clause.text[match.end() :]):
            continue
        if cue("ages.back_then").match(clause.text, match.end()) and who(match.start()) in (SELF, COUPLE):
            continue
        age = age_of(match.group(1) or match.group(2))
        if age is None or (match.group().endswith("大") and cue("ages.months").search(match.group())):
            age = 0 if cue("ages.months").search(match.group()) else age
        if age is not None:
            person = _described(ledger, clause, match.end()) or who(match.start())
            ledger.claims.append(
                Claim(
                    person,
                    "age",
                    Choice(frozenset({_stage(age)})),
                    clause.start + match.start(),
                    clause.start + match.end(),
                    order,
                )
            )
    people = [m for m in ledger.people if clause.start <= m.start < clause.end]
    for named in people:
        told = _AFTER_NAME.match(clause.text, named.end - clause.start) if named.relation in _COUNTED else None
        stage = _stage(grown_to) if told and (grown_to := age_of(told.group(1))) is not None else None
        if told and stage:
            span = (clause.start + told.start(), clause.start + told.end())
            ledger.claims.append(Claim(named.person, "age", Choice(frozenset({stage})), *span, order))
    tail = clause.text[people[-1].end - clause.start :] if people else clause.text
    bare = _BARE_AGE.match(tail) or _BARE_AGE.search(clause.text)
    if (
        bare
        and not any(c.order == order and c.fact == "age" for c in ledger.claims)
        and (people or len(clause.text) < 6 or cue("ages.only_an_age").fullmatch(clause.text))
        and (years := age_of(bare.group(1))) is not None
    ):
        person = who(len(clause.text) - 1)
        ledger.claims.append(
            Claim(
                person,
                "age",
                Choice(frozenset({_stage(years)})),
                clause.start,
                clause.end,
                order,
            )
        )
    _read_stage(ledger, clause, order, who, people)


def _described(ledger: Ledger, clause: Clause, end: int) -> str | None:
    """Whose age it is that stands right before their name (带着个五岁的|小子), by the offset it ends at."""
    link = cue("ages.before_name").match(clause.text, end)
    at = clause.start + link.end() if link else -1
    named = next((m for m in ledger.people if m.start == at), None)
    return named.person if named is not None and named.relation not in (SELF, COUPLE, NOBODY, PRONOUN) else None


def _read_stage(ledger: Ledger, clause: Clause, order: int, who: Who, people: list[Mention]) -> None:
    """Enter a stage of life the clause tells with no number: at school, grown up."""
    m = _MINOR_WORDS.search(clause.text)
    if m and not cue("ages.not_at_school").search(clause.text) and not cue("ages.schooled_then").search(clause.text):
        if _is_a_grandchild(ledger, people, order, clause.start + m.start()):
            return
        person = schooled(clause, people, m.start()) or who(m.start())
        if m.group() in _MINOR and person in (SELF, COUPLE):
            person = "child"
        ledger.claims.append(Claim(person, "age", Choice(frozenset({"minor"})), clause.start + m.start(), clause.start + m.end(), order))
    grown = cue("ages.adult_words").search(clause.text)
    if grown and not m and not clause.planned(grown.start()):
        who_grew = who(grown.start())
        ledger.claims.append(
            Claim(who_grew, "age", Choice(frozenset({"adult"})), clause.start + grown.start(), clause.start + grown.end(), order)
        )


def _is_a_grandchild(ledger: Ledger, people: list[Mention], order: int, at: int) -> bool:
    """Whether 孩子 with nothing before it is the child of a grown child told of before (大儿在东昌府区上班,孩子都上初中了)."""
    pupil = next((m for m in reversed(people) if m.start < at), None)
    if pupil is None or pupil.words not in OFFSPRING or pupil.owner is not None:
        return False
    before = [m for m in ledger.people if m.end <= pupil.start and m.relation == "child" and m.words not in OFFSPRING]
    if not before:
        return False
    works = any(t.person == "child" and t.order < order for t in [*ledger.jobs, *ledger.homes])
    if works or any(cue("ages.ranked").match(m.words) for m in before):
        return True
    told = (c.text for m in before for c in ledger.clauses if c.start <= m.start < c.end)
    return any(cue("ages.set_up").search(text) for text in told)
