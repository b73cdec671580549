"""What is rented or stands in one's name without being a place to live: a shop front, a vehicle, a firm."""

from __future__ import annotations

from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit

_RENTS, _BARE = cue("no_dwelling.rents"), cue("no_dwelling.bare")
_SHOP, _HOME = cue("no_dwelling.shop"), cue("no_dwelling.home")
_IN_MY_NAME, _FIRM = cue("no_dwelling.in_my_name"), cue("no_dwelling.firm")
_BOUGHT_SO, _LOOKED_AT = cue("no_dwelling.bought_so"), cue("no_dwelling.looked_at")
_NOT_TAKEN, _LET_OUT, _PEER_LIVES = cue("no_dwelling.not_taken"), cue("no_dwelling.let_out"), cue("no_dwelling.peer_lives")
_OTHER_PROPERTY, _KEPT_BY, _RELATIVE = cue("no_dwelling.other_property"), cue("no_dwelling.kept_by"), cue("no_dwelling.relative")
_NOT_BOUGHT = cue("no_dwelling.not_bought")
_VEHICLE = cue("no_dwelling.vehicle")
_UNFINISHED = tuple(frozenset({kind}) for kind in ("untitled", "presale", "secondhand", "small_title"))


def no_dwelling(hit: KindHit, text: str, before: str) -> bool:
    """Whether what reads like a dwelling is none (没租门面; 门脸三间,租的; 公司注册在我名下); ``before`` is the clause before."""
    if "rented" in hit.kind | hit.deny:
        said = _RENTS.search(text)
        if said and said.start() <= hit.end and said.end() > hit.start:
            return True
        return bool(_BARE.fullmatch(text) and _SHOP.search(before) and not _HOME.search(before))
    if hit.deny and _NOT_BOUGHT.search(text):
        return True
    if hit.kind == {"owned"} and _OTHER_PROPERTY.match(text):
        return True
    if hit.kind == {"owned"} and _KEPT_BY.search(text[hit.start : hit.end]) and _RELATIVE.match(text, hit.end):
        return True  # 房本在我哥那
    if hit.kind == {"owned"} and _IN_MY_NAME.fullmatch(text[hit.start : hit.end]):
        return bool(_FIRM.search(text)) and not _HOME.search(text)
    return False


def says_no_more(hit: KindHit, text: str, before: str, last: frozenset[str]) -> bool:
    """Whether the clause only says how the home told before came about, or that one was looked at and not bought.

    (入住三年没红本,买的商品房; 看上一套,没买.) ``last`` is the kind of the home told before.
    """
    if hit.kind == {"owned"} and last in _UNFINISHED:
        return bool(_BOUGHT_SO.fullmatch(text))
    if hit.kind == {"secondhand"} and _VEHICLE.search(before):
        return not _HOME.search(text + before)  # 二手车过户了,户没转
    return bool(hit.deny and _NOT_TAKEN.match(text) and _LOOKED_AT.search(before))


def lived_in_by_others(hit: KindHit, text: str) -> bool:
    """Whether what is let is let by the speaker (整套出租给别人的), or somebody who is no relative lives in it (廉租房我邻居住着)."""
    if "rented" in hit.kind and _LET_OUT.search(text):
        return True
    return bool(hit.kind & {"rented", "public_rental"} and _PEER_LIVES.match(text[hit.end :]))
