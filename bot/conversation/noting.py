"""What is said of a message in a pre-screening before the next question: what was noted of it, and which way it closed."""

from __future__ import annotations

from bot.conversation import weighing
from bot.conversation.assuming import assumed
from bot.conversation.judging import focus_of
from bot.conversation.screening import open_from
from bot.conversation.state import PRESUMED, Case, Conversation
from bot.conversation.world import Heard, World
from bot.eligibility.question import can_be_met
from bot.eligibility.screening import Screening, Verdict
from bot.eligibility.values import Choice
from bot.policy.model import Pack
from bot.reading.kin.kinship import SELF
from bot.replies.model import Said
from bot.replies.ranking import closed_by_told, ranked
from bot.replies.verdicts import dates_fit, for_the_authority, from_day, why_not

_MOST = 3


def noted(world: World, before: Conversation, after: Conversation) -> tuple[Said, ...]:
    """ "记下了": what the last message told of the case under way, in the words of the vocabulary.

    Only facts with one value out of a list are named: a place or a date is seen in the verdict.  What the asker told of themselves in
    somebody else's case is noted as theirs.
    """
    if before.case.key != after.case.key:
        return ()
    found = _news(world, before.case, after.case)
    if found or after.person == SELF:
        return (world.wording.say("noted", noted=found),) if found else ()
    own = _news(world, before.cases.get(SELF) or Case(), after.cases.get(SELF) or Case())
    return (world.wording.say("noted_own", noted=own),) if own else ()


def _news(world: World, before: Case, after: Case) -> str:
    old, shown = before.told, []
    for fact, told in after.told.items():
        if told.certainty == PRESUMED or fact in old and old[fact].value == told.value or not isinstance(told.value, Choice):
            continue
        if len(told.value.values) == 1:
            shown.append(world.vocabulary.facts[fact].noted(*told.value.values))
    return "；".join(shown[:_MOST])


def closed_now(world: World, before: Case, after: Case, heard: Heard, pack: Pack) -> tuple[Said, ...]:
    """What the last message did to the way that was nearest so far: why it is closed now, or what of it only the authority can settle."""
    if before.person != after.person:
        return ()
    old, new = (_result(world, case, heard, pack) for case in (before, after))
    first = next((r for r in ranked(old, focus_of(pack, before), after.said) if r.verdict is Verdict.NEED_MORE_INFO), None)
    if first is None:
        return ()
    now, wording = new.route(first.route.id), world.wording
    if now.verdict is Verdict.NEED_MORE_INFO and can_be_met(first.trace):
        return tuple(for_the_authority(pack, now, wording, after.said))
    if now.verdict is not Verdict.NOT_ELIGIBLE or not closed_by_told(now, after.said):
        return ()
    # Another way that a day told of has come near is worth more than the one that is closed.
    instead = next((r for r in ranked(new, (), after.said) if r.verdict is Verdict.NEED_MORE_INFO), None)
    opens = from_day(pack, now, wording, open_from(world, pack, after, heard, now))
    return (why_not(pack, now, wording), *opens, *(dates_fit(pack, instead, wording, after.said) if instead else ()))


def _result(world: World, case: Case, heard: Heard, pack: Pack) -> Screening:
    return weighing.verdict(world, pack, assumed(world, case, pack), heard.as_of)
