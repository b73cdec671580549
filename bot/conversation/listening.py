"""What a message tells is taken into the case it is about: answers to what was asked, facts and corrections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation import hearing
from bot.conversation.ageing import of_the_one_followed
from bot.conversation.answer_taken import answer_taken
from bot.conversation.articles import topics_named
from bot.conversation.ascribing import Ascribed, ascribed
from bot.conversation.context import (
    another_followed,
    as_followed,
    as_schooled,
    as_spoken_of,
    bare_area,
    bare_day,
    bare_place,
    confirmed,
    in_context,
    joined_by_them,
    of_the_case,
)
from bot.conversation.disputes import left_open
from bot.conversation.joining import joined_now
from bot.conversation.kin_answers import answers_with_kin
from bot.conversation.kinfolk import (
    follow_too,
    follows_another,
    has_standing,
    of_the_asker,
    with_askers_own,
    without_followed,
)
from bot.conversation.locating import no_other_job, not_where_thought, thing_lies
from bot.conversation.mending import firmly, mended
from bot.conversation.merge import at_their_home, handed_over, made_closer, outdated, tell
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.weddings import as_married, of_the_two, wedding_told
from bot.conversation.whose import called, fresh, known
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice, meet
from bot.policy.model import Pack
from bot.reading.asking.another import also_wants, here_too
from bot.reading.asking.answers import read_answer
from bot.reading.asking.follow_ups import lies_now
from bot.reading.kin.kinship import SELF, followed_relation
from bot.reading.person.same_person import same_one, several
from bot.reading.reader import Reading
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue
from bot.reading.text.renewing import behind_the_opening, renews, what_is_right

_RELATION, _TOGETHER, _PAID_AT, _WISH = "kin.relation", "kin.together", "insurance.place", "wish."
_CLAUSES = re.compile("[,，。;；]")
_NOT_YET, _COME_ABOUT = cue("listening.not_yet"), cue("listening.come_about")


@dataclass(frozen=True)
class _Message:
    """A message as it tells of the case under way (``before``), and how far it puts something right.

    ``announced``: it opened with words that mark it as a correction and are taken off. ``renewed``: it says what is so by now, or what
    was said wrongly.
    """

    world: World
    state: Conversation
    heard: Heard
    pack: Pack
    found: Ascribed
    renewed: bool
    announced: bool = False

    @property
    def plain(self) -> str:
        """The message in its plain spelling."""
        return hearing.plain(self.heard.text)

    @property
    def home(self) -> str:
        """The place path of the jurisdiction that is spoken of."""
        return self.pack.identity.jurisdiction.place

    @property
    def before(self) -> Case:
        """The case under way when the message came."""
        return self.state.case

    @property
    def reading(self) -> Reading:
        """What the message says of whom the case is of."""
        return self.found.reading

    @property
    def corrected(self) -> bool:
        """Whether the message marks itself as a correction."""
        return self.reading.corrected or self.announced

    @property
    def puts_right(self) -> bool:
        """Whether what it says takes the place of what was said."""
        return self.corrected or self.renewed


def listen(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Conversation, bool]:
    """Take every fact and answer of a message into the case it is about.

    Returns:
        The new state, and whether the message held anything for the screening.
    """
    if state.case.told and (right_words := behind_the_opening(hearing.plain(heard.text))):
        return _listened(world, state, replace(heard, text=right_words), pack, announced=True)
    return _listened(world, state, heard, pack)


def _listened(world: World, state: Conversation, heard: Heard, pack: Pack, *, announced: bool = False) -> tuple[Conversation, bool]:
    home = pack.identity.jurisdiction.place
    if (right := mended(world, state, heard, pack)) is not None:
        now = right[0].with_case(as_married(state.case, with_askers_own(right[0], right[0].case, home)))
        return (listen(world, now, replace(heard, text=right[1]), pack)[0] if right[1] else now), True
    if (wed := wedding_told(world, state, heard, pack)) is not None:
        return (listen(world, wed[0], replace(heard, text=wed[1]), pack)[0] if wed[1] else wed[0]), True
    return _taken_in(replace(_as_told(world, state, heard, pack), announced=announced))


def tells_news(world: World, state: Conversation, heard: Heard, pack: Pack) -> bool:
    """Whether a message tells something of the case under way that was not known in it."""
    after, understood = listen(world, state, heard, pack)
    return understood and after.case.key == state.case.key and after.case.told != state.case.told


def _as_told(world: World, state: Conversation, heard: Heard, pack: Pack) -> _Message:
    """The message, of whom it tells; where it says that something told lies elsewhere by now, as the words that put that right."""
    renewed = renews(hearing.plain(heard.text)) or not_where_thought(hearing.plain(heard.text))
    if state.case.told and (moved := lies_now(hearing.plain(heard.text))) != hearing.plain(heard.text):
        heard, renewed = replace(heard, text=moved), True
    return _Message(world, state, heard, pack, ascribed(world, heard, pack.identity.jurisdiction.place, state.case), renewed)


def _taken_in(message: _Message) -> tuple[Conversation, bool]:
    """The conversation with all that a message tells, and whether it told anything."""
    before = message.before
    case, answered = (before, False) if _answers_nothing(message) else answer_taken(message.world, before, message.heard, message.pack)
    # 我爸, asked whom my mother would follow, is no case of his; nor is 让她投靠俺妹妹 my own
    stays = answered and answers_with_kin(before, message.heard) or _for_the_relative(message) or _goes_to_another(message)
    stays = stays or of_the_two(before, message.heard, message.reading)
    if not stays:
        case = _whose(message.state, case, message.reading, message.heard)
    case, facts = _in_the_case(message, case)
    news = _news(message, case, facts, answered=answered)
    says = _says(news)
    if says and not answered and case.dispute is not None and case.dispute == before.dispute and case.dispute.fact not in news:
        case = left_open(case)  # it was asked once; what else is told is not held up by it
    if answered and before.pending:
        news.pop(before.pending, None)
    elif (says or message.found.askers) and before.pending and before.pending not in news:
        # Something else was told: the open question may be asked again later.
        case = replace(case, pending=None, asked=tuple(f for f in case.asked if f != before.pending))
    case = _limited(message, _with_news(message, _making_room(message, case, news), facts, news))
    state, case = _of_both(message, case, says=says)
    case = as_married(before, with_askers_own(state, case, message.home))
    if answered or says or message.reading.retracted or message.found.askers:
        return state.with_case(case), True
    return (state.with_case(case.reopened()), True) if confirmed(message.heard, before) else (state.with_case(case), False)


def _for_the_relative(message: _Message) -> bool:
    """Whether the message says whom the relative whose case it is would follow."""
    before = message.before
    named = (m for m in hearing.people(message.heard.text) if m.person == before.person)
    if any(not same_one(m.person, before.words, m.words) for m in named):
        return False  # 老大投他媳妇, amid the case of 老二
    return before.person != SELF and bool(joined_by_them(message.world, message.heard, message.home, before))


def _goes_to_another(message: _Message) -> bool:
    """Whether the message says to whom the asker goes now, and not to whom they wanted to go (改投我爸): that one moves nowhere."""
    return joined_now(message.before, hearing.people(message.heard.text), message.plain) is not None


def _answers_nothing(message: _Message) -> bool:
    """Whether the message cannot be an answer to what is asked.

    "不对，是我亲哥" corrects something said before; its 不 answers nothing. Nor is 聊城 in 户口在菏泽，聊城没亲戚 where the register
    is, nor 我有房在临清 where my mother is registered.
    """
    pending = message.before.pending
    said_so = _CLAUSES.search(message.heard.text) and any(f.fact == pending and f.certainty == SAID for f in message.reading.facts)
    of_both = bool(message.found.askers) and not (pending or "").startswith("kin.")
    return bool(message.corrected or said_so or of_both)


def _in_the_case(message: _Message, case: Case) -> tuple[Case, tuple[FactReading, ...]]:
    """The facts that the message tells, as they are meant amid the case; without the relative followed so far where it names another."""
    world, heard, facts = message.world, message.heard, message.reading.facts
    if case.key == message.before.key:
        if instead := another_followed(world, heard, message.home, case):
            case = without_followed(case, same_place=here_too(message.plain))
            of_kin = case.person != SELF or _goes_to_another(message)
            told_of = message.reading.person in (None, SELF, case.person)
            own = (f for f in facts if told_of and f.certainty != PRESUMED and not (of_kin and f.fact.startswith("kin.")))
            facts = (*own, *instead)
        else:
            beside = in_context(world, heard, message.home, replace(case, pending=message.before.pending))
            facts = as_spoken_of(world, heard, message.home, case, facts)
            if any(f.fact == _PAID_AT for f in beside):  # 在济南交的, of the insurance: nobody lives or works there by that
                facts = tuple(f for f in facts if f.certainty != PRESUMED)
            facts = as_schooled(case, (*facts, *beside))
    elif case.person != SELF and case.told and (instead := joined_by_them(world, heard, message.home, case)):
        case = without_followed(case)  # 老大投他媳妇, after the case of 老二
        facts = (*(f for f in facts if f.certainty != PRESUMED and not f.fact.startswith("kin.")), *instead)
    facts = of_the_one_followed(heard, case, _without_who_comes_too(heard, case, of_the_case(heard, message.before, facts)))
    facts = no_other_job(case, facts)
    return case, as_followed(heard, case, firmly(world, case, facts, heard, message.home) if message.puts_right else facts)


def _without_who_comes_too(heard: Heard, case: Case, facts: tuple[FactReading, ...]) -> tuple[FactReading, ...]:
    """The facts without those of a relative who wants to come as well, whom the asker does not follow (俺爹娘也想来,他们跟俺住)."""
    plain = hearing.plain(heard.text)
    too = {followed_relation(SELF, m.person) for m in hearing.people(heard.text) if m.person != SELF and also_wants(plain, m.end)}
    follows = any(f.fact == _RELATION and isinstance(f.value, Choice) and f.value.values <= too for f in facts)
    if case.person != SELF or _RELATION in case.told or not follows or not has_standing(case):
        return facts
    return tuple(f for f in facts if not f.fact.startswith("kin.") and f.certainty != PRESUMED)


def _news(message: _Message, case: Case, facts: Sequence[FactReading], *, answered: bool) -> dict[str, Told]:
    """What the message says, by fact; a bare word, or what a correction means that names no fact, where it says nothing else."""
    news = {r.fact: Told(r.value, r.words, r.certainty) for r in facts}
    if not answered and not _says(news):
        amid = (message.world, message.heard, message.home, case)
        bare = thing_lies(*amid) or bare_area(*amid) or bare_day(*amid) or bare_place(*amid)
        news |= {fact: Told(value, message.heard.text.strip()) for fact, value in bare.items()}
    if (message.corrected or message.renewed and not answered) and not _says(news):
        news = {**news, **_put_right(message.world, message.before, message.heard, message.home)}
    return news


def _says(news: Mapping[str, Told]) -> bool:
    """Whether anything is told, and not only taken for granted."""
    return any(n.certainty != PRESUMED for n in news.values())


def _making_room(message: _Message, case: Case, news: Mapping[str, Told]) -> Case:
    """The case without what ``news`` take the place of, so that they contradict nothing."""
    case = at_their_home(made_closer(case, news, message.world.vocabulary), news)
    if message.puts_right:
        case = handed_over(case, news)
    if message.renewed:
        return outdated(case, news)
    case = outdated(case, {fact: new for fact, new in news.items() if fact.startswith(_WISH)})  # 那落我镇上的房呢: who asks of it wishes it
    if not message.corrected and _COME_ABOUT.search(message.plain):
        case = outdated(case, _come_about(case, news))
    if not message.corrected and follows_another(case, news):
        return without_followed(case, same_place=here_too(message.plain))
    return case


def _come_about(case: Case, news: Mapping[str, Told]) -> Mapping[str, Told]:
    """Of what is told now what had not come about when it was told (社保没交…交了): nobody contradicts themselves by that."""
    return {fact: new for fact, new in news.items() if fact in case.told and _NOT_YET.search(case.told[fact].words)}


def _with_news(message: _Message, case: Case, facts: Sequence[FactReading], news: Mapping[str, Told]) -> Case:
    """The case with what the message says, fact by fact, since it may contradict itself, then with what else is meant by it."""
    for one in _at_their_widest(facts):
        if one.fact in news:
            case = tell(case, {one.fact: Told(one.value, one.words, one.certainty)}, corrected=message.corrected)
    rest = {fact: new for fact, new in news.items() if all(fact != one.fact for one in facts)}
    return tell(case, rest, corrected=message.corrected, retracted=message.reading.retracted)


def _at_their_widest(facts: Sequence[FactReading]) -> list[FactReading]:
    """The facts without what was read from a part of words that say another thing as a whole (宅基地还在 | 宅基地还在俺爹名下)."""

    def part(one: FactReading, whole: FactReading) -> bool:
        return one.fact == whole.fact and len(one.words) < len(whole.words) and one.words in whole.words and bool(one.words)

    return [one for one in facts if not any(part(one, f) and meet(one.value, f.value) is None for f in facts)]


def _limited(message: _Message, case: Case) -> Case:
    """The case, limited to the ways that alone are asked about, or to those of the one article that is named."""
    if only := message.reading.routes_only:
        ways = (topic for topic in only if topic in message.pack.topics and message.pack.topics[topic].routes)
        return replace(case, topic=next(ways, only[0]), only=True)
    named = topics_named(message.pack, message.plain)
    return replace(case, topic=named[0], only=bool(message.pack.topics[named[0]].routes)) if len(named) == 1 else case


def _of_both(message: _Message, case: Case, *, says: bool) -> tuple[Conversation, Case]:
    """What the asker tells of themselves in the case of a relative; and whom the relative is taken to follow, in a new case."""
    if case.person == SELF:
        return message.state, case
    state = of_the_asker(message.state, message.found.askers, corrected=message.puts_right)
    if case.key != message.before.key and _RELATION not in case.told and not says:
        # who tells of a relative's own degree or work asks by that
        case = tell(case, follow_too(state, message.before, case.person, along=False, same=False))
    return state, case


def _put_right(world: World, case: Case, heard: Heard, home: str) -> dict[str, Told]:
    """ "不对，是我亲哥", "看错了，是九月三十号": a correction that names no fact says anew what was told last and fits its words."""
    if _RELATION in case.told:
        labels = world.vocabulary.facts[_RELATION].labels
        named = [m for m in hearing.people(heard.text) if m.relation in labels]
        if len(named) == 1:
            return {_RELATION: Told(Choice(frozenset({named[0].relation})), named[0].words)}
    words = what_is_right(hearing.plain(heard.text))
    for fact in reversed(list(case.told)):
        if case.told[fact].certainty == PRESUMED:
            continue
        answer = read_answer(words, fact, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
        if answer.kind == "value" and world.vocabulary.facts[fact].type != "boolean":
            return {name: Told(value, heard.text.strip()) for name, value in answer.facts.items()}
    return {}


def _whose(state: Conversation, case: Case, reading: Reading, heard: Heard) -> Case:
    """The case a message is about: another one when the message says whose hukou is to move."""
    person, words = reading.person or case.person, reading.person_words
    if person == case.person:
        words = words or hearing.subject_called(heard.text, person)
        if same_one(person, case.words, words) or several(case.words):
            return replace(case, words=called(case, words) if reading.person_words else case.words)
    before = known(state, person, words)
    if before is None and not case.told:
        return replace(case, person=person, words=words)
    if before is not None:
        return replace(before, words=called(before, words))
    return replace(fresh(state, person, words), topic=case.topic, only=case.only)
