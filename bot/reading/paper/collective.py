"""Who else stands in the same collective household, where the words are spread over clauses or name a group."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Passage, things
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_FAMILY = frozenset({"spouse", "child", "parent", "sibling", "grandparent", "grandchild"})
_NAMED_FIRST = 2  # clauses back in which the household may be named


def read_collective(passage: Passage) -> None:
    """Enter whether family stands in the collective household that this clause or one just before names."""
    clause, order, ledger = passage.clause, passage.order, passage.ledger
    near = ledger.clauses[max(0, order - _NAMED_FIRST) : order + 1]
    if "collective" not in passage.story or not any(cue("claims.collective").search(c.text) for c in near):
        return
    if cue("collective.wished").search(",".join(c.text for c in near)):
        return
    text = clause.text
    if order and ledger.clauses[order - 1].end == clause.start:
        text = ledger.clauses[order - 1].text + text  # 两人户口|现在都搁在集体户: one clause, cut where it grew long
    alone, others = cue("collective.alone").search(text), cue("collective.others_out").search(text)
    group = cue("collective.group").search(text) and cue("claims.collective").search(text)
    joined = cue("collective.joined").search(text) and not cue("claims.collective").search(text) or cue("collective.same_one").search(text)
    mates = any(cue("collective.mates").search(c.text) for c in near)
    told = any(c.fact == "collective.family" and order - c.order <= _NAMED_FIRST for c in ledger.claims)
    if told and others and not alone:
        return  # 我和我妈都在那个集体户,我爸户口不在
    married = any(_wed(c) for c in ledger.clauses)
    both = cue("collective.both").search(text) if married else None
    wed = married and cue("collective.same_as_told").search(text)  # 和同事登记结婚了,她也在这个集体户
    value = "no" if alone or others else "yes" if (group or joined or both) and not mates or wed else None
    if value is None or any(c.fact == "collective.family" and c.order == order for c in ledger.claims):
        return
    own = alone and any(m.relation in (SELF, COUPLE) for m in passage.mentions)
    person = passage.carried if passage.carried != NOBODY and not (others or joined or own or wed) else SELF
    claim = Claim(person, "collective.family", Choice(frozenset({value})), clause.start, clause.end, order, clause.hedged)
    ledger.claims.append(claim)
    if group and value == "yes" and cue("collective.registered").search(text):
        ledger.claims.append(replace(claim, fact="collective.member"))  # 我跟媳妇户口都在集体户: the speaker too


def _wed(clause: Clause) -> bool:
    """Whether somebody is told to have married, and neither plans to nor has yet to."""
    said = cue("collective.just_wed").search(clause.text) and not cue("people.engaged").search(clause.text)
    return bool(said) and not clause.planned(len(clause.text))


def settle_collective(ledger: Ledger) -> None:
    """Mates are no family, nor is who is not married yet (和对象都落在集体户), where no relative is named beside."""
    single = any(cue("people.engaged").search(c.text) for c in ledger.clauses)
    for claim in [c for c in ledger.claims if c.fact == "collective.family" and c.value == Choice(frozenset({"yes"}))]:
        clause = ledger.clauses[claim.order]
        people = [m for m in ledger.people if clause.start <= m.start < clause.end]
        partners = [m for m in people if m.relation == "fiance"]
        surely = single or any(not cue("collective.may_be_married").match(m.words) for m in partners)
        spoken = ",".join(c.text for c in ledger.clauses[claim.order : claim.order + 2])
        mates = cue("collective.only_mates").search(spoken)  # 我和同宿舍的哥们都在集体户,俩人就是工友
        if (mates or partners and surely) and not {m.relation for m in people} & _FAMILY:
            ledger.claims[ledger.claims.index(claim)] = replace(claim, value=Choice(frozenset({"no"})))
    _still_to_move(ledger)


def _still_to_move(ledger: Ledger) -> None:
    """Who wants into a collective household and has not moved the register yet (还没办迁移,想落社区集体户) is in none."""
    wished = [c.person for c in ledger.claims if c.fact == "wish.household" and c.value == Choice(frozenset({"collective"}))]
    if not wished or any(c.fact == "collective.member" for c in ledger.claims):
        return
    unmoved = (order for order, c in enumerate(ledger.clauses) if not c.asks and cue("collective.not_moved").fullmatch(c.text))
    for order in unmoved:
        clause = ledger.clauses[order]
        no = Choice(frozenset({"no"}))
        ledger.claims.append(Claim(wished[0], "collective.member", no, clause.start, clause.end, order, clause.hedged))
        return


def read_household_of_work(passage: Passage) -> None:
    """Enter that somebody is registered here whose register is in the household of the firm, where the work is told to be here."""
    clause, ledger, home = passage.clause, passage.ledger, passage.ledger.home
    found = cue("collective.of_the_firm").search(clause.text)
    if found is None or home is None or clause.planned(found.start()) or clause.past_at(found.start()):
        return
    person = passage.who(found.start())
    if person != NOBODY and _works_here(ledger, person, home):
        span = (clause.start + found.start(), clause.start + found.end())
        ledger.claims.append(Claim(person, "hukou_here", Choice(frozenset({"yes"})), *span, passage.order, clause.hedged))


def _works_here(ledger: Ledger, person: str, home: str) -> bool:
    spots = [t.spot.places for t in things(ledger.jobs, person) if t.kind and t.kind != {"none"}]
    spots += [c.value for c in ledger.stands if c.person == person and c.fact == "where" and isinstance(c.value, Places)]
    told = [p for p in spots if p is not None]
    return bool(told) and all(at_home(p, home) for p in told)
