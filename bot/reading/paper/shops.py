"""A place of business told of a few words at a time: that it is let or stands apart says nothing of a dwelling (店面沿街,独门独户,长租)."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit

_SHOP, _DWELLING, _BARE_RENT = cue("shops.named"), cue("shops.dwelling"), cue("shops.bare_rent")
_YARD, _APART, _HIRED = cue("shops.yard"), cue("shops.apart"), cue("shops.hired")
_BACK = 4  # clauses back in which the shop may be named


def of_shop(ledger: Ledger, order: int) -> bool:
    """Whether what was named last, in this clause or in the few before, is a place of business and no dwelling."""
    for i in range(order, max(-1, order - _BACK - 1), -1):
        text = ledger.clauses[i].text
        if _SHOP.search(text) and not _HIRED.search(text):
            return True
        if i < order and (_DWELLING.search(text) or any(t.kind and t.order == i for t in ledger.homes)):
            return False
    return False


def only_a_shop(text: str) -> bool:
    """Whether a clause speaks of a place of business and of no dwelling (店跟人合租的一间门面)."""
    return bool(_SHOP.search(text)) and not _DWELLING.search(text)


def no_dwelling_of_shop(ledger: Ledger, order: int, text: str, hit: KindHit) -> bool:
    """Whether words of letting, or of a yard of its own, are said of a place of business just named."""
    if hit.kind == {"rented"}:
        return bool(_BARE_RENT.fullmatch(text)) and of_shop(ledger, order)
    if hit.kind == {"owned"} and cue("shops.handed_over").search(text[hit.start : hit.end]):
        return only_a_shop(text)  # 我爸把店过户给我了
    return hit.kind == {"village_house"} and bool(_YARD.search(text)) and of_shop(ledger, order)


def read_apart(ledger: Ledger, clause: Clause, order: int, carried: str) -> None:
    """A clause of nothing but 单独一整套, after one that names a shop."""
    if clause.asks or clause.hedged or not order or not _APART.fullmatch(clause.text) or not of_shop(ledger, order - 1):
        return
    if not any(c.fact == "premises.kind" and c.order == order for c in ledger.claims):
        person = SELF if carried in (NOBODY, COUPLE) else carried
        ledger.claims.append(Claim(person, "premises.kind", Choice(frozenset({"independent"})), clause.start, clause.end, order))
