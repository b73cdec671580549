"""How the register left the village, where one clause tells that it went and another why (买了楼, …户口从庄里起走了)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.place.places import NAMED, VILLAGE
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Passage
from bot.reading.text.cues import cue

_CAUSES = {"study": cue("departure.study"), "other": cue("departure.other"), "settled": cue("departure.settled")}
_FROM_AND_TO = 2
_NEAR = 2  # clauses before the departure in which its cause may stand; one clause after


def read_departure(passage: Passage) -> None:
    """Enter why the register left, where the clause tells that it did and no single expression has read the cause."""
    ledger, clause, order = passage.ledger, passage.clause, passage.order
    if not clause.asks:
        _register_there(passage)
    _lives_away(passage)
    told = cue("departure.left").search(clause.text)
    gone = told or cue("departure.bare").search(clause.text)
    if gone is None or cue("departure.not_told").search(clause.text) or clause.asks:
        return
    person = passage.who(gone.start())
    if person == NOBODY or any(c.fact == "origin.moved" and c.person == person for c in ledger.claims):
        return
    same = [c for c in ledger.clauses[max(0, order - _NEAR) : order + 2] if c.sentence == clause.sentence]
    own_first = [clause, *[c for c in same if c is not clause]]
    for text in (c.text for c in (own_first if told else own_first[:1])):
        value = _cause(text)
        if value is not None:
            at = clause.start + gone.start()
            ledger.claims.append(Claim(person, "origin.moved", Choice(frozenset({value})), at, clause.end, order, clause.hedged))
            return
    if _into_town(passage):
        settled = Choice(frozenset({"settled"}))
        ledger.claims.append(Claim(person, "origin.moved", settled, clause.start + gone.start(), clause.end, order, clause.hedged))


def _into_town(passage: Passage) -> bool:
    """Whether the clause tells, with no word why, that the register went from a village here into a town (由齐都镇某村迁户至张店)."""
    ledger, clause = passage.ledger, passage.clause
    here = [p for p in ledger.places if clause.start <= p.span[0] < clause.end]
    if cue("departure.why_unknown").search(passage.plain) or len(here) != _FROM_AND_TO:
        return False
    if here[0].area is None or not here[0].area <= VILLAGE or here[1].kind not in ("county", "subdistrict"):
        return False
    rural = here[1].area is not None and bool(here[1].area & VILLAGE) or cue("relocated.village").match(passage.plain, here[1].span[1])
    return not rural and cue("departure.into_town").search(passage.plain[clause.start : here[1].span[0]]) is not None


def _lives_away(passage: Passage) -> None:
    """Whose life goes on somewhere else (日子也在那边过) is not back in the village, where the message tells of one."""
    ledger, clause = passage.ledger, passage.clause
    said = cue("departure.lives_away").search(clause.text) if "origin" in passage.story else None
    if said is None or clause.asks or clause.planned(said.start()) or clause.past_at(said.start()):
        return
    person = passage.who(said.start())
    named = [p for p in ledger.places if clause.start <= p.span[0] < clause.end and p.kind in NAMED]
    if person != NOBODY and named and not any(at_home(p.places, ledger.home) for p in named):
        at = (clause.start + said.start(), clause.start + said.end())
        ledger.claims.append(Claim(person, "origin.back", Choice(frozenset({"no"})), *at, passage.order, clause.hedged))


def _register_there(passage: Passage) -> None:
    """The register of who bought a home somewhere and had it changed there lies there (在淄川买楼把农村户口转成了城里的)."""
    ledger, clause = passage.ledger, passage.clause
    said = cue("departure.bought_and_changed").search(clause.text)
    if said is None or clause.planned(said.start()) or (person := passage.who(said.start())) == NOBODY:
        return
    for i, place in enumerate(ledger.places):
        inside = clause.start <= place.span[0] < clause.end and passage.roles.get(i) == "where" and place.kind in ("county", "prefecture")
        if inside and not at_home(place.places, ledger.home):
            ledger.claims.append(Claim(person, "hukou.place", place.places, *place.span, passage.order, clause.hedged))
            return


def _cause(text: str) -> str | None:
    """What took the register away, by the words of one clause; school comes before marriage, marriage before the town."""
    return next((value for value, words in _CAUSES.items() if words.search(text)), None)


_BASE = "origin.base"


def _given(ledger: Ledger, claim: Claim) -> bool:
    """Whether the clause says that the homestead was given away."""
    return bool(cue("departure.given").search(ledger.clauses[claim.order].text))


def settle_base(ledger: Ledger) -> None:
    """What is left in the village as one value: a homestead beats land beside it, land beats 没宅基地; land and a parent's stay open."""
    _left_to_whoever_went(ledger)
    _comes_regularly(ledger)
    for person in {c.person for c in ledger.claims if c.fact == _BASE}:
        told = [c for c in ledger.claims if c.fact == _BASE and c.person == person and isinstance(c.value, Choice)]
        values = {next(iter(c.value.values)) for c in told if isinstance(c.value, Choice) and len(c.value.values) == 1}
        if "none" in values and "parents" in values:  # 宅基地早年让给俺兄弟了,村里啥也不剩
            kept = [c for c in told if not (c.value == Choice(frozenset({"parents"})) and _given(ledger, c))]
            ledger.claims[:] = [c for c in ledger.claims if c not in told or c in kept]
            continue
        if "land" not in values or len(values) < 2:
            continue
        if "homestead" in values:
            ledger.claims[:] = [c for c in ledger.claims if c not in told or c.value != Choice(frozenset({"land"}))]
        elif any(c.value == Choice(frozenset({"land"})) and cue("departure.only").search(ledger.clauses[c.order].text) for c in told):
            ledger.claims[:] = [c for c in ledger.claims if c not in told or c.value == Choice(frozenset({"land"}))]
        elif "parents" in values:
            both = Choice(frozenset({"land", "parents"}))
            ledger.claims[:] = [replace(c, value=both) if c in told else c for c in ledger.claims]


