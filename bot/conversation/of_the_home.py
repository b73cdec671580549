"""What a short message asks of papers (备案要不, 社保呢, 就这个证够了) is answered for the home told of before, and for no other.

Public housing needs its certificate alone, a flat rented on the market its own papers, and the insurance only of some people. Who asks
on for another place or other people (茌平城区呢, 东昌府本地人呢) asks the same of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.kinfolk import only
from bot.conversation.listening import listen
from bot.conversation.required import needed_by
from bot.conversation.screening import speak
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.values import Choice, Places
from bot.policy.model import Pack, Topic
from bot.reading.asking.aspects import aspects
from bot.reading.asking.papers_asked import (
    ENOUGH,
    INSURANCE,
    INSURED_WHERE,
    LACKS,
    PAPERS,
    WHY,
    PaperAsked,
    asked_of_there,
    names_insurance,
    of_people,
    paper_asked,
)
from bot.reading.asking.wanting import asks
from bot.reading.text.groups import composed
from bot.reading.text.points import points
from bot.replies.answers import stated
from bot.replies.model import Reply, Said

_KIND, _REGISTER, _HOME_PLACE = "housing.kind", "hukou.place", "housing.place"
_RENTED, _PUBLIC = "rented", "public_rental"
_OF_KIND: Mapping[str, str] = {PAPERS: "papers_needed", LACKS: "papers_needed", ENOUGH: "one_paper", INSURANCE: INSURANCE}
"""The detail of a topic that says what is asked of papers."""
_ASKED = frozenset({"insurance", "insurance_must", "insurance_where"})
_LONGEST = 24
_SHORT = 10
"""Who says more than this asks or tells something of its own."""


def of_the_home(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """The turn of such a message; ``None`` where it asks nothing of papers, or no home is told of that it could be about."""
    asked = _asked(heard)
    if asked is None or not _may_be_asked(state, asked):
        return _of_others(world, state, heard, pack)
    topic = _topic(world, state, pack)
    if topic is None:
        return None
    if asked.kind == WHY:
        return _why(world, state, pack, topic, asked)
    told = False
    if asked.beside:
        state, told = listen(world, state, replace(heard, text=asked.beside), pack)
    said = _insured(world, state.case, heard, pack, topic, asked) if asked.of_insurance else _papers(pack, topic, asked)
    if not said:
        return None
    state = replace(state, side=INSURANCE if asked.of_insurance else PAPERS)
    if asked.beside and told:  # 社保呢,俺是高唐的: what it tells goes on with the case
        return speak(world, state, heard, pack, brief=True, prefix=tuple(said))
    return Turn(state, (_reply(pack, topic, said),))


def asks_of_the_home(state: Conversation, heard: Heard) -> bool:
    """Whether a message in a pre-screening asks of the papers of the home told of, rather than answers what is asked."""
    asked = _asked(heard)
    if asked is None or not _may_be_asked(state, asked):
        return _there(state, heard) is not None
    return only(state.case, _KIND) in (_RENTED, _PUBLIC)


def side_after(before: Conversation, after: Conversation, heard: Heard) -> Conversation:
    """The conversation with what of papers was asked last: 茌平的呢 goes on about the insurance, however little a verdict said of it."""
    plain = hearing.plain(heard.text)
    if _ASKED & set(points(plain)) or names_insurance(plain) and (asks(plain) or aspects(plain)):
        return replace(after, side=INSURANCE)
    goes_on = after.side != before.side or len(plain) <= _SHORT
    return after if goes_on else replace(after, side="")


def _asked(heard: Heard) -> PaperAsked | None:
    plain = hearing.plain(heard.text)
    return paper_asked(plain) if len(plain) <= _LONGEST else None


def _may_be_asked(state: Conversation, asked: PaperAsked) -> bool:
    """Whether the home told of leaves the question open: that a paper is not there answers what is asked of a flat on the market."""
    kind = only(state.case, _KIND)
    if asked.kind in (LACKS, ENOUGH):
        return kind == _PUBLIC
    if asked.kind == INSURED_WHERE:
        return kind in (_RENTED, _PUBLIC)
    if asked.kind == WHY:
        return bool(state.side) or asked.paper and kind in (_RENTED, _PUBLIC)
    return kind in (_RENTED, _PUBLIC)


def _topic(world: World, state: Conversation, pack: Pack) -> Topic | None:
    """The topic of the home told of; of a flat rented on the market where only the insurance was asked about."""
    kind = only(state.case, _KIND) or (_RENTED if state.side else "")
    topics = world.vocabulary.supposed.get(_KIND, {}).get(kind, ())
    return pack.topics.get(topics[0]) if topics and kind in (_RENTED, _PUBLIC) else None


def _papers(pack: Pack, topic: Topic, asked: PaperAsked) -> list[Said]:
    named = topic.points.get(_OF_KIND.get(asked.kind, ""), ()) or topic.points.get("papers_needed", ())
    return [stated(pack, s) for s in named]


def _insured(world: World, case: Case, heard: Heard, pack: Pack, topic: Topic, asked: PaperAsked) -> list[Said]:
    """Whether this home asks for the insurance of whoever the case is of; for everybody where too little is told of them."""
    rule = [stated(pack, s) for s in topic.points.get(INSURANCE, ())]
    if only(case, _KIND) == _PUBLIC:
        return rule
    needed = next(needed_by(world, pack, case, topic.routes, heard.as_of, closed=True), None)
    if asked.kind != INSURED_WHERE:
        return list(needed.said) if needed else rule
    where = [stated(pack, s) for s in topic.points.get("insurance_where", ())]
    if needed is None:
        return [*where, *rule]
    return list(needed.said) if needed.is_so is False else [*where, *needed.said]


def _of_others(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """The insurance once more, for the place or the people that half a question names."""
    what = _there(state, heard)
    topic = _topic(world, state, pack)
    if what is None or topic is None or only(state.case, _KIND) == _PUBLIC:
        return None
    home = pack.identity.jurisdiction.place
    people = of_people(what)
    words = composed("of_whom", who=what) if people else composed("rents_in", where=what)
    facts = hearing.before_alone(world, heard, home, state.person, words).facts
    read = [f for f in facts if (f.fact == _REGISTER and f.certainty != PRESUMED if people else f.fact.startswith("housing."))]
    here = Places(frozenset({home}))  # what names no place is presumed to be anywhere here
    if not any(f.fact in (_REGISTER, _HOME_PLACE) and f.value != here for f in read):
        return None
    told = {**state.case.told, **{f.fact: Told(f.value, f.words, SAID) for f in read}}
    told.setdefault(_KIND, Told(Choice(frozenset({_RENTED})), what, SAID))
    case = replace(state.case, told=MappingProxyType(told))
    said = _insured(world, case, heard, pack, topic, PaperAsked(INSURANCE))
    return Turn(state, (_reply(pack, topic, said),)) if said else None


def _there(state: Conversation, heard: Heard) -> str | None:
    """The place or the people that half a question names, after the insurance was asked about or with it (临清的话还要社保不)."""
    plain = hearing.plain(heard.text)
    if len(plain) > _LONGEST or not (state.side == INSURANCE or names_insurance(plain)) or paper_asked(plain) is not None:
        return None
    what = asked_of_there(plain)
    return what if what and (of_people(what) or hearing.names_a_place(what)) else None


def _why(world: World, state: Conversation, pack: Pack, topic: Topic, asked: PaperAsked) -> Turn | None:
    """Why it is asked for: the document's words, which give no reason."""
    insured = asked.insurance or state.side == INSURANCE and not asked.paper
    said = [stated(pack, s) for s in topic.points.get(INSURANCE if insured else "papers_needed", ())[:1]]
    return Turn(state, (_reply(pack, topic, [*said, Said(world.wording["aspect_reason"], "absent")]),)) if said else None


def _reply(pack: Pack, topic: Topic, said: Sequence[Said]) -> Reply:
    first = tuple(c for s in said for c in s.cites)
    return Reply("answer" if first else "not_stated", tuple(dict.fromkeys(said)), pack.identity.jurisdiction.id, topic.id, first=first)
