"""The one door for a turn: whatever Rasa decided is done here, and nothing leaves without passing the citation gate.

Each function of :data:`TURNS` is pure: the state before and the message in, the state after and the replies out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.another_person import other_person
from bot.conversation.answering import answer, out_of_scope
from bot.conversation.ascribing import tells_standing
from bot.conversation.asking_whose import ask_whose, told_whose
from bot.conversation.beside import live_along_too
from bot.conversation.called import in_full
from bot.conversation.callers import next_caller
from bot.conversation.context import joined_by_them
from bot.conversation.correcting import ABOUT, correct
from bot.conversation.following import follow, follows
from bot.conversation.in_words import relative_named
from bot.conversation.kin_answers import answers_with_kin
from bot.conversation.kinfolk import only, way_of_kin, way_to
from bot.conversation.limiting import limited_to
from bot.conversation.listening import listen
from bot.conversation.manners import chitchat, feedback, handoff, more, restart, understood
from bot.conversation.mending import mends
from bot.conversation.misheard import (
    a_place_in_a_greeting,
    asks_if_it_matters,
    asks_of_one_way_alone,
    goes_to_another,
    no_more_of_it,
    of_a_relative_alone,
    only_tells,
    only_tells_news,
    said_plainly,
    says_where_alone,
    says_where_it_lies,
    speaks_of_a_way,
    tells_an_age_alone,
    tells_home_or_work,
    tells_of_a_marriage,
    tells_of_a_relative_here,
    tells_of_no_marriage,
    tells_of_the_marriage,
    turns_to_oneself,
)
from bot.conversation.not_understood import fallback
from bot.conversation.noting import closed_now, noted
from bot.conversation.of_the_home import side_after
from bot.conversation.screening import speak
from bot.conversation.side_by_side import asks_of_both, compare
from bot.conversation.someone_else import asks_of_another, brings_up_another, tells_of_another
from bot.conversation.state import Conversation
from bot.conversation.switching import elsewhere, how_to, why
from bot.conversation.waiting import place_alone, tells_another_place, with_the_place
from bot.conversation.where import spoken_of, where
from bot.conversation.world import Heard, Turn, World
from bot.policy.model import Pack
from bot.reading.asking.follow_ups import follows_asked, thanks
from bot.reading.asking.reactions import behind_manners
from bot.reading.asking.wanting import asks, told_before_asking
from bot.reading.kin.kinship import PRONOUN, SELF
from bot.reading.text.cues import cue
from bot.replies.answers import topic_reply
from bot.replies.gate import GateError, check
from bot.replies.model import Reply

_LOG = logging.getLogger("luohu.conversation")


_NO_ANSWER = ("thanks", "affirm", "deny", "nonsense", "more")
_RELATION = "kin.relation"
_SURE, _SHORT = 0.6, 5
_KEPT = 4
"""So many passages of an answer are remembered."""


def screen_turn(world: World, state: Conversation, heard: Heard) -> Turn:
    """A message inside a pre-screening: facts and answers are taken, a question in it is answered, then the next one is asked.

    ``loop`` is ``rejected`` when the message holds nothing for the screening; the dialogue rules then decide what it is.
    """
    place = where(world, state, heard)
    if place.jurisdiction is None:
        return Turn(state, loop="rejected")
    pack = world.pack(place.jurisdiction)
    here = spoken_of(world, state, heard).jurisdiction
    if place.named and here and place.named[0] != here:
        return Turn(state, loop="rejected")
    # 在临淄镇上开店, 在城里买了房: what asks nothing and tells of a home or of work is an answer, whatever it sounds like.
    told = tells_standing(world, heard, pack.identity.jurisdiction.place, state.case) or says_where_it_lies(world, state, heard)
    asks_more = _asks_a_right(world, state, heard) and not told
    if asks_more or asks_of_another(state, heard) or follows(world, state, heard, pack) or tells_of_another(world, state, heard, pack):
        return Turn(state, loop="rejected")
    if (limited := limited_to(world, state, heard)) is not None:
        return speak(world, limited, heard, pack)
    after, understood_ = listen(world, state, heard, pack)
    if not understood_:
        # 好的, 谢谢, 嗯, an emoji or a number that is no option answer nothing and ask nothing; only a yes is a yes.
        silent = heard.intent in _NO_ANSWER and not thanks(hearing.plain(heard.text)) or heard.text.strip().isdecimal()
        return ask_again(world, state, heard) if silent else Turn(state, loop="rejected")
    puts_right = mends(hearing.plain(heard.text)) or answers_with_kin(state.case, heard)
    if _another(state, after) or puts_right and after.case.told != state.case.told:
        return _told_of(world, state, after, heard, pack)
    if (way := _way_asked(world, state, after, heard, pack)) is not None:
        return speak(world, after.with_case(replace(after.case, topic=way)), heard, pack)
    after, too = live_along_too(world, state, after, heard, pack)
    turn = speak(world, after, heard, pack, brief=True)
    turn = replace(turn, replies=(*too, *turn.replies)) if too else turn
    if turn.loop == "off" or not turn.replies:
        return turn  # the verdict says what it rests on
    waits = state.case.pending is not None and turn.state.case.pending == state.case.pending and turn.state.case.dispute is None
    said = (*(noted(world, state, after) if waits else ()), *closed_now(world, state.case, after.case, heard, pack))
    first, *rest = turn.replies
    return replace(turn, replies=(replace(first, said=(*said, *first.said)), *rest))


def _way_asked(world: World, before: Conversation, after: Conversation, heard: Heard, pack: Pack) -> str | None:
    """The way of following a relative whom a message brings in by asking (投靠我爸妈行吗), which wants a verdict."""
    told = after.case.told.get(_RELATION)
    joins = before.person != SELF and joined_by_them(world, heard, pack.identity.jurisdiction.place, before.case)
    asked = (follows_asked(hearing.plain(heard.text)) or joins) and before.case.key == after.case.key and after.case.dispute is None
    if not asked or told is None or told == before.case.told.get(_RELATION) or (relation := only(after.case, _RELATION)) is None:
        return None
    return way_to(world, pack, relation)


def _asks_a_right(world: World, state: Conversation, heard: Heard) -> bool:
    """Whether a message in a screening is a question about something else, so that a place or a word in it is no answer."""
    sure = float(heard.luohu.get("confidence", 0.0)) >= _SURE
    return heard.intent == "ask" and sure and heard.topic is not None and heard.topic not in world.settling and len(heard.text) > _SHORT


def resume(world: World, state: Conversation, heard: Heard) -> Turn:
    """Ask the pending question again after a question in between was answered."""
    place = spoken_of(world, state, heard)  # another city named in between is not where the screening goes on
    if place.jurisdiction is None or state.case.pending is None and state.case.dispute is None:
        return Turn(state, loop="off")
    again = state.with_case(state.case.reopened())
    return speak(world, again, heard, world.pack(place.jurisdiction), brief=True, prefix=(world.wording.say("resume"),))


def ask_again(world: World, state: Conversation, heard: Heard) -> Turn:
    """A message in a screening that is no answer and no question: say so kindly and ask again."""
    turn = resume(world, state, heard)
    if not turn.replies:
        return fallback(world, state, heard)
    first = turn.replies[0]
    return replace(turn, replies=(replace(first, said=(world.wording.say("ask_again"),)),))


_Do = Callable[[World, Conversation, Heard], Turn]
TURNS: Mapping[str, _Do] = {
    "answer": answer,
    "out_of_scope": out_of_scope,
    "chitchat": chitchat,
    "handoff": handoff,
    "restart": restart,
    "why": why,
    "compare": compare,
    "elsewhere": elsewhere,
    "how_to": how_to,
    "other_person": other_person,
    "fallback": fallback,
    "feedback": feedback,
    "more": more,
    "screen_turn": screen_turn,
    "resume": resume,
    "ask_again": ask_again,
}


def take(world: World, state: Conversation, heard: Heard, name: str) -> Turn:
    """Do the turn that Rasa decided on.

    A message that only tells the place, while another waits for it, stands for the one that waits.

    Raises:
        KeyError: there is no such turn.
    """
    if asked := behind_manners(hearing.plain(heard.text)):
        heard = replace(heard, text=asked)  # 谢谢,再问个退伍的能落不: the question was heard, and is answered
    heard = in_full(state, heard)
    if heard.metadata.get(ABOUT) in world.vocabulary.facts:
        turn = correct(world, replace(state, whose=None), heard)
    else:
        turn = next_caller(world, state, heard, name, take) or _at_the_start(world, state, heard, name) or _done(world, state, heard, name)
    if turn.loop != "rejected":
        turn = replace(turn, state=side_after(state, turn.state, heard))
    if name != "fallback":
        turn = replace(turn, state=understood(turn.state))
    replies = turn.replies
    if replies and heard.metadata.get("masked"):
        replies = (replace(replies[0], said=(*replies[0].said, world.wording.say("masked"))), *replies[1:])
    replies = tuple(_gated(world, r) for r in replies)
    asks_again = name in ("resume", "ask_again")
    return replace(turn, state=turn.state if asks_again else _resting_on(turn.state, replies), replies=replies)


def _resting_on(state: Conversation, replies: tuple[Reply, ...]) -> Conversation:
    """The state with what its last answer rests on, so that 写在哪 asks of that one; a verdict is asked of by the case."""
    told = [r for r in replies if r.kind in ("answer", "not_stated")]
    if told:
        cites = dict.fromkeys(c for r in told for c in ([c for s in r.said for c in s.cites] or r.citations))
        return replace(state, rests_on=tuple((c.policy, c.article, c.quote) for c in cites)[:_KEPT])
    return replace(state, rests_on=()) if any(r.screening for r in replies) and state.rests_on else state


def _at_the_start(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """The turn of a place told before anything else was."""
    return place_alone(world, state, heard) if name in _MAY_TELL_THE_PLACE else None


def _done(world: World, state: Conversation, heard: Heard, name: str) -> Turn:
    """What a message is: the answer to where, a follow-up, whose something is, else the turn it is heard as or is instead."""
    of_another = name in _MAY_ASK_OF_ANOTHER and (asks_of_another(state, heard) or brings_up_another(world, state, heard))
    do = TURNS["other_person" if of_another else name]
    do = next((instead for heard_as, is_it, instead in _MISHEARD if do in heard_as and is_it(world, state, heard)), do)
    if told := with_the_place(world, state, heard):
        state, heard = told
        do = TURNS["out_of_scope"] if heard.intent == "out_of_scope" else answer
    elif tells_another_place(state, heard):
        heard, do = replace(heard, intent="out_of_scope", luohu={"matter": "other_place"}), out_of_scope
    as_heard = do in (TURNS[name], _not_understood) or TURNS[name] is more  # 那大专的呢 follows before it is half a question of anything
    followed = follow(world, state, heard, name) if name in _MAY_FOLLOW and as_heard else None
    return followed or _of_whom(world, state, heard, name) or do(world, replace(state, whose=None), heard)


def _plainly(world: World, state: Conversation, heard: Heard) -> Turn:
    return fallback(world, state, said_plainly(heard))


def _with_the_age(world: World, state: Conversation, heard: Heard) -> Turn:
    """The case with the age of whoever it is of; one that decides nothing brings the open question again."""
    place, case = spoken_of(world, state, heard).jurisdiction, state.case
    if place is None:
        return _not_understood(world, state, heard)
    named = any(m.relation != PRONOUN for m in hearing.people(heard.text))
    told = replace(heard, text=case.words + heard.text) if case.person != SELF and not named else heard
    return speak(world, listen(world, state, told, world.pack(place))[0], heard, world.pack(place))


def _rule_for_the_relative(world: World, state: Conversation, heard: Heard) -> Turn:
    place, relative = where(world, state, heard).jurisdiction, relative_named(heard)
    topic = way_of_kin(world, world.pack(place), relative.person) if place and relative else None
    return (answer if topic else fallback)(
        world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": topic, "segments": []})
    )


def _of_oneself(world: World, state: Conversation, heard: Heard) -> Turn:
    """The asker's own case, begun by the turn to it (那我自己呢), with what is told behind."""
    plain = hearing.plain(heard.text)
    told = cue("follow_up.to_oneself").sub("", plain)
    if state.person != SELF:
        state = _done(world, state, replace(heard, text=plain.removesuffix(told)), "other_person").state
    return answer(world, state, replace(heard, text=told, intent="tell", luohu={}))


