"""Where registers, origins and people are said to be."""

from __future__ import annotations

from bot.eligibility.values import Choice, Places, Value
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.holders import beside, holder
from bot.reading.place.places import NAMED, VILLAGE, PlaceReading
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.record.standing import lies_here
from bot.reading.register.register_there import read_register_there
from bot.reading.register.roles import ORIGIN_AFTER
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_MOVED_PERSON = cue("residence.moved_person")


_BOTH = cue("residence.both")
_CAME = cue("residence.came")
_OWN_HUKOU = cue("residence.own_hukou")
_OVER_THERE = cue("residence.over_there")


def _place_before(ledger: Ledger, order: int, home: str, person: str | None = None) -> Places | None:
    """The place elsewhere that 那边 points back to: the last that somebody (or ``person``) was said to be at, and not the destination."""
    stands = [c for c in ledger.stands if c.fact == "where" and order - 3 <= c.order < order and person in (None, c.person)]
    last = stands[-1].value if stands else None
    return last if isinstance(last, Places) and not at_home(last, home) else None


def read_places(ledger: Ledger, clause: Clause, order: int, who: Who, roles: dict[int, str], plain: str, home: str | None) -> None:
    """Registers where somebody's hukou, origin or whereabouts are."""
    offset = clause.start
    own: dict[tuple[str, str], tuple[Places, PlaceReading]] = {}
    for i, place in enumerate(ledger.places):
        if not clause.start <= place.span[0] < clause.end:
            continue
        role = roles[i]
        mentions = [m for m in ledger.people if clause.start <= m.start < clause.end]
        person = holder(ledger, order, place.span[0], mentions, who, plain) if role == "hukou" else who(place.span[0] - offset)
        moved = _MOVED_PERSON.search(plain[offset : place.span[0]])
        if role == "where" and not clause.past_at(place.span[0] - offset) and not clause.planned(place.span[0] - offset):
            _brought_along(ledger, clause, order, place, mentions, plain)
        if moved:
            person = next((m.person for m in ledger.people if m.start == offset + moved.end(1)), person)
        if person == NOBODY:
            continue
        if person in (SELF, "spouse") and _BOTH.search(plain[offset : place.span[0]]) and any(m.person == "spouse" for m in ledger.people):
            person = COUPLE  # 老公…,我…,户口都在邓州
        if place.kind == "building" or (place.places.include == frozenset({""}) and not place.places.exclude):
            if place.area is not None and place.kind != "building" and role == "where":
                ledger.stands.append(Claim(person, "area", Choice(place.area), *place.span, order, clause.hedged))
            continue
        if role == "not" and place.kind == "here" and cue("residence.no_local").match(plain, place.span[1]) and not clause.asks:
            elsewhere = Places(frozenset({""}), place.places.include)  # 不是本地人
            ledger.claims.append(Claim(person, "hukou.place", elsewhere, *place.span, order, clause.hedged))
        if role == "not" and cue("roles.register").search(plain[max(offset, place.span[0] - 8) : place.span[0]]) and place.kind != "area":
            ledger.claims.append(
                Claim(person, "hukou.place", Places(frozenset({""}), place.places.include), *place.span, order, clause.hedged)
            )
        if (
            role == "hukou"
            and place.kind == "area"
            and cue("residence.register_in").search(plain[offset : place.span[0]])
            and not clause.asks
        ):
            if (there := _origin_elsewhere(ledger, person, order, home)) is not None:  # 老家在…,户口一直在村里
                ledger.claims.append(Claim(person, "hukou.place", there, *place.span, order, clause.hedged))
                continue
            ledger.claims.append(Claim(person, "hukou_here", Choice(frozenset({"yes"})), *place.span, order, clause.hedged))
        not_moved = cue("residence.not_moved_to").search(plain[offset : place.span[0]]) and not clause.asks
        if role == "target" and place.kind in NAMED and not_moved:
            elsewhere = Places(frozenset({""}), place.places.include)  # 户口还没迁到临清
            ledger.claims.append(Claim(person, "hukou.place", elsewhere, *place.span, order, clause.hedged))
        if role in ("hukou", "origin") and place.kind != "area":
            if clause.planned(place.span[0] - offset) or (
                role == "hukou"
                and clause.past_at(place.span[0] - offset)
                and not clause.past
                and not cue("residence.moved_there").search(plain[offset : place.span[0]])
                and not cue("residence.still").match(plain, place.span[1])
                and not cue("residence.always").search(cue("residence.outside").sub("", plain[offset : place.span[0]]))
            ):
                continue
            fact = "hukou.place" if role == "hukou" else "origin.place"
            if role == "hukou" and place.kind == "origin" and place.places.include == frozenset({""}):
                continue  # 户口还在老家: register_there says where that is
            value: Value = place.places
            if role == "origin" and place.kind == "origin" and home is None:
                continue
            own[person, fact] = (place.places, place)
            ledger.claims.append(Claim(person, fact, value, place.span[0], place.span[1], order, clause.hedged))
            if role == "hukou" and not at_home(place.places, home):
                others = [p for p in beside(clause, place.span[0], mentions, plain) if p != person]
                ledger.claims.extend(Claim(p, fact, value, *place.span, order, clause.hedged) for p in others)
            if role == "hukou" and (
                ORIGIN_AFTER.search(plain[place.span[1] : clause.end])
                or cue("residence.register_and_origin").search(plain[offset : place.span[0]])
            ):
                ledger.claims.append(Claim(person, "origin.place", value, place.span[0], place.span[1], order, clause.hedged))
        if role == "where" and place.kind == "elsewhere" and _came_from(clause, place, plain):
            ledger.claims.append(Claim(person, "hukou.place", place.places, *place.span, order, clause.hedged))
        if role == "target" and place.kind in NAMED and _went_there(ledger, order, clause, place, plain):
            ledger.claims.append(Claim(person, "hukou.place", place.places, *place.span, order, clause.hedged))
        if role == "from" and place.kind != "area" and _CAME.match(plain, place.span[1]) and not clause.planned(place.span[0] - offset):
            ledger.claims.append(Claim(person, "hukou.place", place.places, *place.span, order, clause.hedged, presumed=True))
        if role == "from" and _left_the_village(clause, place, plain, home):
            ledger.claims.append(Claim(person, "origin.place", place.places, *place.span, order, clause.hedged))
        if role in ("from", "where") and place.kind in NAMED and cue("residence.never_left").search(plain[offset : place.span[0]]):
            ledger.claims.append(Claim(person, "hukou.place", place.places, *place.span, order, clause.hedged, presumed=True))
        if (
            role in ("where", "from", "target")
            and cue("residence.origin_word").search(place.name)
            and not clause.planned(place.span[0] - offset)
        ):
            ledger.claims.append(Claim(person, "origin.place", place.places, *place.span, order, clause.hedged))
        if (
            role in ("hukou", "where", "origin")
            and not clause.past_at(place.span[0] - offset)
            and not clause.planned(place.span[0] - offset)
        ):
            before = plain[offset : place.span[0]]
            if role != "origin" or cue("residence.at_end").search(before):
                ledger.stands.append(Claim(person, role, place.places, place.span[0], place.span[1], order, clause.hedged))
                if place.area is not None:
                    ledger.stands.append(Claim(person, "area", Choice(place.area), place.span[0], place.span[1], order, clause.hedged))
            if role == "where":
                _with_somebody(ledger, clause, order, place, [m for m in mentions if m.person != person], plain)
    if read_register_there(ledger, clause, order, who, roles):
        return
    if home and _told_absent(ledger, clause, order, who, home):
        return
    if (
        home
        and (m := _OWN_HUKOU.search(clause.text))
        and not clause.planned(m.start())
        and not cue("residence.no_register").search(clause.text)
        and not (clause.asks and cue("residence.asked_to_move").search(m.group()))
        and not (cue("residence.moved_over").search(m.group()) and cue("residence.wishing").search(clause.text))
    ):
        person = who(m.start())
        bare = m.end() == len(clause.text) and m.group().endswith("在")  # 我人还在大庆,户口也在
        bare = bare or cue("residence.right_here").search(m.group()) is not None  # 我在临朐,户口也在这
        there = _place_before(ledger, order, home, person if bare else None) if bare or _OVER_THERE.search(m.group()) else None
        if person != NOBODY and there is not None:
            ledger.claims.append(Claim(person, "hukou.place", there, offset + m.start(), offset + m.end(), order, clause.hedged))
        elif person != NOBODY and (person, "hukou.place") not in own:
            ledger.claims.append(
                Claim(person, "hukou_here", Choice(frozenset({"yes"})), offset + m.start(), offset + m.end(), order, clause.hedged)
            )


