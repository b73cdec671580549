"""Dwellings that are named and are not: denied behind their name (租房更谈不上), or not even thought of (没打算租, 不会过去租房)."""

from __future__ import annotations

from bot.reading.record.ledger import ONES_OWN
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit

_NONE_OF_IT, _NOT_MEANT = cue("unreal.none_of_it"), cue("unreal.not_meant")
_NOT_BEFORE, _STILL_HAD, _ANOTHER = cue("unreal.not_before"), cue("unreal.still_had"), cue("unreal.another")
_MOVES, _FLAT_NO, _LISTED = cue("unreal.moves"), cue("unreal.flat_no"), cue("unreal.listed")
_HOME_TOO, _GOES_THERE = cue("unreal.home_too"), cue("unreal.goes_there")
_ALIKE = {"rented": frozenset({"rented", "public_rental"}), "owned": ONES_OWN}  # who has not the one has none of the others either
_DENIED = frozenset({"rented", "owned", "public_rental", "borrowed", "dormitory"})


def as_meant(hit: KindHit, text: str) -> KindHit:
    """The hit as its clause means it: as the denial of that kind of dwelling where the words around it say that there is none."""
    if len(hit.kind) != 1 or not hit.kind <= _DENIED:
        return hit
    behind = _denied_behind(hit, text)
    if not behind and not _denied_before(hit, text):
        return hit
    if not behind and hit.kind == {"rented"} and (meant := _NOT_MEANT.search(text, 0, hit.start)) and _GOES_THERE.search(meant.group()):
        return KindHit(frozenset({"none"}), frozenset(), hit.start, hit.end)
    denied = _ALIKE.get(next(iter(hit.kind)), hit.kind)
    if behind and _HOME_TOO.search(text, 0, hit.start):
        denied |= ONES_OWN
    return KindHit(frozenset(), denied, hit.start, hit.end)


def _denied_behind(hit: KindHit, text: str) -> bool:
    """Whether the words behind say that there is none (租房、买房的念头都没有; 公租房没轮上)."""
    found = _NONE_OF_IT.match(text, hit.end)
    return found is not None and not _STILL_HAD.search(text, 0, hit.start)


def _denied_before(hit: KindHit, text: str) -> bool:
    """Whether the words before say that it is not done or meant (没想过租房, 从没申请过公租房); 不想再租 has one already."""
    meant = _NOT_MEANT.search(text, 0, hit.start)
    if meant is not None and not _ANOTHER.search(text, meant.start()) and not _MOVES.search(meant["to"]):
        return True
    if hit.kind <= {"borrowed", "public_rental", "dormitory"}:
        return _NOT_BEFORE.search(text, 0, hit.start) is not None
    return hit.kind == {"rented"} and _FLAT_NO.search(text, 0, hit.start) is not None


def in_a_list(hit: KindHit, text: str) -> bool:
    """Whether a dwelling there is none of stands in a list with relatives there are none of (亲戚、房子、租的屋一概没有)."""
    return bool(hit.deny and _LISTED.search(text, 0, hit.start))
