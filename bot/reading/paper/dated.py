"""Dates of a licence and of a handover."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.eligibility.values import Dates, Value, meet
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.paper.licence import in_the_past, names_owner, nth_month, pointed_back, year_ahead
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.time.dates import DateReading
from bot.reading.time.durations import DurationReading, since

_SALE, _CONTRACT_SAYS = cue("dated.sale"), cue("dated.contract_says")
_LICENCE, _REGISTERED = cue("dated.licence"), cue("dated.registered")
_FOUNDED, _MINE_IN_LAW = cue("dated.founded"), cue("dated.mine_in_law")
_PASSED = 4  # clauses back in which the licence may be named, with a name or a slip between
_BESIDE = cue("dated.beside")
_AMENDED, _MOVED_TO = cue("dated.amended"), cue("dated.moved_to")
_SLIP, _ROUTE_TALK = cue("licence.slip"), cue("claims.route_talk")
_LICENCE_DATE, _LICENCE_ENDS, _BEFORE_IT = cue("dated.licence_date"), cue("dated.licence_ends"), cue("dated.before_it")
_STILL_TO_GO, _STILL_LEFT, _STILL_AWAY = cue("dated.still_to_go"), cue("dated.still_left"), cue("dated.still_away")
_HANDOVER, _HANDOVER_TOLD, _ANOTHER_BILL = cue("dated.handover"), cue("dated.handover_told"), cue("dated.another_bill")
_SIGNED, _FROM_SIGNING, _END_OF_YEAR = cue("dated.signed"), cue("dated.from_signing"), cue("dated.end_of_year")
_ROW = 4  # clauses of a row of notes, behind the month counted, within which the licence is named
_RIGHT_BEHIND = 4  # letters behind a day within which it is said to be that of the signing
_SAME_DAY_MEANT = timedelta(days=10)
"""How far the exact day may lie from the feast by which it was named."""
_LUNAR_LAG = 51  # days by which a lunar month may end behind the one of the calendar


@dataclass(frozen=True)
class _Dated:
    """A clause with the days and lengths of time told in it; ``all_days`` and ``all_lengths`` are those of the whole message."""

    ledger: Ledger
    clause: Clause
    order: int
    who: Who
    as_of: date
    days: list[tuple[DateReading, Dates]]
    lengths: list[DurationReading]
    all_days: list[DateReading]
    all_lengths: list[DurationReading]

    @property
    def text(self) -> str:
        return self.clause.text

    @property
    def before(self) -> str:
        """The words of the clause before."""
        return self.ledger.clauses[self.order - 1].text if self.order else ""

    @property
    def after_slip(self) -> bool:
        """Whether the clause before only says that the day was a slip (执照是2019,哦不,2021年办的)."""
        return self.order > 1 and _SLIP.fullmatch(self.before) is not None

    def up_to(self, day: DateReading) -> str:
        """The words of the clause before a day."""
        return self.text[: day.span[0] - self.clause.start]

    def behind(self, day: DateReading) -> str:
        """The words of the clause behind a day."""
        return self.text[day.span[1] - self.clause.start :]

    def words(self, day: DateReading) -> str:
        """The words for a day."""
        return self.text[day.span[0] - self.clause.start : day.span[1] - self.clause.start]


def read_dates(
    ledger: Ledger, clause: Clause, order: int, who: Who, dates: list[DateReading], durations: list[DurationReading], as_of: date
) -> None:
    """Enter the day a licence was issued and the day of a handover, where the clause or the one before names what the day is of."""
    talk = [m.span() for m in _ROUTE_TALK.finditer(clause.text)]  # 按执照一年那条: no year of anybody's

    def told(at: int) -> bool:
        return 0 <= at < len(clause.text) and not any(low <= at < high for low, high in talk)

    days = [(d, d.value) for d in dates if d.value is not None and told(d.span[0] - clause.start)]
    nth = nth_month(clause)
    lengths = [nth] if nth is not None else [d for d in durations if told(d.span[0] - clause.start)]
    here = _Dated(ledger, clause, order, who, as_of, days, lengths, dates, durations)
    if here.after_slip and days and (_licence_before_slip(here) or _named_before(ledger, order, dates)):
        _forget(ledger, "license.issued")
    papers = _papers(ledger)
    spoken = any(told(m.start()) for words in papers for m in words.finditer(clause.text))
    if (spoken or _goes_on_of_licence(here, papers) or _heads_licence(here, papers)) and not _LICENCE_ENDS.search(clause.text):
        here = replace(here, days=[(d, v) for d, v in days if not _beside_the_point(clause, d)])
        _enter_issue(here)
    _enter_handover(here)


def _forget(ledger: Ledger, fact: str) -> None:
    """Take away what was read of a day that is put right."""
    ledger.claims[:] = [c for c in ledger.claims if c.fact != fact]


# -- the day of a licence ------------------------------------------------------------------------------------------------


def _papers(ledger: Ledger) -> tuple[re.Pattern[str], ...]:
    """The words for what is dated: a licence, also the firm itself where the speaker is the one liable for it."""
    mine = any(_MINE_IN_LAW.search(c.text) for c in ledger.clauses)
    return (_LICENCE, _REGISTERED, _FOUNDED) if mine else (_LICENCE, _REGISTERED)


def _licence_before_slip(here: _Dated) -> bool:
    """Whether the clause before the slip names the licence."""
    return _LICENCE.search(here.ledger.clauses[here.order - 2].text) is not None


def _goes_on_of_licence(here: _Dated, papers: tuple[re.Pattern[str], ...]) -> bool:
    """Whether the clause says when, of a licence that is named before it."""
    if _LICENCE_DATE.search(here.text):
        before = here.ledger.clauses[here.order - 2].text if here.after_slip else here.before
        if any(words.search(before) for words in papers) or names_owner(here.ledger, here.order):
            return True
    return _says_when(here.clause, here.all_days) and _named_before(here.ledger, here.order, here.all_days)


def _heads_licence(here: _Dated, papers: tuple[re.Pattern[str], ...]) -> bool:
    """第十三个月了,打印店,独立门面,自己执照: a month counted before all else, in a row of bare notes that ends with the licence."""
    if cue("licence.nth_month").fullmatch(here.text) is None:
        return False
    row = here.ledger.clauses[here.order + 1 : here.order + 1 + _ROW]
    at = next((i for i, c in enumerate(row) if any(words.search(c.text) for words in papers)), None)
    return at is not None and not any(cue("dated.counts_something_else").search(c.text) or c.asks for c in row[: at + 1])


def _enter_issue(here: _Dated) -> None:
    """Enter the day of issue that the clause tells, of whoever holds the licence."""
    found = _issue(here)
    short = year_ahead(here.clause, here.as_of)
    if short is not None and (found is None or not isinstance(found[0], Dates) or meet(found[0], short) != found[0]):
        found = (short, (here.clause.start, here.clause.end), False)
    if found is None:
        return
    issued, (low, high), wavers = found
    near = (here.order - 1, here.order)
    held = [c.person for c in here.ledger.claims if c.fact == "business.license" and c.order in near]
    holder = held[-1] if held else here.who(low - here.clause.start)  # 执照转给我了,上周刚变更: mine
    here.ledger.claims.append(Claim(holder, "license.issued", issued, low, high, here.order, here.clause.hedged or wavers))


def _issue(here: _Dated) -> tuple[Value, tuple[int, int], bool] | None:
    """The day of issue, where it stands and whether it wavers: told as a day, by the day of the opening, or as how long ago."""
    if here.days and not (all(d.hedged and d.relative for d, _ in here.days) and _apart_from_days(here)):
        return _day_of_issue(here)
    opened = pointed_back(here.ledger, here.clause, here.order, here.all_days, here.all_lengths, here.as_of)
    if opened is not None:
        return opened
    lengths = _apart_from_days(here) or here.lengths
    if lengths:
        length = lengths[-1]
        return since(length, here.as_of), length.span, length.hedged
    return None


def _apart_from_days(here: _Dated) -> list[DurationReading]:
    """The lengths of time that are no part of a day (刚|办下来|仨月, but not 三年前): they say more than that it was of late."""
    days = [d.span for d, _ in here.days]
    return [n for n in here.lengths if not any(low < n.span[1] and n.span[0] < high for low, high in days)]


def _day_of_issue(here: _Dated) -> tuple[Value, tuple[int, int], bool]:
    """The day that counts of those told: one day of the calendar before all (冬至前两天,12月20号), else one that is sure."""
    sure = [(d, v) for d, v in here.days if not d.hedged]
    exact = next(((d, v) for d, v in sure if _one_day(v)), None)
    day, value = exact or (sure or here.days[-1:])[0]
    bound = _BEFORE_IT.match(here.behind(day))
    if bound and value.last is not None:  # 腊月 runs into February of the next year
        return Dates(None, value.last + timedelta(days=_LUNAR_LAG if bound["lunar"] else 0)), day.span, day.hedged
    return in_the_past(value, here.as_of, here.text), day.span, day.hedged


# -- the day of a handover -----------------------------------------------------------------------------------------------


def _enter_handover(here: _Dated) -> None:
    """Enter the day of the handover that the clause tells; it takes the place of one that is put off."""
    if _STILL_TO_GO.search(here.text) and any(d.relative for d, _ in here.days):
        _forget(here.ledger, "presale.handover")
    if _put_exactly(here):
        return
    sale = any(_SALE.search(c.text) for c in here.ledger.clauses) or any(t.kind == {"presale"} for t in here.ledger.homes)
    put_off = sale and _put_off(here)
    if put_off:
        _forget(here.ledger, "presale.handover")
    if not (put_off or sale and _CONTRACT_SAYS.search(here.text) or _of_handover(here)):
        return
    person = SELF if here.who(0) == NOBODY else here.who(0)
    days = [(day, value) for day, value in here.days if not _of_signing(here, day)]
    for day, value in _exact_first(days):
        handover = _to_come(value, here.as_of) if _END_OF_YEAR.search(here.words(day)) else value
        hedged = here.clause.hedged or day.hedged
        here.ledger.claims.append(Claim(person, "presale.handover", handover, *day.span, here.order, hedged))
        if not _STILL_AWAY.search(here.text):
            break


def _exact_first(days: list[tuple[DateReading, Dates]]) -> list[tuple[DateReading, Dates]]:
    """The days of a clause without the rough one that its neighbour tells exactly (国庆节前2027年9月30号)."""
    if len(days) > 1 and not _one_day(days[0][1]) and _more_exact(days[1][1], days[0][1]):
        return days[1:]
    return days


def _put_exactly(here: _Dated) -> bool:
    """Enter the day of a clause that is nothing but one, for the stretch of days that the clause before has the handover in.

    (明年国庆前交房,9月30号; 12月底,12月31号.) Whether there is such a stretch.
    """
    last = here.order - 2 if here.after_slip else here.order - 1
    rough = [c for c in here.ledger.claims if c.fact == "presale.handover" and c.order == last and not _one_day(c.value)]
    if not rough or len(here.days) != 1 or not _bare_day(here.clause, here.all_days):
        return False
    day = here.days[0][0]
    told = here.days[0][1]
    value = next((v for v in (told, _in_the_year_of(told, rough[-1].value)) if _more_exact(v, rough[-1].value)), None)
    if value is None:
        return False
    at = here.ledger.claims.index(rough[-1])
    here.ledger.claims[at] = replace(rough[-1], value=value, start=day.span[0], end=day.span[1], order=here.order, hedged=day.hedged)
    return True


def _in_the_year_of(value: Dates, rough: Value) -> Dates:
    """A day of no year in that of the stretch of days it belongs to (明年五一前,4月28号)."""
    year = rough.last.year if isinstance(rough, Dates) and rough.last is not None else None
    one = value.first if _one_day(value) else None
    if year is None or one is None or (one.month, one.day) == (2, 29):
        return value
    return Dates(one.replace(year=year), one.replace(year=year))


def _more_exact(value: Value, rough: Value) -> bool:
    """Whether a day is the one meant by a stretch of days: in it, or not far before or behind (国庆前,9月30号)."""
    if not (_one_day(value) and isinstance(value, Dates) and isinstance(rough, Dates)) or value.first is None:
        return False
    ends = [end for end in (rough.first, rough.last) if end is not None]
    return meet(value, rough) is not None or any(abs(end - value.first) <= _SAME_DAY_MEANT for end in ends)


def _put_off(here: _Dated) -> bool:
    """补充协议改到后年."""
    near = "".join(c.text for c in here.ledger.clauses[max(0, here.order - 2) : here.order + 1])
    return bool(_AMENDED.search(near) and _MOVED_TO.search(here.before + here.text) and here.days)


def _of_handover(here: _Dated) -> bool:
    """Whether the clause speaks of the handover, and not of a bill; or says how long it is off, right behind one that does."""
    if _HANDOVER.search(here.text) and not _ANOTHER_BILL.search(here.text) and not of_a_bill(here.text, here.before):
        return True
    return _HANDOVER_TOLD.search(here.before) is not None and _STILL_LEFT.search(here.text) is not None


def _of_signing(here: _Dated, day: DateReading) -> bool:
    """Whether a day is that of the signing, or is counted from it (签的是二十四个月后交)."""
    if _SIGNED.search(here.behind(day)[:_RIGHT_BEHIND]):
        return True
    return day.relative and _FROM_SIGNING.search(here.up_to(day)) is not None


def of_a_bill(text: str, before: str) -> bool:
    """Whether what is handed over on a day is money that falls due again and again (学费明年二月交; 社保还没交,下个月交), and no home."""
    bill, home = cue("dated.running_bill"), cue("dated.names_home")
    return not home.search(text) and bool(bill.search(text) or bill.search(before) and not home.search(before))


def _one_day(value: Value) -> bool:
    """Whether it is one day of the calendar."""
    return isinstance(value, Dates) and value.first is not None and value.first == value.last


def _named_before(ledger: Ledger, order: int, dates: list[DateReading]) -> bool:
    """Whether a licence is named before, with nothing between but whose it is, a day, or that the day was a slip."""
    for i in range(order - 1, max(-1, order - 1 - _PASSED), -1):
        text = ledger.clauses[i].text
        if _LICENCE.search(text):
            return not (ledger.clauses[i].asks or ledger.clauses[i].hearsay)
        owner = cue("licence.own_name").fullmatch(text) or cue("licence.other_name").fullmatch(text)
        if not (owner or _SLIP.fullmatch(text) or _bare_day(ledger.clauses[i], dates)):
            return False
    return False


def _bare_day(clause: Clause, dates: list[DateReading]) -> bool:
    """Whether a clause is nothing but a day."""
    inside = [d for d in dates if clause.start <= d.span[0] < clause.end and d.value is not None]
    if len(inside) != 1:
        return False
    low, high = inside[0].span[0] - clause.start, inside[0].span[1] - clause.start
    return bool(_BESIDE.fullmatch(clause.text[:low] + clause.text[high:]))


def _says_when(clause: Clause, dates: list[DateReading]) -> bool:
    """Whether a clause after the licence says when it was issued: 前年六月办的, 发证日期…, or just the day."""
    day = cue("dated.day_on_it").search(clause.text) or _LICENCE_DATE.search(clause.text)
    return bool(day) or _bare_day(clause, dates)


def _beside_the_point(clause: Clause, day: DateReading) -> bool:
    """Whether a day in a clause about a licence is not the day of its issue (到今天, 今天能办不)."""
    before, after = clause.text[: day.span[0] - clause.start], clause.text[day.span[1] - clause.start :]
    words = clause.text[day.span[0] - clause.start : day.span[1] - clause.start]
    now = cue("dated.just_now").fullmatch(words) and not cue("dated.got_now").match(after)
    return bool(now or cue("dated.not_that").search(before))


def _to_come(value: Value, as_of: date) -> Value:
    """What is left of a stretch of days that has begun (年底交, said in November)."""
    if isinstance(value, Dates) and value.first is not None and value.last is not None and value.first < as_of <= value.last:
        return Dates(as_of, value.last)
    return value
