"""What a message says of each person, clause by clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.reading.denials import read_denied_list, read_none_of_these
from bot.reading.document import document
from bot.reading.entering import read_facts
from bot.reading.home.booked import read_book_names
from bot.reading.home.deeds import read_deeds, read_guests
from bot.reading.home.dwellings import read_dwellings
from bot.reading.home.given_by import is_gift, settle_given
from bot.reading.home.given_up import forget_given_up, read_given_up
from bot.reading.home.held_by import settle_holder
from bot.reading.home.inherited import place_of_the_giver, read_inherited
from bot.reading.home.landing import settle_landing
from bot.reading.home.none_yet import read_none_yet
from bot.reading.home.not_handed_over import settle_not_handed_over
from bot.reading.home.occupants import read_occupants, settle_occupants
from bot.reading.home.one_home import settle_one_home
from bot.reading.home.purchase import read_purchase
from bot.reading.home.rent_ahead import read_rent_ahead
from bot.reading.home.site_scenes import settle_sites
from bot.reading.home.spots import combine, place_later, told_spot
from bot.reading.home.tenancies import forget_earlier
from bot.reading.home.untitled import read_untitled
from bot.reading.home.whereabouts import settle_whereabouts
from bot.reading.kin.kin_words import one_of_them
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.move.kinless import read_kinless
from bot.reading.move.landlord import settle_landlord
from bot.reading.paper.bare_papers import read_bare_paper
from bot.reading.paper.certificates import read_certificates
from bot.reading.paper.collective import read_collective, read_household_of_work, settle_collective
from bot.reading.paper.consent import read_consent
from bot.reading.paper.dated import read_dates
from bot.reading.paper.licence import names_another, read_licence_name, settle_premises
from bot.reading.paper.papers import read_papers
from bot.reading.paper.shops import read_apart
from bot.reading.person.ages import read_age
from bot.reading.person.asides import looked_after, returns, scene_of_another, whose_home_it_is
from bot.reading.person.bereaved import read_bereaved
from bot.reading.person.contrasts import read_contrast
from bot.reading.person.echoes import read_echo
from bot.reading.person.hired import settle_hand, settle_hired
from bot.reading.person.introduced import introduces
from bot.reading.person.remarried import settle_remarried
from bot.reading.person.subjects import asker, handed_over, mentions_in, only_elsewhere, says_nothing, subject_of
from bot.reading.person.tales import leave_out_tales
from bot.reading.person.times import of_another_time, once, settle_times
from bot.reading.person.unsaid import subject_unsaid
from bot.reading.record.ledger import Ledger, Passage, Spot
from bot.reading.register.departure import read_departure, settle_base, settle_moved
from bot.reading.register.register_with import settle_register_with
from bot.reading.register.relocated import settle_relocated
from bot.reading.register.residence import read_places
from bot.reading.register.roles import roles_of
from bot.reading.register.towns import settle_towns
from bot.reading.register.wish_area import settle_wish_area
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import without_husbands
from bot.reading.time.dates import find_dates
from bot.reading.time.durations import find_durations
from bot.reading.work.insurance import (
    insured_elsewhere_once,
    insured_later,
    read_own_payment,
    read_paid_after_all,
    read_unpaid,
    settle_insurance,
)
from bot.reading.work.intent import drop_unwanted_work, read_staying
from bot.reading.work.job_changes import settle_job_changes
from bot.reading.work.jobs import begun, employed, job_ahead, not_idle, only_a_trade, read_jobs, read_unfound, read_unwilling, remote_first
from bot.reading.work.schooling import settle_papers, settle_schooling
from bot.reading.work.trades_over import settle_trades_over


def collect(plain: str, as_of: date, home: str | None, about: str = SELF) -> Ledger:
    """Read every claim of the text; ``about`` is whom it speaks of where it names nobody."""
    doc = document(plain, home, about)
    ledger = Ledger(list(doc._.clauses), list(doc._.people), list(doc._.places), home)
    leave_out_tales(ledger, plain)
    roles = roles_of(ledger, plain)
    settle_times(ledger, roles)
    dates = find_dates(plain, as_of)
    durations = find_durations(plain)
    story = _story(ledger.clauses)
    carried, topic, theme = about, about, ""
    sentence = 0
    where: Spot = Spot()
    setter = about  # whose clause set the scene
    domain = ""
    asked_for = cue("claims.asks_for").search(plain)
    if asked_for:
        for m in ledger.people:
            named = m.start >= asked_for.end() and one_of_them(plain[asked_for.end() : m.start]) and m.person not in (SELF, NOBODY)
            if named and cue("claims.then_asks").match(plain[m.end :]):
                carried = topic = theme = m.person
                break
    if (about_whom := _about_whom(ledger, plain)) is not None:
        carried = topic = theme = about_whom
    for order, clause in enumerate(ledger.clauses):
        if clause.sentence != sentence:
            sentence = clause.sentence
            where = Spot()
            carried, theme = theme or carried, ""
        mentions = mentions_in(ledger, clause)
        text, offset = clause.text, clause.start
        carried = subject_unsaid(ledger, clause, mentions, carried, topic, plain)
        aside = plain[offset - 1 : offset] == "("
        before_aside = carried
        if aside and (owner := next((m for m in ledger.people if m.end == offset - 1 and m.relation != NOBODY), None)):
            carried = owner.person
        subject_here = subject_of(clause, mentions, clause.end, carried, plain)
        if scene_of_another(ledger, mentions, subject_here, setter, where):
            where = Spot()
        ledger.subjects.append(carried)
        if clause.hearsay:
            continue

        who = asker(clause, mentions, carried, plain)
        insured_elsewhere_once(ledger, clause, plain, roles)
        read_places(ledger, clause, order, who, roles, plain, home)
        passage = Passage(ledger, clause, order, plain, roles, mentions, who, subject_here, carried, topic, where, story)
        domain = read_dwellings(passage) or domain
        if read_deeds(passage):
            domain = "home"
        if read_jobs(passage):
            domain = "work"
        read_facts(passage, "work" if domain != "rent" and job_ahead(ledger, order) else domain)
        read_denied_list(passage)
        read_none_of_these(passage)
        read_departure(passage)
        read_collective(passage)
        read_household_of_work(passage)
        read_unpaid(ledger, clause, order, who)
        read_own_payment(ledger, clause, order, who)
        read_paid_after_all(ledger, clause, order, who)
        insured_later(ledger, clause, order, plain, roles)
        read_unwilling(ledger, clause, order, carried)
        read_unfound(ledger, clause, order)
        read_none_yet(ledger, clause, order, carried)
        read_contrast(ledger, clause, order, story)
        read_echo(ledger, clause, order)
        read_licence_name(ledger, clause, order, carried)
        read_bare_paper(ledger, clause, order, carried)
        read_apart(ledger, clause, order, carried)
        read_dates(ledger, clause, order, who, dates, durations, as_of)
        read_age(ledger, clause, order, who)
        told = told_spot(ledger, clause, roles, home) if not of_another_time(ledger, roles, clause) else Spot()
        place_later(ledger, clause, order, told, plain, roles)
        # -- what the next clause continues --------------------------------------------------------------------------
        busy = any(t.order == order and t.kind for t in [*ledger.homes, *ledger.jobs])
        if told.said and not aside and not cue("claims.head_office").match(text) and (busy or not _SCHOOL.search(text)):
            where = replace(
                combine(where, told) if told.places is None or told.assumed else told,
                assumed=told.assumed or busy,
            )
            setter = subject_here
        explicit = [m for m in mentions if m.relation != NOBODY]
        if subject_here in (SELF, COUPLE) and carried not in (SELF, COUPLE, NOBODY) and says_nothing(ledger, clause, order):
            continue  # 我也说不清: what follows is still the other's
        if aside:
            carried = before_aside
            continue
        left = any(t.order == order and t.kind == {"inherited"} for t in ledger.homes) or cue("claims.by_will").search(text)
        if left and _TO_ME.search(text):
            carried = SELF  # 遗嘱留给我了: who left it is dead, and tells of nothing after
            continue
        if subject_here not in (SELF, COUPLE) and handed_over(clause, mentions, plain):
            carried = SELF
            continue
        aside_of_kin = returns(ledger, clause, order, mentions, carried) or looked_after(clause, carried)
        aside_of_kin = aside_of_kin or whose_home_it_is(ledger, clause, order, carried) or is_gift(ledger, order)
        on_a_paper = names_another(clause) or _on_a_paper(ledger, clause)
        if on_a_paper or _DISPUTES.search(text) or aside_of_kin or only_elsewhere(ledger, clause, order, mentions, home):
            continue
        if explicit and subject_here != NOBODY and (not theme or theme in (SELF, COUPLE) and introduces(clause)):
            theme = subject_here
        if theme in (SELF, COUPLE) and subject_here == topic and _goes_on_of(ledger, mentions, topic):
            theme = topic
        if (asked := _asked_after(clause, mentions)) is not None:
            carried = topic = theme = asked
            continue
        late = next((m for m in mentions if m.person == NOBODY and m.owner not in (None, COUPLE, NOBODY)), None)
        if late is not None and subject_here == NOBODY:
            carried = late.owner or carried  # 她老伴没了,户口在…: hers
            topic = topic if carried == SELF else carried
            continue
        if subject_here != carried or explicit:
            if subject_here == NOBODY or subject_here == "child" and cue("claims.schooling").search(text) and len(text) < 12:
                pass
            else:
                if subject_here not in (SELF, COUPLE):
                    topic = subject_here
                carried = subject_here
    settle_hired(ledger)
    if about == SELF:
        settle_hand(ledger, plain)
    settle_sites(ledger)
    yield_to_told(ledger, plain)
    employed(ledger, roles, plain)
    remote_first(ledger)
    begun(ledger, dates, as_of)
    not_idle(ledger)
    only_a_trade(ledger)
    settle_job_changes(ledger)
    settle_trades_over(ledger)
    settle_schooling(ledger)
    settle_papers(ledger)
    drop_unwanted_work(ledger)
    read_staying(ledger)
    settle_towns(ledger)
    settle_whereabouts(ledger)
    settled = {t.start for t in [*ledger.homes, *ledger.jobs]}
    read_guests(ledger)
    settle_base(ledger)
    settle_moved(ledger, plain)
    settle_register_with(ledger, plain)
    settle_relocated(ledger, roles, plain)
    settle_collective(ledger)
    settle_premises(ledger)
    settle_insurance(ledger)
    read_bereaved(ledger, plain)
    settle_remarried(ledger)
    read_kinless(ledger)
    read_book_names(ledger)
    read_purchase(ledger, plain, roles)
    settle_not_handed_over(ledger, as_of)
    read_untitled(ledger, plain, roles)
    read_inherited(ledger, plain, roles)
    settle_given(ledger)
    settle_one_home(ledger)
    settle_landing(ledger, roles, plain)
    forget_given_up(ledger)
    read_given_up(ledger, plain, roles)
    settle_wish_area(ledger)
    place_of_the_giver(ledger)
    settle_whereabouts(ledger, settled)
    if "public_rental" in story:
        read_certificates(ledger)
    settle_holder(ledger)
    if about == SELF:
        settle_landlord(ledger, plain)
    if story & {"rented", "public_rental"}:
        read_consent(ledger, plain)
    if "rented" in story:
        read_papers(ledger, "public_rental" in story)
        read_rent_ahead(ledger, plain, roles)
        forget_earlier(ledger)
    read_occupants(ledger, plain, "rented" in story)
    if "rented" in story:
        settle_occupants(ledger)
    return ledger


def _about_whom(ledger: Ledger, plain: str) -> str | None:
    """Whom a message says it is about (…,问的是我妹夫)."""
    said = cue("claims.about").search(plain)
    named = (m.person for m in ledger.people if said and m.start <= said.end() <= m.end and m.person not in (SELF, COUPLE, NOBODY))
    return next(named, None)


def _goes_on_of(ledger: Ledger, mentions: list[Mention], topic: str) -> bool:
    """Whether a clause returns by a pronoun to the one whose register was told, and none of the asker's (我家有房,她放假住我家。能落吗)."""
    told = {c.person for c in ledger.claims if c.fact in ("hukou.place", "hukou_here")}
    named = bool(mentions) and mentions[0].relation == "pronoun" and mentions[0].person == topic
    return named and topic not in (SELF, COUPLE, NOBODY) and topic in told and not told & {SELF, COUPLE}


