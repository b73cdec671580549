"""Of whom and where a message speaks, as it goes on from clause to clause.

A clause without a subject goes on about whoever the one before was about, in the place where that one set the scene. What is said by the
way (in brackets, of an owner on a paper, of relatives who stay where they are) leaves the thread as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.reading.home.given_by import is_gift
from bot.reading.home.spots import combine
from bot.reading.kin.kin_words import one_of_them
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.paper.licence import names_another
from bot.reading.person.asides import looked_after, returns, scene_of_another, whose_home_it_is
from bot.reading.person.introduced import introduces
from bot.reading.person.subjects import asker, handed_over, mentions_in, only_elsewhere, says_nothing, subject_of
from bot.reading.person.unsaid import subject_unsaid
from bot.reading.record.ledger import Passage, Spot
from bot.reading.telling import Telling
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_ASKERS = (SELF, COUPLE)
_SHORT = 12  # characters of a clause that says no more than where a child is at school


@dataclass(frozen=True)
class Thread:
    """Where the telling is before a clause.

    ``carried`` is whom the clause before was about, ``topic`` the relative spoken of last, ``theme`` whom the sentence is about, so that
    the next one goes on about them; ``where`` the place the scene is set in, ``setter`` who the clause was about that set it; ``domain``
    what was spoken of last (a home, a job).
    """

    carried: str
    topic: str
    theme: str
    setter: str
    where: Spot = Spot()
    domain: str = ""
    sentence: int = 0


def opening(telling: Telling) -> Thread:
    """The thread at the start: of whom the message says that it is about them or asked for them, else of whom it speaks anyway."""
    whom = _about_whom(telling) or _asked_for(telling)
    return Thread(whom or telling.about, whom or telling.about, whom or "", telling.about)


def _about_whom(telling: Telling) -> str | None:
    """Whom a message says it is about (…,问的是我妹夫)."""
    said = cue("claims.about").search(telling.plain)
    people = telling.ledger.people if said else []
    named = (m.person for m in people if said and m.start <= said.end() <= m.end and m.person not in (*_ASKERS, NOBODY))
    return next(named, None)


def _asked_for(telling: Telling) -> str | None:
    """Whom a message says it asks for (替我妈问问)."""
    plain, said = telling.plain, cue("claims.asks_for").search(telling.plain)
    for m in telling.ledger.people if said else ():
        named = said and m.start >= said.end() and one_of_them(plain[said.end() : m.start]) and m.person not in (SELF, NOBODY)
        if named and cue("claims.then_asks").match(plain[m.end :]):
            return m.person
    return None


# -- into a clause ---------------------------------------------------------------------------------------------------------
def take_up(thread: Thread, telling: Telling, order: int) -> tuple[Thread, Passage]:
    """The thread as a clause takes it up, and the clause with whom it is about.

    In a clause in brackets the passage is about who is named before them; the thread keeps whom to return to.
    """
    ledger, plain, clause = telling.ledger, telling.plain, telling.ledger.clauses[order]
    thread = _into_sentence(thread, clause)
    mentions = mentions_in(ledger, clause)
    thread = replace(thread, carried=subject_unsaid(ledger, clause, mentions, thread.carried, thread.topic, plain))
    carried = _before_brackets(telling, clause) or thread.carried
    subject = subject_of(clause, mentions, clause.end, carried, plain)
    if scene_of_another(ledger, mentions, subject, thread.setter, thread.where):
        thread = replace(thread, where=Spot())
    who = asker(clause, mentions, carried, plain)
    where, story = thread.where, telling.story
    return thread, Passage(ledger, clause, order, plain, telling.roles, mentions, who, subject, carried, thread.topic, where, story)


def _into_sentence(thread: Thread, clause: Clause) -> Thread:
    """The thread in the sentence of a clause: a new one sets a new scene, and goes on about whom the last one was about."""
    if clause.sentence == thread.sentence:
        return thread
    return replace(thread, sentence=clause.sentence, where=Spot(), carried=thread.theme or thread.carried, theme="")


def _before_brackets(telling: Telling, clause: Clause) -> str | None:
    """Who is named right before the brackets that a clause stands in."""
    if not _in_brackets(clause, telling.plain):
        return None
    return next((m.person for m in telling.ledger.people if m.end == clause.start - 1 and m.relation != NOBODY), None)


def _in_brackets(clause: Clause, plain: str) -> bool:
    return plain[clause.start - 1 : clause.start] == "("


# -- out of a clause -------------------------------------------------------------------------------------------------------
def pass_over(thread: Thread, passage: Passage) -> Thread:
    """The thread after a clause that is not read."""
    return replace(thread, carried=passage.carried)


def go_on(thread: Thread, passage: Passage, told: Spot) -> Thread:
    """The thread after a clause was read that tells of a spot."""
    thread = _with_scene(thread, passage, told)
    if _asker_says_nothing(passage):
        return pass_over(thread, passage)
    if _in_brackets(passage.clause, passage.plain):
        return thread
    if _left_to_the_asker(passage) or _handed_over(passage):
        return replace(thread, carried=SELF)
    if any(by_the_way(passage) for by_the_way in _BY_THE_WAY):
        return thread
    return _about(replace(thread, theme=_theme(thread, passage)), passage)


def _with_scene(thread: Thread, passage: Passage, told: Spot) -> Thread:
    """The thread in the scene that a clause sets; a school alone sets none, nor where somebody's head office is."""
    ledger, clause, text = passage.ledger, passage.clause, passage.clause.text
    busy = any(t.order == passage.order and t.kind for t in [*ledger.homes, *ledger.jobs])
    if not told.said or _in_brackets(clause, passage.plain) or cue("claims.head_office").match(text):
        return thread
    if not busy and cue("claims.school").search(text):
        return thread
    spot = combine(thread.where, told) if told.places is None or told.assumed else told
    return replace(thread, where=replace(spot, assumed=told.assumed or busy), setter=passage.subject)


