"""What only names a way, a limit or a paper gives way to what the message tells of the same thing elsewhere."""

from __future__ import annotations

from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_ONLY_UP_TO, _ROUTE_TALK, _PAPER_NAME = cue("claims.only_up_to"), cue("claims.route_talk"), cue("claims.paper_name")


def yield_to_told(ledger: Ledger, plain: str) -> None:
    """What only names a way (有房产证落户那条) or a paper (公房租赁证) gives way to what the message tells of the same thing elsewhere."""
    _over_ways(ledger, plain)
    _over_other_degrees(ledger)
    _over_papers(ledger, plain)


def _over_ways(ledger: Ledger, plain: str) -> None:
    """Homes, jobs and facts told stand over those that the name of a way speaks of."""
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


def _over_other_degrees(ledger: Ledger) -> None:
    """A limit stands over the degrees told beside it (毕业证只到本科: a degree above it is none of a graduate)."""
    degrees = [c for c in ledger.claims if c.fact == "education.level"]
    limits = {(c.person, c.order) for c in degrees if _ONLY_UP_TO.search(ledger.clauses[c.order].text)}
    for person, order in limits:
        ledger.claims[:] = [c for c in ledger.claims if c.fact != "education.level" or c.person != person or c.order == order]


def _over_papers(ledger: Ledger, plain: str) -> None:
    """The kind of public housing told stands over the one that the name of a paper speaks of."""

    def on_paper(claim: Claim) -> bool:
        return _PAPER_NAME.match(plain, claim.start) is not None

    types = {c.person for c in ledger.claims if c.fact == "public.type" and not on_paper(c)}
    ledger.claims[:] = [c for c in ledger.claims if c.fact != "public.type" or c.person not in types or not on_paper(c)]
