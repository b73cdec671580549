"""Two statements that contradict each other: which of them is right is asked, and the answer read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.merge import settle
from bot.conversation.state import Case, Dispute, Told
from bot.conversation.world import Heard, World
from bot.eligibility.screening import RouteResult
from bot.eligibility.values import Choice, Places, Value, meet
from bot.policy.model import Pack, atoms
from bot.reading.asking.answers import read_answer
from bot.reading.text.groups import group
from bot.replies.answers import citation
from bot.replies.model import Citation
from bot.replies.wording import part

_OLD, _NEW = frozenset(group("disputes.old")), frozenset(group("disputes.new"))
"""Words that choose the first of two statements, and the second."""


def choose(world: World, case: Case, heard: Heard, pack: Pack) -> tuple[Case, bool]:
    """The case after one of the two statements was chosen, and whether the message chose one."""
    dispute = case.dispute
    assert dispute is not None
    text = heard.text.strip()
    choice = text in _NEW if text in _OLD or text in _NEW else None
    old, new = statements(world, dispute)
    if choice is None and text in (old, new):
        choice = text == new
    if choice is None:
        choice = _restated(world, dispute, heard, pack)
    if choice is None:
        return case, False
    return replace(settle(case, keep_new=choice), pending=None), True


def left_open(case: Case) -> Case:
    """The case with either of two statements still possible, where the resident went on without saying which is right.

    Nothing rests on either of them then, and the fact is asked again as any other one that may decide.
    """
    dispute = case.dispute
    if dispute is None:
        return case
    either = _either(dispute.old.value, dispute.new.value)
    told = {fact: known for fact, known in case.told.items() if fact != dispute.fact}
    if either is not None:
        told[dispute.fact] = Told(either, f"{dispute.old.words}，{dispute.new.words}".strip("，"))
    asked = tuple(fact for fact in case.asked if fact != dispute.fact)
    return replace(case, told=MappingProxyType(told), asked=asked, dispute=None)


def _either(one: Value, other: Value) -> Value | None:
    """One of two values; ``None``, which is nothing known, for days and lengths of time that lie apart."""
    if isinstance(one, Choice) and isinstance(other, Choice):
        return Choice(one.values | other.values)
    if isinstance(one, Places) and isinstance(other, Places) and not (one.exclude or other.exclude):
        return Places(one.include | other.include)
    return None


def _restated(world: World, dispute: Dispute, heard: Heard, pack: Pack) -> bool | None:
    """Whether one of two contradicting statements is said again, in whatever words: the new one, the old one, or neither."""
    home = pack.identity.jurisdiction.place
    vocabulary = world.vocabulary
    answer = read_answer(heard.text, dispute.fact, options=(), as_of=heard.as_of, home=home, vocabulary=vocabulary)
    said = [r.value for r in hearing.reading(world, heard, home).facts if r.fact == dispute.fact]
    said += [value for fact, value in answer.facts.items() if fact == dispute.fact]
    if not said:
        return None
    fits_new, fits_old = meet(said[-1], dispute.new.value) is not None, meet(said[-1], dispute.old.value) is not None
    return fits_new if fits_new != fits_old else None


def disputed(pack: Pack, fact: str, nearest: Sequence[RouteResult]) -> tuple[Citation, ...]:
    """Where the document weighs the fact that was told in two ways, in the nearest route that does."""
    first = next((atom for result in nearest for atom in atoms(result.route.when) if atom.fact == fact), None)
    return (citation(pack, first.article, first.quote),) if first is not None else ()


def statements(world: World, dispute: Dispute) -> tuple[str, str]:
    """The two statements as they are put to the resident; by the labels of their values where the words kept are the same."""
    old, new = (statement(world, dispute.fact, told) for told in (dispute.old, dispute.new))
    if old != new:
        return old, new
    return statement(world, dispute.fact, replace(dispute.old, words="")), statement(world, dispute.fact, replace(dispute.new, words=""))


def statement(world: World, fact: str, told: Told) -> str:
    """A statement as the resident put it, or as the vocabulary labels it where no words were kept."""
    spec = world.vocabulary.facts[fact]
    if told.words:
        return told.words
    labels = [label for v, label in spec.labels.items() if isinstance(told.value, Choice) and v in told.value.values]
    return part("or").join(labels) or spec.label
