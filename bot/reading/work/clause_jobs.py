"""The jobs that one clause names: what is only talked of, wished or over is none, and a precise kind beats the general one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.reading.text.clauses import PAST
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit, job_hits

EMPLOYEE = frozenset({"formal", "informal", "dispatched", "probation"})
HELD = EMPLOYEE | {"self_employed", "flexible"}
HIRED = cue("jobs.hired")
NONE = frozenset({"none"})
_OFFER, _FORMAL, _FLEXIBLE, _TRADE = (frozenset({kind}) for kind in ("offer", "formal", "flexible", "self_employed"))
_UNBEGUN = frozenset({"offer", "none"})
_MANY = 3  # words open between more kinds than this, none among them, say more than bare words for none


def jobs_in(text: str) -> list[KindHit]:
    """The jobs of one clause, in order of place."""
    said = [h for h in job_hits(text) if not _not_so(text, h)]
    if not said:
        return []
    precise = [h for h in said if h.kind not in (EMPLOYEE, NONE)]
    sells = any(h.kind == _TRADE for h in said) and _SELLS.search(text) is not None
    named = (_Named(text, hit, said, precise, sells) for hit in said)
    return [n.hit for n in named if not _passed_over(n)]


# -- what the words themselves settle ------------------------------------------------------------------------------------

_BEFORE = (
    cue("jobs.waits_for"),
    cue("jobs.promised"),  # 修车的答应收他学徒
    cue("jobs.only_attached"),  # 社保挂靠在一家公司
    cue("jobs.of_many"),  # 我们村好多人在城里打工
    cue("jobs.after_the_register"),  # 先落户后|上班
)
"""Words before a job that make it none of today's, or another's."""
_UP_TO = (
    cue("jobs.title"),  # 中级会计
    cue("jobs.head_office"),  # 总公司在深圳: not where the work is
    cue("jobs.let_to"),  # 一直租给人卖早点: whoever took it
)
"""Words that the job is part of."""
_BEHIND = (
    cue("jobs.back_then"),  # 上班那会儿落的户
    cue("jobs.of_another"),  # 厂里一块干活的小孟
)
"""Words right behind a job that use it to say when something was, or who somebody is."""
_TALKED_OF = cue("jobs.only_talked_of")  # 合伙开店的事八字没一撇
_UNTIL = cue("jobs.until")  # 在厂里干到去年底
_SPRING = cue("jobs.spring")  # 开春就调到门店
_NO_LICENCE = cue("licence.not_had")  # 没有自己的执照
_NOT_TAKEN_ON = cue("jobs.not_taken_on")  # 没|考上编
_WAY_NAMED = cue("jobs.way_named")
_OF_A_FIRM = cue("jobs.of_a_firm")  # 做电商的公司: what the firm does
_NO_CERTIFICATE = cue("jobs.no_certificate")
_STUDIES = cue("jobs.studies")  # 在外地上大学本科


def _not_so(text: str, hit: KindHit) -> bool:
    """Whether the words are of no job: only talked of, waited for, another's (给人家养鸡场喂鸡), or of a certificate there is none of."""
    if hit.kind == _TRADE and HIRED.search(text):
        return True
    if hit.kind & _UNBEGUN:
        return hit.kind == NONE and _NO_CERTIFICATE.match(text, hit.end) is not None
    return _set_aside(text, hit) or _not_of_that_kind(text, hit)


def _set_aside(text: str, hit: KindHit) -> bool:
    """Whether the words around take a job of any kind for something else than somebody's work of today."""
    before, up_to = text[: hit.start], text[: hit.end]
    return bool(
        any(words.search(before) for words in _BEFORE)
        or any(words.search(up_to) for words in _UP_TO)
        or any(words.match(text, hit.end) for words in _BEHIND)
        or _TALKED_OF.search(text[hit.end :])
        or _UNTIL.search(text)
        or _SPRING.match(text, hit.start)
    )


def _not_of_that_kind(text: str, hit: KindHit) -> bool:
    """Whether the words around deny a trade or a post, or only name the way to register by it or what a firm does."""
    if "self_employed" in hit.kind and _NO_LICENCE.search(text[: hit.end]):
        return True
    if hit.kind <= EMPLOYEE:
        if _STUDIES.search(text[hit.start : hit.end]):
            return True
        return bool(_NOT_TAKEN_ON.search(text[: hit.start]) or _WAY_NAMED.search(text[hit.end :]))
    return hit.kind <= _TRADE | _FLEXIBLE and _OF_A_FIRM.match(text, hit.end) is not None


# -- what the other words of the clause settle ---------------------------------------------------------------------------

_SELLS = cue("jobs.sells_online")
_WISHED, _BEGUN_ANYWAY, _WISHES = cue("jobs.wished"), cue("jobs.begun_anyway"), cue("jobs.wishes")
_URGED, _ONCE_DID, _NOT_ENTERED = cue("jobs.urged"), cue("jobs.once_did"), cue("jobs.not_entered")
_LOOKS_FOR, _MEANT_FOR, _MEANS_TO = cue("jobs.looks_for"), cue("jobs.meant_for"), cue("jobs.means_to")
_FIELD_WORK, _BETWEEN_JOBS, _NOT_CHANGED = cue("jobs.field_work"), cue("jobs.between_jobs"), cue("jobs.not_changed")
_GRADUATED_THEN, _LEFT_FOR = cue("jobs.once_graduated"), cue("jobs.left_for")
_LIVES_BY = "靠"


