"""Messages of a landlord: who wants to register is the tenant, whom the home is let to (我的房租给个小伙子,他想落户,我同意).

The home that the asker owns is the tenant's rented one, the asker's word is the owner's, and the asker's register is one that is there
already.  The asker is neither who moves nor whom somebody follows.
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.move.wish import Wish
from bot.reading.person.strangers import tenant_named
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import ONES_OWN, Claim, Ledger, Spot, Thing
from bot.reading.text.cues import cue

_ASKERS = (SELF, COUPLE)
_ON_IT = cue("landlord.on_it")


def _tenant(ledger: Ledger, plain: str) -> tuple[str, tuple[int, int]] | None:
    """Who the tenant is and where the words for them stand, where a landlord asks."""
    at = tenant_named(plain)
    return next(((m.person, at) for m in ledger.people if at and m.start <= at[0] < m.end), None)


def of_the_tenant(ledger: Ledger, wishes: list[Wish], plain: str) -> list[Wish]:
    """The wishes of a message, those of a landlord made the tenant's."""
    found = _tenant(ledger, plain)
    if found is None:
        return wishes
    tenant, (start, end) = found
    return [Wish(tenant, plain[start:end], None, None, next((w.order for w in wishes), 0), True)]


def settle_landlord(ledger: Ledger, plain: str) -> None:
    """Make the home that the asker lets the rented one of the tenant, and what is told with no name the tenant's."""
    found = _tenant(ledger, plain)
    if found is None:
        return
    tenant, named = found
    let = [t for t in ledger.homes if t.kind and t.person in (*_ASKERS, tenant) and t.kind <= ONES_OWN | {"rented"}]
    spots = [t.spot for t in let if t.spot.said and not t.spot.assumed] + _stands(ledger, tenant) + [t.spot for t in let if t.spot.said]
    order = next(n for n, clause in enumerate(ledger.clauses) if clause.start <= named[0] < clause.end)
    spot = spots[0] if spots else Spot()
    if not any(c.fact == "rent.register_empty" for c in ledger.claims):
        _own_register(ledger)
    asked = [m.start for m in ledger.people if m.person in _ASKERS]
    asker_named = {n for n, c in enumerate(ledger.clauses) if any(c.start <= at < c.end for at in asked)}

    def theirs(told: Claim) -> Claim | None:
        if told.anyone or told.person.split("/")[0] == tenant:
            return told
        if told.person not in _ASKERS:
            return None  # 我闺女的户口还在这房上
        return None if told.order in asker_named else replace(told, person=tenant)

    ledger.claims[:] = [c for c in map(theirs, ledger.claims) if c is not None]
    ledger.stands[:] = [c for c in map(theirs, ledger.stands) if c is not None]
    own = [j for j in ledger.jobs if j.person in _ASKERS]
    ledger.jobs[:] = [j for j in ledger.jobs if j not in own] + [replace(j, person=tenant) for j in own if j.order not in asker_named]
    ledger.homes[:] = [t for t in ledger.homes if t not in let and t.person not in _ASKERS]
    ledger.homes.append(Thing(tenant, frozenset({"rented"}), frozenset(), replace(spot, start=named[0], end=named[1]), *named, order))


def _own_register(ledger: Ledger) -> None:
    """Enter that the home has a register on it, where the landlord's own or a relative's is said to be there."""
    for order, clause in enumerate(ledger.clauses):
        found = _ON_IT.search(clause.text)
        if found and not clause.asks and not clause.hedged and not clause.planned(found.start()) and not clause.past_at(found.start()):
            start, end = clause.start + found.start(), clause.start + found.end()
            ledger.claims.append(Claim(SELF, "rent.register_empty", Choice(frozenset({"no"})), start, end, order, False, True))


def _stands(ledger: Ledger, tenant: str) -> list[Spot]:
    """Where the landlord or the tenant is told to be, which is where the home is."""
    found: list[Spot] = []
    for stand in ledger.stands:
        if stand.fact == "where" and stand.person in (*_ASKERS, tenant) and isinstance(stand.value, Places):
            kinds = (c.value for c in ledger.stands if c.fact == "area" and c.start == stand.start)
            area = next((v.values for v in kinds if isinstance(v, Choice)), None)
            if at_home(stand.value, ledger.home):
                found.append(Spot(stand.value, area, stand.start, stand.end))
    return found
