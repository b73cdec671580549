"""Where registers, origins and people are said to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import NOBODY
from bot.reading.kin.mention import Mention
from bot.reading.person.holders import beside
from bot.reading.place.places import VILLAGE
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.register.place_told import ANYWHERE, PlaceTold, places_told
from bot.reading.register.register_there import read_register_there
from bot.reading.register.register_unnamed import read_register_unnamed
from bot.reading.register.roles import ORIGIN_AFTER
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue


def read_places(ledger: Ledger, clause: Clause, order: int, who: Who, roles: dict[int, str], plain: str, home: str | None) -> None:
    """Registers where somebody's hukou, origin or whereabouts are."""
    settled: set[str] = set()  # whose register the clause tells by its place
    for told in places_told(ledger, clause, order, who, roles, plain, home):
        ledger.stands.extend(_brought_along(told))
        if told.person == NOBODY:
            continue
        if _names_no_place(told):
            ledger.stands.extend(told.area(told.person) if told.place.kind != "building" and told.role == "where" else ())
        elif not _no_fact(told):
            settled |= {told.person} if told.role == "hukou" and not told.no_more_than_a_kind else set()
            _enter(told)
    if not read_register_there(ledger, clause, order, who, roles) and home:
        read_register_unnamed(ledger, clause, order, who, home, settled)


def _enter(told: PlaceTold) -> None:
    """Enter what a place tells of registers and origins, then who is there."""
    if (elsewhere := _village_elsewhere(told)) is not None:
        told.ledger.claims.append(told.claim("hukou.place", elsewhere))
        return
    for claims in _CLAIMS:
        told.ledger.claims.extend(claims(told))
    told.ledger.stands.extend(_whereabouts(told))


# -- what tells nothing ----------------------------------------------------------------------------------------------------
def _names_no_place(told: PlaceTold) -> bool:
    """商品房, 村里 without anything that says where: it may be anywhere."""
    places = told.place.places
    return told.place.kind == "building" or places.include == ANYWHERE and not places.exclude


def _no_fact(told: PlaceTold) -> bool:
    """Whether a register or origin at the place is no fact: planned, over, or told elsewhere where it is."""
    if told.role not in ("hukou", "origin") or told.no_more_than_a_kind:
        return False
    if told.planned:
        return told.role != "origin" or not _is_the_origin_itself(told)
    if told.role == "origin":
        return told.place.kind == "origin" and told.home is None
    # 户口还在老家: register_there says where that is
    return _register_over(told) or told.place.kind == "origin" and told.place.places.include == ANYWHERE


def _is_the_origin_itself(told: PlaceTold) -> bool:
    """打算回临淄老家: one's origin, whatever is planned there."""
    return told.named and ORIGIN_AFTER.search(told.after) is not None


def _register_over(told: PlaceTold) -> bool:
    """Whether a register was at the place and is there no more."""
    if not told.past or told.clause.past:
        return False
    if cue("residence.moved_there").search(told.before) or cue("residence.still").match(told.plain, told.end):
        return False
    return not cue("residence.always").search(cue("residence.outside").sub("", told.before))


# -- a register somewhere else than there ----------------------------------------------------------------------------------
def _no_local(told: PlaceTold) -> Iterator[Claim]:
    """不是本地人."""
    if told.role != "not" or told.place.kind != "here" or told.clause.asks:
        return
    if cue("residence.no_local").match(told.plain, told.end):
        yield told.claim("hukou.place", told.elsewhere)


def _register_not_there(told: PlaceTold) -> Iterator[Claim]:
    """户口不在临淄."""
    start = told.place.span[0]
    if (
        told.role == "not"
        and not told.no_more_than_a_kind
        and cue("roles.register").search(told.plain[max(told.clause.start, start - 8) : start])
    ):
        yield told.claim("hukou.place", told.elsewhere)


def _not_moved_yet(told: PlaceTold) -> Iterator[Claim]:
    """户口还没迁到临清."""
    if told.role == "target" and told.named and not told.clause.asks and cue("residence.not_moved_to").search(told.before):
        yield told.claim("hukou.place", told.elsewhere)


