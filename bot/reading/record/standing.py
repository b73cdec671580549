"""What a message tells of where somebody stands: registered here, registered elsewhere, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable

from bot.eligibility.values import Choice, Places, Value, meet
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import ONES_OWN, Ledger, along, things
from bot.reading.text.cues import cue

NOT_RELATIVES = frozenset({SELF, COUPLE, NOBODY, "pronoun"})
_REASONS = {"age", "marital", "education.level", "education.status"}
_PAPERS = ("public.", "rent.")
_NOTHING = frozenset({"none"})
_NOBODY, _MINOR = Choice(frozenset({"none"})), Choice(frozenset({"minor"}))
_RECENT = 3  # clauses within which a wish of the relative's own still counts


def named_hukou(ledger: Ledger, person: str) -> bool:
    """Whether a place of register is told of somebody."""
    return any(c.fact == "hukou.place" for c in along(ledger, person))


def registered_here(ledger: Ledger, person: str) -> bool:
    """Whether somebody's register is told to be in the jurisdiction already."""
    own = along(ledger, person)
    return any(c.fact == "hukou_here" or c.fact == "hukou.place" and lies_here(c.value, ledger.home) for c in own)


def registered_elsewhere(ledger: Ledger, person: str) -> bool:
    """Whether somebody's register is told to be outside the jurisdiction."""
    own = [c.value for c in along(ledger, person) if c.fact == "hukou.place"]
    return bool(own) and not any(lies_here(value, ledger.home) for value in own)


def registered_away(ledger: Ledger, but: Iterable[str] = ()) -> str | None:
    """The one relative whose register is told to be outside the jurisdiction, leaving out ``but``; ``None`` where there are several."""
    named = {m.person for m in ledger.people if m.relation not in NOT_RELATIVES} - {SELF, COUPLE, NOBODY, *but}
    away = {person for person in named if registered_elsewhere(ledger, person)}
    away -= {f"{person}/spouse" for person in away}  # 舅妈跟舅舅户口都在辽宁: they go together
    away = {person for person in away if not stays(ledger, person)}
    return away.pop() if len(away) == 1 else None


def stays(ledger: Ledger, person: str) -> bool:
    """Whether a clause that opens with somebody says that their register stays where it is (媳妇户口在东营不动)."""
    for clause in ledger.clauses:
        first = next((m for m in ledger.people if clause.start <= m.start < clause.end and m.relation != SELF), None)
        if first is not None and first.person == person and not clause.asks and cue("moving.stays").search(clause.text):
            return True
    return False


def lies_here(value: Value, home: str | None) -> bool:
    """Whether a place is one in the jurisdiction, and not just anywhere outside some other."""
    return isinstance(value, Places) and value.include != frozenset({""}) and at_home(value, home)


def gone(ledger: Ledger, relation: str) -> bool:
    """Whether a relative is named as dead or no longer one (我老公走了, 前夫), and not named as living."""
    return any(m.relation == relation and m.person == NOBODY for m in ledger.people)


def parted(ledger: Ledger, person: str) -> bool:
    """Whether the last word on somebody's marriage is that it is over."""
    told = [c.value for c in along(ledger, person) if c.fact == "marital" and not c.hedged]
    return bool(told) and told[-1] == Choice(frozenset({"divorced"}))


def settled_here(ledger: Ledger, person: str) -> bool:
    """Whether somebody is told to live, work or be registered in the jurisdiction."""
    kept = [t for t in [*things(ledger.homes, person), *things(ledger.jobs, person)] if t.kind and t.kind != {"none"}]
    return registered_here(ledger, person) or any(t.spot.places is None or at_home(t.spot.places, ledger.home) for t in kept)


def is_here(ledger: Ledger, person: str) -> bool:
    """Whether somebody is said to be in the jurisdiction, wherever their register is (兄弟在城里,户口是外地的)."""
    return settled_here(ledger, person) or any(
        c.person == person and c.fact == "where" and lies_here(c.value, ledger.home) for c in ledger.stands
    )


def is_elsewhere(ledger: Ledger, person: str) -> bool:
    """Whether everything that is told of where somebody is lies outside the jurisdiction."""
    told: list[Value] = [c.value for c in ledger.stands if c.person == person and c.fact in ("where", "hukou")]
    told += [t.spot.places for t in [*ledger.homes, *ledger.jobs] if t.person == person and t.kind - {"none"} and t.spot.places is not None]
    named = [value for value in told if isinstance(value, Places) and value.include != frozenset({""})]
    return bool(named) and not any(at_home(value, ledger.home) for value in named)


