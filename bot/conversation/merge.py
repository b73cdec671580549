"""What a new statement does to what is known: refine, replace, contradict, take back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation.state import PRESUMED, Case, Dispute, Told
from bot.eligibility.values import Choice, meet
from bot.policy.vocabulary import Vocabulary
from bot.reading.text.cues import cue

_PAPER = cue("merge.paper")


def tell(case: Case, news: Mapping[str, Told], *, corrected: bool = False, retracted: Iterable[str] = ()) -> Case:
    """The case after the resident has said ``news``.

    A statement that fits what is known refines it.  One that contradicts it replaces it when the resident marked it as a
    correction or when the old value was only presumed; otherwise it opens a dispute, and the old value stays until settled:
    by saying either thing again, or by taking the fact back.  A presumption never overrides or disputes anything said.
    """
    gone = set(retracted)
    told = {k: v for k, v in case.told.items() if k not in gone}
    dispute = None if case.dispute is not None and case.dispute.fact in gone else case.dispute
    for fact, new in news.items():
        old = told.get(fact)
        if old is None or old.certainty == PRESUMED:
            # Of two presumptions that agree the narrower one says more: a job in a district, then one in the city.
            kept = meet(old.value, new.value) if old is not None and new.certainty == PRESUMED else None
            told[fact] = new if old is None or kept is None else replace(old, value=kept)
            continue
        if new.certainty == PRESUMED:
            continue
        both = meet(old.value, new.value)
        disputed = dispute is not None and dispute.fact == fact
        if corrected and both == old.value and not disputed:
            continue  # 厂址说错了: what is put right is the place, not that there was no contract
        if corrected or both is None and disputed:
            told[fact] = new
            dispute = None if disputed else dispute
        elif both is not None:
            told[fact] = Told(both, new.words if both == new.value else f"{old.words}，{new.words}".strip("，"), new.certainty)
            if dispute is not None and dispute.fact == fact and meet(dispute.new.value, new.value) is None:
                dispute = None
        else:
            dispute = dispute or Dispute(fact, old, new)
    return replace(case, told=MappingProxyType(told), dispute=dispute)


def outdated(case: Case, news: Mapping[str, Told]) -> Case:
    """The case without what ``news`` contradict: they tell what is so by now, or what was said wrongly before."""

    def stands(fact: str, old: Told) -> bool:
        new = news.get(fact)
        return new is None or new.certainty == PRESUMED or meet(old.value, new.value) is not None

    kept = {fact: old for fact, old in case.told.items() if stands(fact, old)}
    dispute = None if case.dispute is not None and case.dispute.fact in news else case.dispute
    return replace(case, told=MappingProxyType(kept), dispute=dispute)


def made_closer(case: Case, news: Mapping[str, Told], vocabulary: Vocabulary) -> Case:
    """The case without what was told loosely (有房) and is now told more closely (没房本); who named the paper itself told it exactly."""

    def closer(fact: str, old: Told) -> bool:
        new = news.get(fact)
        if new is None or new.certainty == PRESUMED or _PAPER.search(old.words) or not isinstance(old.value, Choice):
            return False
        said = vocabulary.facts[fact].loosely
        near = {v for value in old.value.values for v in said.get(value, ())}
        return bool(near) and isinstance(new.value, Choice) and new.value.values <= near

    return replace(case, told=MappingProxyType({fact: old for fact, old in case.told.items() if not closer(fact, old)}))


def at_their_home(case: Case, news: Mapping[str, Told]) -> Case:
    """The case without the kind of area told of whoever is followed before their home was (嫁到乡下…,老公在县城买了房)."""
    old, new = case.told.get("kin.area"), news.get("kin.area")
    of_a_home = "kin.housing" in news and news["kin.housing"].certainty != PRESUMED and "kin.housing" not in case.told
    if old is None or new is None or not of_a_home or not isinstance(new.value, Choice) or len(new.value.values) != 1:
        return case
    if meet(old.value, new.value) is not None:
        return case
    return replace(case, told=MappingProxyType({fact: told for fact, told in case.told.items() if fact != "kin.area"}))


MOVES = {"housing.place": "kin.place", "housing.area": "kin.area"}
"""Where a home is, as where the one is whose it is."""


def handed_over(case: Case, news: Mapping[str, Told]) -> Case:
    """The case without a home told as one's own that, as ``news`` put it right, is the relative's (说错了,房本是俺爸的名)."""
    own, theirs = case.told.get("housing.kind"), news.get("kin.housing")
    if own is None or theirs is None or theirs.certainty == PRESUMED or meet(own.value, theirs.value) is None:
        return case
    if "housing.kind" in news and news["housing.kind"].certainty != PRESUMED:
        return case
    gone = ("housing.kind", *MOVES)
    where = {theirs: case.told[own] for own, theirs in MOVES.items() if own in case.told}  # it stands where it stood
    return replace(case, told=MappingProxyType({**{f: old for f, old in case.told.items() if f not in gone}, **where}))


def settle(case: Case, *, keep_new: bool) -> Case:
    """The case after the resident has said which of two contradicting statements holds."""
    if case.dispute is None:
        return case
    chosen = case.dispute.new if keep_new else case.dispute.old
    return replace(case, told=MappingProxyType({**case.told, case.dispute.fact: chosen}), dispute=None)
