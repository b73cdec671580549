"""Whether a place is named as the one where somebody's register is (户口在济南, 河南清丰的, 名字还挂在亳州娘家那本上)."""

from __future__ import annotations

from collections.abc import Callable

from bot.eligibility.values import inside, meet
from bot.reading.kin.kinship import NOBODY
from bot.reading.kin.mention import Mention
from bot.reading.place.places import PlaceReading
from bot.reading.register.naming import Naming, nested
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_IS = ("", *group("roles.is"))
HUKOU_AFTER = cue("roles.hukou_after")


def register_at(naming: Naming) -> bool:
    """Whether any of the words around a place say that a register lies there."""
    return any(told(naming) for told in _TOLD)


def _noted_outside(naming: Naming) -> bool:
    """外省, 外地 as a clause by itself: a clerk notes whence somebody is (技师证,外省,没工作)."""
    return naming.place.kind == "elsewhere" and not naming.before and not naming.after and not naming.clause.asks


def is_native(naming: Naming) -> bool:
    """Whether somebody is said to be of the place (我是济南人, 她济南的)."""
    return _native(naming) or _man_of(naming)


# -- by the word for a register --------------------------------------------------------------------------------------------
def _left_at(naming: Naming) -> bool:
    """户口还搁济南; 户口是当兵那年起走的,如今落在济南."""
    if not cue("roles.left_at").search(naming.before) or cue("roles.wishing").search(naming.before):
        return False
    if cue("roles.register").search(naming.plain[max(0, naming.clause.start - 10) : naming.clause.start]):
        return True
    last = naming.last_clause
    if last is None or not cue("roles.then_lies").search(naming.before):
        return False
    return bool(cue("roles.register_word").search(last.text))


def _register_behind(naming: Naming) -> bool:
    """济南户口."""
    return bool(HUKOU_AFTER.search(naming.after))


def _register_before(naming: Naming) -> bool:
    """户口在济南."""
    return bool(cue("roles.hukou_before").search(naming.before)) and not cue("roles.planned_register").search(naming.before)


def _not_there_but_here(naming: Naming) -> bool:
    """户口不在临淄,在济南: behind a place where it is not."""
    if not cue("roles.bare_copula").search(naming.before) or not cue("roles.ends_here").match(naming.after):
        return False
    places = naming.ledger.places
    return any(
        naming.roles.get(j) == "not" and cue("roles.register").search(naming.plain, max(0, places[j].span[0] - 8), places[j].span[0])
        for j in range(max(0, naming.index - 2), naming.index)
    )


def _in_the_book(naming: Naming) -> bool:
    """名字还挂在亳州娘家那本上: where the book lies that somebody's name stands in."""
    return bool(cue("roles.name_stands").search(naming.before) and cue("roles.in_that_book").match(naming.after))


def _theirs(naming: Naming) -> bool:
    """爹妈临淄户口,我的在济南: where somebody's own is, after the register was spoken of."""
    said = cue("roles.theirs").search(naming.before)
    start = naming.clause.start + said.start() if said else 0
    if said is None or not any(m.end == start + ("的" in m.words[-1:]) for m in naming.ledger.people):
        return False
    return naming.register_spoken_of()


def _still_there(naming: Naming) -> bool:
    """我姐户口早迁来了,就剩我还在潍坊: somebody is still there, after the register of somebody else."""
    said = cue("roles.still_there").search(naming.before)
    if said is None or not naming.proper or not cue("roles.and_no_more").match(naming.after) or naming.clause.asks:
        return False
    if _named_until(naming, naming.clause.start + said.start()) is None or not naming.register_spoken_of():
        return False
    bare = said.group() in _IS  # 他本地户口,我河北的: right behind, and of another
    last = naming.last_clause
    return not bare or last is not None and cue("roles.register").search(last.text) is not None and naming.after.startswith("的")


def _register_loosely_before(naming: Naming) -> bool:
    """户口还在老家,济南那边: the clause begins with the place, behind where the register loosely is."""
    return not naming.before and bool(cue("roles.register_loosely").search(naming.plain[max(0, naming.start - 16) : naming.start]))


def _told_of_register(naming: Naming) -> bool:
    """户口还搁大连, 户口考学那年迁到青岛了: the words between a register and the place only say that it lies there."""
    before, clause = naming.before, naming.clause
    register = next(reversed(list(cue("roles.register_word").finditer(before))), None) if naming.proper else None
    if register is None or _has_its_place(naming, register.start(), register.end()):
        return False
    if cue("roles.not_left").search(before):
        return True  # 户口还没从威海迁出来
    between = before[register.end() :]
    if cue("roles.wanted").search(before[: register.start()]) or clause.planned(register.start()):
        return False
    if not clause.asks and cue("roles.with_somebody").fullmatch(between):
        return True  # 户口在我徐州这, 户口在他爸那河南濮阳
    if cue("roles.no_carrying").search(between):
        return False
    if cue("roles.moving").search(between):
        return not clause.asks and bool(cue("roles.moved").search(clause.text))
    return True


