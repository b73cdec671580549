"""What one clause tells of each person."""

from __future__ import annotations

from bot.reading.denials import read_denied_list, read_none_of_these
from bot.reading.entering import read_facts
from bot.reading.home.deeds import read_deeds
from bot.reading.home.dwellings import read_dwellings
from bot.reading.home.none_yet import read_none_yet
from bot.reading.home.spots import place_later, told_spot
from bot.reading.paper.bare_papers import read_bare_paper
from bot.reading.paper.collective import read_collective, read_household_of_work
from bot.reading.paper.dated import read_dates
from bot.reading.paper.licence import read_licence_name
from bot.reading.paper.shops import read_apart
from bot.reading.person.ages import read_age
from bot.reading.person.contrasts import read_contrast
from bot.reading.person.echoes import read_echo
from bot.reading.person.times import of_another_time
from bot.reading.record.ledger import Passage, Spot
from bot.reading.register.departure import read_departure
from bot.reading.register.residence import read_places
from bot.reading.telling import Telling
from bot.reading.work.insurance import insured_elsewhere_once, insured_later, read_own_payment, read_paid_after_all, read_unpaid
from bot.reading.work.intent import read_unfound, read_unwilling
from bot.reading.work.jobs import job_ahead, read_jobs


def read_claims(passage: Passage, telling: Telling, domain: str) -> str:
    """Enter what a clause tells; the domain spoken of last (a home, a job) goes in, the one spoken of now comes out."""
    _read_where(passage)
    domain = _read_homes_and_jobs(passage, domain)
    read_facts(passage, "work" if domain != "rent" and job_ahead(passage.ledger, passage.order) else domain)
    read_denied_list(passage)
    read_none_of_these(passage)
    read_departure(passage)
    read_collective(passage)
    read_household_of_work(passage)
    _read_insurance(passage)
    _read_what_is_not(passage)
    _read_in_view_of_others(passage)
    _read_papers_and_dates(passage, telling)
    return domain


def read_scene(passage: Passage) -> Spot:
    """The spot that a clause tells of, told today; what was told with no place takes it over."""
    ledger, clause, roles = passage.ledger, passage.clause, passage.roles
    told = Spot() if of_another_time(ledger, roles, clause) else told_spot(ledger, clause, roles, ledger.home)
    place_later(ledger, clause, passage.order, told, passage.plain, roles)
    return told


def _read_where(passage: Passage) -> None:
    """Where people are, and where they were insured once, which is no place of today."""
    ledger, clause, plain, roles = passage.ledger, passage.clause, passage.plain, passage.roles
    insured_elsewhere_once(ledger, clause, plain, roles)
    read_places(ledger, clause, passage.order, passage.who, roles, plain, ledger.home)


def _read_homes_and_jobs(passage: Passage, domain: str) -> str:
    """Homes, deeds and jobs; the last of them that the clause tells of is the domain."""
    domain = read_dwellings(passage) or domain
    if read_deeds(passage):
        domain = "home"
    return "work" if read_jobs(passage) else domain


def _read_insurance(passage: Passage) -> None:
    ledger, clause, order, who = passage.ledger, passage.clause, passage.order, passage.who
    read_unpaid(ledger, clause, order, who)
    read_own_payment(ledger, clause, order, who)
    read_paid_after_all(ledger, clause, order, who)
    insured_later(ledger, clause, order, passage.plain, passage.roles)


def _read_what_is_not(passage: Passage) -> None:
    """Work that is not wanted or not found, a home that there is none of yet."""
    ledger, clause, order = passage.ledger, passage.clause, passage.order
    read_unwilling(ledger, clause, order, passage.carried)
    read_unfound(ledger, clause, order)
    read_none_yet(ledger, clause, order, passage.carried)


def _read_in_view_of_others(passage: Passage) -> None:
    """What a clause says by setting one person against another, or alike."""
    read_contrast(passage.ledger, passage.clause, passage.order, passage.story)
    read_echo(passage.ledger, passage.clause, passage.order)


def _read_papers_and_dates(passage: Passage, telling: Telling) -> None:
    ledger, clause, order, carried, who = passage.ledger, passage.clause, passage.order, passage.carried, passage.who
    read_licence_name(ledger, clause, order, carried)
    read_bare_paper(ledger, clause, order, carried)
    read_apart(ledger, clause, order, carried)
    read_dates(ledger, clause, order, who, telling.dates, telling.durations, telling.as_of)
    read_age(ledger, clause, order, who)
