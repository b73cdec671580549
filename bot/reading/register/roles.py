"""What each place in a message is named for: a register, an origin, a destination, or merely where something is."""

from __future__ import annotations

from collections.abc import Callable

from bot.reading.kin.kinship import COUPLE
from bot.reading.place.places import VILLAGE
from bot.reading.record.ledger import Ledger
from bot.reading.register.naming import Naming, naming_of, nested
from bot.reading.register.register_at import HUKOU_AFTER, is_native, register_at
from bot.reading.text.cues import cue

ORIGIN_AFTER = cue("roles.origin_after")
_FROM = cue("roles.from")


def roles_of(ledger: Ledger, plain: str) -> dict[int, str]:
    """What each place is named for: ``hukou``, ``origin``, ``target``, ``from``, ``not``, ``where``, or ``speaks`` where it is nobody's."""
    roles: dict[int, str] = {}
    for i in range(len(ledger.places)):
        naming = naming_of(ledger, i, plain, roles)
        if naming is None:
            roles[i] = "where"
        elif _each_of_another(naming):
            roles[i - 1] = roles[i] = "hukou"
        else:
            roles[i] = _role(naming)
            if naming.right_behind_another and roles[i] in ("hukou", "origin") and naming.role_before == "where":
                roles[i - 1] = roles[i]  # 是临淄辛店城区户口: the whole name is the register's
    return roles


def _role(naming: Naming) -> str:
    """What a place is named for, by the first words that tell."""
    by_words = next((role for role, told in _WHATEVER_BEFORE if told(naming)), None) or _as_the_place_above(naming)
    return by_words or next((role for role, told in _ROLES if told(naming)), "where")


def _as_the_place_above(naming: Naming) -> str | None:
    """The role of the place right before, which this one names more closely (but not 户口丹东|临淄自购房)."""
    last, role = naming.place_before, naming.role_before
    if last is None or not naming.right_behind_another or role not in ("hukou", "origin", "not", "target"):
        return None
    return role if nested(last, naming.place) else None


def _each_of_another(naming: Naming) -> bool:
    """他河北我河南: the registers of two."""
    last, end = naming.place_before, naming.end
    if last is None or naming.role_before not in ("hukou", "where"):
        return False
    if not cue("roles.pair_person").fullmatch(naming.plain[last.span[1] : naming.start]):
        return False
    if not cue("roles.pair_end").match(naming.plain[end : end + 2]):
        return False
    return bool(cue("roles.pair_first").search(naming.plain[: last.span[0]][-6:]))


# -- nobody's --------------------------------------------------------------------------------------------------------------
def _village_says(naming: Naming) -> bool:
    """村里说不给落, 村里拆迁."""
    return naming.place.kind == "area" and "村" in naming.place.name and bool(cue("roles.village_says").match(naming.after))


def _of_who_takes(naming: Naming) -> bool:
    """租给个潍坊小伙: whence the tenant is, and not where the home is."""
    return bool(cue("roles.let_to").search(naming.before) and cue("roles.who_takes").match(naming.after))


def _one_of_two(naming: Naming) -> bool:
    """两口子户口一个临淄一个济南: one's, and nobody knows whose."""
    return bool(cue("roles.one_of_two").search(naming.before)) and _told_of_several(naming)


def _told_of_several(naming: Naming) -> bool:
    """Whether the clause, or the one before it, names several people together."""
    since = naming.ledger.clauses[max(0, naming.order - 1)].start
    return any(since <= m.start < naming.clause.end and (m.plural or m.relation == COUPLE) for m in naming.ledger.people)


def _placeless(naming: Naming) -> bool:
    """户口不在临淄; a place read as anywhere else (单位不在临淄) does tell where something is."""
    return not naming.place.places.exclude and bool(cue("roles.placeless").search(naming.before))


def _lies_near(naming: Naming) -> bool:
    """跟临淄就隔一条河."""
    return bool(cue("roles.near_to").search(naming.before) and cue("roles.lies_near").match(naming.after))


# -- where a register is, or was taken -------------------------------------------------------------------------------------
def _register_outside(naming: Naming) -> bool:
    """The register is to be moved from a place outside, or was taken there."""
    before, after = naming.before, naming.after
    if naming.place.kind in ("area", "here", "elsewhere") or not naming.outside:
        return False
    if cue("roles.carried_off").search(before) and cue("roles.carried_off_there").match(after):
        return True
    if cue("roles.out_of").search(before) and cue("roles.and_brought").match(after):
        return True  # 想把德州户口迁来
    if not before and cue("roles.asks_of_register").match(after):
        return True  # 济南户口能投靠老婆吗
    return bool(cue("roles.from_register").match(after)) and not cue("roles.wishing").search(before)


def _settled_for_years(naming: Naming) -> bool:
    """落户城里七八年了."""
    return bool(cue("roles.settled").search(naming.before) and cue("roles.for_years").search(naming.after))


def _has_settled(naming: Naming) -> bool:
    """爸妈早就落临淄了."""
    return bool(cue("roles.has_settled").search(naming.before) and cue("roles.and_done").match(naming.after)) and not naming.clause.asks