def _has_its_place(naming: Naming, start: int, end: int) -> bool:
    """Whether the word for a register at these offsets of the clause has a place by its side already, another than this."""
    places, offset = naming.ledger.places, naming.clause.start
    right_before = offset + len(naming.before[:start].removesuffix("的"))
    if start and any(p.span[1] == right_before for p in places):
        return True  # 妹安阳户口未婚临淄租房
    behind = (p for p in places if offset + end <= p.span[0] < naming.start and p.kind not in ("area", "here"))
    return any(not nested(p, naming.place) for p in behind)  # 户口丹东临淄自购房


def _goes_on(naming: Naming) -> bool:
    """户口没动过,一直在内蒙赤峰; 我是外地的,贵州毕节: no more than the place that the clause before left out."""
    last = naming.last_clause if naming.proper else None
    if last is None or last.asks or not cue("roles.just_there").fullmatch(naming.before) or not cue("roles.and_ends").match(naming.after):
        return False
    unnamed = ("elsewhere", "area", "here", "origin")
    own = any(last.start <= p.span[0] < last.end and p.kind not in unnamed for p in naming.ledger.places)
    if _apart_from_one_told(naming, last):
        return False  # 外省,莘县县城: where the home is, and not where in the other provinces
    moved = cue("roles.register_once").search(last.text) and cue("roles.by_now").match(naming.before)
    if own and not moved and not _more_closely(naming, last):
        return False
    return bool(cue("roles.register_open").search(last.text)) and not last.planned(len(last.text))


def _more_closely(naming: Naming, last: Clause) -> bool:
    """Whether the place lies in the one that the clause before names as the register's (东昌府区的户口,在沙镇村里)."""
    told = [(i, p) for i, p in enumerate(naming.ledger.places) if last.start <= p.span[0] < last.end]
    return bool(told) and all(naming.roles.get(i) == "hukou" and _lies_in(naming, p) for i, p in told)


def _lies_in(naming: Naming, place: PlaceReading) -> bool:
    return all(any(inside(p, q) and p != q for q in place.places.include) for p in naming.place.places.include)


def _apart_from_one_told(naming: Naming, last: Clause) -> bool:
    """Whether the clause before says that somebody is from elsewhere (外省, 外地) and the place does not lie there."""
    told = [p for p in naming.ledger.places if last.start <= p.span[0] < last.end and p.kind == "elsewhere"]
    return any(meet(p.places, naming.place.places) is None for p in told)


# -- by whom somebody is said to be ----------------------------------------------------------------------------------------
def _family_from(naming: Naming) -> bool:
    """我家是济南的."""
    return bool(cue("roles.family_is").search(naming.with_mark_before) and cue("roles.family_from").match(naming.after))


def _native(naming: Naming) -> bool:
    """我济南人."""
    return bool(cue("roles.native").match(naming.after) and cue("roles.native_before").match(naming.before))


def _of_that_very_place(naming: Naming) -> bool:
    """俺是东阿本县的."""
    if naming.place.kind == "province" or not cue("roles.of_that_very").match(naming.after):
        return False
    return bool(cue("roles.just_somebody").fullmatch(naming.before))


def _local(naming: Naming) -> bool:
    """东昌府本地农村的; 我是聊城本地东昌府的: how people say where they are from and still registered."""
    if not naming.proper or not cue("roles.local_after").match(naming.after):
        return False
    if cue("roles.local_name").search(naming.place.name):
        return bool(cue("roles.just_somebody").fullmatch(naming.before))
    return bool(cue("roles.local_before").fullmatch(naming.before))


def _man_of(naming: Naming) -> bool:
    """我是济南人; 弟媳也是…人."""
    if not naming.proper or not cue("roles.man_after").search(naming.after):
        return False
    return bool(cue("roles.man_before").search(naming.with_mark_before)) or _somebody_is(naming)


def _somebody_is(naming: Naming) -> bool:
    """弟媳也是…人, 现在这个媳妇是…的: somebody's name and 是, or just the name (老婆佳木斯人)."""
    if cue("roles.man_there").match(naming.after) and _named_until(naming, naming.start) is not None:
        return True
    said = cue("roles.somebody_is").search(naming.before)
    return said is not None and _named_until(naming, naming.clause.start + said.start()) is not None


def _comes_from(naming: Naming) -> bool:
    """河南清丰的,…; 俺江苏沛县来的: of a place outside the jurisdiction."""
    if not naming.proper or not naming.outside or not cue("roles.of_there").match(naming.after):
        return False
    return bool(cue("roles.just_somebody").fullmatch(naming.before))


def _named_until(naming: Naming, end: int) -> Mention | None:
    """Somebody of the case whose name ends at an offset of the text."""
    return next((m for m in naming.ledger.people if m.end == end and m.relation != NOBODY), None)


_TOLD: tuple[Callable[[Naming], bool], ...] = (
    *(_noted_outside, _left_at, _register_behind, _not_there_but_here, _register_before),
    *(_family_from, _native, _in_the_book, _of_that_very_place, _local, _theirs, _still_there, _man_of),
    *(_register_loosely_before, _told_of_register, _comes_from, _goes_on),
)
