"""What each place in a message is named for: a register, an origin, a destination, or merely where something is."""

from __future__ import annotations

from bot.eligibility.values import inside
from bot.reading.kin.kinship import COUPLE, NOBODY
from bot.reading.place.places import PlaceReading
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_OF_IT, _IS = group("roles.of_it"), ("", *group("roles.is"))
_HUKOU_AFTER = cue("roles.hukou_after")


_MAN_AFTER = cue("roles.man_after")


_MAN_BEFORE = cue("roles.man_before")


_HUKOU_BEFORE = cue("roles.hukou_before")


ORIGIN_AFTER = cue("roles.origin_after")


_ORIGIN_BEFORE = cue("roles.origin_before")


_FROM = cue("roles.from")


_TARGET_BEFORE = cue("roles.target_before")


_VILLAGE_SAYS = cue("roles.village_says")


_PLACELESS = cue("roles.placeless")
_NEAR_TO, _LIES_NEAR = cue("roles.near_to"), cue("roles.lies_near")
_LOOSELY = cue("roles.register_loosely")


def roles_of(ledger: Ledger, plain: str) -> dict[int, str]:
    """What each place is named for: ``hukou``, ``origin``, ``target``, ``from``, ``not`` or ``where``."""
    roles: dict[int, str] = {}
    for i, place in enumerate(ledger.places):
        start, end = place.span
        clause = next((c for c in ledger.clauses if c.start <= start < c.end), None)
        if clause is None:
            roles[i] = "where"
            continue
        before, after = plain[clause.start : start], _until_named_again(ledger, i, plain[end : clause.end])
        denied = [
            j
            for j in range(max(0, i - 2), i)
            if roles.get(j) == "not" and cue("roles.register").search(plain, max(0, ledger.places[j].span[0] - 8), ledger.places[j].span[0])
        ]
        between = plain[ledger.places[i - 1].span[1] : start] if i else ""
        if (
            i
            and roles.get(i - 1) in ("hukou", "where")
            and cue("roles.pair_person").fullmatch(between)
            and cue("roles.pair_end").match(plain[end : end + 2])
        ):
            paired = cue("roles.pair_first").search(plain[: ledger.places[i - 1].span[0]][-6:])
            if paired:  # 他河北我河南
                roles[i - 1] = roles[i] = "hukou"
                continue
        follows = i > 0 and ledger.places[i - 1].span[1] == start and roles.get(i - 1) in ("hukou", "origin", "not", "target")
        follows = follows and _nested(ledger.places[i - 1], place)  # 户口丹东|临淄自购房
        if place.kind == "area" and "村" in place.name and _VILLAGE_SAYS.match(after):
            roles[i] = "speaks"
        elif cue("roles.one_of_two").search(before) and _told_of_several(ledger, clause):
            roles[i] = "speaks"  # 两口子户口一个临淄一个济南: one's, and nobody knows whose
        elif _PLACELESS.search(before):
            roles[i] = "not"
        elif cue("roles.toward").search(before) and cue("roles.then_settles").match(after):
            roles[i] = "target"
        elif _register_of(ledger, place, before, after):
            roles[i] = "hukou"
        elif _NEAR_TO.search(before) and _LIES_NEAR.match(after):
            roles[i] = "not"  # 跟临淄就隔一条河
        elif cue("roles.rather").fullmatch(before) and cue("roles.wanted_not_there").search(plain[: clause.start]):
            roles[i] = "target"  # 想落的不是桓台,是朱台镇
        elif _born_in_a_village(place, before, after):
            roles[i] = "origin"
        elif follows:
            roles[i] = roles[i - 1]
        elif cue("roles.settled").search(before) and cue("roles.for_years").search(after):
            roles[i] = "hukou"  # 落户城里七八年了
        elif cue("roles.has_settled").search(before) and cue("roles.and_done").match(after) and not clause.asks:
            roles[i] = "hukou"  # 爸妈早就落临淄了
        elif cue("roles.register_moves_to").search(before) or (cue("roles.wants_register").search(before) and _HUKOU_AFTER.search(after)):
            roles[i] = "target"
        elif (
            cue("roles.left_at").search(before)
            and (
                cue("roles.register").search(plain[max(0, clause.start - 10) : clause.start])
                or cue("roles.then_lies").search(before)
                and _before(ledger, clause)
            )
            and not cue("roles.wishing").search(before)
            or _HUKOU_AFTER.search(after)
            or denied
            and cue("roles.bare_copula").search(before)
            and cue("roles.ends_here").match(after)
            or _HUKOU_BEFORE.search(before)
            and not cue("roles.planned_register").search(before)
            or cue("roles.family_is").search(plain[max(0, clause.start - 1) : start])
            and cue("roles.family_from").match(after)
            or cue("roles.native").match(after)
            and cue("roles.native_before").match(before)
            or _in_the_book(before, after)
            or place.kind != "province"
            and cue("roles.of_that_very").match(after)
            and cue("roles.just_somebody").fullmatch(before)
            or _theirs(ledger, clause, before)
            or _still_there(ledger, clause, before, after)
            and place.kind not in ("area", "here")
            or _MAN_AFTER.search(after)
            and (_MAN_BEFORE.search(plain[max(0, clause.start - 1) : start]) or _somebody_is(ledger, clause, before, after))
            and place.kind not in ("area", "here")
            or not before
            and _LOOSELY.search(plain[max(0, start - 16) : start])
            or place.kind not in ("area", "here")
            and (
                _told_of_register(ledger, clause, place, before)
                or _comes_from(ledger, place, before, after)
                or _goes_on(ledger, clause, before, after)
            )
        ):
            roles[i] = "hukou"
        elif ORIGIN_AFTER.search(after) or _ORIGIN_BEFORE.search(before) and not before.endswith("从"):
            roles[i] = "origin"
        elif _FROM.search(before):
            roles[i] = (
                "hukou"
                if cue("roles.wants_out").search(plain[clause.start : start])
                and cue("roles.then_moves").match(after or plain[clause.end + 1 :])
                and cue("roles.wants_move").search(plain[clause.start : clause.end])
                and not cue("roles.is_over").search(plain[clause.start : clause.end])
                else "origin"
                if cue("roles.then_left").match(after) and cue("roles.register").search(plain[max(0, clause.start - 12) : clause.end])
                else "from"
            )
        elif _TARGET_BEFORE.search(before):
            roles[i] = "target"
        else:
            roles[i] = "where"
        if i and roles[i] in ("hukou", "origin") and ledger.places[i - 1].span[1] == start and roles.get(i - 1) == "where":
            roles[i - 1] = roles[i]  # 是临淄辛店城区户口: the whole name is the register's
    return roles