def _on_a_paper(ledger: Ledger, clause: Clause) -> bool:
    """Whether the clause only says in whose name a paper stands, of somebody dead by now (证上是我爷爷名字,爷爷去世后没变更)."""
    said = cue("claims.named_on_a_paper").fullmatch(clause.text)
    return said is not None and any(m.person == NOBODY and m.start > clause.end for m in ledger.people)


def _asked_after(clause: Clause, mentions: list[Mention]) -> str | None:
    """The relative of whom a clause says no more than that it asks after them (这回问我表哥)."""
    said = cue("claims.asks_after").fullmatch(clause.text)
    at = (clause.start + said.start("whom"), clause.start + said.end("whom")) if said else None
    return next((m.person for m in mentions if (m.start, m.end) == at and m.person not in (SELF, COUPLE, NOBODY)), None)


_SCHOOL, _ONLY_UP_TO = cue("claims.school"), cue("claims.only_up_to")
_DISPUTES, _TO_ME = cue("claims.disputes"), cue("claims.to_me")
_ROUTE_TALK = cue("claims.route_talk")
_PAPER_NAME = cue("claims.paper_name")


def yield_to_told(ledger: Ledger, plain: str) -> None:
    """What only names a way (有房产证落户那条) or a paper (公房租赁证) gives way to what the message tells of the same thing elsewhere."""
    talk = [m.span() for m in _ROUTE_TALK.finditer(plain)]

    def named(start: int) -> bool:
        return any(low <= start < high for low, high in talk)

    homes = {t.person for t in ledger.homes if t.kind and not named(t.start)}
    # 我们住公租房,孩子要上学,凭公租房这条: whose home it is was told
    kinds = {t.kind for t in ledger.homes if t.kind and not named(t.start)}
    ledger.homes[:] = [t for t in ledger.homes if not (t.kind and (t.person in homes or t.kind in kinds) and named(t.start))]
    jobs = {t.person for t in ledger.jobs if t.kind and not named(t.start)}
    ledger.jobs[:] = [t for t in ledger.jobs if not (t.kind and t.person in jobs and named(t.start))]
    told = {(c.person, c.fact) for c in ledger.claims if not named(c.start)}
    ledger.claims[:] = [c for c in ledger.claims if not ((c.person, c.fact) in told and named(c.start))]
    limits = {
        (c.person, c.order) for c in ledger.claims if c.fact == "education.level" and _ONLY_UP_TO.search(ledger.clauses[c.order].text)
    }
    for person, order in limits:  # 毕业证只到本科: a degree above it is none of a graduate
        ledger.claims[:] = [c for c in ledger.claims if c.fact != "education.level" or c.person != person or c.order == order]
    types = {c.person for c in ledger.claims if c.fact == "public.type" and not _PAPER_NAME.match(plain, c.start)}
    ledger.claims[:] = [
        c for c in ledger.claims if c.fact != "public.type" or c.person not in types or not _PAPER_NAME.match(plain, c.start)
    ]


def _once_rented(clause: Clause, at: int) -> bool:
    """Whether words of renting are told of former days only (以前在青岛租房住), none of which is said of a home rented now."""
    return once(clause.text, at) or (clause.past_at(at) and not cue("times.then_begun").search(clause.text))


def _story(clauses: list[Clause]) -> frozenset[str]:
    """What the message as a whole tells of, for patterns that only mean something in that light."""
    whole = "".join(c.text + "," for c in clauses if not c.hearsay)
    told = set()
    for name, words in (("rented", cue("claims.renting")), ("public_rental", cue("claims.public_housing"))):
        if any(not _once_rented(c, m.start()) for c in clauses if not c.hearsay for m in words.finditer(without_husbands(c.text))):
            told.add(name)
    if cue("claims.dispatched").search(whole):
        told.add("dispatched")
    if cue("claims.origin").search(whole):
        told.add("origin")
    if cue("claims.collective").search(whole):
        told.add("collective")
    return frozenset(told)