def _asker_says_nothing(passage: Passage) -> bool:
    """我也说不清: what follows is still the other's."""
    aside = passage.subject in _ASKERS and passage.carried not in (*_ASKERS, NOBODY)
    return aside and says_nothing(passage.ledger, passage.clause, passage.order)


def _left_to_the_asker(passage: Passage) -> bool:
    """遗嘱留给我了: who left it is dead, and tells of nothing after."""
    inherited = any(t.order == passage.order and t.kind == {"inherited"} for t in passage.ledger.homes)
    left = inherited or cue("claims.by_will").search(passage.clause.text) is not None
    return left and cue("claims.to_me").search(passage.clause.text) is not None


def _handed_over(passage: Passage) -> bool:
    """Whether a clause about another ends with what the asker was made to do."""
    return passage.subject not in _ASKERS and handed_over(passage.clause, passage.mentions, passage.plain)


# -- what is said by the way -----------------------------------------------------------------------------------------------
def _names_owner(passage: Passage) -> bool:
    """Whether the clause only says in whose name the licence is."""
    return names_another(passage.clause)


def _on_a_paper(passage: Passage) -> bool:
    """Whether the clause only says in whose name a paper stands, of somebody dead by now (证上是我爷爷名字,爷爷去世后没变更)."""
    said = cue("claims.named_on_a_paper").fullmatch(passage.clause.text)
    return said is not None and any(m.person == NOBODY and m.start > passage.clause.end for m in passage.ledger.people)


def _register_with(passage: Passage) -> bool:
    """户口是俺媳妇那边曲周的: whose place it is that one's own register lies at."""
    return cue("claims.register_by_whom").match(passage.clause.text) is not None


def _disputed(passage: Passage) -> bool:
    return cue("claims.disputes").search(passage.clause.text) is not None


def _set_aside(passage: Passage) -> bool:
    """我对象先别管: whom the message says that it is not about."""
    return cue("claims.set_aside").fullmatch(passage.clause.text) is not None


def _returns(passage: Passage) -> bool:
    """Whether a relative is told of in passing."""
    return returns(passage.ledger, passage.clause, passage.order, passage.mentions, passage.carried)