def _told_of_several(ledger: Ledger, clause: Clause) -> bool:
    """Whether the clause, or the one before it, names several people together."""
    order = ledger.clauses.index(clause)
    since = ledger.clauses[max(0, order - 1)].start
    return any(since <= m.start < clause.end and (m.plural or m.relation == COUPLE) for m in ledger.people)


def _nested(before: PlaceReading, place: PlaceReading) -> bool:
    """Whether one of two places may lie in the other, so that the second names the first more closely."""
    pairs = [(p, q) for p in before.places.include for q in place.places.include]
    return not pairs or any(inside(p, q) or inside(q, p) for p, q in pairs)


def _born_in_a_village(place: PlaceReading, before: str, after: str) -> bool:
    """Whether somebody is said to be of a village from the first (原先是桓台村里的, 沂源农村出来的)."""
    village = cue("roles.village_word").search(place.name)
    rest = after if not village else "村" + after
    once = cue("roles.once_of").search(before) and cue("roles.of_a_village").match(rest)
    return bool(once or cue("roles.out_of_a_village").match(rest))


def _register_of(ledger: Ledger, place: PlaceReading, before: str, after: str) -> bool:
    """Whether the register is told to be at a place outside: it is to be moved from there, or was taken there."""
    if place.kind in ("area", "here", "elsewhere") or at_home(place.places, ledger.home):
        return False
    if cue("roles.carried_off").search(before) and cue("roles.carried_off_there").match(after):
        return True
    if cue("roles.out_of").search(before) and cue("roles.and_brought").match(after):
        return True  # 想把德州户口迁来
    if not before and cue("roles.asks_of_register").match(after):
        return True  # 济南户口能投靠老婆吗
    return bool(cue("roles.from_register").match(after)) and not cue("roles.wishing").search(before)


def _until_named_again(ledger: Ledger, i: int, after: str) -> str:
    """What follows a place, up to where it is named once more in full (曹县人|菏泽的曹县)."""
    following = ledger.places[i + 1] if i + 1 < len(ledger.places) else None
    gap = following.span[0] - ledger.places[i].span[1] if following is not None else 0
    same = following is not None and following.places == ledger.places[i].places
    return after[:gap] if same and after[:gap] in _OF_IT else after


def _in_the_book(before: str, after: str) -> bool:
    """Whether the place is where the register book lies that somebody's name stands in (名字还挂在亳州娘家那本上)."""
    return bool(cue("roles.name_stands").search(before) and cue("roles.in_that_book").match(after))


