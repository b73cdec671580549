"""Who wants to register and whom they follow, read from the clauses that speak of moving a register."""

from __future__ import annotations

from dataclasses import dataclass

from bot.eligibility.values import Choice, Places
from bot.reading.builder import at_home
from bot.reading.clauses import Clause
from bot.reading.cues import cue
from bot.reading.ledger import Ledger, along, things
from bot.reading.people import COUPLE, NOBODY, SELF, Mention, followed_relation, kin


@dataclass(frozen=True)
class Wish:
    """One person who wants to register: who (seen from the asker), the words, and the one followed, if any was said."""

    person: str
    words: str
    followed: str | None
    relation: str | None
    order: int
    spoken: bool  # whether the words name the mover, rather than leaving it to the context


MOVE = cue("wishes.move")
WANT = cue("wishes.want")
_FOLLOW = cue("wishes.follow")
_SIDE = cue("wishes.side")
_SPEAKS = cue("wishes.speaks")
_WITH_FAMILY = cue("wishes.with_family")
_PAST_MOVE = cue("wishes.past_move")


def _mentions(ledger: Ledger, clause: Clause) -> list[Mention]:
    return [m for m in ledger.people if clause.start <= m.start < clause.end]


def _key(mention: Mention, mover: str, ledger: Ledger | None = None) -> str:
    """The followed person's key once the mover is known: a bare 爷爷 beside a granddaughter is hers."""
    person = mention.person
    if mention.relation == "pronoun":
        return person
    if mover not in (SELF, COUPLE) and mention.relation not in (SELF, COUPLE):
        inverse = kin().inverse.get(mover)
        own_side = mention.words[:2] in ("我们", "俺们", "咱们", "我俩", "俺俩") or "这个" in mention.words  # 让奶奶投靠我这个孙子
        if mention.owner == SELF and own_side and inverse == mention.relation:
            return SELF
        if (
            mention.bare
            and inverse == mention.relation
            and ledger is not None
            and (any(c.person in (SELF, COUPLE) for c in ledger.stands) or any(t.person in (SELF, COUPLE) for t in ledger.homes))
        ) and not any(m.relation == mention.relation and m.owner not in (None, SELF) for m in ledger.people):
            return SELF
        if mention.bare and "/" not in person:
            return f"{mover}/{mention.relation}"
    return SELF if person == COUPLE else person


def find_wishes(ledger: Ledger, plain: str) -> list[Wish]:
    """Every person the message wants registered, in order; at least one entry where any clause speaks of moving a register."""
    found: list[Wish] = []
    for match in cue("wishes.on_behalf").finditer(plain):
        for m in ledger.people:
            if (
                (m.start == match.end() and cue("wishes.then_asks").match(plain[m.end :]) and m.person not in (SELF, NOBODY, COUPLE))
                and match.group() != "是"
                and m.relation != "pronoun"
            ):
                found.append(Wish(m.person, m.words, None, None, -1, True))
    for order, clause in enumerate(ledger.clauses):
        if clause.hearsay and not cue("wishes.the_asker").search(clause.text):
            continue
        move = MOVE.search(clause.text)
        if not move:
            continue
        if cue("wishes.booklet").search(clause.text[move.start() : move.end() + 1]):
            continue  # 办家庭户口簿 moves nobody
        if cue("wishes.not_moving").search(clause.text) and not clause.asks:
            continue  # 她爸妈不迁
        if _PAST_MOVE.search(clause.text) and not cue("wishes.wishes_on").search(clause.text):
            continue
        went_on = bool(found) and order > 0 and found[-1].order == order - 1 and ledger.clauses[order - 1].sentence == clause.sentence
        if not WANT.search(clause.text) and not clause.asks and not went_on:
            continue
        mentions = _mentions(ledger, clause)
        mover, words, spoken, at = _mover(ledger, clause, order, mentions, move.start(), plain)
        beside = _beside(mentions, at, plain)
        followed = _followed(ledger, clause, [m for m in mentions if m not in beside], mover, plain, at)
        if mover == NOBODY:
            continue
        if not spoken and found:
            last = found[-1]
            if followed and not last.followed and followed != last.person:
                key = followed
                found[-1] = Wish(last.person, last.words, key, _relation(last.person, key), order, last.spoken)
            continue
        for person, said in ((mover, words), *((m.person, m.words) for m in beside)):
            found.append(Wish(person, said, followed, _relation(person, followed) if followed else None, order, spoken))
    found = _asked_alone(ledger, found)
    if (named := _kind_of_following(ledger, plain)) is not None and (not found or not any(w.spoken for w in found)):
        mover, followed = named
        return [Wish(mover, _words(ledger, mover), followed, _relation(mover, followed), -1, mover != SELF)]
    engaged = any(m.relation == "fiance" for m in ledger.people)
    if cue("wishes.couple_follows").search(plain) and not engaged and (not found or found[0].person == SELF and found[0].followed is None):
        if _registered_here(ledger, SELF) and not _registered_here(ledger, "spouse"):
            return [Wish("spouse", _words(ledger, "spouse"), SELF, "spouse", -1, True), *found[1:]]
        return [Wish(SELF, "", "spouse", "spouse", -1, bool(found) and found[0].spoken), *found[1:]]
    if not found and (told := _most_told(ledger)) is not None:
        found.append(Wish(told.person, told.words, None, None, -1, True))
    return found


