"""Several rented homes one after another: what is told of the earlier ones (一回屋里挂着别人户口) is not said of this one."""

from __future__ import annotations

from bot.reading.record.ledger import Ledger
from bot.reading.text.cues import cue

_EARLIER, _THIS_ONE = cue("tenancies.earlier"), cue("tenancies.this_one")
_OF_THE_HOME = frozenset({"rent.register_empty", "rent.title_paper", "rent.contract", "rent.filing", "rent.unit"})


def forget_earlier(ledger: Ledger) -> None:
    """Drop what was told of a home rented before the present one, where the message speaks of both."""
    earlier = next((order for order, c in enumerate(ledger.clauses) if _EARLIER.search(c.text)), None)
    if earlier is None:
        return
    later = next((order for order, c in enumerate(ledger.clauses) if order > earlier and _THIS_ONE.search(c.text)), None)
    if later is not None:
        ledger.claims[:] = [c for c in ledger.claims if not (c.fact in _OF_THE_HOME and earlier <= c.order < later)]