def _looked_after(passage: Passage) -> bool:
    """Whether a relative only needs somebody about."""
    return looked_after(passage.clause, passage.carried)


def _whose_home(passage: Passage) -> bool:
    """Whether the clause only says whose the home is that somebody lives in."""
    return whose_home_it_is(passage.ledger, passage.clause, passage.order, passage.carried)


def _is_gift(passage: Passage) -> bool:
    """Whether a relative only paid for a home that is in the asker's name."""
    return is_gift(passage.ledger, passage.order)


def _only_elsewhere(passage: Passage) -> bool:
    """Whether relatives only live somewhere else."""
    return only_elsewhere(passage.ledger, passage.clause, passage.order, passage.mentions, passage.ledger.home)


_BY_THE_WAY: tuple[Callable[[Passage], bool], ...] = (
    _names_owner,
    _on_a_paper,
    _register_with,
    _disputed,
    _set_aside,
    _returns,
    _looked_after,
    _whose_home,
    _is_gift,
    _only_elsewhere,
)
"""Clauses that name somebody by the way: what follows is about whom the clauses before were."""


# -- whom the next clause is about -----------------------------------------------------------------------------------------
def _theme(thread: Thread, passage: Passage) -> str:
    """Whom the sentence is about, after a clause: the first one named, unless the telling of another begins."""
    theme, subject = thread.theme, passage.subject
    opens = subject != NOBODY and any(m.relation != NOBODY for m in passage.mentions) and not _only_at_school(passage)
    if opens and (not theme or theme in _ASKERS and introduces(passage.clause)):
        theme = subject
    return thread.topic if theme in _ASKERS and subject == thread.topic and _goes_on_of(passage) else theme


def _goes_on_of(passage: Passage) -> bool:
    """Whether a clause returns by a pronoun to the one whose register was told, and none of the asker's (我家有房,她放假住我家。能落吗)."""
    mentions, topic = passage.mentions, passage.topic
    told = {c.person for c in passage.ledger.claims if c.fact in ("hukou.place", "hukou_here")}
    named = bool(mentions) and mentions[0].relation == "pronoun" and mentions[0].person == topic
    return named and topic not in (*_ASKERS, NOBODY) and topic in told and not told & {SELF, COUPLE}


def _about(thread: Thread, passage: Passage) -> Thread:
    """The thread about whom a clause was that names somebody, or that goes on about the one before."""
    if (asked := _asked_after(passage)) is not None:
        return replace(thread, carried=asked, topic=asked, theme=asked)
    if (owner := _owner_of_the_late(passage)) is not None:
        return replace(thread, carried=owner, topic=thread.topic if owner == SELF else owner)
    subject = passage.subject
    named = any(m.relation != NOBODY for m in passage.mentions)
    if subject == NOBODY and cue("claims.on_the_other_hand").search(passage.clause.text):
        return replace(thread, carried=NOBODY)
    if subject == NOBODY or _only_at_school(passage) or subject == passage.carried and not named:
        return thread
    return replace(thread, carried=subject, topic=thread.topic if subject in _ASKERS else subject)


def _asked_after(passage: Passage) -> str | None:
    """The relative of whom a clause says no more than that it asks after them (这回问我表哥)."""
    clause, said = passage.clause, cue("claims.asks_after").fullmatch(passage.clause.text)
    at = (clause.start + said.start("whom"), clause.start + said.end("whom")) if said else None
    return next((m.person for m in passage.mentions if (m.start, m.end) == at and m.person not in (*_ASKERS, NOBODY)), None)


def _owner_of_the_late(passage: Passage) -> str | None:
    """她老伴没了,户口在…: hers."""
    if passage.subject != NOBODY:
        return None
    return next((m.owner for m in passage.mentions if m.person == NOBODY and m.owner not in (None, COUPLE, NOBODY)), None)


def _only_at_school(passage: Passage) -> bool:
    """Whether a clause says no more than that a child is at school."""
    text = passage.clause.text
    return passage.subject == "child" and len(text) < _SHORT and cue("claims.schooling").search(text) is not None
