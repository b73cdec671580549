"""Who wants to register where no clause says so: whoever sends the asker, is told of as one who moves, or is registered elsewhere."""

from __future__ import annotations

from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation
from bot.reading.move.gone_to import goes_with
from bot.reading.move.told_of import told_of
from bot.reading.move.wish import NEAR_KIN, Wish
from bot.reading.record.ledger import ONES_OWN, Ledger, along, things
from bot.reading.record.standing import (
    is_elsewhere,
    lodger,
    most_told,
    registered_away,
    registered_elsewhere,
    registered_here,
    settled_here,
    words_for,
)
from bot.reading.text.cues import cue

_ELDERS = frozenset({"parent", "grandparent", "parent_in_law"})
_A_TELLING = 3  # clauses from which on a message without a wish tells a case


# -- wishes that name no mover ---------------------------------------------------------------------------------------------
def of_the_sender(ledger: Ledger, found: list[Wish], plain: str) -> list[Wish]:
    """The wish of a message that names no mover but opens with somebody who has the asker ask (妹妹让我代她问): that one's."""
    first = next((m for m in ledger.people if m.relation not in (SELF, NOBODY, COUPLE)), None)
    if first is None or any(w.spoken for w in found) or first.person in (SELF, NOBODY) or not cue("people.sends").match(plain, first.end):
        return found
    followed = found[0].followed if found and found[0].followed != first.person else None
    relation = followed_relation(first.person, followed) if followed else None
    return [Wish(first.person, first.words, followed, relation, found[0].order if found else -1, True)]


def of_the_one_told_of(ledger: Ledger, found: list[Wish], plain: str) -> list[Wish]:
    """The wish of a message that names no mover, and tells of one relative as one who moves and nothing of the asker: that one's."""
    short = not found and len(ledger.clauses) < _A_TELLING
    if short or any(w.spoken or w.followed for w in found) or (person := told_of(ledger, plain)) is None:
        return found
    return [Wish(person, words_for(ledger, person), None, None, found[0].order if found else -1, True)]