# -- a register or an origin there -----------------------------------------------------------------------------------------
def _in_a_village(told: PlaceTold) -> bool:
    """户口一直在村里: where the clause tells a register by no more than a kind of area."""
    if told.role != "hukou" or not told.no_more_than_a_kind or told.clause.asks:
        return False
    return bool(cue("residence.register_in").search(told.before))


def _village_elsewhere(told: PlaceTold) -> Places | None:
    """老家在…,户口一直在村里: the origin outside the jurisdiction that was just told of somebody, which 那 and 村里 then mean."""
    if not _in_a_village(told):
        return None
    claims, order = told.ledger.claims, told.order
    origins = [c.value for c in claims if c.person == told.person and c.fact == "origin.place" and order - 1 <= c.order <= order]
    value = origins[-1] if origins else None
    return value if isinstance(value, Places) and not at_home(value, told.home) else None


def _village_here(told: PlaceTold) -> Iterator[Claim]:
    """户口一直在村里: here, where no other village was told of."""
    if _in_a_village(told):
        yield told.claim("hukou_here", Choice(frozenset({"yes"})))


def _register_there(told: PlaceTold) -> Iterator[Claim]:
    """我和闺女户口都在肥乡, 户口沂源老家: the register of all who are named with it, and the origin where the words say so."""
    if told.role != "hukou" or told.no_more_than_a_kind:
        return
    yield told.claim("hukou.place", told.place.places)
    if not told.at_home:
        others = beside(told.clause, told.place.span[0], told.mentions, told.plain)
        yield from (told.claim("hukou.place", told.place.places, person=person) for person in others if person != told.person)
    if ORIGIN_AFTER.search(told.after) or cue("residence.register_and_origin").search(told.before):
        yield told.claim("origin.place", told.place.places)


def _origin_there(told: PlaceTold) -> Iterator[Claim]:
    """老家在沂源."""
    if told.role == "origin" and not told.no_more_than_a_kind:
        yield told.claim("origin.place", told.place.places)


def _came_from_elsewhere(told: PlaceTold) -> Iterator[Claim]:
    """我外省来养病的; 外地过来的: from no more than elsewhere."""
    if told.role != "where" or told.place.kind != "elsewhere" or told.clause.asks:
        return
    if cue("roles.just_somebody").fullmatch(told.before) and cue("roles.of_there").match(told.after):
        yield told.claim("hukou.place", told.place.places)


def _went_there(told: PlaceTold) -> Iterator[Claim]:
    """当年跟着丈人落到桓台去了; 早年从村里迁到博山: a register was moved to the place, once."""
    if told.role != "target" or not told.named or told.clause.asks or told.wanted or not _of_a_register(told):
        return
    if cue("residence.went_before").search(told.before) or cue("residence.went_after").match(told.after):
        yield told.claim("hukou.place", told.place.places)


def _of_a_register(told: PlaceTold) -> bool:
    """Whether the clause tells of a register (跟着爹农转非迁到桓台), or the one before does (原先户口在德州,去年迁到这了)."""
    if cue("roles.register_word").search(told.clause.text) or cue("residence.turned_townsman").search(told.before):
        return True
    return told.order > 0 and bool(cue("residence.register_was").search(told.ledger.clauses[told.order - 1].text))


def _came_over(told: PlaceTold) -> Iterator[Claim]:
    """从沂源过来的: the register is taken to be there."""
    if told.role == "from" and not told.no_more_than_a_kind and cue("residence.came").match(told.plain, told.end) and not told.planned:
        yield told.claim("hukou.place", told.place.places, presumed=True)


def _left_the_village(told: PlaceTold) -> Iterator[Claim]:
    """从皇城镇村里迁到张店; 从敬仲镇当兵走的: a village of the jurisdiction was left, register and all."""
    area = told.place.area
    if told.role != "from" or area is None or not area & VILLAGE or not told.at_home or told.clause.asks or told.wanted:
        return
    if cue("residence.left_for").match(told.after):
        yield told.claim("origin.place", told.place.places)


