"""One thing supposed to be otherwise: 要是同意了呢, 那补上了呢, and half a question with another value than the one told (没房呢, 本科呢).

It is screened on a copy of the case, which stays as it is.  Where no case is under way it is the last question that is asked again with
this one thing changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing, weighing
from bot.conversation.ascribing import ascribed
from bot.conversation.assuming import assumed
from bot.conversation.context import in_context, settled_by
from bot.conversation.judging import focus_of
from bot.conversation.kinfolk import only, way_to, with_askers_own, without_followed
from bot.conversation.listening import listen
from bot.conversation.merge import handed_over, outdated, tell
from bot.conversation.particular import particular
from bot.conversation.replying import on_topic
from bot.conversation.screening import speak
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.weddings import as_married, told_wed, wed
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import Verdict
from bot.eligibility.values import NO, Choice, meet
from bot.policy.model import Pack, Topic
from bot.reading.asking.answers import only_yes_or_no, read_answer
from bot.reading.asking.follow_ups import asks_of_landing, come_about, half_asked, lands, lies_now, lies_there, place_asked, what_if
from bot.reading.kin.kinship import SELF
from bot.reading.kin.pronouns import fits
from bot.reading.person.same_person import same_one
from bot.reading.place.places import NAMED
from bot.reading.record.builder import FactReading
from bot.reading.text.clauses import condition
from bot.replies.answers import Sides, citation
from bot.replies.model import Reply, Said
from bot.replies.ranking import ranked

_NO, _NOTHING = Choice(frozenset({NO})), frozenset({NO, "none"})
_RELATION, _WISH, _HOME = "kin.relation", "wish.area", "housing.kind"
_KINDS = ("housing.kind", "work.status", "public.type")
"""What makes a way one's own at all, and meets nothing that was lacking."""
_GOES_WITH: Mapping[str, tuple[str, ...]] = {
    "public.type": ("public.certificate",),
    "education.level": ("education.status", "education.form"),
    "housing.kind": ("presale.handover", "public.type", "public.certificate"),
}
"""What was told of the one value and holds of no other: the certificate of another kind of public housing, another school's leaving."""


def supposition(world: World, state: Conversation, heard: Heard, pack: Pack) -> str | None:
    """What a message supposes to be otherwise, in its words; ``None`` where it supposes nothing."""
    return in_so_many_words(heard) or _another_value(world, state, heard, pack) or _another_place(state, heard)


def in_so_many_words(heard: Heard) -> str | None:
    """What the words of a message alone say to be supposed; somebody named alone (那我姐呢) supposes nothing."""
    plain = hearing.plain(heard.text)
    there = lies_there(plain)
    if there and any(p.kind in NAMED for p in hearing.places_in(there, None)):
        return there
    what = what_if(plain) or (plain if asks_of_landing(plain) and _lands_at(heard) else None)
    return None if what is None or _names_alone(what) else what


def _names_alone(what: str) -> bool:
    return any(m.start == 0 and m.end == len(what) for m in hearing.people(what))


def _another_value(world: World, state: Conversation, heard: Heard, pack: Pack) -> str | None:
    """Half a question that puts another value where one was told (没房呢 after 有房, 儿子在城里呢 after 儿子在村里).

    Who compares cases asks so; nobody contradicts themselves with a 呢.
    """
    case, what = state.case, half_asked(hearing.plain(heard.text))
    if what is None or case.dispute is not None or _names_alone(what):
        return None
    about = _whom_they_mean(state, what).case
    given = replace(heard, text=what)
    news = _read(world, about, given, pack) or _otherwise(world, about, given, pack)
    said = {fact: new for fact, new in news.items() if new.certainty != PRESUMED}
    other = any(_contradicts(about, fact, new) for fact, new in said.items() if fact != _RELATION)
    return what if other or handed_over(about, said) is not about and _RELATION not in about.told else None


def _otherwise(world: World, case: Case, heard: Heard, pack: Pack) -> Mapping[str, Told]:
    """What was told and is now put otherwise (他户口迁走, of a tenant still registered; 在村里, of one in town).

    What answers the question that waits is none of it; a plain yes may only be that something denied has come about (办了呢).
    """
    home, plainly = pack.identity.jurisdiction.place, only_yes_or_no(heard.text)
    if case.pending and _answers(world, case, case.pending, heard, home):
        return {}
    told = (f for f in reversed(list(case.told)) if case.told[f].certainty != PRESUMED and (not plainly or case.told[f].value == _NO))
    return next((news for fact in told if (news := _answers(world, case, fact, heard, home))), {})


