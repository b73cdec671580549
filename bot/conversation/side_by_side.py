"""The places side by side: the same case in each of them, or what each document says of one matter.

Asked for in so many words (两地有啥不一样, 两边都说说), by naming every place, or by holding one document against the other
(人家聊城还要备案呢).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.conversation import hearing
from bot.conversation.answering import answer, answers, out_of_scope
from bot.conversation.assuming import assumed, presumed_of
from bot.conversation.judging import focus_of, told_for_ranking
from bot.conversation.listening import listen
from bot.conversation.replying import on_topic, way_spoken_of
from bot.conversation.state import Conversation
from bot.conversation.subject import Subject
from bot.conversation.switching import moved
from bot.conversation.where import spoken_of, where
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.compare import contrast
from bot.eligibility.screening import RouteResult, Screening, Verdict, screen
from bot.policy.model import Pack
from bot.reading.asking.follow_ups import follow_up
from bot.reading.text.cues import cue
from bot.reading.text.points import points, topic_of_points
from bot.replies.answers import Sides
from bot.replies.model import Reply, Said
from bot.replies.payload import comparison_json, screening_json
from bot.replies.phrasing import cites, phrase
from bot.replies.ranking import ranked

_ASK, _OUTSIDE = "ask", "out_of_scope"
_MAY_NAME = ("compare", _OUTSIDE)
"""What a message may be heard as that names a topic all the same."""
_FEW = 2
"""A topic of more ways than this names none of them."""
_BOTH, _DIFFER, _NOTHING_ELSE = cue("side_by_side.both"), cue("side_by_side.differ"), cue("side_by_side.nothing_else")
_OTHERS_SAY = cue("side_by_side.others_say")
_LONG = 30
"""Who says more than this tells a case, whatever places are named in it."""


def asks_of_both(world: World, state: Conversation, heard: Heard) -> bool:
    """Whether what each place says is asked for: 租房要不要社保,两地; 聊城和临淄都要备案不; 人家聊城还要备案呢."""
    plain = hearing.plain(heard.text)
    if len(plain) > _LONG or len(world.packs.homes) < _FEW or follow_up(plain) is not None:  # 两边各依据哪条: of what was said
        return False
    if _BOTH.search(plain):
        return True
    named = where(world, state, heard).named
    if len(named) == len(world.packs.homes):
        return _DIFFER.search(plain) is not None
    return bool(named) and _holds_against(world, state, heard, named[0]) and _on_the_table(world, state, heard) is not None


def _holds_against(world: World, state: Conversation, heard: Heard, named: str) -> bool:
    """Whether a message only holds what is said of another place against the one spoken of: 聊城那边说可以呢."""
    here = spoken_of(world, state, heard).jurisdiction
    return here is not None and named != here and _OTHERS_SAY.search(hearing.plain(heard.text)) is not None


def _only_holds_against(world: World, state: Conversation, heard: Heard) -> bool:
    named = where(world, state, heard).named
    return len(named) == 1 and _holds_against(world, state, heard, named[0])


def compare(world: World, state: Conversation, heard: Heard) -> Turn:
    """The case in every place, with the condition that makes the difference; or what each document says of the matter asked about."""
    waited = _waited_for(state, heard)
    if waited is not None and hearing.reading(world, waited, None).person is not None:
        state = _taken_up(world, state, waited)
    here = spoken_of(world, state, heard).jurisdiction
    first = not state.case.told and waited is None
    if first and here and hearing.reading(world, heard, world.pack(here).identity.jurisdiction.place).is_story:
        return answer(world, state, replace(heard, intent="tell"))  # a case told for the first time has nothing to be compared with
    named = _named(world, heard)
    if named is not None:
        return Turn(replace(state, topic=named, waiting=None), tuple(_rules(world, state, heard, named)))
    topic = waited.topic if waited is not None else None
    if topic is None and state.case.told and not _only_holds_against(world, state, heard):
        return _cases(world, state, heard)
    told_of = topic_of_points(hearing.plain(heard.text)) if here else None
    if here and told_of and told_of in world.pack(here).topics and not world.pack(here).topics[told_of].routes:
        return answer(world, state, replace(heard, intent=_ASK, luohu={**heard.luohu, "topic": told_of, "segments": []}))  # 和以前比
    topic = topic or _on_the_table(world, state, heard)
    if topic is None and heard.intent == _OUTSIDE:
        return out_of_scope(world, state, heard)
    if topic is None:
        # What is asked next without a place is asked of every place.
        return Turn(replace(state, asked_place=True), (Reply("clarify", (world.wording.say("compare_untold"),), here),))
    replies = tuple(_of_topic(world, state, heard, topic))
    return Turn(replace(state, topic=topic, waiting=None), replies)


def _waited_for(state: Conversation, heard: Heard) -> Heard | None:
    """The message that waits for its place to be told (您想落户到哪里: 两个地方都说说)."""
    waits = state.waiting
    return Heard(str(waits["text"]), str(waits["intent"]), heard.today, waits["luohu"], heard.metadata) if waits else None


def _taken_up(world: World, state: Conversation, waited: Heard) -> Conversation:
    """The conversation with the case that the waiting message tells, as the first of the places reads it."""
    first = next(iter(world.packs.by_jurisdiction))
    after, _ = listen(world, replace(state, place=first), waited, world.pack(first))
    return replace(after, place=state.place, waiting=None)


def _named(world: World, heard: Heard) -> str | None:
    """The topic that the message itself names beside the places; ``None`` where it names none (两地有啥不一样)."""
    if _NOTHING_ELSE.fullmatch(hearing.without_places(heard.text)):
        return None
    if heard.intent == _ASK and heard.topic:
        return heard.topic
    if heard.intent not in _MAY_NAME:
        return topic_of_points(hearing.plain(heard.text))
    ranking = (str(name).partition("/") for name, _ in heard.luohu.get("ranking", ()))
    likely = next((label for intent, _, label in ranking if intent == _ASK), None)
    if likely is not None and any(0 < len(p.topics[likely].routes) <= _FEW for p in world.packs if likely in p.topics):
        return likely
    return topic_of_points(hearing.plain(heard.text))


def _on_the_table(world: World, state: Conversation, heard: Heard) -> str | None:
    """The topic spoken of last, or that of the way that the case under way is about."""
    here = spoken_of(world, state, heard).jurisdiction
    way = way_spoken_of(world, state, heard, world.pack(here)) if here and state.case.told else None
    return way or state.case.topic or state.topic


def _of_topic(world: World, state: Conversation, heard: Heard, topic: str) -> Iterator[Reply]:
    """The rule of a topic spoken of before, as each document has it; a document without that topic says nothing of it."""
    sides = Sides((), points(hearing.plain(heard.text)))
    for pack in world.packs.by_jurisdiction.values():
        if topic in pack.topics:
            reply = on_topic(world, pack, topic, sides, replace(state, topic=None))
        else:
            reply = Reply("not_stated", (Said(world.wording["aspect_steps"], "absent"),), pack.identity.jurisdiction.id)
        yield _headed(world, pack, reply)


def _rules(world: World, state: Conversation, heard: Heard, topic: str) -> Iterator[Reply]:
    """What each document answers to a question on a topic."""
    of_it = replace(heard, intent=_ASK, luohu={**heard.luohu, "topic": topic, "segments": []})
    for pack in world.packs.by_jurisdiction.values():
        for reply in answers(world, state, of_it, pack, Subject(topic)):
            yield _headed(world, pack, reply)


def _headed(world: World, pack: Pack, reply: Reply) -> Reply:
    """The reply with the place whose document it gives said before."""
    head = world.wording.say("rule_of_place", place=pack.identity.jurisdiction.name)
    return replace(reply, said=(head, *reply.said))


def _cases(world: World, state: Conversation, heard: Heard) -> Turn:
    """The same facts in every place, side by side."""
    wording, case = world.wording, state.case
    here = spoken_of(world, state, heard).jurisdiction
    said: list[Said] = [wording.say("compare_head")]
    payload: dict[str, Any] | None = None
    seen_in: list[tuple[Screening, RouteResult]] = []
    for jurisdiction, pack in world.packs.by_jurisdiction.items():
        seen = case if jurisdiction == here else moved(world, case, pack)
        facts = assumed(world, seen, pack)
        result = screen(pack, facts, heard.as_of, vocabulary=world.vocabulary)
        best = ranked(result, focus_of(pack, seen), told_for_ranking(seen))[0]
        seen_in.append((result, best))
        key = {Verdict.ELIGIBLE: "compare_yes", Verdict.NOT_ELIGIBLE: "compare_no"}.get(result.verdict, "compare_open")
        text = wording[key].format(place=pack.identity.jurisdiction.name, route=best.route.title, conditions=phrase(best.trace, 2))
        said.append(Said(text, "reports", cites(pack, best, 2)))
        if jurisdiction == here or payload is None:
            words = {k: t.words for k, t in seen.told.items()}
            payload = screening_json(
                pack, result, world.vocabulary, facts, words=words, presumed=presumed_of(seen, facts), person=case.person
            )
    said.append(wording.say("caution"))
    if payload is not None:
        beside = contrast([result for result, _ in seen_in], heard.as_of)
        routes = {result.policy: best for result, best in seen_in}
        payload = {**payload, "comparison": comparison_json(world.packs.by_id, beside, routes, world.vocabulary)}
    return Turn(state, (Reply("screening", tuple(said), here, case.topic, screening=payload),))
