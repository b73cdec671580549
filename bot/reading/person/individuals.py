"""Several people of one kind told apart: children and brothers or sisters by rank (老大 and 老二, 大的 and 小的) or by what they are
called (儿子 and 闺女, 哥 and 妹), elders by their place in the family (爸 and 妈).

They share one key (``child``, ``sibling``, ``kin.kinship``). What is told of one must not be read into the frame of another, so
what was told of the others is left out once it is known which of them moves, or is followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.reading.kin.kin_words import OLD
from bot.reading.kin.kinship import PRONOUN
from bot.reading.kin.ranks import WOMEN, YOUNGEST, Individual, said_of
from bot.reading.record.ledger import Claim, Ledger, Thing, names_of
from bot.reading.text.cues import cue

MANY = frozenset({"child", "sibling", "grandchild"}) | OLD
"""Relations of which somebody may have several."""


def only_those_meant(ledger: Ledger, people: Iterable[tuple[str, int]]) -> Ledger:
    """The ledger without what it tells of others of the same kind.

    ``people`` are keys of who is meant, each with the clause that says so (-1: the message as a whole).
    """
    for person, order in people:
        if order >= 0 and person.split("/")[-1] in MANY:
            ledger = _only(ledger, person, _singled_out(ledger, person, order))
    return ledger


def _singled_out(ledger: Ledger, person: str, order: int) -> int:
    """The clause that says which of several is meant, where the wish itself does not (儿子能落吗?…小的不用管,想迁的是老大)."""
    names = names_of(person)
    for n, clause in enumerate(ledger.clauses):
        meant = cue("individuals.the_one").search(clause.text)
        if meant and any(m.person in names and m.start == clause.start + meant.end() for m in ledger.people):
            return n
    return order


def _only(ledger: Ledger, person: str, order: int) -> Ledger:
    marks = _marks(ledger, person)
    known = {who for _, who in marks if who is not None}
    chosen = _at(marks, ledger.clauses[order].end - 1)
    if chosen is None or all(one.may_be(other) for one in known for other in known):
        return ledger
    names = names_of(person)

    def stays(entry: Claim | Thing) -> bool:
        if entry.person not in names:
            return True
        opening = next(c.start for c in ledger.clauses if c.sentence == ledger.clauses[entry.order].sentence)
        told = _at([mark for mark in marks if mark[0] >= opening], entry.start)  # a new sentence may be about any of them
        return told is None or chosen.may_be(told)

    return replace(
        ledger,
        claims=[c for c in ledger.claims if stays(c)],
        stands=[c for c in ledger.stands if stays(c)],
        homes=[t for t in ledger.homes if stays(t)],
        jobs=[t for t in ledger.jobs if stays(t)],
    )


Marks = list[tuple[int, Individual | None]]


def _at(marks: Marks, offset: int) -> Individual | None:
    """Who was named last before an offset; ``None`` for nobody or for all together."""
    return next((who for start, who in reversed(marks) if start <= offset), None)


def _marks(ledger: Ledger, person: str) -> Marks:
    """Which individual each mention of the person is, with its offset."""
    names = names_of(person)
    marks: Marks = []
    three = any(cue("individuals.three").search(c.text) for c in ledger.clauses)
    end = -2
    for m in ledger.people:
        if m.person not in names or cue("individuals.the_asker").search(m.words):
            continue
        said, before = said_of(m), [who for _, who in marks]
        beside, end = m.start == end + 1 and any(c.start < m.start < c.end for c in ledger.clauses), m.end
        if m.plural or beside or cue("individuals.several").search(m.words):
            who = None  # 大的跟小的都…
        elif m.relation == PRONOUN:
            fitting = [w for w in before if w is not None and _fits(m.words, w)]
            who = max(reversed(fitting), key=lambda w: sum(w.may_be(b) for b in fitting), default=None)
        elif said == Individual("", ""):
            who = before[-1] if before else None  # 孩子: whoever was spoken of
        else:
            apart = three and said.rank == YOUNGEST  # of three, the youngest is not the second
            like = next((w for w in reversed(before) if w is not None and w.may_be(said) and not (apart and w.rank == "二")), None)
            who = like.joined(said) if like is not None else said
        marks.append((m.start, who))
    return marks


def _fits(pronoun: str, who: Individual) -> bool:
    return not who.sort or not pronoun.startswith(("他", "她")) or pronoun.startswith("她") == (who.sort in WOMEN)
