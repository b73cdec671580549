"""The licence of a business: a name or a day said in a clause of its own, after the clause that names the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.eligibility.values import Choice, Dates, Value
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.numbers import number
from bot.reading.time.dates import DateReading
from bot.reading.time.durations import DurationReading, since
from bot.reading.time.months import add_months

_NAMED_FIRST = 2  # clauses back in which the paper may be named
_LICENCE_FIRST = 4  # the same for a name alone, with the shop and its place between
_FEW_WEEKS = 45  # days that 差几天, 差俩礼拜 may be at most
_FULL = 12  # months of the year that a licence has to be held
_OPENED_FIRST = 3  # clauses back in which the day the shop opened may stand


_BUILDING = cue("shops.as_building")
_BARE_NAME = cue("dwellings.bare_name")


def name_of_licence(ledger: Ledger, order: int) -> bool:
    """Whether a clause of nothing but a name speaks of a licence told of before (执照快一年了,独立门头,我名; 照办了,写的媳妇的名)."""
    text = ledger.clauses[order].text
    if cue("licence.other_name").fullmatch(text):
        return of_licence(ledger, order)
    return bool(_BARE_NAME.fullmatch(text)) and of_licence(ledger, order, _LICENCE_FIRST)


def of_licence(ledger: Ledger, order: int, back: int = _NAMED_FIRST) -> bool:
    """Whether one of the two clauses before (or ``back`` many) speaks of a licence and no dwelling was told of since."""
    low = max(0, order - back)
    while low and cue("licence.slip").fullmatch(ledger.clauses[low].text):
        low -= 1
    at = next((i for i in range(order - 1, low - 1, -1) if cue("dated.licence").search(ledger.clauses[i].text)), None)
    return at is not None and not any(at < t.order <= order and t.kind - {"shop"} for t in ledger.homes)


def read_licence_name(ledger: Ledger, clause: Clause, order: int, carried: str) -> None:
    """Whose name is on it, or that it was cancelled, said in a clause of its own (照是三月办的,我本人的名; 执照是我名,去年注销了)."""
    if clause.asks or not of_licence(ledger, order, _LICENCE_FIRST if _BARE_NAME.fullmatch(clause.text) else _NAMED_FIRST):
        return
    if cue("licence.cancelled").fullmatch(clause.text):
        ledger.claims[:] = [c for c in ledger.claims if c.fact != "business.license"]
        none = Choice(frozenset({"none"}))
        ledger.claims.append(Claim(SELF if carried == NOBODY else carried, "business.license", none, clause.start, clause.end, order))
        return
    own, other = cue("licence.own_name").fullmatch(clause.text), cue("licence.other_name").fullmatch(clause.text)
    if not (own or other) or any(c.order == order and c.fact == "business.license" for c in ledger.claims):
        return
    person = SELF if carried == NOBODY else carried
    value = Choice(frozenset({"own" if own else "other"}))
    if other:  # 执照办了,写的俺对象: the licence told of just before is not one's own
        ledger.claims[:] = [c for c in ledger.claims if not (c.fact == "business.license" and order - _NAMED_FIRST <= c.order < order)]
    ledger.claims.append(Claim(person, "business.license", value, clause.start, clause.end, order, clause.hedged))


def pointed_back(
    ledger: Ledger, clause: Clause, order: int, dates: list[DateReading], durations: list[DurationReading], as_of: date
) -> tuple[Value, tuple[int, int], bool] | None:
    """The day of the opening that 那年 or 当年 points back to (2022年开的张,执照也是那年办的), or the years since it.

    (店开了三年,执照也是那时候办的.)
    """
    if not cue("licence.that_time").search(clause.text):
        return None
    for i in range(order - 1, max(0, order - _OPENED_FIRST) - 1, -1):
        earlier = ledger.clauses[i]
        days = [(d.value, d.span, d.hedged) for d in dates if earlier.start <= d.span[0] < earlier.end and d.value is not None]
        years = [(since(d, as_of), d.span, d.hedged) for d in durations if earlier.start <= d.span[0] < earlier.end]
        if days or years:
            return (days or years)[-1] if cue("licence.opened").search(earlier.text) else None
    return None


def names_owner(ledger: Ledger, order: int) -> bool:
    """Whether the clause before only says whose the licence is that the one before that names (执照办了,我的名,两年了)."""
    text = ledger.clauses[order - 1].text if order > 1 else ""
    owner = cue("licence.own_name").fullmatch(text) or cue("licence.other_name").fullmatch(text)
    named = ledger.clauses[order - 2].text if order > 1 else ""
    return bool(owner and (cue("dated.licence").search(named) or cue("dated.registered").search(named)))


def his_own(ledger: Ledger, text: str, start: int, person: str) -> bool:
    """Whether the licence said to be in his name is that of the only other person told of (我弟开店,执照是他的名)."""
    others = {m.person for m in ledger.people if m.relation not in (SELF, COUPLE, NOBODY, PRONOUN)}
    return person not in (SELF, COUPLE) and others <= {person} and bool(cue("licence.his_own").search(text, start))


def year_ahead(clause: Clause, as_of: date) -> Dates | None:
    """差十来天才满一年, 到下个月才够一年: whatever the day, less than a year ago, by no more than weeks where days are counted."""
    if not cue("licence.year_ahead").search(clause.text) or cue("licence.year_over").search(clause.text):
        return None
    first = add_months(as_of, -_FULL) + timedelta(days=1)
    by_days = cue("licence.short_by_days").search(clause.text)
    return Dates(first, first + timedelta(days=_FEW_WEEKS) if by_days else as_of)


def nth_month(clause: Clause) -> DurationReading | None:
    """第十三个月了: twelve whole months are over."""
    said = cue("licence.nth_month").search(clause.text)
    count = number(said["nth"]) if said else None
    if said is None or count is None or not count.low:
        return None
    months = int(count.low) * (12 if said["unit"] == "年" else 1) - (12 if said["unit"] == "年" else 1)
    last = months + 11 if said["unit"] == "年" else months
    return DurationReading(months, last, (clause.start + said.start(), clause.start + said.end()))


def names_another(clause: Clause) -> bool:
    """Whether a clause only says that the licence is in another's name (执照写的我媳妇的名): what follows is about the shop again."""
    return not clause.asks and cue("licence.in_other_name").fullmatch(clause.text) is not None


