"""A home told by its deed alone: who stands on it (业主一栏就我一个; 本上是俺娘的名), or that it was handed out (不动产证上个月刚领).

Where the words for the dwelling itself stand in another clause, or nowhere, the deed still says that there is one, and whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.reading.home.dwelling_links import lives_at_anothers, refines_other, title_of_anothers
from bot.reading.home.home_told import OWNED
from bot.reading.home.spots import place_of
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.person.subjects import owner_named
from bot.reading.record.in_clause import InClause
from bot.reading.record.ledger import Ledger, Passage, Thing, names_of
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit

_WRITTEN, _PAPER = cue("deeds.written"), cue("deeds.paper")
_BARE_NAME, _HOLDS, _LACKS = cue("deeds.bare_name"), cue("deeds.holds"), cue("deeds.lacks")
_NAMED = (cue("deeds.names"), cue("deeds.dwelling"), cue("deeds.whose"), _WRITTEN, _BARE_NAME)
_HANDED_OUT, _TRANSFERRED = cue("deeds.handed_out"), cue("deeds.transferred")
_THEIRS = (cue("deeds.both"), _HANDED_OUT, _TRANSFERRED, _HOLDS)
_OWN_HOME, _NOT_OWN, _NOT_A_HOMES = cue("deeds.own_home"), cue("deeds.not_own"), cue("deeds.not_a_homes")
_ASKED, _ANSWERED = cue("deeds.asked_self"), cue("deeds.answered")
_ANOTHER_MATTER, _OF_A_HOME, _LIVES = cue("deeds.another_matter"), cue("deeds.of_a_home"), cue("deeds.lives")
_DENIED, _BOUGHT_OUT = cue("deeds.denied"), cue("deeds.bought_out")
_FULL_NAME, _VILLAGE = cue("deeds.full_name"), cue("deeds.village")
_MAY_BE_ANY, _AND_PARTNER = cue("deeds.may_be_any"), cue("dwellings.and_partner")
_ENDS_IN_HOME, _LET_OR_SHOP = cue("deeds.ends_in_home"), cue("deeds.let_or_shop")
_NEAR_BY = 3  # clauses between the deed and the dwelling it is of


@dataclass(frozen=True)
class _Deed(InClause):
    """Words for the deed of a home in their clause, and by which expression they were found."""

    pattern: re.Pattern[str]
    found: re.Match[str]

    @property
    def names_somebody(self) -> bool:
        """Whether the words say in whose name it is; else it is of whom the clause is about."""
        return self.pattern in _NAMED


def read_deeds(passage: Passage) -> bool:
    """Enter the home that the clause tells of by its deed, unless it, or one near by, is told in words of its own."""
    clause = passage.clause
    if clause.hedged or _told_otherwise(passage):
        return False
    if _answered(passage):
        _enter(passage, SELF, KindHit(OWNED, frozenset(), 0, len(clause.text)))
        return True
    if _LACKS.fullmatch(clause.text) and not clause.asks and _of_own_home(passage, _HOLDS):
        return _without_title(passage)
    for pattern in (*_NAMED, *_THEIRS):
        found = pattern.search(clause.text)
        if found is None:
            continue
        deed = _Deed(passage, pattern, found)
        if not any(reason(deed) for reason in _NO_DEED_OF_TODAY) and _entered(deed):
            return True
    return False


def _told_otherwise(passage: Passage) -> bool:
    """Whether the clause tells of a dwelling in words of its own, or of a house in the village, a licence, a marriage."""
    ledger, order = passage.ledger, passage.order
    near = ",".join(c.text for c in ledger.clauses[max(0, order - _NEAR_BY) : order + 1])
    if _VILLAGE.search(near) or any(t.order == order and t.kind for t in ledger.homes):
        return True
    return _ANOTHER_MATTER.search(_around(ledger, order)) is not None


def _not_so(deed: _Deed) -> bool:
    """Whether it is planned, over or denied."""
    at = deed.found.start()
    return deed.clause.planned(at) or deed.clause.past_at(at) or _DENIED.search(deed.clause.text, 0, at) is not None


def _asked(deed: _Deed) -> bool:
    """Whether the clause asks, and names nobody."""
    return not deed.names_somebody and deed.clause.asks


def _written_on_nothing(deed: _Deed) -> bool:
    """Whether words for what is written somewhere follow no paper."""
    if deed.pattern is not _WRITTEN:
        return False
    before = deed.passage.ledger.clauses[deed.passage.order - 1] if deed.passage.order else None
    return before is None or not _PAPER.search(before.text)


def _of_no_home(deed: _Deed) -> bool:
    """Whether few words (有证; 我名) follow no dwelling of one's own."""
    return deed.pattern in (_BARE_NAME, _HOLDS) and not _of_own_home(deed.passage, deed.pattern)


