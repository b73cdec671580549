"""What was noted of a message that answered another question than the one asked: said before the same question comes again."""

from __future__ import annotations

from bot.conversation.state import PRESUMED, Conversation
from bot.conversation.world import World
from bot.eligibility.values import Choice
from bot.replies.model import Said

_MOST = 3


def noted(world: World, before: Conversation, after: Conversation) -> tuple[Said, ...]:
    """ "记下了": what the last message told of the case under way, in the words of the vocabulary.

    Only facts with one value out of a list are named: a place or a date is seen in the verdict.
    """
    if before.case.key != after.case.key:
        return ()
    old, shown = before.case.told, []
    for fact, told in after.case.told.items():
        if told.certainty == PRESUMED or fact in old and old[fact].value == told.value or not isinstance(told.value, Choice):
            continue
        if len(told.value.values) == 1:
            shown.append(world.vocabulary.facts[fact].noted(*told.value.values))
    return (world.wording.say("noted", noted="；".join(shown[:_MOST])),) if shown else ()
