"""Clauses by the way: what is said of somebody else in passing, after which the message speaks of the asker again.

A resident who tells their own case mentions a cousin's firm or a neighbour's register and goes on (我表哥在部队,…社保也交着). Whoever is
named in one clause only, is not here as far as the words go, and is no part of what is wished, was named by the way.
"""

from __future__ import annotations

from bot.reading.kin.kin_words import acquainted
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Spot, Thing, names_of, same_person, things
from bot.reading.record.standing import lies_here
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_ASKERS = (SELF, COUPLE)
_FAR = ("other", "friend")
_SMALL = ("age", "education.level", "education.status", "marital")
_OPENING = 4  # 我有个朋友…: whom a clause is about stands at its beginning
_JUST_TOLD = 2  # clauses
_HOME, _JOB, _SHOP = cue("asides.of_a_home"), cue("asides.of_a_job"), cue("asides.of_a_shop")
_LEASE = cue("asides.of_a_lease")
_HOLDS = frozenset({"owned", "apartment", "untitled", "presale", "secondhand", "inherited", "small_title"})
_LETS = frozenset({"rented", "public_rental"})
_WORKS = frozenset({"formal", "informal", "dispatched", "probation"})


def returns(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention], before: str) -> bool:
    """Whether the clause tells of somebody by the way, so that what follows is about whom the clauses before were (``before``)."""
    if before not in _ASKERS or clause.asks or not _asker_told(ledger, order):
        return False
    cared_for = cue("subjects.cared_for")
    people = [
        m for m in mentions if m.relation not in (*_ASKERS, "pronoun") and not cared_for.search(clause.text[: m.start - clause.start])
    ]
    if len(people) != 1 or people[0].relation == NOBODY or not (_is_far(people[0]) or _nothing_told(ledger, order)):
        return False
    introduced = before == COUPLE or cue("asides.introduces").search(clause.text)  # 老公合肥人,有正式工作: the telling of him begins
    if not _is_far(people[0]) and (introduced or _goes_on_of_them(ledger, order)):
        return False
    if people[0].start - clause.start > _OPENING:
        return False  # 执行事务的是我哥们
    return _named_once(ledger, people[0].person) and not _here(ledger, order) and not _goes_to_asker(ledger, order)


def looked_after(clause: Clause, before: str) -> bool:
    """Whether the clause only says that a relative needs somebody about (我妈身边离不了人): what follows is the asker's."""
    if before != NOBODY and not clause.asks and cue("asides.take_turns").search(clause.text):
        return True  # 俺娘七十了,大哥二哥轮流推,现在跟着我住: still of her
    return before in _ASKERS and not clause.asks and bool(cue("asides.looked_after").search(clause.text))


def whose_home_it_is(ledger: Ledger, clause: Clause, order: int, before: str) -> bool:
    """Whether the clause only says whose the home is that somebody was just told to live in (我住婆家,房子是公婆的): not of the owner."""
    if clause.asks or not cue("asides.whose_home").fullmatch(clause.text):
        return False
    lodged = [t for t in things(ledger.homes, before) if t.kind == {"borrowed"} and 0 < order - t.order <= _JUST_TOLD]
    return before != NOBODY and bool(lodged)


def owner_of_what_follows(ledger: Ledger, clause: Clause, mentions: list[Mention], carried: str) -> str | None:
    """The asker, where a clause with no subject speaks of a paper or a part of what only the asker was told to have.

    我租了房,媳妇在青岛上班,备案也办了: the lease is the asker's. Insurance and contracts anybody has who may have a job, so these are the
    asker's only after one named by the way.
    """
    if mentions or carried in (*_ASKERS, NOBODY):
        return None
    text = clause.text
    for pattern, kinds, kept in (
        (_LEASE, _LETS, ledger.homes),
        (_HOME, _HOLDS, ledger.homes),
        (_JOB, _WORKS, ledger.jobs),
        (_SHOP, frozenset({"self_employed"}), ledger.jobs),
    ):
        if not pattern.match(text):
            continue
        theirs, own = _of_kind(kept, carried, kinds), _of_kind(kept, SELF, kinds)
        if own and not theirs and (pattern is not _JOB or by_the_way(ledger, carried)):
            return SELF
    return None


def strangers_own(mentions: list[Mention], at: int) -> bool:
    """Whether a workmate or neighbour stands before offset ``at`` of the plain text: what is told there is theirs (我同学在派出所上班)."""
    return any(m.relation == NOBODY and m.end <= at and acquainted(m.words) for m in mentions)


def opens_with_another(ledger: Ledger, clause: Clause) -> bool:
    """Whether a clause begins with a stranger or a further relative: what it tells is none of the asker's (合同签了,我姑在医院当护士)."""
    named = [m for m in ledger.people if clause.start <= m.start < clause.end]
    people = [m for m in named if m.relation not in (*_ASKERS, "pronoun")]
    return bool(people) and people[0].start - clause.start <= _OPENING and (_is_far(people[0]) or acquainted(people[0].words))