def _own_of_something_else(deed: _Deed) -> bool:
    """自己的 alone, where the clause just before names no dwelling, or one that is let, or a shop."""
    if not deed.found.groupdict().get("who4"):
        return False
    before = _before(deed.passage)
    return not before or not _ENDS_IN_HOME.search(before[-1]) or _LET_OR_SHOP.search(before[-1]) is not None


def _certificate_of_a_guest(deed: _Deed) -> bool:
    """住婆家,…,证领了: a paper that may be any, of one who lives at another's."""
    if deed.names_somebody or not _MAY_BE_ANY.match(deed.clause.text):
        return False
    return lives_at_anothers(deed.passage.ledger, deed.passage.order, deed.passage.subject)


def _title_of_anothers(deed: _Deed) -> bool:
    """房子是爸妈的,有房本: of the home of somebody else just told."""
    passage = deed.passage
    return not deed.names_somebody and title_of_anothers(passage.ledger, passage.order, deed.clause.text, passage.subject)


_NO_DEED_OF_TODAY: tuple[Callable[[_Deed], bool], ...] = (
    _not_so,
    _asked,
    _written_on_nothing,
    _of_no_home,
    _own_of_something_else,
    _certificate_of_a_guest,
    _title_of_anothers,
)


def _entered(deed: _Deed) -> bool:
    """Enter the home as its owner's, and put right what was read of it; whether it is a home, and none told already."""
    passage, found = deed.passage, deed.found
    ledger, order, text = passage.ledger, passage.order, deed.clause.text
    owner = _named(passage, found) if deed.names_somebody else _theirs(passage, found)
    if deed.pattern in (_HANDED_OUT, _TRANSFERRED):
        _settle_estate(passage, owner)
    if _BOUGHT_OUT.search(text):
        _no_tenancy(ledger, order)
    if owner == NOBODY or not _is_a_home(passage, found) or _told_already(ledger, order, owner):
        return False
    hit = KindHit(OWNED, frozenset(), found.start(), found.end())
    if owner in (SELF, COUPLE) and refines_other(ledger, order, text, hit, owner):
        return False
    _enter(passage, owner, hit)
    whose = _group_of_owner(found)
    if whose and owner == SELF and _AND_PARTNER.match(text, found.end(whose)):
        ledger.homes.append(replace(ledger.homes[-1], person="spouse"))  # 房本是我跟老婆的名
    return True


def _group_of_owner(found: re.Match[str]) -> str | None:
    """The group of the expression that holds the word for the owner."""
    return next((g for g in found.re.groupindex if g.startswith("who") and found[g]), None)


def _without_title(passage: Passage) -> bool:
    """Enter the dwelling told just before as one without its title (集资房,没证), whatever was read of it so far."""
    homes, order = passage.ledger.homes, passage.order
    near = [i for i, t in enumerate(homes) if t.kind and 0 < order - t.order <= _NEAR_BY]
    if any(homes[i].kind != {"owned"} for i in near):
        return False
    for i in near:
        homes[i] = replace(homes[i], kind=frozenset({"untitled"}))
    if not near:
        person = passage.carried if passage.carried != NOBODY else SELF
        _enter(passage, person, KindHit(frozenset({"untitled"}), frozenset(), 0, len(passage.clause.text)))
    return True


def _around(ledger: Ledger, order: int) -> str:
    """The clause and the one before, where words may show that the paper is of something else (执照, a marriage, a village house)."""
    return ",".join(c.text for c in ledger.clauses[max(0, order - 1) : order + 1])


def _named(passage: Passage, found: re.Match[str]) -> str:
    """Whom the deed names."""
    group = _group_of_owner(found) or "who"
    at = passage.clause.start + found.start(group)
    mention = next((m for m in passage.mentions if m.start <= at < m.end), None)
    if mention is not None and mention.relation not in (SELF, COUPLE):
        return mention.person
    return owner_named(found[group], passage.ledger, at, passage.subject, passage.topic)


