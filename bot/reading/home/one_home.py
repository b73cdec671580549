"""Several words for one dwelling: what kind it is was said once, and words of owning, letting or lodging beside it make no second one.

(买的商住公寓,…不动产证有的; 村里的房,租的; 商铺,…平时就睡店里.) A home that is bought, or said to be another one, stays a home of its own.
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import meet
from bot.reading.home.spots import combine
from bot.reading.record.ledger import ONES_OWN, Ledger, Spot, Thing, names_of
from bot.reading.text.cues import cue

_BOUGHT, _ANOTHER, _ONES_OWN = cue("one_home.bought"), cue("one_home.another"), cue("one_home.ones_own")
_SHOP_BED, _NEW_FLAT = cue("one_home.shop_bed"), cue("one_home.new_flat")
_NOT_LIVED = cue("one_home.not_lived")
_AS_BUILDING, _ACQUIRED, _FRONT = cue("shops.as_building"), cue("dwellings.acquired"), cue("one_home.front")
_SAME_SHOP = 3  # clauses within which a front and a trade are of one shop
_NEAR_BY = 6  # clauses within which words may still be of the dwelling named

# what a dwelling is, and the kinds that weaker words nearby may make of it
_HIDES = {
    "apartment": {"owned"},
    "small_title": {"owned", "village_house"},
    "shop": {"owned", "dormitory"},
    "public_rental": {"owned", "rented", "presale"},
    "secondhand": {"presale"},
    "rented": {"village_house"},
}


def settle_one_home(ledger: Ledger) -> None:
    """Drop every dwelling that only says again what another one near by was said to be, which takes over where it is."""
    own = {name for t in ledger.homes if t.kind and t.kind <= ONES_OWN for name in names_of(t.person)}
    ledger.homes[:] = [t for t in ledger.homes if not (t.kind == {"none"} and names_of(t.person) & own and _never_lived(ledger, t))]
    ledger.homes[:] = [_slept_in(ledger, t) for t in ledger.homes if not _traded_from(ledger, t)]
    number = 0
    while number < len(ledger.homes):
        weak = ledger.homes[number]
        at = next((i for i, named in enumerate(ledger.homes) if named is not weak and _same(ledger, named, weak)), None)
        if at is None:
            number += 1
            continue
        if weak.spot.said:
            ledger.homes[at] = _placed(ledger.homes[at], weak.spot)
        del ledger.homes[number]


def _trade(ledger: Ledger, thing: Thing) -> Thing | None:
    """The business of whose dwelling it is, where they are told of no other work."""
    jobs = [t for t in ledger.jobs if t.kind - {"none"} and names_of(t.person) & names_of(thing.person)]
    own = [t for t in jobs if t.kind == {"self_employed"}]
    return own[0] if own and all(t in own for t in jobs) else None


def _slept_in(ledger: Ledger, thing: Thing) -> Thing:
    """The shop that its own keeper sleeps in (开了个小卖部,晚上睡铺子里): no lodging of an employer's."""
    clause = ledger.clauses[thing.order]
    words = clause.text[max(0, thing.start - clause.start) : thing.end - clause.start]
    trade = _trade(ledger, thing) if thing.kind == {"dormitory"} and _SHOP_BED.search(words) else None
    if trade is None:
        return thing
    spot = thing.spot if thing.spot.said else replace(trade.spot, start=thing.start, end=thing.end)
    return replace(thing, kind=frozenset({"shop"}), spot=spot)


def _traded_from(ledger: Ledger, thing: Thing) -> bool:
    """Whether a front that somebody has is no more than where they trade (有间铺面,裁缝店): neither bought nor lived in."""
    trade = _trade(ledger, thing) if thing.kind == {"shop"} else None
    if trade is None or abs(trade.order - thing.order) > _SAME_SHOP:
        return False
    near = ledger.clauses[thing.order : thing.order + _SAME_SHOP]
    clause = near[0]
    front = _FRONT.search(clause.text[max(0, thing.start - clause.start) : thing.end - clause.start])
    return front is not None and not any(_AS_BUILDING.search(c.text) or _ACQUIRED.search(c.text) for c in near)


def _placed(named: Thing, told: Spot) -> Thing:
    """A dwelling with what other words for it tell of where it is."""
    spot = combine(named.spot, told) if named.spot.said else told
    return replace(named, spot=replace(spot, start=named.start, end=named.end))


def _never_lived(ledger: Ledger, thing: Thing) -> bool:
    """Whether there is said to be none only because nobody has lived there (继承的楼,…没在那住过)."""
    clause = ledger.clauses[thing.order]
    return bool(_NOT_LIVED.search(clause.text[thing.start - clause.start : thing.end - clause.start]))


def _same(ledger: Ledger, named: Thing, weak: Thing) -> bool:
    """Whether ``weak`` is the dwelling ``named`` in words that say less of what it is."""
    if len(named.kind) != 1 or len(weak.kind) != 1 or weak.hedged or named.hedged:
        return False
    kind, told = next(iter(named.kind)), next(iter(weak.kind))
    if kind == told and kind in ("rented", "public_rental"):  # 跟房东有租约; 租房落户: of the home let somewhere
        unplaced = weak.spot.places is None and named.spot.places is not None
        return unplaced and bool(names_of(named.person) & names_of(weak.person)) and not _ANOTHER.search(ledger.clauses[weak.order].text)
    if told not in _HIDES.get(kind, ()) or not names_of(named.person) & names_of(weak.person):
        return False
    if any(kind in t.deny and abs(t.order - named.order) <= 1 for t in ledger.homes):
        return False  # 廉租?不是廉租,就是普通租的
    later = kind == "rented" or (kind, told) == ("public_rental", "presale")  # 楼还没交付,就给了公租房的配租通知
    if abs(weak.order - named.order) > _NEAR_BY or not later and weak.order < named.order:
        return False
    if named.spot.places is not None and weak.spot.places is not None and meet(named.spot.places, weak.spot.places) is None:
        return False
    clause = ledger.clauses[weak.order]
    words = clause.text[max(0, weak.start - clause.start) : weak.end - clause.start]
    if _ANOTHER.search(clause.text):
        return False
    if told == "owned":
        return not _BOUGHT.search(words)
    if told == "dormitory":
        return bool(_SHOP_BED.search(words))
    if told == "presale":
        return not _NEW_FLAT.search(clause.text)
    return told != "village_house" or not _ONES_OWN.search(clause.text)