_JOINED = cue("wishes.joined")


def _beside(mentions: list[Mention], at: int, plain: str) -> list[Mention]:
    """The relatives named together with the one who moves (把老婆和我妹妹的户口都迁来)."""
    found: list[Mention] = []
    last = next((m for m in mentions if m.start == at and m.relation not in (SELF, COUPLE, NOBODY)), None)
    for m in mentions:
        if last is not None and m.start >= last.end and m.relation not in (SELF, COUPLE, NOBODY, "pronoun"):
            if not _JOINED.fullmatch(plain[last.end : m.start]):
                break
            if m.person != last.person:
                found.append(m)
            last = m
    return found


_ENOUGH = 3  # facts told of a relative, and none of the asker, make the relative the one asked about


def _most_told(ledger: Ledger) -> Mention | None:
    """The relative a message without any wish is about: the one it tells a register or several facts of, where the asker tells none."""
    if any(c.fact == "hukou.place" for c in along(ledger, SELF)) or len(ledger.clauses) < 2:
        return None
    lodger = _lodger(ledger)
    best: tuple[int, Mention] | None = None
    for m in ledger.people:
        if m.relation in (COUPLE, NOBODY, "pronoun", SELF) or m.person in (SELF, NOBODY):
            continue
        claims = along(ledger, m.person)
        told = len({c.fact for c in claims} | {"job" for t in things(ledger.jobs, m.person) if t.kind})
        register = any(c.fact == "hukou.place" for c in claims)
        if (register or told >= _ENOUGH) and (lodger == m.person or _silent(ledger)) and (best is None or told > best[0]):
            best = (told, m)
    return best[1] if best else None