def silent(ledger: Ledger) -> bool:
    """Whether nothing is told of the asker; the landlord's word and the papers of a home are anyone's (房东同意落户).

    Nor does it tell of the asker whose home somebody else is lent (发小借住在我闲着的楼里), nor what a couple lacks or would put up with
    (俺们在这啥也没有,落集体户也行).
    """
    lent = {t.start for t in ledger.homes if t.kind == {"borrowed"} and t.person not in (SELF, COUPLE, NOBODY)}
    homes = [t for t in things(ledger.homes, SELF) if t.start not in lent]
    told = [t for t in [*homes, *things(ledger.jobs, SELF)] if not (t.person == COUPLE and t.kind <= _NOTHING)]
    return not (told or any(not c.anyone and not (c.person == COUPLE and c.fact.startswith("wish.")) for c in along(ledger, SELF)))


def speaks_for(ledger: Ledger, person: str) -> bool:
    """Whether the asker opens with somebody who is registered elsewhere, and of themselves tells no more than that they have nothing here.

    俺家小子户口在临朐,…,我和他爸都在临朐种地,那边没房: what is asked of nobody is asked of the one it opens with.
    """
    first = next((m for m in ledger.people if m.relation != NOBODY), None)
    if first is None or first.person != person or not registered_elsewhere(ledger, person) or ledger.subjects[:2] != [SELF, person]:
        return False
    had = [t for t in [*things(ledger.homes, SELF), *things(ledger.jobs, SELF)] if t.kind - {"none"}]
    asked = {order for order, clause in enumerate(ledger.clauses) if clause.asks}
    told = [c for c in along(ledger, SELF) if not c.anyone and c.value not in (_NOBODY, Choice(frozenset({"no"})))]
    where = [c.value for c in ledger.stands if c.person == SELF and c.fact == "where"]
    here = registered_here(ledger, SELF) or any(lies_here(value, ledger.home) for value in where)
    return not told and not here and all(t.order in asked for t in had)


def words_for(ledger: Ledger, person: str) -> str:
    """The word the message first names somebody by."""
    return next((m.words for m in ledger.people if m.person == person and m.relation != "pronoun"), "")


def own_word(ledger: Ledger, person: str) -> str:
    """The asker's own word for somebody, first said; empty where they are only named as another's (岳母…她女儿) or by a pronoun."""
    own = (m for m in ledger.people if m.person == person and (m.relation == person or person.startswith(f"{m.relation}/")))
    return next((m.words for m in own if m.owner in (None, SELF)), "")


def lodger(ledger: Ledger) -> str | None:
    """The relative the message opens with as living with the asker (我岳父在我家住了五年), whom a question with no subject is about."""
    first = next((m for m in ledger.people if m.relation not in NOT_RELATIVES), None)
    if first is None or first.person in ("spouse", NOBODY) or not ledger.clauses or first.start >= ledger.clauses[0].end:
        return None
    if named_hukou(ledger, SELF) and not registered_here(ledger, SELF):
        return None
    opening = ledger.clauses[0]
    if cue("moving.lives_with_asker").search(opening.text[max(0, first.end - opening.start) :]):
        return first.person
    minor = any(c.fact == "age" and c.value == _MINOR for c in along(ledger, first.person))  # who lives with the asker in any case
    near = len(ledger.clauses) if minor else _RECENT
    for clause, subject in zip(ledger.clauses[1:near], ledger.subjects[1:near], strict=False):
        if clause.sentence != opening.sentence:
            break
        others = [m for m in ledger.people if clause.start <= m.start < clause.end and m.relation not in (SELF, COUPLE)]
        if subject == first.person and not others and not clause.asks and cue("moving.lives_with_asker").match(clause.text):
            return first.person  # 我闺女离了婚,跟我住县城我的房
    return None


def host(ledger: Ledger, order: int) -> str | None:
    """The relative who in a clause asks the asker to come, in words of their own (婆婆说,闺女你把户口迁我名下)."""
    clause = ledger.clauses[order]
    if cue("moving.invited").search(clause.text) is None:
        return None
    named = [m.person for m in ledger.people if m.start < clause.end and m.relation not in NOT_RELATIVES and m.person != NOBODY]
    carried = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    return carried if carried not in (SELF, COUPLE, NOBODY) else named[-1] if named else None