def _wants_out(naming: Naming) -> bool:
    """想从济南迁出来: a register is there till now."""
    clause, plain = naming.clause, naming.plain
    if not _FROM.search(naming.before) or not cue("roles.wants_out").search(naming.before):
        return False
    if not cue("roles.then_moves").match(naming.after or plain[clause.end + 1 :]):
        return False
    told = plain[clause.start : clause.end]
    return bool(cue("roles.wants_move").search(told)) and not cue("roles.is_over").search(told)


# -- where somebody comes from ---------------------------------------------------------------------------------------------
def _born_in_a_village(naming: Naming) -> bool:
    """原先是桓台村里的, 沂源农村出来的: of a village from the first."""
    rest = "村" + naming.after if cue("roles.village_word").search(naming.place.name) else naming.after
    once = cue("roles.once_of").search(naming.before) and cue("roles.of_a_village").match(rest)
    return bool(once or cue("roles.out_of_a_village").match(rest))


def _register_went_from(naming: Naming) -> bool:
    """户口由朱台镇某村迁往博山: a village here that a register was taken from."""
    area = naming.place.area
    if naming.outside or area is None or not area <= VILLAGE or naming.clause.asks:
        return False
    if cue("relocated.wish").search(naming.clause.text):
        return False
    return bool(cue("roles.moved_out_of").search(naming.before) and cue("roles.and_moved").match(naming.after))


def _is_there_oneself(naming: Naming) -> bool:
    """户口济宁、人也在济宁上班: where somebody is."""
    return bool(cue("roles.oneself").search(naming.before) and cue("roles.and_is_at_work").match(naming.after))


def _somebody_from_there(naming: Naming) -> bool:
    """招了个云南小伙子: where whoever is spoken of comes from, and not where they work."""
    one = naming.outside and cue("roles.one_of_several").search(naming.before)
    return bool(one and cue("roles.somebody").match(naming.after))


def _origin(naming: Naming) -> bool:
    """老家在济南; 济南老家; not 落回临淄城里我家, where somebody's home is."""
    if ORIGIN_AFTER.search(naming.after):
        return True
    if cue("roles.moves_back").search(naming.before) and cue("roles.ones_home").match(naming.after):
        return False
    return bool(cue("roles.origin_before").search(naming.before)) and not naming.before.endswith("从")


def _native_who_left(naming: Naming) -> bool:
    """我是临淄人,考学把户口迁出去了: where somebody is of, and no longer registered."""
    if naming.outside or not is_native(naming):
        return False
    left = cue("roles.register_left").search(naming.plain, naming.end)
    return left is not None and not cue("roles.register_back").search(naming.plain, left.start())


def _left_with_register(naming: Naming) -> bool:
    """户口从村里起走了."""
    if not _FROM.search(naming.before) or not cue("roles.then_left").match(naming.after):
        return False
    return bool(cue("roles.register").search(naming.plain[max(0, naming.clause.start - 12) : naming.clause.end]))


def _from(naming: Naming) -> bool:
    """从济南来."""
    return bool(_FROM.search(naming.before))


# -- where somebody wants to go --------------------------------------------------------------------------------------------
def _settles_toward(naming: Naming) -> bool:
    """户口想往临淄迁."""
    return bool(cue("roles.toward").search(naming.before) and cue("roles.then_settles").match(naming.after))


def _rather(naming: Naming) -> bool:
    """想落的不是桓台,是朱台镇."""
    if not cue("roles.rather").fullmatch(naming.before):
        return False
    return bool(cue("roles.wanted_not_there").search(naming.plain[: naming.clause.start]))


def _register_to_move(naming: Naming) -> bool:
    """落户口到临淄; 想要个临淄户口."""
    if cue("roles.register_moves_to").search(naming.before):
        return True
    return bool(cue("roles.wants_register").search(naming.before) and HUKOU_AFTER.search(naming.after))


def _asks_of_the_move(naming: Naming) -> bool:
    """户口落茌平有戏吗; 诉求:户口落临清人才市场."""
    if cue("roles.asked_for").search(naming.plain[max(0, naming.start - 16) : naming.start]):
        return True
    return bool(cue("roles.moved_to").search(naming.before) and cue("roles.asks_of_the_move").match(naming.after))


def _toward(naming: Naming) -> bool:
    """落到临淄, 去临淄."""
    return bool(cue("roles.target_before").search(naming.before))


_Told = Callable[[Naming], bool]
_WHATEVER_BEFORE: tuple[tuple[str, _Told], ...] = (  # what the place right before is named for
    ("speaks", _village_says),
    ("speaks", _one_of_two),
    ("speaks", _of_who_takes),
    ("not", _placeless),
    ("target", _settles_toward),
    ("from", _register_went_from),
    ("hukou", _register_outside),
    ("not", _lies_near),
    ("target", _rather),
    ("origin", _born_in_a_village),
    ("origin", _somebody_from_there),
    ("where", _is_there_oneself),
)
_ROLES: tuple[tuple[str, _Told], ...] = (
    ("hukou", _settled_for_years),
    ("hukou", _has_settled),
    ("target", _register_to_move),
    ("target", _asks_of_the_move),
    ("origin", _native_who_left),
    ("hukou", register_at),
    ("origin", _origin),
    ("hukou", _wants_out),
    ("origin", _left_with_register),
    ("from", _from),
    ("target", _toward),
)