def _never_left(told: PlaceTold) -> Iterator[Claim]:
    """一直在临淄没出去过: the register is taken to be there."""
    if told.role in ("from", "where") and told.named and cue("residence.never_left").search(told.before):
        yield told.claim("hukou.place", told.place.places, presumed=True)


def _origin_by_word(told: PlaceTold) -> Iterator[Claim]:
    """老家, 娘家, whatever it is named for and whatever is planned there (打算回临淄老家村里养蜂)."""
    loosely = told.planned and not told.named
    if told.role in ("where", "from", "target") and cue("residence.origin_word").search(told.place.name) and not loosely:
        yield told.claim("origin.place", told.place.places)


_CLAIMS: tuple[Callable[[PlaceTold], Iterator[Claim]], ...] = (
    *(_no_local, _register_not_there, _village_here, _not_moved_yet),
    *(_register_there, _origin_there, _came_from_elsewhere, _went_there),
    *(_came_over, _left_the_village, _never_left, _origin_by_word),
)


# -- who is there ----------------------------------------------------------------------------------------------------------
def _whereabouts(told: PlaceTold) -> Iterator[Claim]:
    """Where somebody is, or has a register or an origin, by now, and who lives with them."""
    if told.role not in ("hukou", "where", "origin") or told.past or told.planned:
        return
    if told.role == "where" and (known := _only_known_there(told)) is not None:
        yield from told.stands(known.person)
        return
    if told.role == "hukou" and cue("residence.and_the_person").search(told.before):
        yield from told.stands(told.person)
    if told.role == "origin" and cue("residence.bred_there").match(told.after):
        yield from told.stands(told.person)
    elif told.role != "origin" or cue("residence.at_end").search(told.before):
        yield from told.stands(told.person, told.role)
    if told.role == "where" and cue("residence.lives_with").search(told.after):
        for mention in told.mentions:
            if mention.person != told.person and _lived_with(told, mention):
                yield from told.stands(mention.person)


def _only_known_there(told: PlaceTold) -> Mention | None:
    """他在城里就一个表弟走动: whom somebody knows at a place, where he himself is not said to be."""
    for mention in told.mentions:
        known = mention.start > told.end and NOBODY not in (mention.relation, mention.person) and mention.person != told.person
        if known and cue("subjects.only_one").fullmatch(told.plain[told.end : mention.start]):
            return mention
    return None


def _lived_with(told: PlaceTold, mention: Mention) -> bool:
    """跟爷爷奶奶在临淄村里长大: whom somebody lives with at a place."""
    before = told.plain[told.clause.start : mention.start]
    if mention.relation == NOBODY or not (cue("subjects.with_before").search(before) or cue("residence.along_with").search(before)):
        return False
    return bool(cue("residence.at_with").fullmatch(told.plain[mention.end : told.place.span[0]]))


def _brought_along(told: PlaceTold) -> Iterator[Claim]:
    """前妻带着儿子在临淄; 人在临淄城里跟我爸妈一起住: whom somebody has with them at a place."""
    if told.role != "where" or told.past or told.planned:
        return
    for mention in told.mentions:
        if NOBODY not in (mention.relation, mention.person) and (_taken_there(told, mention) or _joined_there(told, mention)):
            yield from told.stands(mention.person)


def _taken_there(told: PlaceTold, mention: Mention) -> bool:
    """带着儿子在临淄."""
    start = told.place.span[0]
    if mention.end > start or not cue("residence.taken_along").search(told.plain[told.clause.start : mention.start]):
        return False
    return bool(cue("residence.at_with").fullmatch(told.plain[mention.end : start]))


def _joined_there(told: PlaceTold, mention: Mention) -> bool:
    """在临淄城里跟我爸妈一起住."""
    if mention.start < told.end or not cue("residence.together_with").fullmatch(told.plain[told.end : mention.start]):
        return False
    return bool(cue("residence.joined_there").match(told.plain, mention.end))