def _told_absent(ledger: Ledger, clause: Clause, order: int, who: Who, home: str) -> bool:
    """Whether the clause says that a register is not here; entered for whoever it is of, unless one of theirs is told.

    A register that was not taken along (户口没迁过去) is away from where its owner is told to be, so it says so only of who is here.
    """
    here, along_with = cue("residence.not_here").search(clause.text), cue("residence.not_over_there").search(clause.text)
    found = here or along_with
    if found is None or clause.asks or clause.planned(found.start()):
        return False
    person = who(found.start())
    told = any(c.person == person and c.fact in ("hukou.place", "hukou_here") for c in ledger.claims)
    lives_here = any(c.person == person and c.fact == "where" and lies_here(c.value, home) for c in ledger.stands)
    if person != NOBODY and not told and (here or lives_here):
        span = (clause.start + found.start(), clause.start + found.end())
        ledger.claims.append(Claim(person, "hukou.place", Places(frozenset({""}), frozenset({home})), *span, order, clause.hedged))
    return True


def _with_somebody(ledger: Ledger, clause: Clause, order: int, place: PlaceReading, mentions: list[Mention], plain: str) -> None:
    """Whom somebody lives with at a place lives there too (跟爷爷奶奶在临淄村里长大)."""
    lives = cue("residence.lives_with").search(plain[place.span[1] : clause.end])
    for m in mentions if lives else ():
        before = plain[clause.start : m.start]
        joined = cue("subjects.with_before").search(before) or cue("residence.along_with").search(before)
        if m.relation == NOBODY or not joined or not cue("residence.at_with").fullmatch(plain[m.end : place.span[0]]):
            continue
        ledger.stands.append(Claim(m.person, "where", place.places, *place.span, order, clause.hedged))
        if place.area is not None:
            ledger.stands.append(Claim(m.person, "area", Choice(place.area), *place.span, order, clause.hedged))


