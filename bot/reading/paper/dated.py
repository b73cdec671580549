"""Dates of a licence and of a handover."""

from __future__ import annotations

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


def read_dates(
    ledger: Ledger, clause: Clause, order: int, who: Who, dates: list[DateReading], durations: list[DurationReading], as_of: date
) -> None:
    """Enter the day a licence was issued and the day of a handover, where the clause or the one before names what the day is of."""
    talk = [m.span() for m in cue("claims.route_talk").finditer(clause.text)]  # 按执照一年那条: no year of anybody's

    def told(span: tuple[int, int]) -> bool:
        at = span[0] - clause.start
        return 0 <= at < len(clause.text) and not any(low <= at < high for low, high in talk)

    inside_dates = [(d, d.value) for d in dates if told(d.span) and d.value is not None]
    inside_lengths = [d for d in durations if told(d.span)]
    if (nth := nth_month(clause)) is not None:
        inside_lengths = [nth]
    person = who(0)
    if person == NOBODY:
        person = SELF
    before = ledger.clauses[order - 1].text if order else ""
    if order > 1 and cue("licence.slip").fullmatch(before):  # 执照是2019,哦不,2021年办的
        before = ledger.clauses[order - 2].text
        mended = bool(cue("dated.licence").search(before)) and bool(inside_dates)
        mended = mended or bool(inside_dates) and _named_before(ledger, order, dates)
        if mended:
            ledger.claims[:] = [c for c in ledger.claims if c.fact != "license.issued"]
    mine = any(_MINE_IN_LAW.search(c.text) for c in ledger.clauses)
    papers = (_LICENCE, _REGISTERED, _FOUNDED) if mine else (_LICENCE, _REGISTERED)
    named = any(words.search(before) for words in papers) or names_owner(ledger, order)
    passed = _named_before(ledger, order, dates)
    continued = bool(named) and bool(cue("dated.licence_date").search(clause.text))
    continued = continued or passed and _says_when(clause, dates)
    spoken = any(told((clause.start + m.start(), 0)) for words in papers for m in words.finditer(clause.text))
    if (spoken or continued) and not cue("dated.licence_ends").search(clause.text):
        found: tuple[Value, tuple[int, int], bool] | None = None
        inside_dates = [(d, v) for d, v in inside_dates if not _beside_the_point(clause, d)]
        if inside_dates:
            exact = next(((d, v) for d, v in inside_dates if not d.hedged and _one_day(v)), None)  # 冬至前两天,12月20号
            day, value = exact or next(((d, v) for d, v in inside_dates if not d.hedged), inside_dates[-1])
            found = (in_the_past(value, as_of, clause.text), day.span, day.hedged)
            bound = cue("dated.before_it").match(clause.text[day.span[1] - clause.start :])
            if bound and isinstance(value, Dates) and value.last is not None:
                # 腊月 runs into February of the next year
                found = (Dates(None, value.last + timedelta(days=51 if bound["lunar"] else 0)), day.span, day.hedged)
        elif (opened := pointed_back(ledger, clause, order, dates, durations, as_of)) is not None:
            found = opened
        elif inside_lengths:
            length = inside_lengths[-1]
            found = (since(length, as_of), length.span, length.hedged)
        short = year_ahead(clause, as_of)
        if short is not None and (found is None or not isinstance(found[0], Dates) or meet(found[0], short) != found[0]):
            found = (short, (clause.start, clause.end), False)
        if found:
            held = [c.person for c in ledger.claims if order - 1 <= c.order <= order and c.fact == "business.license"]
            holder = held[-1] if held else None  # 执照转给我了,上周刚变更: mine
            issued, (low, high), wavers = found
            person_on_it = holder or who(low - clause.start)
            ledger.claims.append(Claim(person_on_it, "license.issued", issued, low, high, order, clause.hedged or wavers))
    previous = ledger.clauses[order - 1].text if order else ""
    if cue("dated.still_to_go").search(clause.text) and any(d.relative for d, _ in inside_dates):
        ledger.claims[:] = [c for c in ledger.claims if c.fact != "presale.handover"]
    sale = any(_SALE.search(c.text) for c in ledger.clauses) or any(t.kind == {"presale"} for t in ledger.homes)
    amended = sale and bool(_AMENDED.search("".join(c.text for c in ledger.clauses[max(0, order - 2) : order + 1])))
    if amended and _MOVED_TO.search(previous + clause.text) and inside_dates:
        ledger.claims[:] = [c for c in ledger.claims if c.fact != "presale.handover"]  # 补充协议改到后年
    else:
        amended = False
    if (
        amended
        or sale
        and _CONTRACT_SAYS.search(clause.text)
        or cue("dated.handover").search(clause.text)
        and not cue("dated.another_bill").search(clause.text)
        or (cue("dated.handover_told").search(previous) and cue("dated.still_left").search(clause.text))
    ):
        for d, v in inside_dates:
            if cue("dated.signed").search(clause.text[d.span[1] - clause.start :][:4]):
                continue
            if d.relative and cue("dated.from_signing").search(clause.text[: d.span[0] - clause.start]):
                continue  # 签的是二十四个月后交: counted from the day of signing
            words = clause.text[d.span[0] - clause.start : d.span[1] - clause.start]
            handover = _to_come(v, as_of) if cue("dated.end_of_year").search(words) else v
            ledger.claims.append(Claim(person, "presale.handover", handover, d.span[0], d.span[1], order, clause.hedged or d.hedged))
            if not cue("dated.still_away").search(clause.text):
                break


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
        if not (owner or cue("licence.slip").fullmatch(text) or _bare_day(ledger.clauses[i], dates)):
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
    day = cue("dated.day_on_it").search(clause.text) or cue("dated.licence_date").search(clause.text)
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
