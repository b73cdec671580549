"""Somebody else asked about (我爱人呢): a case of their own, with only the facts that the message itself tells of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from bot.conversation import hearing
from bot.conversation.answering import answer, ask_place
from bot.conversation.beside import come_too
from bot.conversation.joining import joins_instead, wish_to_join
from bot.conversation.kinfolk import (
    follow_too,
    of_the_asker,
    only,
    way_of_kin,
    way_to,
    whose_they_are,
    with_askers_own,
    without_followed,
)
from bot.conversation.merge import tell
from bot.conversation.own_right import asked_in_own_right, in_own_right
from bot.conversation.replying import on_topic
from bot.conversation.screening import speak
from bot.conversation.several import questions, topics
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.subject import Subject
from bot.conversation.where import where
from bot.conversation.whose import fresh, known
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.values import YES, Choice
from bot.policy.model import Pack
from bot.reading.asking.another import applies_instead, comes_along, i_go, there_instead
from bot.reading.asking.wanting import wants_to_register
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation, of
from bot.reading.kin.mention import Mention
from bot.reading.reader import Reading
from bot.reading.text.groups import composed
from bot.reading.text.points import points
from bot.replies.answers import Sides

_RELATION, _TOGETHER = "kin.relation", "kin.together"
_OF_A_HOME = ("housing.", "rent.", "presale.", "public.")
_IN_THE_BOOKLET = "in_the_booklet"
"""The detail of who else may be in a booklet of one's own."""


@dataclass(frozen=True)
class _Asked:
    """A message that asks of somebody else: whom it names, the first of them that is another (``named``), and what it tells of that one."""

    world: World
    state: Conversation
    heard: Heard
    pack: Pack
    mentions: tuple[Mention, ...]
    named: Mention | None

    @property
    def plain(self) -> str:
        """The message in its plain spelling."""
        return hearing.plain(self.heard.text)

    @property
    def home(self) -> str:
        """The place path of the jurisdiction that is spoken of."""
        return self.pack.identity.jurisdiction.place

    @cached_property
    def reading(self) -> Reading:
        """What the message says, told of the one who is named."""
        return hearing.reading(self.world, self.heard, self.home, self.named.person if self.named else SELF)

    @property
    def says_who_moves(self) -> bool:
        """Whether it says itself that another than the asker wants to register."""
        return self.reading.person not in (None, SELF)

    @property
    def person(self) -> str:
        """Whose case is asked about; the asker's again where nobody else is."""
        if self.says_who_moves:
            return self.reading.person or SELF
        return self.named.person if self.named else SELF


def other_person(world: World, state: Conversation, heard: Heard) -> Turn:
    """我爱人呢: a case of their own, with only the facts the message itself tells."""
    place = where(world, state, heard).jurisdiction
    if place is None:
        return ask_place(world, state, heard)
    if (one := asked_in_own_right(state, heard)) is not None:
        after = in_own_right(state, one, world.pack(place).identity.jurisdiction.place)
        who = world.wording.who(one.person, one.words)
        return speak(world, after, heard, world.pack(place), prefix=(world.wording.say("other_person", who=who),))
    mentions = hearing.people(heard.text, whose_they_are(state.case))
    named = next((m for m in mentions if m.person not in (SELF, COUPLE, NOBODY)), None)
    asked = _Asked(world, state, heard, world.pack(place), mentions, _of_a_married_one(state.case, named))
    return next((turn for do in _INSTEAD if (turn := do(asked)) is not None), None) or _judged(asked, _their_case(asked))


def _of_a_married_one(case: Case, named: Mention | None) -> Mention | None:
    """Whoever is named; the 对象 of a relative who is married is their husband or wife (闺女结婚了…她对象呢)."""
    whose, _, relation = named.person.rpartition("/") if named else ("", "", "")
    if named is None or relation != "fiance" or whose != case.person or only(case, "marital") != "married":
        return named
    return replace(named, person=of(whose, "spouse"), relation="spouse")


