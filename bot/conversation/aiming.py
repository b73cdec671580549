"""A wish for a register in a village, which only the ways that lead to one can answer.

The engine's verdict is that of the whole document: as long as a way into town may be open, so is the case. Who wants to register in a
village, and there only, is not helped by that: the verdict for them is that of the ways to a village, and the ways into town are named.
One into town that holds already stays a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.eligibility.screening import Screening, Verdict
from bot.eligibility.values import Choice, Value
from bot.policy.model import Pack

_VILLAGE = Choice(frozenset({"village"}))


def ways_to_the_village(pack: Pack, facts: Mapping[str, Value]) -> tuple[str, ...]:
    """The routes that answer a wish for a village; none where that is not wished for."""
    return tuple(r.id for r in pack.routes if r.village) if facts.get("wish.area") == _VILLAGE else ()


def aimed(screening: Screening, pack: Pack, facts: Mapping[str, Value]) -> Screening:
    """The screening with the verdict for what is wished for."""
    ways = ways_to_the_village(pack, facts)
    open_ = any(screening.route(way).verdict is not Verdict.NOT_ELIGIBLE for way in ways)
    if not ways or open_ or screening.verdict is not Verdict.NEED_MORE_INFO:
        return screening
    return replace(screening, verdict=Verdict.NOT_ELIGIBLE)