def _answers(world: World, case: Case, fact: str, heard: Heard, home: str) -> Mapping[str, Told]:
    """What words say of one fact as an answer to it, where that is not what was told."""
    read = read_answer(heard.text, fact, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
    if read.kind != "value" or all(f in case.told and case.told[f].value == v for f, v in read.facts.items()):
        return {}
    return MappingProxyType({name: Told(value, heard.text, SAID) for name, value in read.facts.items()})


def _another_place(state: Conversation, heard: Heard) -> str | None:
    """The home or work told of in a case, put in a place that alone is named (高新区呢), where no place is asked for."""
    where_to, thing = place_asked(hearing.plain(heard.text)), settled_by(state.case)
    if where_to is None or thing is None or (state.case.pending or "").endswith(".place"):
        return None
    named = any(p.kind in NAMED and p.span == (0, len(where_to)) for p in hearing.places_in(where_to, None))
    return thing + where_to if named else None


def _contradicts(case: Case, fact: str, new: Told) -> bool:
    old = case.told.get(fact)
    return old is not None and old.certainty != PRESUMED and meet(old.value, new.value) is None


def supposed(world: World, state: Conversation, heard: Heard, pack: Pack, what: str) -> Turn | None:
    """The verdict if one thing were otherwise; ``None`` where nothing told or asked is otherwise by it."""
    given, home = replace(heard, text=what), pack.identity.jurisdiction.place
    about = _whom_they_mean(state, what)
    head = [world.wording.say("what_if")]
    if told_wed(world, about, given, home):
        after = wed(world, about, pack)
        case = with_askers_own(after, after.case, home)
        turn = speak(world, after.with_case(case), heard, pack, prefix=tuple(head))
        return Turn(state, tuple(_unasked(world, reply) for reply in turn.replies))
    news = _wished(world, about.case, given, home) or _news(world, about.case, given, pack)
    news = news or _news(world, about.case, replace(heard, text=come_about(what)), pack)
    if not news:
        return None
    if about.case.key != state.case.key:
        head.insert(0, world.wording.say("other_person", who=world.wording.who(about.person, about.case.words)))
    case = with_this(about.case, news)
    if case.told == about.case.told:
        return None
    head += _now_met(world, about.case, case, heard, pack)
    if _HOME in about.case.told and _HOME not in case.told and (way := way_to(world, pack, only(case, _RELATION) or "")):
        case = replace(case, topic=way, only=False)  # 房子是他爸的呢: what is left is to follow whose it is
    turn = speak(world, about.with_case(replace(case.reopened(), pending=None)), heard, pack, prefix=tuple(head))
    if about.person == SELF and _says_whom_to_follow(about.case, news):
        return turn  # 那投靠我姐呢: another way than before, which the case goes on with
    enough = condition(hearing.plain(heard.text)) is not None  # 得住一起才行吗 tells nothing: it is asked all the same
    about = about if enough else _not_asked_again(about, news)
    return Turn(about, tuple(_unasked(world, reply, about.case.pending) for reply in turn.replies))


def asked_anew(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """The last question once more, with one thing changed or added (租房房东不同意能落不, 要是同意呢; 租房, 房里有别人户口呢).

    No case is under way, and none begins by it.
    """
    topic = pack.topics.get(state.topic or "")
    if topic is None:
        return None
    question = state.question if state.question and state.question.topic == topic.id else Case(topic=topic.id)
    if particular(world, pack, topic, _as_read(question.told), heard.as_of):  # what it supposed stood in its way
        there = state.with_case(question)
        what = in_so_many_words(heard) or _another_value(world, there, heard, pack)
        if what and (turn := supposed(world, there, heard, pack, what)):
            return Turn(state, tuple(_unasked(world, reply) for reply in turn.replies))
    return _closed_by(world, state, question, topic, heard, pack)


def _closed_by(world: World, state: Conversation, question: Case, topic: Topic, heard: Heard, pack: Pack) -> Turn | None:
    """What one thing more would settle of the way asked about last (房子里挂着别人户口呢, after 租房)."""
    what = in_so_many_words(heard) or half_asked(hearing.plain(heard.text))
    read = hearing.reading(world, replace(heard, text=what), pack.identity.jurisdiction.place).facts if what else ()
    if all(f.certainty == PRESUMED for f in read):
        return None
    before = {fact: told for fact, told in question.told.items() if all(f.fact != fact for f in read)}
    lead = particular(world, pack, topic, (*_as_read(before), *read), heard.as_of)
    return Turn(state, (on_topic(world, pack, topic.id, Sides(known=True), state, lead),)) if lead else None


def _as_read(told: Mapping[str, Told]) -> tuple[FactReading, ...]:
    return tuple(FactReading(fact, one.value, one.words, (0, 0), one.certainty) for fact, one in told.items())


def added(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """The verdict with one thing more, put as half a question (有二级建造师证呢), where an open way asks for it.

    What answers the question that waits is taken as that answer.
    """
    what = half_asked(hearing.plain(heard.text))
    given = replace(heard, text=what or "")
    said = {fact for fact, new in _read(world, state.case, given, pack).items() if new.certainty != PRESUMED} if what else set()
    result = weighing.verdict(world, pack, assumed(world, state.case, pack), heard.as_of)
    asked_for = {a.atom.fact for r in result.routes if r.verdict is Verdict.NEED_MORE_INFO for a in r.atoms}
    if what is None or not said & asked_for or _names_alone(what):
        return None
    if state.case.pending in said:
        after, _ = listen(world, state, given, pack)
        return speak(world, after, given, pack)
    asked = state.with_case(replace(state.case, topic=state.case.topic or state.topic))
    turn = supposed(world, asked, heard, pack, what)
    return replace(turn, state=state) if turn and turn.state == asked else turn


def without(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """The verdict of who may apply where something never told of is not there (没工作呢, of a doctor from elsewhere)."""
    what = half_asked(hearing.plain(heard.text))
    if what is None or weighing.verdict(world, pack, assumed(world, state.case, pack), heard.as_of).verdict is not Verdict.ELIGIBLE:
        return None
    read = _read(world, state.case, replace(heard, text=what), pack)
    said = [new.value for new in read.values() if new.certainty != PRESUMED]
    denied = said and all(isinstance(value, Choice) and value.values & _NOTHING for value in said)
    return supposed(world, state, heard, pack, what) if denied else None


def unchanged(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """The verdict once more, where what is put is no other than what was told (她十九呢, of a grown daughter)."""
    what, home = in_so_many_words(heard) or half_asked(hearing.plain(heard.text)), pack.identity.jurisdiction.place
    if what is None or only_yes_or_no(what) or state.case.pending is not None:
        return None
    given = replace(heard, text=what)
    same = any(
        read_answer(what, fact, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary).facts.get(fact) == told.value
        for fact, told in state.case.told.items()
        if told.certainty != PRESUMED
    )
    said = _read(world, state.case, given, pack)
    same = same or bool(said) and all(f in state.case.told and state.case.told[f].value == new.value for f, new in said.items())
    return speak(world, state, heard, pack, prefix=(world.wording.say("what_if"),)) if same else None


def unread(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Said, ...]:
    """That what is supposed was not made out; empty where nothing is supposed."""
    return (world.wording.say("what_if_unread"),) if in_so_many_words(heard) else ()


def _now_met(world: World, before: Case, after: Case, heard: Heard, pack: Pack) -> list[Said]:
    """What of a way that was closed is met by what is supposed, where it does not carry the way by itself (他迁走了: 没有户口登记)."""
    old, new = (weighing.verdict(world, pack, assumed(world, case, pack), heard.as_of) for case in (before, after))
    if new.verdict is not Verdict.NEED_MORE_INFO:
        return []
    for result in ranked(new, focus_of(pack, after), after.said):
        was = old.route(result.route.id)
        failed = {a.atom for a in was.atoms if a.value is False}
        met = [a.atom for a in result.atoms if a.value is True and a.atom in failed and a.atom.fact not in _KINDS]
        if was.verdict is Verdict.NOT_ELIGIBLE and result.verdict is Verdict.NEED_MORE_INFO and met:
            conditions = "；".join(dict.fromkeys(a.text for a in met))
            cites = tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in met))
            return [Said(world.wording["what_if_met"].format(route=result.route.title, conditions=conditions), "reports", cites)]
    return []


def with_this(case: Case, news: Mapping[str, Told]) -> Case:
    """The case with what is supposed in the place of what it contradicts, and of what went with that."""
    before = without_followed(case) if case.person == SELF and _says_whom_to_follow(case, news) else case
    before = handed_over(replace(before, dispute=None), news)
    changed = [fact for fact, new in news.items() if new.certainty != PRESUMED and _contradicts(before, fact, new)]
    gone = {with_it for fact in changed for with_it in _GOES_WITH.get(fact, ()) if with_it not in news}
    before = replace(before, told=MappingProxyType({fact: told for fact, told in before.told.items() if fact not in gone}))
    return as_married(before, tell(outdated(before, news), news))


def _unasked(world: World, reply: Reply, waits: str | None = None) -> Reply:
    """The verdict on what is only supposed, with what would have to be known where nothing is asked of it; ``waits`` is asked anyhow."""
    screening = reply.screening or {}
    asked = screening.get("question")
    bare = reply.unasked()
    if not isinstance(asked, Mapping) or asked["fact"] == waits or screening.get("verdict") != Verdict.NEED_MORE_INFO.value:
        return bare
    label = world.vocabulary.facts[str(asked["fact"])].label
    return replace(bare, said=(*bare.said, Said(world.wording["what_if_open"].format(label=label), "phrase")))


def _not_asked_again(state: Conversation, news: Mapping[str, Told]) -> Conversation:
    """The conversation without the question that waited, where it is what was just supposed to be otherwise (要是合租一间呢)."""
    return state.with_case(replace(state.case, pending=None)) if state.case.pending in news else state


def _says_whom_to_follow(case: Case, news: Mapping[str, Told]) -> bool:
    """Whether what is supposed names somebody else to follow than whoever is followed already (那投靠我姐呢; not 要是闺女租房呢)."""
    if _RELATION not in news or news[_RELATION].certainty != SAID:
        return False
    told = case.told.get(_RELATION)
    return told is None or told.value != news[_RELATION].value or not same_one(case.person, told.words, news[_RELATION].words)


def _lands_at(heard: Heard) -> str | None:
    """Where else a message asks to land (落临清呢), which names a place and not only a sort of one (落村里呢)."""
    where_to = lands(hearing.plain(heard.text))
    return where_to if where_to and any(p.kind in NAMED for p in hearing.places_in(where_to, None)) else None


def _wished(world: World, case: Case, supposed: Heard, home: str) -> Mapping[str, Told]:
    """The other sort of register, where a village or a town was wished for and the message only names the other (那城里呢)."""
    wish = case.told.get(_WISH)
    if wish is None:
        return MappingProxyType({})
    answer = read_answer(supposed.text, _WISH, options=(), as_of=supposed.as_of, home=home, vocabulary=world.vocabulary)
    other = answer.facts.get(_WISH) if answer.kind == "value" else None
    return MappingProxyType({} if other in (None, wish.value) else {_WISH: Told(other, supposed.text, SAID)})


def _whom_they_mean(state: Conversation, what: str) -> Conversation:
    """The conversation with the case of whom 他 or 她 means, where that cannot be the one under way (她男人…她要是离了呢)."""
    pronoun, case = what[:1], state.case
    if pronoun not in ("他", "她") or case.person == SELF or _may_mean(pronoun, case):
        return state
    other = next((c for c in reversed(tuple(state.cases.values())) if c.person != SELF and c.words and _may_mean(pronoun, c)), None)
    return state if other is None else state.with_case(other)


def _may_mean(pronoun: str, case: Case) -> bool:
    """Whether a pronoun may mean whoever a case is of: not the other gender, nor who is called by whose relative they are (她对象)."""
    return fits(pronoun, case.words) and not case.words.startswith(pronoun)


def _read(world: World, case: Case, heard: Heard, pack: Pack) -> Mapping[str, Told]:
    """What words say of a case by themselves or beside what it is about; nothing where all of it is only taken for granted."""
    home = pack.identity.jurisdiction.place
    read = (*ascribed(world, heard, home, case).reading.facts, *in_context(world, heard, home, case))
    at_odds = any(one.fact == f.fact and meet(one.value, f.value) is None for one in read for f in read)
    if at_odds or all(f.certainty == PRESUMED for f in read):
        return MappingProxyType({})  # 公房租赁证,廉租房: which of the two is asked
    return MappingProxyType({f.fact: Told(f.value, f.words, SAID if f.certainty != PRESUMED else PRESUMED) for f in read})


def _news(world: World, case: Case, heard: Heard, pack: Pack) -> Mapping[str, Told]:
    """What a supposition changes: what it says by itself or beside what the case is about, or as an answer to what was denied or asked."""
    home = pack.identity.jurisdiction.place
    if (where_to := _lands_at(heard)) and (thing := settled_by(case)):
        heard = replace(heard, text=thing + where_to)  # 落临清呢: with the home there
    heard = replace(heard, text=lies_now(hearing.plain(heard.text)))
    if said := _read(world, case, heard, pack):
        return said
    denied = (fact for fact in reversed(list(case.told)) if case.told[fact].value == _NO)
    for fact in dict.fromkeys(f for f in (*denied, case.pending, *reversed(case.asked), *reversed(list(case.told))) if f):
        if news := _answers(world, case, fact, heard, home):
            return news
    return MappingProxyType({})