def _of_the_booklet(asked: _Asked) -> Turn | None:
    """The rule where a booklet of one's own is spoken of, which settles nobody, and one more is to be in it (那我兄弟也在集体户上呢)."""
    case, pack = asked.state.case, asked.pack
    topic = pack.topics.get(case.topic or "")
    if topic is None or not case.only or asked.named is None or not topic.routes or any(pack.route(r).settles for r in topic.routes):
        return None
    told = Sides(points=tuple(p for p in (*points(asked.plain), _IN_THE_BOOKLET) if p in topic.points))
    return Turn(asked.state, (on_topic(asked.world, pack, topic.id, told, asked.state),))


def _joined_instead(asked: _Asked) -> Turn | None:
    """The answer where the asker, who wants to follow somebody, asks of one more to follow instead (那俺舅妈呢): still the asker's case."""
    case, named = asked.state.case, asked.named
    if named is None or wants_to_register(asked.plain) or not joins_instead(case, named, asked.mentions, asked.plain):
        return None
    text = wish_to_join(asked.world.wording.parts["me"], named, asked.plain)
    whole = replace(asked.heard, text=text, intent="tell", luohu={})
    after = asked.state.with_case(replace(without_followed(case.reopened(), same_place=True), pending=None))
    turn = answer(asked.world, after, whole)
    if not turn.replies:
        return turn
    first, *rest = turn.replies
    head = asked.world.wording.say("joins_instead", who=asked.world.wording.who(named.person, named.words))
    return replace(turn, replies=(replace(first, said=(head, *first.said)), *rest))


def _followed_there(asked: _Asked) -> Turn | None:
    """The answer where the asker, who follows a relative, asks of one in another place (那我爸妈在某地呢): still the asker's case."""
    case, named = asked.state.case, asked.named
    if case.person != SELF or named is None or "/" in named.person or not there_instead(asked.plain, named.end):
        return None
    places, way = hearing.places_in(asked.plain, None), way_to(asked.world, asked.pack, followed_relation(SELF, named.person))
    told = case.told.get(_RELATION)
    follows = told.certainty == SAID if told is not None else way is not None and way == asked.state.topic
    if not places or not follows:
        return None
    wish = composed("wants_to_follow", mover=asked.world.wording.parts["me"], followed=named.words)
    start, end = places[0].span
    whole = replace(asked.heard, text=f"{wish}，{named.words}在{asked.plain[start:end]}", intent="tell", luohu={})
    return answer(asked.world, asked.state.with_case(without_followed(case)), whole)


