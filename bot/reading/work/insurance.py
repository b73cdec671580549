"""Social insurance: where it is paid, and denials that lean on the clause before."""

from __future__ import annotations

from bot.eligibility.values import Choice, Places
from bot.reading.home.spots import of_reading
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.place.places import NAMED
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.text.clauses import PAST, Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import Hit
from bot.reading.text.renewing import renews

_ROLES = ("where", "not", "from", "origin", "hukou")


def insured_where(ledger: Ledger, clause: Clause, order: int, person: str, plain: str, roles: dict[int, str]) -> None:
    """Where the insurance is paid, where the words say it (社保交在别的市)."""
    for i, place in enumerate(ledger.places):
        if not clause.start <= place.span[0] < clause.end or place.kind == "building" or roles[i] not in _ROLES:
            continue
        before, after = plain[clause.start : place.span[0]], plain[place.span[1] : clause.end]
        if roles[i] == "hukou" and not cue("insurance.with_register").search(before):
            continue
        if cue("insurance.not_insured_there").search(before) and cue("insurance.insured_after").match(after):
            roles[i] = "insurance"  # 公司在济南给交的,没在聊城交
            there = place.places
            if not _told_where(ledger, person) and there.include != frozenset({""}):
                elsewhere = Places(frozenset({""}), there.include)
                ledger.claims.append(Claim(person, "insurance.place", elsewhere, *place.span, order, clause.hedged))
        elif (
            (bare := _names_it_only(ledger, clause, order, before, after))
            or cue("insurance.insured_before").search(before)
            or cue("insurance.insured_after").match(after)
        ):
            spot = of_reading(place)
            if spot.places is not None and roles[i] != "not":
                ledger.claims.append(Claim(person, "insurance.place", spot.places, *place.span, order, clause.hedged))
                # 社保给上的,在高唐: of the work as well
                if roles[i] not in ("origin", "hukou") and not bare and not cue("insurance.of_the_firm").match(after):
                    roles[i] = "insurance"


def without_cover_there(ledger: Ledger, clause: Clause, order: int, person: str, plain: str) -> None:
    """That somebody has no insurance in a place (无城区社保), whether or not they have any elsewhere."""
    if clause.asks or clause.hearsay or _told_where(ledger, person):
        return
    for place in ledger.places:
        if not clause.start <= place.span[0] < clause.end or place.kind in ("building", "elsewhere"):
            continue
        denied = cue("insurance.none_there").search(plain[clause.start : place.span[0]])
        if denied and cue("insurance.cover").match(plain[place.span[1] : clause.end]):
            elsewhere = Places(frozenset({""}), place.places.include)
            ledger.claims.append(Claim(person, "insurance.place", elsewhere, *place.span, order, clause.hedged))


def _names_it_only(ledger: Ledger, clause: Clause, order: int, before: str, after: str) -> bool:
    """Whether a clause is no more than a place, right behind one that ends with the paying of insurance (社保给上着的,在高唐)."""
    bare = bool(before.endswith("在") and cue("spots.only_in").fullmatch(before)) and not after
    return bare and bool(order) and bool(cue("insurance.just_paid").search(ledger.clauses[order - 1].text))


def insured_there(ledger: Ledger, clause: Clause, order: int, person: str, roles: dict[int, str]) -> None:
    """社保也交在那边: at the place of the work told just before."""
    here = any(clause.start <= p.span[0] < clause.end for p in ledger.places)
    if here or not cue("insurance.there").search(clause.text) or _told_where(ledger, person):
        return
    back = order - 1
    while back > 0 and cue("insurance.also_there").search(ledger.clauses[back].text):
        back -= 1  # 人在石家庄,户口也在那边,社保也在那交
    first = ledger.clauses[max(0, back)].start
    before = [p for i, p in enumerate(ledger.places) if first <= p.span[0] < clause.start and p.kind in NAMED and roles.get(i) == "where"]
    if before:
        place = before[-1]
        ledger.claims.append(Claim(person, "insurance.place", place.places, *place.span, order, clause.hedged))


def read_own_payment(ledger: Ledger, clause: Clause, order: int, who: Who) -> None:
    """Who goes on paying by themselves pays (之前单位给交社保,离职后我自己续着交的)."""
    if clause.asks or clause.hearsay or not cue("insurance.paid_oneself").fullmatch(clause.text):
        return
    if any(c.order == order and c.fact == "insurance.paid" for c in ledger.claims):
        return
    if any(cue("insurance.insurance").search(c.text) for c in ledger.clauses[max(0, order - 2) : order]):
        person = SELF if who(0) == NOBODY else who(0)
        ledger.claims.append(Claim(person, "insurance.paid", Choice(frozenset({"yes"})), clause.start, clause.end, order, clause.hedged))


def read_paid_after_all(ledger: Ledger, clause: Clause, order: int, who: Who) -> None:
    """社保 named in a clause before as what was told wrongly, and paid in this one (社保说错了,交了; 原来说没社保,其实交了)."""
    if clause.asks or clause.hearsay or not cue("insurance.paid_after_all").fullmatch(clause.text):
        return
    before = ledger.clauses[max(0, order - 2) : order]
    if not before or any(c.order == order and c.fact == "insurance.paid" for c in ledger.claims):
        return
    if not any(cue("insurance.insurance").search(c.text) for c in before) or not any(renews(c.text) for c in (*before, clause)):
        return
    person = SELF if who(0) == NOBODY else who(0)
    no, yes = Choice(frozenset({"no"})), Choice(frozenset({"yes"}))
    since = order - len(before)
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == "insurance.paid" and c.value == no and since <= c.order < order)]
    ledger.claims.append(Claim(person, "insurance.paid", yes, clause.start, clause.end, order, clause.hedged))


