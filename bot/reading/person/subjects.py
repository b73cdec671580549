"""Who the words of a clause are about."""

from __future__ import annotations

from bot.eligibility.values import Places, inside
from bot.reading.kin.kin_words import ONESELF
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.names import Name, Part, beside_whom, part_of
from bot.reading.record.ledger import Ledger, Who
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_ASKER, _BOTH = group("subjects.asker"), group("subjects.both")
_STAYS_OUT = cue("subjects.stays_out")


def asker(clause: Clause, mentions: list[Mention], carried: str, plain: str) -> Who:
    """Who the words at an offset of the clause are about, as a function of the offset."""
    return lambda at: subject_of(clause, mentions, clause.start + at, carried, plain)


def mentions_in(ledger: Ledger, clause: Clause) -> list[Mention]:
    """The people named in the clause."""
    return [m for m in ledger.people if clause.start <= m.start < clause.end]


def subject_of(clause: Clause, mentions: list[Mention], at: int, carried: str, plain: str) -> str:
    """Who the words at offset ``at`` of the plain text are about."""
    if (said := _cleft(mentions, at, clause, plain)) is not None:
        return said
    if (described := _described(mentions, at, clause, plain)) is not None:
        return described
    who = carried
    taken = -1  # where the name ends of somebody taken along
    for mention in mentions:
        if mention.start > at:
            break
        before = plain[clause.start : mention.start]
        name = Name(clause, mentions, mention, at, plain, before, carried, follows_one_taken=mention.start == taken)
        part = part_of(name)
        if part is Part.SUBJECT:
            who = mention.person
        elif part is Part.BESIDE:
            who = _together(who, mention, beside_whom(name))
        elif part is Part.TAKEN_ALONG:
            taken = mention.end
    return who


def _together(who: str, mention: Mention, first: str) -> str:
    """Whom a clause is about that names somebody as beside another (我跟老公), of whom the words are ``first``."""
    if who == SELF and mention.relation == "spouse" and (first.endswith(("我", "俺")) or not first):
        return COUPLE
    if who == mention.person and not first and mention.relation not in (SELF, COUPLE, NOBODY, PRONOUN):
        return SELF  # 老公在茌平有房,现与老公同住,无业: nobody lives with himself
    return who


def _cleft(mentions: list[Mention], at: int, clause: Clause, plain: str) -> str | None:
    """Whom the words before 的是X at the end of a clause are told of: X (租房的是我爸)."""
    last = mentions[-1] if mentions else None
    if len(mentions) > 1 and last is not None and last.end == clause.end and at < mentions[-2].start:
        one = mentions[-2]  # 上班的是我儿子不是我
        apart = cue("subjects.and_not").fullmatch(plain[one.end : last.start])
        if apart and cue("subjects.cleft_apart").search(plain[clause.start : one.start]):
            return one.person if one.relation != NOBODY else None
    if last is None or last.end != clause.end or at >= last.start or last.relation == NOBODY:
        return None
    return last.person if cue("subjects.cleft").search(plain[clause.start : last.start]) else None


def _described(mentions: list[Mention], at: int, clause: Clause, plain: str) -> str | None:
    """Whom the words at an offset describe, where the name stands behind them (没成家的大儿子, 离了婚的妹妹)."""
    after = next((m for m in mentions if m.start > at), None)
    if after is None or at >= clause.end or after.relation == "pronoun":
        return None
    between = plain[at : after.start]
    if after.relation == NOBODY:
        return NOBODY if between.endswith("的") and cue("people.workmate").search(plain[clause.start : after.start]) else None
    if at == clause.start and cue("subjects.only_there").search(between):
        return after.person
    if after.relation in (SELF, COUPLE):
        return None
    if after.owner is not None and after.owner != SELF or not cue("subjects.describes").fullmatch(between):
        return None
    return None if any(at < m.end and m.start < after.start and m is not after for m in mentions) else after.person


def owner_named(word: str, ledger: Ledger, at: int, subject: str, topic: str) -> str:
    """Whom the word on a title (我, 两口子, 自己, 他 …) stands for."""
    if word in _ASKER:
        return SELF
    if word in _BOTH:
        return COUPLE
    if word in ONESELF:
        return subject
    for mention in ledger.people:
        if mention.start <= at < mention.end:
            return mention.person
    called = (m.person for m in reversed(ledger.people) if m.start < at and m.words.endswith(word))
    return next(called, topic)  # 儿家有楼房|房本是儿名