def _of_nobody_else(asked: _Asked) -> Turn | None:
    """The answer to a message that asks of nobody else after all; ``None`` where it does."""
    world, state, heard = asked.world, asked.state, asked.heard
    if _wants_to_go_there(asked):
        back = replace(state, person=SELF) if SELF in state.cases else state
        return answer(world, back, replace(heard, intent="tell"))
    found = topics(questions(heard, Subject(), asked.pack)) if not state.cases else []
    if found:  # nobody's case is under way: 爹投靠我行不，我弟呢 asks two questions
        return answer(world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": found[0]}))
    back_to_the_asker = state.person != SELF and any(m.person == SELF for m in asked.mentions[:1])
    if asked.named is None and not asked.says_who_moves and not back_to_the_asker:
        return answer(world, state, replace(heard, intent="tell"))  # nobody else is named after all
    return None


_INSTEAD: tuple[Callable[[_Asked], Turn | None], ...] = (_of_the_booklet, _joined_instead, _followed_there, _of_nobody_else)
"""What a message that names somebody else may ask instead of for a case of theirs."""


def _wants_to_go_there(asked: _Asked) -> bool:
    """我妈在城里有房,那我落我妈那: the asker's own wish."""
    own = hearing.reading(asked.world, asked.heard, asked.home)
    follows = any(f.fact == _RELATION and f.certainty == SAID for f in own.facts)
    return own.person in (None, SELF) and follows and i_go(asked.plain)


def _their_case(asked: _Asked) -> Case:
    """The case of whoever is asked about, as far as it was told before; a new one is about the way they most likely mean."""
    named = asked.named
    words = asked.reading.person_words or (named.words if named else "")
    words = words if named is None or named.relation != PRONOUN else ""
    case = known(asked.state, asked.person, words)
    if case is not None:
        return case
    case = fresh(asked.state, asked.person, words)
    return replace(case, topic=case.topic or way_of_kin(asked.world, asked.pack, case.person))


def _judged(asked: _Asked, case: Case) -> Turn:
    """The verdict on their case, and on whoever is named in one breath with them."""
    world, heard, pack = asked.world, asked.heard, asked.pack
    state = asked.state
    if asked.named is not None and case.person != SELF and not asked.says_who_moves:
        state = _told_before(asked, asked.named)
    case = tell(case, {**_home_of_the_couple(asked, case), **_told_of_them(asked, state, case)})
    state = state.with_case(with_askers_own(state, case, asked.home))
    who = world.wording.who(case.person, case.words)
    turn = speak(world, state, heard, pack, prefix=(world.wording.say("other_person", who=who),))
    one = next((m for m in asked.mentions if m.person == case.person and m.relation != PRONOUN), None)
    if one is None:
        return turn
    after, too = come_too(world, turn.state, heard, pack, one)
    return replace(turn, state=after, replies=(*too, *turn.replies))


def _told_before(asked: _Asked, named: Mention) -> Conversation:
    """The conversation with what the asker tells of themselves before they ask of a relative (我在城里有房，我妈呢)."""
    first = replace(asked.heard, text=asked.plain[: named.start])
    reading = hearing.reading(asked.world, first, asked.home)
    return of_the_asker(asked.state, reading.facts) if reading.person == SELF else asked.state


def _told_of_them(asked: _Asked, state: Conversation, case: Case) -> dict[str, Told]:
    """What the message tells of them, and whom they are then taken to follow."""
    reading, before = _reading_of_them(asked), asked.state.case
    tells = case.person in (reading.person, SELF)
    news = {f.fact: Told(f.value, f.words, f.certainty) for f in reading.facts} if tells else {}
    same = _follow_the_same(asked)
    if same:
        news = {fact: told for fact, told in news.items() if not fact.startswith("kin.")}
    if _RELATION in news or _RELATION in case.told:
        return news
    along = any(f.fact == _TOGETHER and f.value == Choice(frozenset({YES})) for f in reading.facts) or comes_along(asked.plain)
    return {**follow_too(state, before, case.person, along=along, same=same), **news}


def _home_of_the_couple(asked: _Asked, case: Case) -> dict[str, Told]:
    """The home that the asker told of, with its papers, as the wife's or husband's who is to apply instead (我租的房…那我媳妇去办)."""
    own = asked.state.cases.get(SELF)
    if own is None or case.person != "spouse" or not applies_instead(asked.plain):
        return {}
    shared = {fact: told for fact, told in own.told.items() if fact.startswith(_OF_A_HOME) and fact not in case.told}
    return {fact: replace(told, certainty=PRESUMED) for fact, told in shared.items()}


def _reading_of_them(asked: _Asked) -> Reading:
    """What the message says of them, from where it names them: 再问下我孩子,十岁,我户口在城里 tells of the child."""
    if asked.named is None or asked.says_who_moves:
        return asked.reading
    about = whose_they_are(asked.state.case)
    wish = composed("wants_to_settle", who=asked.named.words)
    return hearing.after(asked.world, asked.heard, asked.home, about, wish, asked.plain[asked.named.start :])


def _follow_the_same(asked: _Asked) -> bool:
    """Whether they are to follow whom the asker follows, named by a pronoun: 那我老婆能投靠他不, after 我能投靠岳父不.

    Not 我闺女离婚了,她能投靠她姥姥不, which names somebody else.
    """
    alone = all(m.relation in (PRONOUN, SELF) or m is asked.named for m in asked.mentions)
    before = asked.state.case
    return alone and any(m.relation == PRONOUN for m in asked.mentions) and before.person == SELF and only(before, _RELATION) is not None
