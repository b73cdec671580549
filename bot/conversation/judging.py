"""The case under way, judged: its verdict, the next question and the answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import weighing
from bot.conversation.aiming import ways_to_the_village
from bot.conversation.assuming import assumed, presumed_of
from bot.conversation.kinfolk import follows_asker
from bot.conversation.state import Case, Conversation
from bot.conversation.world import Heard, World
from bot.eligibility.question import Option, Question, best_met
from bot.eligibility.screening import RouteResult, Screening, Verdict
from bot.eligibility.values import Places
from bot.policy.model import Pack
from bot.replies.ranking import closed_by_told, ranked, spoken_of, spoken_of_open

# Who asks about more ways than this asks about none in particular.
_SPECIFIC = 4


def focus_of(pack: Pack, case: Case) -> tuple[str, ...]:
    """The routes the resident asked about: those of the topic, where it has any."""
    topic = pack.topics.get(case.topic or "")
    return topic.routes if topic else ()


def told_for_ranking(case: Case) -> frozenset[str]:
    """The facts that speak for one route before another: those told, never what is presumed of everyone."""
    return case.said | {"kin.relation"} if follows_asker(case) else case.said  # 那我哥呢: the question says who follows whom


def judge(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Screening, Question | None]:
    """Screen the case under way and find the next question, if an answer could still change what the resident wants to know."""
    case = state.case
    result = weighing.verdict(world, pack, assumed(world, case, pack), heard.as_of)
    focus = focus_of(pack, case)
    if case.dispute is not None:
        return result, None
    asked_about = [result.route(r).verdict for r in focus]
    if case.only and focus:
        settled = Verdict.NEED_MORE_INFO not in asked_about or Verdict.ELIGIBLE in asked_about
    else:
        settled = result.verdict is not Verdict.NEED_MORE_INFO
    return result, None if settled else find_question(world, case, heard, pack)


def ways_meant(world: World, state: Conversation, heard: Heard, pack: Pack) -> list[RouteResult]:
    """The ways that the case under way is about, the nearest first, where a message names none of them: 那是哪一条, 为啥不行."""
    case = state.case.reopened()
    result, _ = judge(world, state.with_case(case), heard, pack)
    focus = focus_of(pack, case)
    return spoken_of(result, focus, told_for_ranking(case), only=case.only)


def ways_shut(world: World, state: Conversation, heard: Heard, pack: Pack) -> list[RouteResult]:
    """The ways that what was told closes, the nearest first: those asked about, or else the one that a verdict would call closed.

    Of a way that nobody asked about and that fits less than another, a shopkeeper is not told that it asks for an employer.
    """
    case = state.case.reopened()
    focus, told = focus_of(pack, case), told_for_ranking(case)
    order = ranked(judge(world, state.with_case(case), heard, pack)[0], focus, told)
    asked = [r for r in order if r.route.id in focus and r.verdict is Verdict.NOT_ELIGIBLE and closed_by_told(r, case.said)]
    return asked or spoken_of_open(order, focus, told, False)[0]


def find_question(world: World, case: Case, heard: Heard, pack: Pack) -> Question | None:
    """The next question: on those routes asked about that were told of, or else on all asked about; then on those told of; then on any."""
    facts, focus = assumed(world, case, pack), focus_of(pack, case)
    told_of = best_met(weighing.verdict(world, pack, facts, heard.as_of), case.said)
    both = tuple(r for r in told_of if r in focus)
    tries = [both, focus if len(focus) <= _SPECIFIC or not both else ()]
    if wished := ways_to_the_village(pack, facts):
        tries = [*(tuple(r for r in ways if r in wished) for ways in tries), wished, *tries]
    if not (case.only and focus):
        tries.append(told_of)
    presumed = presumed_of(case, facts)
    for ways in filter(None, tries):
        if question := weighing.question(world, pack, facts, heard.as_of, case.asked, ways, presumed):
            return question
    return None if case.only and focus else weighing.question(world, pack, facts, heard.as_of, case.asked, (), presumed)


def pending_question(world: World, case: Case, heard: Heard, pack: Pack) -> Question | None:
    """The question that waits for an answer, as it was asked."""
    if case.pending is None or case.dispute is not None:
        return None
    question = find_question(world, case.reopened(), heard, pack)
    return question if question and question.fact == case.pending else None


def options_of(pack: Pack, question: Question) -> tuple[Option, ...]:
    """The answers to choose from; a pack may offer its own for a fact that has no list of values, such as a place."""
    if question.options:
        return question.options
    return tuple(Option(label, _places(values)) for label, values in pack.questions.get(question.fact, ()))


def _places(values: Sequence[str]) -> Places:
    return Places(frozenset(v for v in values if not v.startswith("!")), frozenset(v[1:] for v in values if v.startswith("!")))