def _left_to_whoever_went(ledger: Ledger) -> None:
    """A homestead in a relative's name is what is left there to the one who went away (我当兵走的,…宅基地是爹的名), not to its owner."""
    told = {c.person for c in ledger.claims if c.fact in (_MOVED, "origin.back")} - {NOBODY}
    went = {SELF if p == COUPLE else p for p in told}
    if len(went) != 1:
        return
    (one,) = went
    parents = Choice(frozenset({"parents"}))
    others = [c for c in ledger.claims if c.fact == _BASE and c.value == parents and c.person not in (one, NOBODY)]
    ledger.claims[:] = [replace(c, person=one) if c in others else c for c in ledger.claims]


def _comes_regularly(ledger: Ledger) -> None:
    """Who goes back to live there week after week (每到周末回村住两天,平时在城里上班) is neither back nor away: the text names no time."""
    for order, clause in enumerate(ledger.clauses[: len(ledger.subjects)]):
        said = cue("departure.comes_regularly").search(clause.text)
        if said is None or clause.asks or clause.planned(said.start()) or clause.past_at(said.start()):
            continue
        person = ledger.subjects[order]
        ledger.claims[:] = [c for c in ledger.claims if not (c.fact == "origin.back" and c.value == _NOT_BACK and c.person == person)]


_NOT_BACK = Choice(frozenset({"no"}))
_MOVED = "origin.moved"


_DENIED = frozenset({"never", "none", "no"})
_NEVER = Choice(frozenset({"never"}))


def settle_moved(ledger: Ledger, plain: str, roles: Mapping[int, str]) -> None:
    """农转非 alone only says that the register changed: who bought a home or went to work in town settled there by that."""
    told_not = [c for c in _not_from_here(ledger, roles) if not any(o.fact == _MOVED and o.person == c.person for o in ledger.claims)]
    ledger.claims.extend(told_not[:1])
    elsewhere = [c for c in ledger.claims if _of_somewhere_else(ledger, c)]
    ledger.claims[:] = [c for c in ledger.claims if c not in elsewhere]
    ledger.claims[:] = [c for c in ledger.claims if c.fact != _MOVED or not _only_supposed(ledger, c)]
    ledger.claims[:] = [_where_born(ledger, c) for c in ledger.claims]
    settled = {c.person for c in ledger.claims if c.fact == _MOVED and c.value == Choice(frozenset({"settled"}))}
    other = Choice(frozenset({"other"}))
    moot = [c for c in ledger.claims if c.fact == _MOVED and c.value == other and c.person in settled]
    changed = [c for c in moot if cue("departure.changed").fullmatch(plain[c.start : c.end])]
    ledger.claims[:] = [c for c in ledger.claims if c not in changed]


