"""What was noted of a message that answered another question than the one asked: said before the same question comes again."""

from __future__ import annotations

from bot.conversation.state import PRESUMED, Case, Conversation
from bot.conversation.world import World
from bot.eligibility.values import Choice
from bot.reading.people import SELF
from bot.replies.model import Said

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