def handed_over(clause: Clause, mentions: list[Mention], plain: str) -> bool:
    """Whether a clause ends with what the asker was made to do, so that the next one is of the asker (堂弟叫我来临淄,在园区看门)."""
    for mention in mentions:
        before, after = plain[clause.start : mention.start], plain[mention.end : clause.end]
        if mention.relation == SELF and cue("subjects.hands_over").search(before) and cue("subjects.and_goes_on").match(after):
            return not clause.asks
    return False


def only_elsewhere(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention], home: str | None) -> bool:
    """Whether the clause only says that relatives live somewhere else (一家人都在老家那边): what follows is about the speaker again."""
    if not home or not mentions or mentions[0].relation in (SELF, COUPLE, NOBODY, "pronoun"):
        return False
    told = any(t.order == order for t in [*ledger.homes, *ledger.jobs]) or any(c.order == order for c in ledger.claims)
    if told and not _several(mentions):
        return False
    if (_STAYS_OUT.search(clause.text) or cue("subjects.not_there").search(clause.text)) and not clause.asks:
        return True
    if _stayed_at_home(ledger, clause, order, mentions):
        return True
    spots = [c.value for c in ledger.stands if c.order == order and c.fact in ("where", "hukou")]
    named = [p for value in spots if isinstance(value, Places) for p in value.include]
    return (
        bool(named)
        and not any(inside(p, home) or inside(home, p) for p in named if p)
        and bool(cue("subjects.lives_there").search(clause.text))
    )


def told_twice(ledger: Ledger, clause: Clause, topic: str) -> bool:
    """Whether a clause tells again where the register is when the asker's is told, and that of the relative spoken of is not."""
    if not cue("subjects.register_at").match(clause.text) or clause.asks:
        return False
    told = {c.person for c in ledger.claims if c.fact in ("hukou.place", "hukou_here")}
    return SELF in told and topic not in told and COUPLE not in told


def says_nothing(ledger: Ledger, clause: Clause, order: int) -> bool:
    """Whether a clause tells nothing of the case: the asker's own aside (我也说不清, 我不懂政策)."""
    told = any(t.order == order for t in [*ledger.homes, *ledger.jobs]) or any(c.order == order for c in [*ledger.claims, *ledger.stands])
    return not told and not clause.asks and bool(cue("subjects.aside").search(clause.text))


_SEVERAL = 2


def _stayed_at_home(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention]) -> bool:
    """Whether a clause says no more than that the family stayed at home, of whom tells of themselves (…干了七八年,老婆孩子都在老家)."""
    things = any(t.order < order and t.person == SELF for t in [*ledger.homes, *ledger.jobs])
    told = things or any(c.order < order and c.person == SELF for c in [*ledger.claims, *ledger.stands])
    return told and _several(mentions) and cue("subjects.at_home").search(clause.text) is not None


def stayed_at_home(ledger: Ledger, person: str) -> bool:
    """Whether a relative is named only among the family who stayed at home, while the asker tells of themselves."""
    named = [n for n, c in enumerate(ledger.clauses) if any(m.person == person for m in mentions_in(ledger, c))]
    return bool(named) and all(_stayed_at_home(ledger, (c := ledger.clauses[n]), n, mentions_in(ledger, c)) for n in named)


def _several(mentions: list[Mention]) -> bool:
    """Whether a clause lists relatives (爹娘、媳妇、俩娃全在村里种大棚), which is an aside to whoever is spoken of."""
    return len([m for m in mentions if m.relation not in (SELF, COUPLE, NOBODY, "pronoun")]) >= _SEVERAL


def described_by(mentions: list[Mention], end: int, after: str) -> str | None:
    """Whose trait stands right before their name (结了婚的儿子, 离异的大闺女)."""
    if not after.startswith("的"):
        return None
    named = next((m for m in mentions if end < m.start <= end + 3 and m.relation not in (SELF, COUPLE, NOBODY)), None)
    return named.person if named is not None else None