def _asked_alone(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """Only the wish that the message says it is about (我就问老伴能不能落), where it names a mover; otherwise every wish."""
    alone = [w for w in found if w.spoken and w.order >= 0 and cue("wishes.asks_only").search(ledger.clauses[w.order].text)]
    return alone[-1:] or found


def _kind_of_following(ledger: Ledger, plain: str) -> tuple[str, str] | None:
    """Mover and followed of a following named by its kind (父母投靠子女那条), where the message tells of the one relative it can mean.

    The asker is the one or the other: whoever of the two is told to be registered elsewhere moves.
    """
    for kind, mover, followed in _KINDS:
        if not kind.search(plain):
            continue
        told = any(c.fact == "hukou.place" for c in along(ledger, SELF))
        if any(m.person == mover for m in ledger.people) and (not told or _registered_here(ledger, SELF)):
            here = along(ledger, mover)
            if any(c.fact in ("hukou.place", "marital", "age") for c in here) or _lives_here(ledger, SELF):
                return mover, SELF
        if any(m.person == followed for m in ledger.people):
            return SELF, followed
    return None


_KINDS = ((cue("wishes.parents_to_child"), "parent", "child"), (cue("wishes.child_to_parents"), "child", "parent"))


def _registered_here(ledger: Ledger, person: str) -> bool:
    """Whether somebody's register is told to be in the jurisdiction already."""
    own = along(ledger, person)
    here = any(c.fact == "hukou.place" and isinstance(c.value, Places) and at_home(c.value, ledger.home) for c in own)
    return here or any(c.fact == "hukou_here" for c in own)


def _lives_here(ledger: Ledger, person: str) -> bool:
    return bool(things(ledger.homes, person)) or _has_register_here(ledger, person)


def _relation(mover: str, followed: str) -> str:
    return followed_relation(mover, followed)


def _mover(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention], at: int, plain: str) -> tuple[str, str, bool, int]:
    """Who the clause wants moved, the words, whether they were said, and where."""
    for m in mentions:
        before = plain[clause.start : m.start]
        if _SPEAKS.match(plain, m.end) and m.relation not in (SELF, COUPLE):
            continue
        if cue("wishes.let").search(before) and m.relation not in (SELF, COUPLE, NOBODY) and m.start < clause.start + at:
            return m.person, _words(ledger, m.person) or m.words, True, m.start
        if cue("wishes.take").search(before) and m.relation != NOBODY:
            if m.relation == SELF:
                return SELF, m.words, True, m.start
            if _WITH_FAMILY.search(clause.text[m.end - clause.start :]) and not _has_register_here(ledger, SELF):
                return SELF, "我", True, m.start
            return m.person, m.words if m.relation != "pronoun" else _words(ledger, m.person) or m.words, True, m.start
    for m in mentions:
        before = plain[clause.start : m.start]
        if (
            cue("wishes.let_or_fetch").search(before) and m.start < clause.start + at + 4 and m.relation not in (NOBODY, SELF, COUPLE)
        ) and (not cue("wishes.give").search(before) or MOVE.search(plain[m.end : clause.end])):
            return m.person, m.words if m.relation != "pronoun" else _words(ledger, m.person) or m.words, True, m.start
    for m in mentions:
        before = plain[clause.start : m.start]
        if m.start >= clause.start + max(at, 1) + 2 and m.start > clause.start:
            break
        if cue("wishes.accompanied").search(before):
            if cue("wishes.with_end").search(before) and cue("wishes.asker_end").search(before[:-1]):
                return SELF, "我", True, m.start
            continue
        after = plain[m.end : m.end + 2]
        if cue("wishes.this_end").match(after) and m.relation in (SELF, "pronoun"):
            continue
        if m.relation == NOBODY:
            if MOVE.search(plain[m.end : clause.end]):
                return NOBODY, m.words, True, m.start
            continue
        if m.relation not in (SELF, COUPLE, "pronoun") and cue("wishes.their_side").match(plain[m.end :]) and not m.plural:
            continue
        if m.relation not in (SELF, COUPLE) and cue("wishes.for_a_reason").match(plain[m.end :]):
            continue
        person = SELF if m.person == COUPLE else m.person
        return person, m.words if m.relation != "pronoun" else _words(ledger, m.person) or m.words, True, m.start
    lodger = _lodger(ledger)
    if lodger is not None:
        return lodger, _words(ledger, lodger), True, -1
    carried = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    if carried in (SELF, COUPLE, NOBODY):
        return SELF, "", False, -1
    goes_to = [m for m in mentions if _FOLLOW.search(plain[clause.start : m.start])]
    if any(m.bare and m.relation == kin().inverse.get(carried) for m in goes_to) and carried in ("child", "parent"):
        return carried, _words(ledger, carried), True, -1  # 闺女…想随父母落: the asker's own
    if carried in [m.person for m in goes_to] or _only_of_age(ledger, carried):
        return SELF, "", False, -1
    if carried not in (SELF, COUPLE) and cue("wishes.to_the_asker").search(clause.text) or _moves_itself(ledger, carried, order):
        return carried, _words(ledger, carried), True, -1
    return SELF, "", False, -1