def _of_that_way(world: World, state: Conversation, heard: Heard) -> Turn:
    place, limited = spoken_of(world, state, heard).jurisdiction, limited_to(world, state, heard)
    return speak(world, limited, heard, world.pack(place)) if place and limited else _not_understood(world, state, heard)


def _as_told(world: World, state: Conversation, heard: Heard) -> Turn:
    place = where(world, state, heard).jurisdiction
    after, understood_ = listen(world, state, heard, world.pack(place)) if place else (state, False)
    return speak(world, after, heard, world.pack(place)) if place and understood_ else _not_understood(world, state, heard)


def _told_before_asking(world: World, state: Conversation, heard: Heard) -> Turn:
    return _as_told(world, state, replace(heard, text=told_before_asking(hearing.plain(heard.text)) or heard.text))


def _not_understood(world: World, state: Conversation, heard: Heard) -> Turn:
    return Turn(state, (Reply("chitchat", (world.wording.say("ask_again"),), where(world, state, heard).jurisdiction),))


def _of_whom(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """The turn of a message that tells whose the home or work was, that leaves it open, or that tells a case anew."""
    if told := told_whose(world, state, heard):
        return told
    unsaid = ask_whose(world, state, heard) if name in (*_MAY_TELL_ANEW, "screen_turn") else None
    return unsaid or _told_anew(world, replace(state, whose=None), heard, name)


_MISHEARD: tuple[tuple[tuple[_Do, ...], Callable[[World, Conversation, Heard], bool], _Do], ...] = (
    ((chitchat,), a_place_in_a_greeting, fallback),
    ((answer, fallback, out_of_scope, elsewhere, more, why, how_to, feedback), asks_of_both, compare),
    ((chitchat, handoff, feedback), speaks_of_a_way, _plainly),
    ((answer, fallback, out_of_scope), says_where_alone, _as_told),
    ((fallback, out_of_scope, chitchat, feedback, why), asks_if_it_matters, _told_before_asking),
    ((answer, fallback, out_of_scope, other_person), goes_to_another, _as_told),
    ((answer, fallback, out_of_scope), asks_of_one_way_alone, _of_that_way),
    ((answer, fallback, out_of_scope, chitchat), tells_an_age_alone, _with_the_age),
    ((answer, fallback, out_of_scope, chitchat), tells_of_no_marriage, _as_told),
    ((answer, fallback, out_of_scope, chitchat), tells_of_the_marriage, _as_told),
    ((answer, fallback, out_of_scope, chitchat, other_person), tells_of_a_marriage, _as_told),
    ((answer, fallback, out_of_scope, other_person), turns_to_oneself, _of_oneself),
    ((answer, fallback, out_of_scope), tells_of_a_relative_here, _as_told),
    ((answer, fallback, out_of_scope), of_a_relative_alone, _rule_for_the_relative),
    ((answer,), only_tells_news, _as_told),
    ((answer,), only_tells, _not_understood),
    ((answer,), tells_home_or_work, fallback),
    ((more,), no_more_of_it, fallback),
)
"""What a turn is instead of the one heard, where the words are surer than the classifier: heard as, what tells it, done instead."""
_MAY_TELL_THE_PLACE = ("answer", "fallback", "out_of_scope", "chitchat", "elsewhere", "deny", "more")
_MAY_ASK_OF_ANOTHER = ("answer", "fallback", "out_of_scope", "more")
_MAY_TELL_ANEW = ("answer", "fallback", "out_of_scope", "other_person", "ask_again")
_MAY_FOLLOW = tuple(TURNS.keys() - {"screen_turn", "resume", "restart", "handoff"})


def _told_anew(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """The verdict on a case once something told of it is put right or has changed (店挪到隔壁区了), whatever the message sounds like."""
    if name not in _MAY_TELL_ANEW or not state.case.told:
        return None
    plain = hearing.plain(heard.text)
    if not mends(plain) or asks(plain):
        return None
    place = spoken_of(world, state, heard)
    if place.jurisdiction is None:
        return None
    pack = world.pack(place.jurisdiction)
    topic = pack.topics.get(heard.topic or "") if heard.intent == "ask" and heard.sure else None
    if topic is not None and not topic.routes:
        if heard.topic == state.topic:  # 不是,我是说把户口迁回村: what no way leads to was meant all along
            return Turn(state, (topic_reply(pack, topic, world.wording),))
        return None
    after, understood_ = listen(world, state, heard, pack)
    return _told_of(world, state, after, heard, pack) if understood_ and after.case.told != state.case.told else None


def _told_of(world: World, before: Conversation, after: Conversation, heard: Heard, pack: Pack) -> Turn:
    """The verdict on the case a message is about, with whose it is where that is another one than before."""
    who = world.wording.who(after.person, after.case.words)
    return speak(world, after, heard, pack, prefix=(world.wording.say("other_person", who=who),) if _another(before, after) else ())


def _another(before: Conversation, after: Conversation) -> bool:
    """Whether a message turned from a case that had begun to another one."""
    return before.case.key in before.cases and before.case.key != after.case.key


def _gated(world: World, reply: Reply) -> Reply:
    try:
        return check(reply, world.packs.by_id, world.wording, world.vocabulary)
    except GateError as error:
        _LOG.error("a reply was held back: %s", error)
        return Reply("handoff", (world.wording.say("safe"),), reply.jurisdiction)
