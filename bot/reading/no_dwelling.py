"""What is rented or stands in one's name without being a place to live: a shop front, a vehicle, a firm."""

from __future__ import annotations

from bot.reading.cues import cue
from bot.reading.patterns import KindHit

_RENTS, _BARE = cue("no_dwelling.rents"), cue("no_dwelling.bare")
_SHOP, _HOME = cue("no_dwelling.shop"), cue("no_dwelling.home")
_IN_MY_NAME, _FIRM = cue("no_dwelling.in_my_name"), cue("no_dwelling.firm")


def no_dwelling(hit: KindHit, text: str, before: str) -> bool:
    """Whether what reads like a dwelling is none (没租门面; 门脸三间,租的; 公司注册在我名下); ``before`` is the clause before."""
    if "rented" in hit.kind | hit.deny:
        said = _RENTS.search(text)
        if said and said.start() <= hit.end and said.end() > hit.start:
            return True
        return bool(_BARE.fullmatch(text) and _SHOP.search(before) and not _HOME.search(before))
    if hit.kind == {"owned"} and _IN_MY_NAME.fullmatch(text[hit.start : hit.end]):
        return bool(_FIRM.search(text)) and not _HOME.search(text)
    return False