def of_those_along(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes of a note that asks no more than whether it may be: of each relative told to live along (城区有房,岳父母同住,可否)."""
    if any(w.spoken or w.followed for w in found) or not ledger.clauses or not cue("wishes.may_it_be").fullmatch(ledger.clauses[-1].text):
        return found
    along_too = []
    for order, clause in enumerate(ledger.clauses):
        named = [m for m in ledger.people if clause.start <= m.start < clause.end]
        if len(named) != 1 or named[0].person in (SELF, COUPLE, NOBODY) or named[0].relation == PRONOUN:
            continue
        (one,) = named
        described = cue("wishes.described").fullmatch(clause.text[: one.start - clause.start])
        if described and cue("wishes.lives_along").fullmatch(clause.text, one.end - clause.start):
            along_too.append(Wish(one.person, one.words, SELF, followed_relation(one.person, SELF), order, True))
    return along_too or found


def of_one_fetched(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wish of the one relative told of whom the asker wants to fetch, or, with a home or work here, asks to (我在这买房了,能接来不)."""
    last = ledger.clauses[-1] if ledger.clauses else None
    if last is None or any(w.spoken and not w.guessed or w.followed for w in found):
        return found
    fetching = next((c for c in ledger.clauses if cue("wishes.to_fetch").fullmatch(c.text)), None)
    asked = cue("wishes.may_i_fetch").fullmatch(last.text) and (things(ledger.homes, SELF) or things(ledger.jobs, SELF))
    if fetching is None and not asked:
        return found
    near = {m.person for m in ledger.people if m.start < (fetching or last).start and m.relation != PRONOUN} - {SELF, COUPLE, NOBODY}
    if len(near) != 1 or (one := near.pop()) not in NEAR_KIN | _ELDERS:
        return found
    return [_to_the_asker(ledger, one)]


# -- no wish at all --------------------------------------------------------------------------------------------------------
def said_alone(ledger: Ledger, plain: str) -> list[Wish]:
    """The asker's wish where no clause tells one but says with whom (户口在…,跟谁呢?跟我媳妇)."""
    for m in ledger.people if cue("wishes.with_whom_asked").search(plain) else ():
        if m.relation not in (SELF, COUPLE, NOBODY, "pronoun") and m.person not in (SELF, COUPLE, NOBODY) and goes_with(ledger, m, plain):
            return [Wish(SELF, "", m.person, followed_relation(SELF, m.person), -1, False)]
    return []


def of_whom_it_tells(ledger: Ledger) -> list[Wish]:
    """The wish of a message that tells none: of the relative it can only be about, if there is one."""
    if (comer := _wants_to_come(ledger)) is not None:
        return [Wish(comer, words_for(ledger, comer), None, None, -1, True)]
    if (coming := _comes_by_name(ledger)) is not None:
        return [coming]
    told = most_told(ledger)
    if told is not None and not (registered_here(ledger, told.person) and is_elsewhere(ledger, SELF)):  # 我妈户口在这,我在外地
        return [Wish(told.person, told.words, None, None, -1, True)]
    if (away := _away_from_the_asker(ledger)) is not None:
        return [_to_the_asker(ledger, away)]
    return _of_a_guest(ledger) or _of_one_to_come(ledger) or _whether_too(ledger)


def _wants_to_come(ledger: Ledger) -> str | None:
    """The one relative told of, who wants to come, as a clause without a subject goes on (我岳父户口在村里,想来城里)."""
    others = [m for m in ledger.people if m.relation not in (NOBODY, PRONOUN)]
    last = ledger.clauses[-1] if ledger.clauses else None
    if last is None or not others or any(m.person != others[0].person for m in others) or others[0].start != 0:
        return None
    if others[0].person in (SELF, COUPLE, NOBODY) or not cue("wishes.wants_to_come").fullmatch(last.text):
        return None
    return others[0].person


def _comes_by_name(ledger: Ledger) -> Wish | None:
    """The wish of the one person who, by a clause that says no more, wants to come, to go there or back (俺爹想回村; 俺想过去)."""
    if len(ledger.clauses) == 1 or any(cue("wishes.goes_along").search(c.text) for c in ledger.clauses):
        return None
    found: dict[str, Wish] = {}
    for order, clause in enumerate(ledger.clauses):
        first = next((m for m in ledger.people if m.start == clause.start), None)
        if first is None or first.person in (COUPLE, NOBODY) or first.relation == PRONOUN or clause.hearsay:
            continue
        if cue("wishes.comes_or_goes").fullmatch(clause.text, first.end - clause.start):
            found.setdefault(first.person, Wish(first.person, first.words, None, None, order, True))
    one = next(iter(found.values())) if len(found) == 1 else None
    return None if one is not None and one.person != SELF and _asks_of_oneself(ledger) else one


def _asks_of_oneself(ledger: Ledger) -> bool:
    """Whether the message asks of whoever speaks (老公想回来,…,我符合条件吗)."""
    asking = [c for c in ledger.clauses if c.asks]
    return any(c.start == m.start for c in asking for m in ledger.people if m.relation == SELF)


def _to_the_asker(ledger: Ledger, mover: str) -> Wish:
    return Wish(mover, words_for(ledger, mover), SELF, followed_relation(mover, SELF), -1, True)


def _away_from_the_asker(ledger: Ledger) -> str | None:
    """The one relative registered elsewhere, where no wish is told and the asker has a home here (房子是我的,我媳妇户口在德州)."""
    homes = [t for t in things(ledger.homes, SELF) if t.kind & (ONES_OWN | {"rented"})]
    if not (settled_here(ledger, SELF) and homes) or registered_elsewhere(ledger, SELF):
        return None
    away = registered_away(ledger)
    return away if away in NEAR_KIN and len(ledger.clauses) > 1 else None


def _of_a_guest(ledger: Ledger) -> list[Wish]:
    """The wish of the child whose marriage is told and who lives with the asker, where no more is told of the asker (闺女没结婚,跟我住)."""
    guest = None if things(ledger.homes, SELF) or things(ledger.jobs, SELF) else lodger(ledger)
    others = {m.person for m in ledger.people} - {guest, SELF, COUPLE}
    if guest != "child" or others or not any(c.fact == "marital" for c in along(ledger, guest)):
        return []
    return [_to_the_asker(ledger, guest)]


def _of_one_to_come(ledger: Ledger) -> list[Wish]:
    """The wish of the elder who is to come and live with the asker, who has a home or the register here (我妈八十了要跟我住,我在这有房)."""
    if not settled_here(ledger, SELF) or registered_elsewhere(ledger, SELF):
        return []
    for m in ledger.people:
        clause = next(c for c in ledger.clauses if c.start <= m.start < c.end)
        if m.person in _ELDERS and cue("wishes.comes_to_live").match(clause.text, m.end - clause.start) and not clause.hearsay:
            return [_to_the_asker(ledger, m.person)]
    return []


def _whether_too(ledger: Ledger) -> list[Wish]:
    """The wish of the relative of whom it is asked whether they may come, behind a home or work of the asker's (我在这租房,我妈能来吗)."""
    last = ledger.clauses[-1] if ledger.clauses else None
    named = [m for m in ledger.people if last is not None and m.start >= last.start]
    if last is None or len(named) != 1 or named[0].owner not in (None, SELF) or named[0].person in (SELF, COUPLE, NOBODY):
        return []
    (one,) = named
    asked = one.start == last.start and cue("wishes.may_come_too").fullmatch(last.text, one.end - last.start)
    told = things(ledger.homes, SELF) or things(ledger.jobs, SELF)
    if not asked or not told or one.relation == "pronoun" or "/" in one.person:
        return []
    return [Wish(one.person, one.words, SELF, followed_relation(one.person, SELF), len(ledger.clauses) - 1, True)]
