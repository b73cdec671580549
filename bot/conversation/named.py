"""A case told beside a question about one way: whether the verdict would leave that way unmentioned."""

from __future__ import annotations

from bot.conversation import weighing
from bot.conversation.assuming import assumed
from bot.conversation.merge import tell
from bot.conversation.state import PRESUMED, Case, Told
from bot.conversation.subject import GENERAL, Subject
from bot.conversation.world import Heard, World
from bot.eligibility.screening import Screening, Verdict
from bot.policy.model import Pack
from bot.reading.reader import Reading
from bot.replies.ranking import closed_by_told

# A topic of more routes names no way of its own.
_FEW = 2


def named_in_vain(world: World, heard: Heard, pack: Pack, about: Subject, reading: Reading) -> bool:
    """Whether the way surely asked about would go unmentioned: nothing told closes it, and what is presumed leaves it shut.

    Its rule is then said before the verdict: what meets it may have been told in words that no fact was read from.
    """
    topic = pack.topics.get(about.topic or "")
    sure = heard.intent == "ask" and heard.sure and heard.topic == about.topic and about.topic not in GENERAL
    if topic is None or topic.kind != "answer" or not topic.routes or len(topic.routes) > _FEW or not sure:
        return False
    screening = screened(world, heard, pack, reading)
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    asked = [screening.route(r) for r in topic.routes]
    shut = all(r.verdict is Verdict.NOT_ELIGIBLE and not closed_by_told(r, told) for r in asked)
    return shut and screening.verdict is not Verdict.ELIGIBLE


def screened(world: World, heard: Heard, pack: Pack, reading: Reading) -> Screening:
    """The verdict on what a message alone tells."""
    case = tell(Case(), {f.fact: Told(f.value, f.words, f.certainty) for f in reading.facts})
    return weighing.verdict(world, pack, assumed(world, case, pack), heard.as_of)