def in_the_past(value: Value, as_of: date, words: str) -> Value:
    """The day of issue, for a month said with no year: a licence that was issued was issued before today (8月办下来的, in June)."""
    ahead = isinstance(value, Dates) and value.first is not None and value.first > as_of
    if not ahead or not isinstance(value, Dates) or cue("licence.year_said").search(words):
        return value
    first, last = (add_months(d, -_FULL) if d is not None else None for d in (value.first, value.last))
    return Dates(first, last)


def settle_premises(ledger: Ledger) -> None:
    """Who trades from home has a place of business, though they say there is no shop (在家里卖货,没门面).

    A shop bought or slept in is none where nobody trades in it (买了间门面往外租).
    """
    _drop_unused_shops(ledger)
    home, none = (Choice(frozenset({value})) for value in ("home", "none"))
    at_home = {c.person for c in ledger.claims if c.fact == "premises.kind" and c.value == home}
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == "premises.kind" and c.value == none and c.person in at_home)]


_OF_THE_SHOP = frozenset({"license.issued", "premises.kind", "premises.place"})
_SHOP_NEAR = 5  # clauses behind the name within which the day and the shop are those of the licence


def settle_holder_of_licence(ledger: Ledger) -> None:
    """Give a relative the licence that is in their name, with its day and its shop (执照写的我连襟的名字,满三年了,整间门面).

    Whose trade it is the words leave open; to whom the licence stands it is one's own, whatever it is to the speaker.
    """
    for order, clause in enumerate(ledger.clauses):
        found = cue("licence.of_theirs").search(clause.text)
        holder = _named_holder(ledger, order, found.end()) if found and not clause.asks and not clause.hearsay else None
        if found is None or holder is None:
            continue
        start, end = clause.start + found.start(), clause.start + found.end()
        kept = [c for c in ledger.claims if not (c.person == holder and c.fact == "business.license")]
        theirs = [replace(c, person=holder) for c in kept if _of_that_shop(c, order) and c.person in (SELF, COUPLE)]
        own = Claim(holder, "business.license", Choice(frozenset({"own"})), start, end, order)
        ledger.claims[:] = [*kept, own, *dict.fromkeys(theirs), *_where_the_shop_is(ledger, holder, order)]


def _where_the_shop_is(ledger: Ledger, holder: str, order: int) -> list[Claim]:
    """店在开发区: where the shop of the licence lies, told near by, as the holder's."""
    for i in range(max(0, order - _NAMED_FIRST), min(len(ledger.clauses), order + _SHOP_NEAR + 1)):
        clause = ledger.clauses[i]
        named = [p for p in ledger.places if clause.start <= p.span[0] < clause.end and at_home(p.places, ledger.home)]
        if named and not clause.asks and cue("licence.shop_lies").search(clause.text):
            return [Claim(holder, "premises.place", named[0].places, *named[0].span, i)]
    return []


def _of_that_shop(claim: Claim, order: int) -> bool:
    return claim.fact in _OF_THE_SHOP and order - _NAMED_FIRST <= claim.order <= order + _SHOP_NEAR


def _named_holder(ledger: Ledger, order: int, end: int) -> str | None:
    """Who is named in the words for the name on the licence, else of whom the clause is (照是他的名)."""
    clause = ledger.clauses[order]
    named = [m for m in ledger.people if clause.start <= m.start < clause.start + end and m.relation not in (SELF, COUPLE, NOBODY, PRONOUN)]
    holder = named[-1].person if named else ledger.subjects[order]
    return None if holder in (SELF, COUPLE, NOBODY) else holder


def _drop_unused_shops(ledger: Ledger) -> None:
    """Take away the place of business of who has a shop as a building only, with no trade and no licence told."""
    trades = {t.person for t in ledger.jobs if "self_employed" in t.kind}
    trades |= {c.person for c in ledger.claims if c.fact in ("business.license", "license.issued")}
    shops = [t for t in ledger.homes if t.kind == {"shop"}]
    owned = {(t.person, t.order) for t in shops if any(_BUILDING.search(c.text) for c in ledger.clauses[t.order : t.order + 3])}
    unused = [c for c in ledger.claims if c.fact == "premises.kind" and c.person not in trades and (c.person, c.order) in owned]
    ledger.claims[:] = [c for c in ledger.claims if c not in unused or c.value == Choice(frozenset({"none"}))]
