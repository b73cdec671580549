"""What the clauses of a message, all read, tell together.

A later step sees what the earlier ones settled; the stages stand in the order in which one needs the other.
"""

from __future__ import annotations

from bot.reading.home.booked import read_book_names
from bot.reading.home.deeds import read_guests
from bot.reading.home.given_by import settle_given
from bot.reading.home.given_up import forget_given_up, read_given_up, read_no_other
from bot.reading.home.held_by import settle_holder
from bot.reading.home.inherited import place_of_the_giver, read_inherited
from bot.reading.home.landing import settle_landing
from bot.reading.home.not_handed_over import settle_not_handed_over, settle_unsigned
from bot.reading.home.nothing_here import read_nothing_here
from bot.reading.home.occupants import read_occupants, settle_occupants
from bot.reading.home.one_home import settle_one_home
from bot.reading.home.purchase import read_purchase
from bot.reading.home.rent_ahead import read_rent_ahead
from bot.reading.home.site_scenes import settle_sites
from bot.reading.home.tenancies import forget_earlier
from bot.reading.home.untitled import read_untitled
from bot.reading.home.whereabouts import settle_whereabouts
from bot.reading.kin.kinship import SELF
from bot.reading.move.kinless import read_kinless
from bot.reading.move.landlord import settle_landlord
from bot.reading.move.let_by_kin import settle_let_by_kin
from bot.reading.named_ways import yield_to_told
from bot.reading.paper.certificates import read_certificates
from bot.reading.paper.collective import settle_collective
from bot.reading.paper.consent import read_consent
from bot.reading.paper.licence import settle_holder_of_licence, settle_premises
from bot.reading.paper.papers import read_papers
from bot.reading.person.bereaved import read_bereaved
from bot.reading.person.hired import settle_hand, settle_hired
from bot.reading.person.remarried import settle_remarried
from bot.reading.record.ledger import only_asked
from bot.reading.register.back_elsewhere import settle_back_elsewhere
from bot.reading.register.departure import settle_base, settle_moved
from bot.reading.register.register_with import settle_register_with
from bot.reading.register.relocated import settle_relocated
from bot.reading.register.towns import settle_towns
from bot.reading.register.two_registers import settle_two_registers
from bot.reading.register.wish_area import settle_wish_area
from bot.reading.telling import Telling
from bot.reading.work.insurance import settle_insurance
from bot.reading.work.intent import drop_unwanted_work, read_staying
from bot.reading.work.job_changes import settle_job_changes
from bot.reading.work.jobs_settled import begun, employed, not_begun, not_idle, only_a_trade, remote_first
from bot.reading.work.schooling import settle_papers, settle_schooling
from bot.reading.work.trades_over import settle_trades_over


def settle(telling: Telling) -> None:
    """Settle what was read of every person."""
    ledger = telling.ledger
    _whose_it_is(telling)
    _work(telling)
    settle_towns(ledger)
    settle_whereabouts(ledger)
    settled = {t.start for t in [*ledger.homes, *ledger.jobs]}
    _registers(telling)
    _insurance_and_family(telling)
    _homes(telling)
    settle_whereabouts(ledger, settled)
    _papers(telling)


def _whose_it_is(telling: Telling) -> None:
    """Of whom homes and jobs are told, and what only names a way."""
    ledger, plain = telling.ledger, telling.plain
    settle_hired(ledger)
    if telling.about == SELF:
        settle_hand(ledger, plain)
    settle_sites(ledger)
    yield_to_told(ledger, plain)


def _work(telling: Telling) -> None:
    """Jobs had, begun and given up, schooling, and whether somebody wants to work."""
    ledger = telling.ledger
    employed(ledger, telling.roles, telling.plain)
    remote_first(ledger)
    begun(ledger, telling.dates, telling.as_of)
    not_begun(ledger)
    not_idle(ledger)
    only_a_trade(ledger)
    settle_job_changes(ledger)
    read_nothing_here(ledger)
    settle_trades_over(ledger)
    settle_schooling(ledger)
    settle_papers(ledger)
    drop_unwanted_work(ledger)
    read_staying(ledger)


def _registers(telling: Telling) -> None:
    """Where people come from and are registered."""
    ledger, plain = telling.ledger, telling.plain
    read_guests(ledger)
    settle_back_elsewhere(ledger, telling.roles)
    settle_base(ledger)
    settle_moved(ledger, plain, telling.roles)
    settle_register_with(ledger, plain)
    settle_relocated(ledger, telling.roles, plain)
    settle_two_registers(ledger)
    settle_collective(ledger)


def _insurance_and_family(telling: Telling) -> None:
    """Premises and insurance; who has died, married again, or has no relative here."""
    ledger = telling.ledger
    settle_premises(ledger)
    settle_holder_of_licence(ledger)
    settle_insurance(ledger)
    read_bereaved(ledger, telling.plain)
    settle_remarried(ledger)
    read_kinless(ledger)


def _homes(telling: Telling) -> None:
    """How far a home is bought, inherited, given or given up, and in which of several one lives."""
    ledger, plain, roles = telling.ledger, telling.plain, telling.roles
    read_book_names(ledger)
    read_purchase(ledger, plain, roles)
    settle_not_handed_over(ledger, telling.as_of)
    settle_unsigned(ledger)
    read_untitled(ledger, plain, roles)
    read_inherited(ledger, plain, roles)
    settle_given(ledger)
    settle_one_home(ledger)
    settle_landing(ledger, roles, plain)
    forget_given_up(ledger)
    read_given_up(ledger, plain, roles)
    read_no_other(ledger)
    settle_wish_area(ledger)
    place_of_the_giver(ledger)


def _papers(telling: Telling) -> None:
    """Papers of a home and consents to it, as far as the message tells of a home let."""
    ledger, plain, roles = telling.ledger, telling.plain, telling.roles
    rented, public = "rented" in telling.story, "public_rental" in telling.story
    if public:
        read_certificates(ledger)
    settle_holder(ledger)
    if telling.about == SELF:
        settle_landlord(ledger, plain)
        settle_let_by_kin(ledger)
    if rented or public:
        read_consent(ledger, plain)
    if rented:
        read_papers(ledger, public)
        read_rent_ahead(ledger, plain, roles)
        forget_earlier(ledger)
    read_occupants(ledger, plain, rented)
    ledger.claims[:] = [c for c in ledger.claims if not only_asked(ledger, ledger.clauses[c.order])]
    if rented:
        settle_occupants(ledger)