def _somebody_is(ledger: Ledger, clause: Clause, before: str, after: str) -> bool:
    """Whether the words before a place are somebody's name and 是 (弟媳也是…人, 现在这个媳妇是…的), or just the name (老婆佳木斯人)."""
    if cue("roles.man_there").match(after) and any(m.end == clause.start + len(before) and m.relation != NOBODY for m in ledger.people):
        return True
    said = cue("roles.somebody_is").search(before)
    return said is not None and any(m.end == clause.start + said.start() and m.relation != NOBODY for m in ledger.people)


def _theirs(ledger: Ledger, clause: Clause, before: str) -> bool:
    """Whether the place is where somebody's own is, and the register was spoken of in the sentence (爹妈临淄户口,我的在济南)."""
    said = cue("roles.theirs").search(before)
    if said is None or not any(m.end == clause.start + said.start() + ("的" in m.words[-1:]) for m in ledger.people):
        return False
    order = ledger.clauses.index(clause)
    return any(cue("roles.register").search(c.text) and c.sentence == clause.sentence for c in ledger.clauses[max(0, order - 3) : order])


def _still_there(ledger: Ledger, clause: Clause, before: str, after: str) -> bool:
    """Whether the clause only says that somebody is still there, after the register of somebody else (我姐户口早迁来了,就剩我还在潍坊)."""
    said = cue("roles.still_there").search(before)
    if said is None or not cue("roles.and_no_more").match(after) or clause.asks:
        return False
    named = next((m for m in ledger.people if m.end == clause.start + said.start() and m.relation != NOBODY), None)
    if named is None:
        return False
    order = ledger.clauses.index(clause)
    near = ledger.clauses[max(0, order - 3) : order]
    if not any(cue("roles.register").search(c.text) and c.sentence == clause.sentence for c in near):
        return False
    bare = said.group() in _IS  # 他本地户口,我河北的: right behind, and of another
    return not bare or bool(cue("roles.register").search(ledger.clauses[order - 1].text)) and after.startswith("的")


def _before(ledger: Ledger, clause: Clause) -> bool:
    """Whether the clause before speaks of the register (户口是当兵那年起走的,如今落在济南)."""
    order = ledger.clauses.index(clause)
    return order > 0 and bool(cue("roles.register_word").search(ledger.clauses[order - 1].text))


def _told_of_register(ledger: Ledger, clause: Clause, place: PlaceReading, before: str) -> bool:
    """Whether the words between a register and the place only say that it lies there (户口还搁大连, 户口考学那年迁到青岛了)."""
    register = next(reversed(list(cue("roles.register_word").finditer(before))), None)
    if register is None:
        return False
    between = before[register.end() :]
    since, at = clause.start + register.end(), clause.start + len(before)
    before_it = clause.start + len(before[: register.start()].removesuffix("的"))
    if register.start() and any(p.span[1] == before_it for p in ledger.places):
        return False  # 妹安阳户口未婚临淄租房: it has its place already
    if any(since <= p.span[0] < at and p.kind not in ("area", "here") and not _nested(p, place) for p in ledger.places):
        return False  # 户口丹东临淄自购房
    if cue("roles.not_left").search(before):
        return True  # 户口还没从威海迁出来
    wanted = cue("roles.wanted").search(before[: register.start()]) or clause.planned(register.start())
    if not wanted and not clause.asks and cue("roles.with_somebody").fullmatch(between):
        return True  # 户口在我徐州这, 户口在他爸那河南濮阳
    if wanted or cue("roles.no_carrying").search(between):
        return False
    if cue("roles.moving").search(between):
        return not clause.asks and bool(cue("roles.moved").search(clause.text))
    return True


def _comes_from(ledger: Ledger, place: PlaceReading, before: str, after: str) -> bool:
    """Whether somebody is said to be of a place outside the jurisdiction (河南清丰的,…; 俺江苏沛县来的)."""
    if at_home(place.places, ledger.home) or not cue("roles.of_there").match(after):
        return False
    return bool(cue("roles.just_somebody").fullmatch(before))


def _goes_on(ledger: Ledger, clause: Clause, before: str, after: str) -> bool:
    """Whether the clause only gives the place that the one before left out (户口没动过,一直在内蒙赤峰; 我是外地的,贵州毕节)."""
    order = ledger.clauses.index(clause)
    last = ledger.clauses[order - 1] if order else None
    if last is None or last.asks or not cue("roles.just_there").fullmatch(before) or not cue("roles.and_ends").match(after):
        return False
    own = any(last.start <= p.span[0] < last.end and p.kind not in ("elsewhere", "area", "here", "origin") for p in ledger.places)
    own = own and not (cue("roles.register_once").search(last.text) and cue("roles.by_now").match(before))
    return not own and bool(cue("roles.register_open").search(last.text)) and not last.planned(len(last.text))