def _theirs(passage: Passage, found: re.Match[str]) -> str:
    """Of whom the clause is; the asker's, where they are one of those named (闺女和我按份共有)."""
    if any(m.relation in (SELF, COUPLE) for m in passage.mentions):
        return SELF
    return passage.who(found.start())


def _is_a_home(passage: Passage, found: re.Match[str]) -> bool:
    """Whether the paper is a home's: by its full name, or by words for a dwelling near by."""
    if _FULL_NAME.search(found.group()):
        return True
    last = passage.order + 1 if cue("deeds.any_formalities").fullmatch(found.group()) else passage.order + _NEAR_BY + 1
    near = passage.ledger.clauses[max(0, passage.order - _NEAR_BY) : last]
    return any(_OF_A_HOME.search(c.text) for c in near)


def _before(passage: Passage) -> list[str]:
    """The words of the clauses just before, the nearest last."""
    return [c.text for c in passage.ledger.clauses[max(0, passage.order - _NEAR_BY) : passage.order]]


def _of_own_home(passage: Passage, pattern: re.Pattern[str]) -> bool:
    """Whether a clause of few words (有证; 我名) follows a dwelling and nothing that has names or papers of another kind."""
    before = _before(passage)
    after = [c.text for c in passage.ledger.clauses[passage.order : passage.order + 2]]
    if not any(_OWN_HOME.search(text) for text in [*before, *after]):
        return False
    theirs = passage.subject not in (SELF, COUPLE, NOBODY) and not passage.subject.startswith(("friend", "other"))
    not_own = _NOT_A_HOMES if theirs else _NOT_OWN  # 爸妈都是本地户口,闻韶那边的楼,有证: of the relative it goes on about
    return pattern is _BARE_NAME or not any(not_own.search(text) for text in before)


def _answered(passage: Passage) -> bool:
    """Whether the clause says yes to a question after a home or its deed that the speaker puts first (房产证?有啊)."""
    before = _before(passage)
    return bool(before and _ASKED.search(before[-1]) and _ANSWERED.search(passage.clause.text)) and not any(
        t.kind for t in passage.ledger.homes
    )


def _settle_estate(passage: Passage, owner: str) -> None:
    """A home inherited or awarded that has been made over since is owned like any other (继承的房,早过完户了)."""
    homes = passage.ledger.homes
    for i, home in enumerate(homes):
        if home.kind == {"inherited"} and 0 < passage.order - home.order <= _NEAR_BY and home.person in names_of(owner):
            homes[i] = replace(home, kind=OWNED)


def _told_already(ledger: Ledger, order: int, owner: str) -> bool:
    """Whether a dwelling of that person near by is told in words of its own."""
    return any(t.kind and t.kind != {"borrowed"} and t.person in names_of(owner) for t in ledger.homes if abs(t.order - order) <= _NEAR_BY)


def _no_tenancy(ledger: Ledger, order: int) -> None:
    """A flat of the employer's that was bought out (家属楼,零三年买断的) is let to nobody."""
    ledger.homes[:] = [t for t in ledger.homes if t.kind != {"public_rental"} or order - t.order > _NEAR_BY]


def _enter(passage: Passage, owner: str, hit: KindHit) -> None:
    clause, ledger, order = passage.clause, passage.ledger, passage.order
    spot = place_of(ledger, clause, order, hit, passage.plain, passage.roles, passage.where)
    start, end = clause.start + hit.start, clause.start + hit.end
    ledger.homes.append(Thing(owner, hit.kind, hit.deny, spot, start, end, order, clause.hedged))


def read_guests(ledger: Ledger) -> None:
    """Who lives in a relative's own home without one of their own lives there by the relative's leave (男朋友名下的楼我住着)."""
    if any(t.kind and t.person in names_of(SELF) for t in ledger.homes):
        return
    for home in ledger.homes:
        if home.kind != {"owned"} or home.person in (SELF, COUPLE, NOBODY, "spouse"):
            continue
        for clause in ledger.clauses[home.order : home.order + _NEAR_BY]:
            found = _LIVES.search(clause.text)
            if found and not clause.asks and not clause.planned(found.start()) and not clause.past_at(found.start()):
                ledger.homes.append(replace(home, person=SELF, kind=frozenset({"borrowed"})))
                return
