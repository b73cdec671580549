"""Whether words the lexicon finds are told of somebody, today: not refused, asked, planned, over, another's or of another thing.

Each of the predicates below gives one reason why they are not; any of them is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.reading.paper.shops import only_a_shop
from bot.reading.person.bereaved import strangers_loss
from bot.reading.person.contrasts import anothers
from bot.reading.person.times import once
from bot.reading.record.in_clause import InClause
from bot.reading.record.ledger import Passage
from bot.reading.text.clauses import PAST, PLAN
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.text.patterns import Hit
from bot.reading.work.insurance import fact_of_insurance
from bot.reading.work.intent import refused_as_well, twice_denied, unwilling

_FIRST_RATE = group("entering.first_rate")
_LEAVES = cue("schooling.leaves")
_NOT_ENOUGH, _UNCLEAR, _TO_BEGIN = cue("insurance.not_enough"), cue("insurance.unclear"), cue("insurance.to_begin")
_TO_SIGN, _NOTHING_LACKING = cue("jobs.to_sign"), cue("insurance.nothing_lacking")
_ONCE_SETTLED, _PAID_TILL, _PROMISED = cue("claims.insured_once_settled"), cue("claims.insured_till"), cue("claims.insured_promised")
_NOT_HAD, _HAD_ONCE, _MINE, _THAT_TIME = cue("licence.not_had"), cue("times.had_once"), cue("licence.mine"), cue("licence.that_time")
_SERVES, _ENDED = cue("shops.serves"), cue("times.then_ended")
_GAVE_UP, _STUDYING, _SCHOOLED_THEN = cue("times.gave_up"), cue("times.studying"), cue("ages.schooled_then")
_RURAL_WAY = cue("wish_area.rural_way")
_VISITS, _UNDECIDED = cue("claims.visits"), cue("claims.undecided")
_HAD_ENOUGH, _OVER, _THEN_BEGUN = cue("claims.had_enough"), cue("times.over"), cue("times.then_begun")
_PAPER_BEFORE, _NO_PAPER, _PAPER_OF_A_HOME = cue("claims.paper_before"), cue("claims.just_no_paper"), cue("claims.paper_of_a_home")
_ONLY_LIVES, _UNWED = cue("claims.only_lives"), cue("people.unwed")
_YES, _NO, _NONE = frozenset({"yes"}), frozenset({"no"}), frozenset({"none"})
_OWN, _OTHER = frozenset({"own"}), frozenset({"other"})
_NOW_OR_NEVER = frozenset({"yes", "own", "other", "independent", "counter", "home"})
"""Values that say nothing of today where they were true once."""
_DEED_NEAR = 5  # clauses back in which the title that is missing may be told


@dataclass(frozen=True)
class _Found(InClause):
    """Words found in their clause, with all else that was found in it."""

    hit: Hit
    beside: Sequence[Hit]

    @property
    def fact(self) -> str:
        return self.hit.pattern.fact

    @property
    def value(self) -> frozenset[str]:
        return self.hit.value


def is_meant(passage: Passage, hit: Hit, found: Sequence[Hit]) -> bool:
    """Whether the words of a hit are meant; ``found`` are all the hits of the clause."""
    words = _Found(passage, hit, found)
    return not any(reason(words) for reason in (*_OF_ANY_FACT, *_OF_ONE_FACT.get(words.fact, ())))


# -- of any fact ---------------------------------------------------------------------------------------------------------


def _refused_as_well(found: _Found) -> bool:
    """没有去就业的念头."""
    return refused_as_well(found.hit, found.beside, found.text)


def _only_planned(found: _Found) -> bool:
    """Whether it is only planned, and what is planned is not true already."""
    return found.clause.planned(found.hit.start) and not _holds_though_planned(found)


def _holds_though_planned(found: _Found) -> bool:
    """Whether planning takes nothing from it: intentions, 明年毕业 of one who studies, 打算五一结婚 of one who is single."""
    words = found.text[found.hit.start : found.hit.end]
    return (
        found.fact.startswith(("intent", "wish", "rural", "origin"))
        or (found.value == {"enrolled"} and bool(_LEAVES.search(words)))
        or (found.fact == "marital" and bool(PLAN.search(words)))
    )


def _is_over(found: _Found) -> bool:
    """Whether what was found is told of former days and says nothing of today."""
    text, pattern = found.text, found.hit.pattern
    past = found.clause.past_at(found.hit.start) and not (found.fact == "intent.work" and not PAST.search(text))
    if not past or found.fact == "business.license" and _THAT_TIME.search(text):
        return False  # 当年就办了执照: the day it was issued, not that it is gone
    if found.fact in ("rent.unit", "public.type") and not _THEN_BEGUN.search(text):
        return True  # 前两年跟人合租
    if pattern.lasting or pattern.anyone:
        return False
    return found.value <= _NOW_OR_NEVER or (fact_of_insurance(found.hit) and "过" not in text[found.hit.start : found.hit.end])


def _anothers(found: _Found) -> bool:
    """我老师是教授."""
    return anothers(found.hit, found.text, found.last_clause.text if found.last_clause else "")


def _strangers_loss(found: _Found) -> bool:
    """Whether it is a stranger who is widowed."""
    return found.value == {"widowed"} and strangers_loss(found.passage.mentions, found.clause.start + found.hit.start)


# -- of insurance and contracts ------------------------------------------------------------------------------------------


def _paid_too_short(found: _Found) -> bool:
    """社保没交够: it is paid, and for how long no text says."""
    return found.value == _NO and _NOT_ENOUGH.search(found.text) is not None


def _unclear(found: _Found) -> bool:
    """合同社保这些我没弄明白."""
    return found.value == _NO and _UNCLEAR.search(found.text) is not None


def _nothing_lacking(found: _Found) -> bool:
    """五险一样没少: none of it is missing, not all of it."""
    return found.value == _NO and _NOTHING_LACKING.search(found.text) is not None


def _not_paid_yet(found: _Found) -> bool:
    """社保下个月开始交; 社保得转正才给上; 社保交到三月就停了; 社保说入职就交."""
    return found.value == _YES and any(words.search(found.text) for words in (_TO_BEGIN, _ONCE_SETTLED, _PAID_TILL, _PROMISED))


def _not_signed_yet(found: _Found) -> bool:
    """过了试用期再签合同; 老板说年后签合同."""
    return found.value == _YES and _TO_SIGN.search(found.text) is not None


# -- of a licence and a place of business --------------------------------------------------------------------------------


def _licence_of_another(found: _Found) -> bool:
    """办的执照在我老公名下."""
    other = any(h.pattern.fact == "business.license" and h.value == _OTHER for h in found.beside)
    return found.value == _OWN and other and not _MINE.search(found.text)


def _no_licence(found: _Found) -> bool:
    """没有自己的执照; 执照去年吊销了."""
    return found.value == _OWN and _NOT_HAD.search(found.text) is not None


def _licence_once(found: _Found) -> bool:
    """执照也有过."""
    return found.value <= _OWN | _OTHER and _HAD_ONCE.match(found.text, found.hit.end) is not None


def _serves_at_a_counter(found: _Found) -> bool:
    """在超市站柜台."""
    return found.value == {"counter"} and _SERVES.search(found.text) is not None


def _shop_closed(found: _Found) -> bool:
    """开过店黄了."""
    return found.value == _NONE and _ENDED.search(found.text) is not None


def _unit_of_a_shop(found: _Found) -> bool:
    """店跟人合租的一间门面."""
    return only_a_shop(found.text)


# -- of schooling and certificates ---------------------------------------------------------------------------------------


def _gave_up_something_else(found: _Found) -> bool:
    """早先租过房,后来退了."""
    studied = found.last_clause is not None and _STUDYING.search(found.last_clause.text) is not None
    return _GAVE_UP.fullmatch(found.text) is not None and not studied


def _schooled_then(found: _Found) -> bool:
    """那年我才上初中."""
    return _SCHOOLED_THEN.search(found.text) is not None


def _denied_itself(found: _Found) -> bool:
    """我不是没毕业."""
    return found.value <= {"enrolled", "left"} and cue("claims.denied_itself").search(found.text[: found.hit.start]) is not None


def _one_booklet(found: _Found) -> bool:
    """廉租住房租赁证,一本."""
    return found.text in _FIRST_RATE and found.last_clause is not None and _PAPER_BEFORE.search(found.last_clause.text) is not None


def _paper_of_a_home(found: _Found) -> bool:
    """Whether 没有证 is that of a home, not of a skill."""
    ledger, order = found.ledger, found.order
    if not _NO_PAPER.fullmatch(found.text) or any(c.fact.startswith("education") for c in ledger.claims):
        return False
    home = any(t.kind and t.order in (order - 1, order) for t in ledger.homes)
    return home or any(_PAPER_OF_A_HOME.search(c.text) for c in ledger.clauses[max(0, order - _DEED_NEAR) : order])


# -- of work wished for, the village and marriage ------------------------------------------------------------------------


def _denied_refusal(found: _Found) -> bool:
    """我不可能不去临淄上班."""
    return twice_denied(found.hit, found.text)


def _enough_of_former_work(found: _Found) -> bool:
    """在张店卖过两年手机,不想干了: of the work of former days told just before."""
    before = found.last_clause
    if found.value != _NO or before is None or not _HAD_ENOUGH.fullmatch(found.text):
        return False
    return before.past or _OVER.search(before.text) is not None


def _undecided(found: _Found) -> bool:
    """去不去那边干活我还没想好."""
    return _UNDECIDED.search(found.text) is not None


def _unwilling(found: _Found) -> bool:
    """不指望在那边找饭碗."""
    return found.value == _YES and unwilling(found.ledger, found.clause, found.hit.start, found.hit.end)


def _only_visits(found: _Found) -> bool:
    """一年回来住个把月."""
    return found.value == _YES and _VISITS.search(found.text) is not None


def _names_the_way_back(found: _Found) -> bool:
    """按回原籍那条: the way that is asked for, and nobody who is back."""
    named = _RURAL_WAY.finditer(found.text)
    return found.value == _YES and any(way.start() <= found.hit.start < way.end() for way in named)


def _traded_there_once(found: _Found) -> bool:
    """在老家开过饭店."""
    return found.value == _YES and once(found.text, found.hit.start)


def _asked_whether_it_counts(found: _Found) -> bool:
    """Whether being sent to a village is what something is asked to belong to (网格员算不算选派到村的)."""
    return found.value == _YES and found.clause.counted(found.hit.start)


def _not_sent_at_all(found: _Found) -> bool:
    """不是组织部选派的: the words that deny it hold those that tell it."""
    return found.value == _YES and any(h.pattern.fact == found.fact and h.value == _NO for h in found.beside)


def _lives_with_unwed(found: _Found) -> bool:
    """Whether 跟她过了, which reads like a marriage, is told of one whom the message says there is no marriage with."""
    return _ONLY_LIVES.match(found.text, found.hit.start) is not None and _UNWED.search(found.passage.plain) is not None


_Reason = Callable[[_Found], bool]
_OF_ANY_FACT: tuple[_Reason, ...] = (_only_planned, _is_over, _anothers, _strangers_loss)
_OF_ONE_FACT: Mapping[str, tuple[_Reason, ...]] = {
    "insurance.paid": (_paid_too_short, _unclear, _nothing_lacking, _not_paid_yet),
    "contract": (_unclear, _not_signed_yet),
    "rent.unit": (_unit_of_a_shop,),
    "business.license": (_licence_of_another, _no_licence, _licence_once),
    "premises.kind": (_serves_at_a_counter, _shop_closed),
    "education.status": (_gave_up_something_else, _schooled_then, _denied_itself),
    "education.level": (_schooled_then, _one_booklet),
    "education.form": (_schooled_then,),
    "skill.certificate": (_paper_of_a_home,),
    "title.level": (_paper_of_a_home,),
    "intent.work": (_refused_as_well, _denied_refusal, _enough_of_former_work, _undecided, _unwilling),
    "origin.back": (_only_visits, _names_the_way_back),
    "rural.return_work": (_traded_there_once,),
    "rural.dispatched": (_asked_whether_it_counts, _not_sent_at_all),
    "marital": (_lives_with_unwed,),
}