def _words(ledger: Ledger, person: str) -> str:
    return next((m.words for m in ledger.people if m.person == person and m.relation != "pronoun"), "")


def _silent(ledger: Ledger) -> bool:
    """Whether nothing is told of the asker."""
    return not (along(ledger, SELF) or things(ledger.homes, SELF) or things(ledger.jobs, SELF))


def _has_register_here(ledger: Ledger, person: str) -> bool:
    return any(c.fact == "hukou_here" for c in along(ledger, person))


def _lodger(ledger: Ledger) -> str | None:
    """The relative the message opens with as living with the asker (我岳父在我家住了五年), whom a question with no subject is about."""
    first = next((m for m in ledger.people if m.relation not in (SELF, COUPLE, NOBODY, "pronoun")), None)
    if first is None or first.person in ("spouse", NOBODY) or not ledger.clauses or first.start >= ledger.clauses[0].end:
        return None
    if any(c.fact == "hukou.place" for c in along(ledger, SELF)):
        return None
    found = cue("wishes.lives_with_asker").search(
        ledger.clauses[0].text[max(0, first.end - ledger.clauses[0].start) :],
    )
    return first.person if found else None


def _only_of_age(ledger: Ledger, person: str) -> bool:
    """Whether all that is told of a child is its age or school, as a reason for the wish (娃九月上一年级)."""
    own = along(ledger, person)
    alone = bool(own) and {c.fact for c in own} <= {"age", "marital", "education.level", "education.status"}
    asker_told = bool(things(ledger.homes, SELF) or along(ledger, SELF))
    return person == "child" and alone and asker_told and not things(ledger.homes, person)


def _moves_itself(ledger: Ledger, person: str, order: int) -> bool:
    """Whether a relative carried as subject is the one to move: a register elsewhere or a wish was told of them, none of the asker."""
    own = along(ledger, person)
    if any(c.fact == "hukou.place" for c in own) and not any(c.fact == "hukou.place" for c in along(ledger, SELF)):
        return True
    if any(c.fact == "age" and c.value == Choice(frozenset({"minor"})) for c in own):
        return True
    if _silent(ledger) and own:
        return True
    previous = ledger.clauses[order - 1].text if order else ""
    return bool(cue("wishes.wants_to_come").search(previous)) and not cue("wishes.asker_wants").search(previous)


def _followed(ledger: Ledger, clause: Clause, mentions: list[Mention], mover: str, plain: str, at: int) -> str | None:
    """The person the clause says the mover goes to."""
    for m in mentions:
        if m.start == at or m.relation == NOBODY:
            continue
        before = plain[clause.start : m.start]
        if not _FOLLOW.search(before) or not _SIDE.match(plain[m.end : min(clause.end, m.end + 14)]):
            continue
        if cue("wishes.with_end_2").search(before) and not cue("wishes.then_stays").search(plain[m.end : clause.end]):
            continue
        if cue("wishes.pair_with").search(before):
            continue
        key = _key(m, mover, ledger)
        if m.words == "自己":
            continue
        if key == mover or (key == SELF and mover == SELF):
            continue
        return key
    return None


def unsaid_followed(ledger: Ledger, mover: str, plain: str, home_people: list[str]) -> str | None:
    """Whom the mover follows where no clause says so: the one they live with, else the one told to be at the destination."""
    together = cue("wishes.stays_with").search(plain)
    if together:
        for m in ledger.people:
            if together.start(1) <= m.start < together.end(1) and m.relation != NOBODY:
                key = _key(m, mover, ledger)
                if key != mover and (key in home_people or key == SELF or not home_people):
                    return key
    if mover not in (SELF, COUPLE):
        if SELF in home_people:
            return SELF
        if cue("wishes.fetched").search(plain) and not home_people:
            return SELF
    candidates = [p for p in home_people if p not in (mover, NOBODY, COUPLE) and not (mover == SELF and p == SELF)]
    return max(candidates, key=lambda p: len(along(ledger, p)) + len(things(ledger.homes, p)) + len(things(ledger.jobs, p)), default=None)