def _brought_along(ledger: Ledger, clause: Clause, order: int, place: PlaceReading, mentions: list[Mention], plain: str) -> None:
    """Whom somebody has with them at a place lives there too (前妻带着儿子在临淄; 人在临淄城里跟我爸妈一起住)."""
    for m in mentions:
        taken = m.end <= place.span[0] and cue("residence.taken_along").search(plain[clause.start : m.start])
        beside = taken and cue("residence.at_with").fullmatch(plain[m.end : place.span[0]])
        after = m.start >= place.span[1] and cue("residence.together_with").fullmatch(plain[place.span[1] : m.start])
        joined = after and cue("residence.joined_there").match(plain, m.end)
        if m.relation == NOBODY or m.person == NOBODY or not (beside or joined):
            continue
        ledger.stands.append(Claim(m.person, "where", place.places, *place.span, order, clause.hedged))
        if place.area is not None:
            ledger.stands.append(Claim(m.person, "area", Choice(place.area), *place.span, order, clause.hedged))


def _came_from(clause: Clause, place: PlaceReading, plain: str) -> bool:
    """Whether somebody is said to have come from no more than elsewhere (我外省来养病的; 外地过来的)."""
    before, after = plain[clause.start : place.span[0]], plain[place.span[1] : clause.end]
    return not clause.asks and bool(cue("roles.just_somebody").fullmatch(before) and cue("roles.of_there").match(after))


def _spoken_before(ledger: Ledger, order: int) -> bool:
    """Whether the clause before tells where a register was (原先户口在德州,去年迁到这了)."""
    return order > 0 and bool(cue("residence.register_was").search(ledger.clauses[order - 1].text))


def _left_the_village(clause: Clause, place: PlaceReading, plain: str, home: str | None) -> bool:
    """Whether somebody is told to have left a village of the jurisdiction, register and all (从皇城镇村里迁到张店; 从敬仲镇当兵走的)."""
    if place.area is None or not place.area & VILLAGE or not at_home(place.places, home) or clause.asks:
        return False
    wanted = clause.planned(place.span[0] - clause.start) or cue("relocated.wish").search(clause.text)
    return not wanted and bool(cue("residence.left_for").match(plain[place.span[1] : clause.end]))


def _went_there(ledger: Ledger, order: int, clause: Clause, place: PlaceReading, plain: str) -> bool:
    """Whether the clause tells that a register was moved to the place, once (当年跟着丈人落到桓台去了; 早年从村里迁到博山)."""
    before, after = plain[clause.start : place.span[0]], plain[place.span[1] : clause.end]
    wanted = clause.planned(place.span[0] - clause.start) or cue("relocated.wish").search(clause.text)
    spoken = cue("roles.register_word").search(clause.text) or _spoken_before(ledger, order)
    turned = cue("residence.turned_townsman").search(before)  # 跟着爹农转非迁到桓台
    if clause.asks or wanted or not (spoken or turned):
        return False
    return bool(cue("residence.went_before").search(before) or cue("residence.went_after").match(after))


def _origin_elsewhere(ledger: Ledger, person: str, order: int, home: str | None) -> Places | None:
    """The origin outside the jurisdiction that the clause before told of somebody, which 那 and 村里 then mean."""
    told = [c.value for c in ledger.claims if c.person == person and c.fact == "origin.place" and order - 1 <= c.order <= order]
    value = told[-1] if told else None
    return value if isinstance(value, Places) and not at_home(value, home) else None