def _of_somewhere_else(ledger: Ledger, claim: Claim) -> bool:
    """Whether 那不是俺老家 is said beside what is told of the village one did leave, and so of another place."""
    if claim.fact != _MOVED or not cue("departure.not_of_there").search(ledger.clauses[claim.order].text):
        return False
    told = (c for c in ledger.claims if c.person == claim.person and c.fact.startswith("origin.") and c is not claim)
    return any(
        at_home(c.value, ledger.home) if isinstance(c.value, Places) else not _DENIED & c.value.values
        for c in told
        if isinstance(c.value, Places | Choice)
    )


def _not_from_here(ledger: Ledger, roles: Mapping[int, str]) -> list[Claim]:
    """临淄不是俺老家; 非临淄原籍: who says so has never left a village here."""
    found = []
    for i, place in enumerate(ledger.places):
        order = next((n for n, c in enumerate(ledger.clauses) if c.start <= place.span[0] < c.end), None)
        if order is None or place.kind not in NAMED or not at_home(place.places, ledger.home) or ledger.clauses[order].asks:
            continue
        clause = ledger.clauses[order]
        before, after = clause.text[: place.span[0] - clause.start], clause.text[place.span[1] - clause.start :]
        denied = roles.get(i) == "not" and (cue("departure.origin_behind").match(after) or cue("departure.origin_of").search(before))
        if (denied or cue("departure.is_not_origin").fullmatch(after)) and (person := ledger.subjects[order]) != NOBODY:
            found.append(Claim(person, _MOVED, _NEVER, *place.span, order, clause.hedged))
    return found


def _where_born(ledger: Ledger, claim: Claim) -> Claim:
    """Of a village from which the register is then told to have gone: no register there any more (是临淄农村的,考学户口跟着走了)."""
    if claim.fact != "hukou.place" or not cue("departure.of_a_village").search(ledger.clauses[claim.order].text):
        return claim
    stayed = Choice(frozenset({"never"}))
    gone = [c for c in ledger.claims if c.fact == _MOVED and c.person == claim.person and c.value != stayed and c.order > claim.order]
    later = [c for c in ledger.claims if c.fact == "hukou.place" and c.person == claim.person and c.order > claim.order]
    moved_on = any(c.value != claim.value and cue("departure.moved_on").search(ledger.clauses[c.order].text) for c in later)
    return replace(claim, fact="origin.place") if gone or moved_on else claim


def _only_supposed(ledger: Ledger, claim: Claim) -> bool:
    """Whether a move to town is only what a question is about (户口迁到县城,村里的地会不会没了): no word says that it has been made."""
    if claim.value != Choice(frozenset({"settled"})) or claim.order + 1 >= len(ledger.clauses):
        return False
    here, after = ledger.clauses[claim.order], ledger.clauses[claim.order + 1]
    asked = after.asks and after.sentence == here.sentence and bool(cue("departure.what_then").search(after.text))
    return asked and not cue("departure.made").search(here.text)


def for_this_person(ledger: Ledger, person: str, words: str) -> list[Claim]:
    """What was told of the village as it holds for one relative: a move of the whole family is theirs too (全家户口都迁进了城), and a
    homestead in a father's name is his own where it is he who moves."""
    own = [c for c in ledger.claims if c.person == person and c.fact in (_BASE, _MOVED)]
    if person not in _ELDERS:
        return []
    found = []
    if not any(c.fact == _MOVED for c in own):
        found = [replace(c, person=person) for c in ledger.claims if c.fact == _MOVED and c.person in (SELF, COUPLE) and _of_all(ledger, c)]
    for claim in own:
        named = [m for m in ledger.people if m.person == person and m.relation != "pronoun" and claim.start <= m.end <= claim.end + 2]
        if claim.value == Choice(frozenset({"parents"})) and any(m.words[-1:] == words[-1:] or m.words[-1:] in words for m in named):
            found.append(replace(claim, value=Choice(frozenset({"homestead"}))))
    return found


_ELDERS = frozenset({"parent", "grandparent", "parent_in_law"})


def _of_all(ledger: Ledger, claim: Claim) -> bool:
    clause = ledger.clauses[claim.order]
    return any(clause.start <= m.start < clause.end and cue("departure.everybody").search(m.words) for m in ledger.people)