def scene_of_another(ledger: Ledger, mentions: list[Mention], subject: str, setter: str, where: Spot) -> bool:
    """Whether the scene was set outside by a clause about one person, and this clause names another (小舅子在上海,我在厂里上班).

    Who is named with 也 and 都 may well be where the other is (我在青岛,老公也在厂里上班).
    """
    if NOBODY in (subject, setter) or not mentions or mentions[0].person != subject or where.places is None or not ledger.home:
        return False
    if same_person(subject, setter) or mentions[0].relation not in _ASKERS and setter in _ASKERS and _alike(ledger, mentions[0]):
        return False
    return not at_home(where.places, ledger.home)


def _alike(ledger: Ledger, m: Mention) -> bool:
    """Whether the words behind a name say that the same holds of them (老公也在厂里上班)."""
    clause = next(c for c in ledger.clauses if c.start <= m.start < c.end)
    return bool(cue("asides.alike").match(clause.text, m.end - clause.start))


def names_a_place(ledger: Ledger, m: Mention) -> bool:
    """Whether a clause about another names somebody only as at whose place that one or their register is (户口在桓台他妈那)."""
    order, clause = next((n, c) for n, c in enumerate(ledger.clauses) if c.start <= m.start < c.end)
    before, after = clause.text[: m.start - clause.start], clause.text[m.end - clause.start :]
    if not cue("asides.at_the_place_of").search(before) or not cue("asides.and_no_more").fullmatch(after):
        return False
    first = next((o.person for o in ledger.people if clause.start <= o.start < m.start and o.person != NOBODY), None)
    about = first or (ledger.subjects[order] if order < len(ledger.subjects) else m.person)
    return about not in (m.person, NOBODY, *_ASKERS)


def by_the_way(ledger: Ledger, person: str) -> bool:
    """Whether somebody is named once, with no word that puts them here, in a message that tells the asker's own home or job.

    Nobody presumes that such a one is followed.
    """
    own = [t for t in [*things(ledger.homes, SELF), *things(ledger.jobs, SELF)] if t.kind - {"none"} or t.deny]
    mine = bool(own) or any(c.person in _ASKERS and c.fact not in ("age", "marital") for c in ledger.claims)
    if not mine or not _named_once(ledger, person):
        return False
    orders = {o for o, c in enumerate(ledger.clauses) for m in ledger.people if m.person == person and c.start <= m.start < c.end}
    told: list[Thing | Claim] = [*ledger.homes, *ledger.jobs, *ledger.stands, *ledger.claims]
    return not any(_here(ledger, o) for o in orders | {t.order for t in told if t.person in names_of(person)})


def _is_far(m: Mention) -> bool:
    return m.person.split("/")[0] in _FAR


def _nothing_told(ledger: Ledger, order: int) -> bool:
    """Whether a clause tells nothing that could be a fact of the case but a child's schooling (婆婆腿脚不好, 孩子上小学)."""
    told: list[Thing | Claim] = [*ledger.homes, *ledger.jobs, *ledger.claims, *ledger.stands]
    return all(t.order != order or (isinstance(t, Claim) and t.fact in _SMALL) for t in told)


def _goes_on_of_them(ledger: Ledger, order: int) -> bool:
    """Whether the next clause may go on of a near relative: an age, a register, where they live or what they want."""
    after = ledger.clauses[order + 1] if order + 1 < len(ledger.clauses) else None
    return after is None or bool(cue("asides.goes_on_of_them").search(after.text))


def _of_kind(kept: list[Thing], person: str, kinds: frozenset[str]) -> list[Thing]:
    return [t for t in things(kept, person) if t.kind & kinds]


def _asker_told(ledger: Ledger, order: int) -> bool:
    """Whether anything was told of the asker before a clause."""
    told: list[Thing | Claim] = [*ledger.homes, *ledger.jobs, *ledger.claims]
    return any(t.person in _ASKERS and t.order < order for t in told)


def _named_once(ledger: Ledger, person: str) -> bool:
    """Whether somebody is named in one clause, or in two side by side of which the second has only a pronoun (表姐嫁走了,她有房)."""
    named = [m for m in ledger.people if m.person == person or m.person.startswith(person + "/")]
    orders = {o for o, c in enumerate(ledger.clauses) for m in named if c.start <= m.start < c.end}
    by_name = {o for o, c in enumerate(ledger.clauses) for m in named if m.relation != "pronoun" and c.start <= m.start < c.end}
    return len(by_name) == 1 and max(orders) - min(orders) <= 1


def _here(ledger: Ledger, order: int) -> bool:
    """Whether a clause says that something of it is in the jurisdiction: by a place of its own, or as a register that is here."""
    clause = ledger.clauses[order]
    kept = any(t.order == order and t.kind for t in [*ledger.homes, *ledger.jobs])
    if kept and any(clause.start <= p.span[0] < clause.end and lies_here(p.places, ledger.home) for p in ledger.places):
        return True
    claims = [c for c in [*ledger.stands, *ledger.claims] if c.order == order]
    placed = [c.value for c in claims if c.fact in ("where", "hukou", "hukou.place")]
    return any(lies_here(v, ledger.home) for v in placed) or any(c.fact == "hukou_here" for c in claims)


def _goes_to_asker(ledger: Ledger, order: int) -> bool:
    """Whether a later clause wants somebody to come to the asker, who may be the one just named (我外甥刚毕业,…想落我这)."""
    return any(cue("asides.to_the_asker").search(c.text) for c in ledger.clauses[order + 1 :])