@dataclass(frozen=True)
class _Named:
    """Words for a job, or for none, beside the others of their clause.

    ``precise`` are those that tell which kind it is; ``sells`` says whether a trade is one of selling over the wire.
    """

    text: str
    hit: KindHit
    said: list[KindHit]
    precise: list[KindHit]
    sells: bool

    @property
    def kind(self) -> frozenset[str]:
        return self.hit.kind

    @property
    def before(self) -> str:
        return self.text[: self.hit.start]

    @property
    def up_to(self) -> str:
        return self.text[: self.hit.end]

    def within(self, other: KindHit) -> bool:
        """Whether the words are part of others."""
        return other.start <= self.hit.start and self.hit.end <= other.end


def _passed_over(named: _Named) -> bool:
    """Whether nobody is told to have the job, or other words of the clause say more of it."""
    return any(reason(named) for reason in (*_OF_ANY_JOB, *_OF_ONE_KIND.get(named.kind, ())))


def _wished(named: _Named) -> bool:
    """想来临淄当服务员."""
    held = named.kind <= HELD | {"intern"}
    return held and _WISHED.search(named.before) is not None and not _BEGUN_ANYWAY.search(named.text[named.hit.start :])


def _once_graduated(named: _Named) -> bool:
    """毕业铁定去临淄上班."""
    held = named.kind <= HELD | {"intern"}
    return held and _GRADUATED_THEN.search(named.before) is not None and not _BEGUN_ANYWAY.search(named.text[named.hit.start :])


def _left_for_a_trade(named: _Named) -> bool:
    """去年辞职回村里开民宿: what was left is told for the sake of what was begun."""
    return _LEFT_FOR.match(named.text, named.hit.end) is not None


def _urged(named: _Named) -> bool:
    """邻居劝我去跑网约车."""
    return not named.kind & _UNBEGUN and _URGED.search(named.before) is not None


def _done_once(named: _Named) -> bool:
    """前年干过派遣."""
    return named.kind != NONE and _ONCE_DID.search(named.text) is not None


def _part_of_no_work(named: _Named) -> bool:
    """没再接活."""
    return "none" not in named.kind and any(h.kind == NONE and named.within(h) for h in named.said if h is not named.hit)


def _never_entered(named: _Named) -> bool:
    """后来就没进单位."""
    return _NOT_ENTERED.search(named.before) is not None


def _told_more_precisely(named: _Named) -> bool:
    """Whether bare words of work stand beside those that tell the kind, or overlap with words for none."""
    hit = named.hit
    return bool(named.precise) or any(h.kind == NONE and h.start < hit.end and hit.start < h.end for h in named.said)


def _looked_for(named: _Named) -> bool:
    """打算年后找个厂上班."""
    return _LOOKS_FOR.search(named.up_to) is not None and _WISHES.search(named.up_to) is not None


def _meant(named: _Named) -> bool:
    """打算年后去那边上班."""
    return _MEANT_FOR.match(named.text, named.hit.start) is not None and _MEANS_TO.search(named.before) is not None


def _tilled_before(named: _Named) -> bool:
    """原先就是个种地的."""
    return PAST.search(named.before) is not None and _FIELD_WORK.match(named.text, named.hit.start) is not None


def _lives_by_it(named: _Named) -> bool:
    """靠接单吃饭."""
    return named.text.startswith(_LIVES_BY, named.hit.start) and bool(named.precise)


def _left_open(named: _Named) -> bool:
    """Whether other words of the clause tell of an offer, or leave open whether there is a post at all (还没上班)."""
    return any(h.kind == _OFFER or _may_be_none(named, h) for h in named.said)


def _may_be_none(named: _Named, other: KindHit) -> bool:
    """Whether other words may mean much, no work among it, or whether these are part of words that a post to come would explain."""
    return ("none" in other.kind and len(other.kind) > _MANY) or (other.kind == _UNBEGUN and named.within(other))


def _between_jobs(named: _Named) -> bool:
    """有活就干,没活就歇着."""
    return bool(_BETWEEN_JOBS.search(named.text) or _NOT_CHANGED.match(named.text[named.hit.end :]))


def _trade_of_selling(named: _Named) -> bool:
    """直播带货: a trade of one's own, no odd job."""
    return named.sells


def _work_by_the_piece(named: _Named) -> bool:
    """Whether what reads like a trade is told to be odd jobs, or work for a firm elsewhere."""
    return not named.sells and any(h.kind & {"flexible", "remote"} and "self_employed" not in h.kind for h in named.precise)


def _other_contract(named: _Named) -> bool:
    """Whether a post is told to be lent, on trial, to come, or of a trainee."""
    return any(h.kind & {"dispatched", "probation", "offer", "intern"} for h in named.precise)


_Reason = Callable[[_Named], bool]
_OF_ANY_JOB: tuple[_Reason, ...] = (_wished, _once_graduated, _urged, _done_once, _part_of_no_work)
_OF_ONE_KIND: Mapping[frozenset[str], tuple[_Reason, ...]] = {
    EMPLOYEE: (_never_entered, _told_more_precisely),
    _OFFER: (_looked_for, _meant),
    NONE: (_tilled_before, _lives_by_it, _left_open, _between_jobs, _left_for_a_trade),
    _FLEXIBLE: (_trade_of_selling,),
    _TRADE: (_work_by_the_piece,),
    _FORMAL: (_other_contract,),
}