def insured_elsewhere_once(ledger: Ledger, clause: Clause, plain: str, roles: dict[int, str]) -> None:
    """Where insurance used to be paid is no place of work (社保之前在郑州交,后来断了)."""
    for i, place in enumerate(ledger.places):
        if clause.start <= place.span[0] < clause.end and roles[i] == "where" and clause.past_at(place.span[0] - clause.start):
            before, after = plain[clause.start : place.span[0]], plain[place.span[1] : clause.end]
            if cue("insurance.insured_before").search(before) and cue("insurance.insured_after").match(after):
                roles[i] = "insurance"


def insured_later(ledger: Ledger, clause: Clause, order: int, plain: str, roles: dict[int, str]) -> None:
    """A clause that only says where it is paid, after one that says that it is (社保交着的,在东昌府交的)."""
    yes = Choice(frozenset({"yes"}))
    paid = [c for c in ledger.claims if c.fact == "insurance.paid" and c.value == yes and order - 2 <= c.order < order]
    if paid and cue("insurance.earlier").search(clause.text):
        for i, place in enumerate(ledger.places):
            if clause.start <= place.span[0] < clause.end and roles.get(i) == "where":
                roles[i] = "insurance"  # 之前两年在别处交的
        return
    if _mends(ledger, clause, order, roles):
        return
    if paid and not any(c.fact == "insurance.place" and c.order >= paid[-1].order for c in ledger.claims):
        insured_where(ledger, clause, order, paid[-1].person, plain, roles)


def _mends(ledger: Ledger, clause: Clause, order: int, roles: dict[int, str]) -> bool:
    """Whether a clause after a slip puts right where it is paid (社保交在淄博,哦说错了,也在济南); it is entered."""
    if order < _SLIP or not cue("licence.slip").fullmatch(ledger.clauses[order - 1].text):
        return False
    wrong = [c for c in ledger.claims if c.fact == "insurance.place" and c.order == order - _SLIP]
    here = [(i, p) for i, p in enumerate(ledger.places) if clause.start <= p.span[0] < clause.end and p.kind in NAMED]
    if not wrong or len(here) != 1 or not cue("spots.later").match(clause.text[: here[0][1].span[0] - clause.start]):
        return False
    i, place = here[0]
    roles[i] = "insurance"
    ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in wrong)]
    ledger.claims.append(Claim(wrong[0].person, "insurance.place", place.places, *place.span, order, clause.hedged))
    return True


_SLIP = 2  # clauses from what is put right to what it is put right to


def _told_where(ledger: Ledger, person: str) -> bool:
    return any(c.fact == "insurance.place" and c.person == person for c in ledger.claims)


_UNPAID = cue("insurance.unpaid")
_RESUMED, _BROKEN = cue("insurance.resumed"), cue("insurance.broken")


def read_unpaid(ledger: Ledger, clause: Clause, order: int, who: Who) -> None:
    """社保 named in a clause before and denied in this one (要不要交社保?我可没交过)."""
    if not _UNPAID.fullmatch(clause.text) or any(c.order == order and c.fact == "insurance.paid" for c in ledger.claims):
        return
    if not any(cue("insurance.insurance").search(c.text) for c in ledger.clauses[max(0, order - 2) : order]):
        return
    person = SELF if who(0) == NOBODY else who(0)
    yes = Choice(frozenset({"yes"}))

    def denied(claim: Claim) -> bool:
        """Whether it is what the clause denies: that this person pays (她交社保,我不交 leaves hers)."""
        told_before = claim.fact == "insurance.paid" and claim.value == yes and order - 2 <= claim.order < order
        return told_before and claim.person == person

    ledger.claims[:] = [c for c in ledger.claims if not denied(c)]
    ledger.claims.append(Claim(person, "insurance.paid", Choice(frozenset({"no"})), clause.start, clause.end, order))


def settle_insurance(ledger: Ledger) -> None:
    """What was broken off and taken up again is paid now (断缴三个月,上个月又补上了)."""
    no, yes = Choice(frozenset({"no"})), Choice(frozenset({"yes"}))
    told = [c for c in ledger.claims if c.fact == "insurance.paid"]
    for order, clause in enumerate(ledger.clauses):
        broken = [c for c in told if c.value == no and order - 2 <= c.order <= order and _BROKEN.search(ledger.clauses[c.order].text)]
        if not broken or clause.asks or clause.hearsay or not _RESUMED.search(clause.text):
            continue
        ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in broken)]
        at = (clause.start, clause.end, order)
        ledger.claims.append(Claim(broken[0].person, "insurance.paid", yes, *at, clause.hedged))
    _forget_former_days(ledger)


def _forget_former_days(ledger: Ledger) -> None:
    """None paid in former days, and paid now, is paid (之前打零工一直没交过,今年进厂从四月开始交)."""
    told = [c for c in ledger.claims if c.fact == "insurance.paid"]
    for claim in [c for c in told if c.value == Choice(frozenset({"no"})) and PAST.search(ledger.clauses[c.order].text)]:
        if any(c.person == claim.person and c.value != claim.value and c.order > claim.order for c in told):
            ledger.claims[:] = [c for c in ledger.claims if c is not claim]


def fact_of_insurance(found: Hit) -> bool:
    """Whether a hit says that no insurance is paid."""
    return found.pattern.fact == "insurance.paid" and found.value == {"no"}