def houses_asker(ledger: Ledger, person: str) -> bool:
    """Whether the asker is told to live in somebody's home (住着闺女的房子): what else is told of the owner is by the way."""
    lent = {t.start for t in things(ledger.homes, SELF) if t.kind == {"borrowed"}}
    return any(t.start in lent for t in things(ledger.homes, person))


def only_a_reason(ledger: Ledger, person: str) -> bool:
    """Whether all that is told of a child is its age or school, as a reason for the wish (娃九月上一年级; 孩子等着报名)."""
    own = [c for c in along(ledger, person) if not c.fact.startswith(_PAPERS)]
    alone = {c.fact for c in own} <= _REASONS and (bool(own) or _waits_for_school(ledger, person))
    asker_told = bool(things(ledger.homes, SELF) or along(ledger, SELF))
    return person == "child" and alone and asker_told and not things(ledger.homes, person)


def _waits_for_school(ledger: Ledger, person: str) -> bool:
    """Whether every clause that names a child speaks of its schooling."""
    named = [c.text for c in ledger.clauses if any(m.person == person and c.start <= m.start < c.end for m in ledger.people)]
    return bool(named) and all(cue("moving.schooling").search(text) for text in named)


def moves_itself(ledger: Ledger, person: str, order: int) -> bool:
    """Whether a relative carried as subject is the one to move: a register elsewhere or a wish was told of them, none of the asker."""
    own = along(ledger, person)
    if registered_here(ledger, SELF) and is_elsewhere(ledger, person):
        return True  # 我户口在这,我弟弟在东莞打工,想落户: who is registered here has no need to
    guest = any(t.person == SELF and t.kind == {"borrowed"} for t in ledger.homes)  # 住着闺女的房,…能落不: the asker
    told = any(c.fact == "hukou.place" and c.order <= order for c in along(ledger, SELF))  # not 我自己户口在张店, said afterwards
    if stays(ledger, person):
        return False
    if registered_elsewhere(ledger, person) and not told and not guest:
        return not houses_asker(ledger, person)
    if any(c.fact == "age" and c.value == Choice(frozenset({"minor"})) for c in own):
        return True
    if cue("moving.longs").search(ledger.clauses[order].text) and not settled_here(ledger, person):
        return True  # 老丈人…,一直念叨想把户口办过来
    if silent(ledger) and own and (not registered_here(ledger, person) or homes_elsewhere(ledger, person)):
        return True
    before = [c.text for c in ledger.clauses[max(0, order - _RECENT) : order] if c.sentence == ledger.clauses[order].sentence]
    wanting = [text for text in before if cue("moving.wants_to_come").search(text)]
    return bool(wanting) and not cue("moving.asker_wants").search(wanting[-1])


def homes_elsewhere(ledger: Ledger, person: str) -> bool:
    """Whether somebody owns a home here in another place than the register (我弟户口在县里,市里有套他名下的房), to move to."""
    registers = [c.value for c in along(ledger, person) if c.fact == "hukou.place" and isinstance(c.value, Places)]
    homes = [t.spot.places for t in things(ledger.homes, person) if t.kind & ONES_OWN and t.spot.places is not None]
    return bool(registers and homes) and all(meet(r, h) is None for r in registers for h in homes)


def most_told(ledger: Ledger) -> Mention | None:
    """The relative a message without any wish is about: the one it tells a register or several facts of, where the asker tells none."""
    enough = 3
    if named_hukou(ledger, SELF) or len(ledger.clauses) < 2:
        return None
    guest = lodger(ledger)
    best: tuple[int, Mention] | None = None
    for m in ledger.people:
        if m.relation in NOT_RELATIVES or m.person in (SELF, NOBODY):
            continue
        claims = along(ledger, m.person)
        told = len({c.fact for c in claims} | {"job" for t in things(ledger.jobs, m.person) if t.kind})
        if not (named_hukou(ledger, m.person) or told >= enough) or not (guest == m.person or silent(ledger)):
            continue
        if best is None or told > best[0]:
            best = (told, m)
    return best[1] if best else None
