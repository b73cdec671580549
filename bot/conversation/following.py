"""Follow-ups: short messages that mean something only after what was said before them, whatever the classifier hears in them.

Amid somebody's case 那咋办, 为啥不行 and 到底行不行 ask of that case, and 那补上了呢 supposes one thing to be otherwise; after an answer
那商铺呢 asks the same of something else. None of them names a place, so none turns to another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.answering import answer, out_of_scope
from bot.conversation.ascribing import ascribed
from bot.conversation.consenting import consent, with_consent
from bot.conversation.context import in_context, settled_by
from bot.conversation.judging import focus_of, judge, ways_meant, ways_shut
from bot.conversation.kinfolk import only, told_wed, way_to, wed, wedded, with_askers_own, without_followed
from bot.conversation.merge import outdated, tell
from bot.conversation.of_the_home import asks_of_the_home, of_the_home
from bot.conversation.recalling import ABOUT_THE_LAST, detail, recall
from bot.conversation.screening import speak
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.switching import because, elsewhere, how_to, moved
from bot.conversation.where import spoken_of, where
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import RouteResult, Verdict
from bot.eligibility.values import NO, Choice, Places, inside
from bot.policy.model import Pack
from bot.reading.asking.answers import read_answer
from bot.reading.asking.follow_ups import (
    BASIS,
    INSURED_FOR,
    VERDICT,
    WHAT_TO_DO,
    WHERE_TO,
    WHY_NOT,
    WITH_THEM,
    asks_of_landing,
    back_to,
    beforehand,
    come_about,
    follow_up,
    lands,
    lies_now,
    of_oneself,
    what_if,
    works_there_not_here,
)
from bot.reading.kin.kinship import SELF
from bot.reading.kin.pronouns import fits
from bot.reading.person.same_person import same_one
from bot.reading.place.places import NAMED
from bot.reading.text.clauses import condition
from bot.reading.text.renewing import renews
from bot.replies.answers import citation
from bot.replies.model import Said
from bot.replies.ranking import ranked
from bot.replies.verdicts import why_not

_LONGEST = 16
"""Who says more than this says what it is about."""
_SURELY = 0.4
"""From this share on, half a question is taken to be about what it sounds like in full."""
_REASONS = 2
_WHENCE = ("hukou.place", "origin.place")
_NO = Choice(frozenset({NO}))
_INSURANCE, _DOCUMENT = "social_insurance", "document"
_RELATION, _WISH = "kin.relation", "wish.area"
_HALVES = ("elsewhere", "more", "other_person", "compare", "fallback", "out_of_scope", "feedback", "why")
"""What half a question is misheard as; who asks surely of something is taken at their word."""


def follow(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """The turn of a follow-up; ``None`` where the message is none and the turn that Rasa decided on is right."""
    plain = hearing.plain(heard.text)
    place = where(world, state, heard)
    before = spoken_of(world, state, heard).jurisdiction
    here = before if not place.elsewhere and not (place.named and place.named[0] != before) else None
    if here and (of_home := of_the_home(world, state, heard, world.pack(here))):
        return of_home
    if len(plain) > _LONGEST:
        return None
    if place.named:
        puts_right = renews(plain) and before and _placed_there(world, state, before)
        if place.named[0] != before and _only_turns(world, plain) and not puts_right:
            there = world.pack(place.named[0]).identity.jurisdiction
            state = state.with_case(_put_there(state.case, world.packs.homes[before], there.place)) if renews(plain) and before else state
            return elsewhere(world, state, replace(heard, text=there.name))
        if why_there := _why_there(world, state, heard, place.named[0]):
            return why_there
        if place.named[0] != before or _supposition(heard) is None and _kind(state, heard) != INSURED_FOR:
            return None
    if place.elsewhere or place.jurisdiction is None:
        return None
    pack = world.pack(place.jurisdiction)
    turn = detail(world, state, heard, pack) or _of_the_case(world, state, heard, pack) or _half(world, state, heard, name)
    return turn or _enough(world, state, heard, name)


def follows(state: Conversation, heard: Heard) -> bool:
    """Whether a message in a pre-screening asks of it rather than answers it."""
    if asks_of_the_home(state, heard):
        return True
    if len(hearing.plain(heard.text)) > _LONGEST:
        return False
    if not _begun(state):
        return state.topic is not None and follow_up(hearing.plain(heard.text)) in ABOUT_THE_LAST
    return bool(_kind(state, heard) or _supposition(heard)) or consent(heard) is not None


def _why_there(world: World, state: Conversation, heard: Heard, jurisdiction: str) -> Turn | None:
    """Why it does not work in a place that is named (为啥临淄不行), or here where it would there (为啥临淄行这里不行)."""
    rest, pack = _without(hearing.plain(heard.text), world.pack(jurisdiction)), world.pack(jurisdiction)
    if rest is None or not (here := works_there_not_here(rest)) and follow_up(rest) != WHY_NOT:
        return None
    before = spoken_of(world, state, heard).jurisdiction
    if here and before:
        pack = world.pack(before)
    elif before != jurisdiction:
        state = replace(state, place=jurisdiction, waiting=None).with_case(moved(world, state.case, pack))
    return _reasons(world, state, replace(heard, text=rest), pack) if _begun(state) else because(world, state, pack)


def _without(plain: str, pack: Pack) -> str | None:
    """The plain text without the name of a place; ``None`` where it is not named in a name of its own."""
    here = pack.identity.jurisdiction
    name = next((n for n in sorted((here.name, *here.aliases), key=len, reverse=True) if n in plain), None)
    return plain.replace(name, "", 1) if name else None


def _only_turns(world: World, plain: str) -> bool:
    """Whether a message names a place served and says nothing besides turning to it: 再说聊城."""
    names = sorted((n for p in world.packs for n in (p.identity.jurisdiction.name, *p.identity.jurisdiction.aliases)), key=len)
    name = next((n for n in reversed(names) if n in plain), None)
    return name is not None and plain != name and back_to(plain.replace(name, "", 1))


def _placed_there(world: World, state: Conversation, jurisdiction: str) -> bool:
    """Whether the case tells of a register or an origin in a place served, so that 不对,是聊城 may put that right."""
    told = (told.value for fact, told in state.case.told.items() if told.certainty != PRESUMED and fact in _WHENCE)
    places = (path for value in told if isinstance(value, Places) for path in value.include)
    return any(inside(path, world.packs.homes[jurisdiction]) for path in places)


def _put_there(case: Case, wrong: str, right: str) -> Case:
    """The case with the home, work or relative that was told to be in a place served as in another one: that was the slip."""

    def put(fact: str, told: Told) -> Told:
        there = isinstance(told.value, Places) and any(inside(path, wrong) for path in told.value.include)
        return replace(told, value=Places(frozenset({right}))) if there and fact not in _WHENCE else told

    return replace(case, told=MappingProxyType({fact: put(fact, told) for fact, told in case.told.items()}))


def _kind(state: Conversation, heard: Heard) -> str | None:
    plain = hearing.plain(heard.text)
    kind = follow_up(plain)
    if kind and of_oneself(plain) and state.person != SELF:
        return None  # 那我能落吗, in the case of somebody else
    if kind == VERDICT and beforehand(plain) and not _begun(state):
        return None  # 能提前落吗, of a home not handed over
    if kind == WITH_THEM and only(state.case, _RELATION) is None:
        return None
    if kind is None and heard.intent == "why" and state.case.pending is None:
        return WHY_NOT  # 为啥, with nothing asked
    return kind


def _of_the_case(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """What a message asks of the case under way, or supposes in it."""
    if not _begun(state):
        kind = _kind(state, heard)
        if kind == BASIS and state.topic is None:  # 谁规定的, with nothing said before: the document
            return answer(world, state, _asking(heard, _DOCUMENT))
        kind = kind if state.topic else None
        if kind and kind in ABOUT_THE_LAST:
            return recall(world, state, heard, pack, kind, begun=False)
        return because(world, state, pack) if kind == WHY_NOT else how_to(world, state, heard) if kind == WHAT_TO_DO else None
    kind = _kind(state, heard)
    if kind and kind in ABOUT_THE_LAST:
        return recall(world, state, heard, pack, kind, begun=True)
    if kind:
        return _ASKS[kind](world, state, heard, pack)
    if (agrees := consent(heard)) is not None:
        return with_consent(world, state, heard, pack, agrees)
    what = _supposition(heard)
    return _supposed(world, state, heard, pack, what) if what else None


def _enough(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """What the ways nearest to the case ask for, where it is asked whether something would do that is none of it (再等四个月就行了吧)."""
    if name not in _HALVES or heard.sure or not _begun(state) or condition(hearing.plain(heard.text)) is None:
        return None
    return how_to(world, state, heard)


def _begun(state: Conversation) -> bool:
    """Whether a case is under way: more was told in it than who would follow whom, or something is asked in it."""
    case = state.case
    return bool(set(case.said) - {_RELATION} or case.said and (case.pending or case.asked) or state.person != SELF and case.pending)


def _supposition(heard: Heard) -> str | None:
    """What a message supposes; somebody named alone (那我姐呢) supposes nothing."""
    plain = hearing.plain(heard.text)
    what = what_if(plain) or (plain if asks_of_landing(plain) and _lands_at(heard) else None)
    return None if what is None or any(m.start == 0 and m.end == len(what) for m in hearing.people(what)) else what


def _what_to_do(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    return how_to(world, state, heard)


def _again(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """The verdict once more, in full, with the question that is open."""
    return speak(world, state.with_case(state.case.reopened()), heard, pack)


def _with_them(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """The verdict on following whoever was told of, in full, with the question that is open."""
    case = state.case.reopened()
    way = way_to(world, pack, only(case, _RELATION) or "")
    return speak(world, state.with_case(replace(case, topic=way or case.topic, only=False)), heard, pack)


def _where_to(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """Where the ways that are open put the register, the nearest first, with the question that is open."""
    case = state.case.reopened()
    result, question = judge(world, state.with_case(case), heard, pack)
    live = [r for r in ranked(result, focus_of(pack, case), case.said) if r.verdict is not Verdict.NOT_ELIGIBLE and r.route.registers_at]
    fits = [r for r in live if r.verdict is Verdict.ELIGIBLE] or live
    said = tuple(dict.fromkeys(_puts(world, pack, r) for r in fits[:_REASONS]))
    if not said:
        return _again(world, state, heard, pack)
    turn = speak(world, state.with_case(case), heard, pack, brief=question is not None, prefix=said)
    return turn if question is not None else Turn(state, (replace(turn.replies[0], said=said),), turn.loop)


def _puts(world: World, pack: Pack, result: RouteResult) -> Said:
    at = result.route.registers_at
    assert at is not None
    text = world.wording["registers_by"].format(route=result.route.title, text=at.text)
    return Said(text, "states", (citation(pack, at.article, at.quote),))


def _reasons(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """Why it does not work: the conditions that close the ways asked about, or what is still lacking of the one that the case is about."""
    if not (state.case.pending or state.case.asked) and state.case.topic is None and (turn := because(world, state, pack)):
        return turn  # of what was answered last: nothing has been asked or judged yet
    case = state.case.reopened()
    _, question = judge(world, state.with_case(case), heard, pack)
    if question is None:
        return _again(world, state, heard, pack)  # the verdict says it
    shown = ways_shut(world, state, heard, pack) or ways_meant(world, state, heard, pack)
    focus = focus_of(pack, case)
    shown = sorted(shown, key=lambda r: focus.index(r.route.id) if r.route.id in focus else len(focus))[:_REASONS]
    said: tuple[Said, ...] = tuple(dict.fromkeys(why_not(pack, r, world.wording) for r in shown))
    return speak(world, state.with_case(case), heard, pack, brief=bool(said), prefix=said)


def _insured_for(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """How long insurance must have been paid, asked amid a case in which it was told of."""
    return answer(world, state, _asking(heard, _INSURANCE))


def _asking(heard: Heard, topic: str) -> Heard:
    """The message as a question about a topic and nothing else."""
    return replace(heard, intent="ask", luohu={**heard.luohu, "topic": topic, "segments": [], "half": None})


_ASKS: Mapping[str, Callable[[World, Conversation, Heard, Pack], Turn]] = {
    WHAT_TO_DO: _what_to_do,
    WHY_NOT: _reasons,
    VERDICT: _again,
    WITH_THEM: _with_them,
    WHERE_TO: _where_to,
    INSURED_FOR: _insured_for,
}


def _supposed(world: World, state: Conversation, heard: Heard, pack: Pack, what: str) -> Turn | None:
    """The verdict if one thing were otherwise; the case stays as it is."""
    supposed, home = replace(heard, text=what), pack.identity.jurisdiction.place
    about = _whom_they_mean(state, what)
    if told_wed(world, about, supposed, home):
        after = wed(world, about, pack)
        case = with_askers_own(after, after.case, home)
        turn = speak(world, after.with_case(case), heard, pack, prefix=(world.wording.say("what_if"),))
        return Turn(state, tuple(reply.unasked() for reply in turn.replies))
    news = _wished(world, about.case, supposed, home) or _news(world, about.case, supposed, pack)
    news = news or _news(world, about.case, replace(heard, text=come_about(what)), pack)
    if not news:
        return None
    said = [world.wording.say("what_if")]
    if about.case.key != state.case.key:
        said.insert(0, world.wording.say("other_person", who=world.wording.who(about.person, about.case.words)))
    another = about.person == SELF and _says_whom_to_follow(about.case, news)
    before = without_followed(about.case) if another else about.case
    case = wedded(tell(outdated(replace(before, dispute=None), news), news))
    if case.told == about.case.told:
        return None
    turn = speak(world, about.with_case(replace(case, pending=None)), heard, pack, prefix=tuple(said))
    if another:
        return turn  # 那投靠我姐呢: another way than before, which the case goes on with
    enough = condition(hearing.plain(heard.text)) is not None  # 得住一起才行吗 tells nothing: it is asked all the same
    return Turn(about if enough else _not_asked_again(about, news), tuple(reply.unasked() for reply in turn.replies))


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


def _news(world: World, case: Case, heard: Heard, pack: Pack) -> Mapping[str, Told]:
    """What a supposition changes: what it says by itself or beside what the case is about, or as an answer to what was denied or asked."""
    home = pack.identity.jurisdiction.place
    if (where_to := _lands_at(heard)) and (thing := settled_by(case)):
        heard = replace(heard, text=thing + where_to)  # 落临清呢: with the home there
    heard = replace(heard, text=lies_now(hearing.plain(heard.text)))
    read = (*ascribed(world, heard, home, case).reading.facts, *in_context(world, heard, home, case))
    if any(f.certainty != PRESUMED for f in read):
        return MappingProxyType({f.fact: Told(f.value, f.words, SAID if f.certainty != PRESUMED else PRESUMED) for f in read})
    denied = (fact for fact in reversed(list(case.told)) if case.told[fact].value == _NO)
    for fact in dict.fromkeys(f for f in (*denied, case.pending, *reversed(case.asked), *reversed(list(case.told))) if f):
        read_as = read_answer(heard.text, fact, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
        if read_as.kind == "value" and any(f not in case.told or case.told[f].value != v for f, v in read_as.facts.items()):
            return MappingProxyType({name: Told(value, heard.text, SAID) for name, value in read_as.facts.items()})
    return MappingProxyType({})


def _half(world: World, state: Conversation, heard: Heard, name: str) -> Turn | None:
    """Half a question (那商铺呢), asked in full; of a relative only where nobody's case is under way."""
    half = heard.luohu.get("half")
    if half is None or name not in _HALVES or float(half["p"]) < _SURELY or state.topic is None and not state.case.said:
        return None
    if hearing.people(heard.text) and any(case.told for case in state.cases.values()):
        return None
    intent, label = half["intent"], half["label"]
    if intent not in ("ask", "out_of_scope"):
        return None
    ranking = [[half["class"], half["p"]]]
    about = {"topic": label if intent == "ask" else None, "matter": None if intent == "ask" else label}
    luohu = {**heard.luohu, **about, "class": half["class"], "confidence": half["p"], "ranking": ranking, "segments": [], "beside": None}
    whole = replace(heard, text=str(half["text"]), intent=intent, luohu=luohu)
    return (answer if intent == "ask" else out_of_scope)(world, state, whole)
