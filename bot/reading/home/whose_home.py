"""Whose home a clause tells of: by the word for it, by who bought, lent or was given it, else by whom the words are about."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from bot.reading.home.home_told import BORROWED, INHERITED, OWNED, SECONDHAND, HomeTold
from bot.reading.home.not_had import BARE_LIVES
from bot.reading.home.unreal import in_a_list
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.person.subjects import owner_named
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_GIVEN, _ESTATE = cue("dwellings.given"), cue("dwellings.estate")
_LIVES_WITH_ME, _JOINED = cue("dwellings.lives_with_me"), cue("dwellings.joined")
_BOUGHT_FOR, _BUYS_IT = cue("dwellings.bought_for"), cue("dwellings.buys_it")
_THE_HOME, _WAS_BOUGHT = cue("dwellings.the_home"), cue("dwellings.was_bought")
_PEERS, _WITH_PEER = cue("dwellings.peers"), cue("dwellings.with_peer")
_LENT_TO_ME, _LIVES_AT = cue("dwellings.lent_to_me"), cue("dwellings.lives")
_GIVES, _LETS_IT = cue("dwellings.bought_for"), cue("dwellings.lets_it")
_PRONOUNS = group("kinship.pronouns")
_LET = frozenset({"public_rental", "dormitory"})
_BOUGHT = frozenset({"owned", "presale", "secondhand", "untitled"})
_TOLD_OF_ONESELF = frozenset({"small_title", "dormitory", "rented", "borrowed", "untitled", "presale", "secondhand"})
"""Dwellings that are the speaker's or the relative's spoken of last, where the clause is about nobody of the case."""


def whose_home(told: HomeTold) -> str | None:
    """Whose home it is; ``None`` where it is that of a colleague, a neighbour or somebody else, which is nothing of the case."""
    person = next((p for says in _SAYS_WHOSE if (p := says(told)) is not None), None)
    if person is None:
        person = _of_the_words(told)
    if person == NOBODY and told.kind and _of_peer(told):
        return None  # 我同学住宿舍
    if told.kind and told.kind <= _BOUGHT and (buyer := _buyer(told)) is not None:
        return buyer
    if person == NOBODY and told.kind & _TOLD_OF_ONESELF:
        topic = told.passage.topic
        return SELF if topic == NOBODY and told.kind == SECONDHAND else topic
    return person


def _lent(told: HomeTold) -> str | None:
    """Who lives in a borrowed home: 房子借给我住; 住女儿女婿家, where whose home it is stands behind."""
    if told.kind != BORROWED:
        return None
    if _LENT_TO_ME.search(told.text):
        return SELF
    return told.speaks_of() if _LIVES_AT.match(told.words) or BARE_LIVES.fullmatch(told.text) else None


def _by_name(told: HomeTold) -> str | None:
    """Whom the clause names as its owner."""
    if told.owner_word is None:
        return None
    word, at = told.owner_word
    if word in _PRONOUNS and (last := _told_just_before(told)) is not None:
        return last  # 对象有房,房本他的: his who was told to have it
    return owner_named(word, told.ledger, told.clause.start + at, told.passage.subject, told.passage.topic)


def _told_just_before(told: HomeTold) -> str | None:
    """The relative of whom the clause before told a home of their own, where nobody is named since."""
    before = [t for t in told.ledger.homes if t.order == told.order - 1 and t.kind == OWNED]
    named = [m for m in told.passage.mentions if m.relation not in ("pronoun", NOBODY)]
    return before[-1].person if before and not named and before[-1].person not in (SELF, COUPLE, NOBODY) else None


def _bought_for(told: HomeTold) -> str | None:
    """The relative for whom another relative bought a home (爸妈给我姐买了房), whose it then is."""
    if told.kind != OWNED:
        return None
    passage = told.passage
    relatives = [m for m in passage.mentions if m.relation not in (SELF, COUPLE, NOBODY)]
    for buyer, taker in pairwise(relatives):
        before, after = passage.plain[buyer.end : taker.start], passage.plain[taker.end : passage.clause.end]
        if _BOUGHT_FOR.search(before) and _BUYS_IT.match(after):
            return taker.person
    return None


def _let_to(told: HomeTold) -> str | None:
    """The relative to whom an office or an employer let a home (房管局给我爸分的公房)."""
    if not told.kind & _LET:
        return None
    passage = told.passage
    for m in passage.mentions:
        before, after = passage.plain[passage.clause.start : m.start], passage.plain[m.end : passage.clause.end]
        if m.relation not in (SELF, COUPLE, NOBODY) and _GIVES.search(before) and _LETS_IT.match(after):
            return m.person
    return None


def _given_to_me(told: HomeTold) -> str | None:
    """The speaker, to whom it was given or awarded."""
    return SELF if _GIVEN.search(told.text) else None


def _where_i_live(told: HomeTold) -> str | None:
    """孙子跟我住自家楼上: the speaker's."""
    lives = _LIVES_WITH_ME.search(told.text) if told.kind == OWNED else None
    return SELF if lives and lives.end() > told.hit.start else None


def _left_to(told: HomeTold) -> str | None:
    """父亲的遗产房,判给我了: of whoever the clauses before were about, not of the dead."""
    if told.kind != INHERITED:
        return None
    left = _ESTATE.search(told.words) or _GIVEN.search(told.after)
    person = told.passage.carried if left else _of_the_words(told)
    return SELF if person == NOBODY else person


def _one_of_a_list(told: HomeTold) -> str | None:
    """亲戚、房子、租的屋一概没有: of whoever the clauses before were about."""
    return told.passage.carried if in_a_list(told.hit, told.text) else None


_SAYS_WHOSE: tuple[Callable[[HomeTold], str | None], ...] = (
    _lent,
    _by_name,
    _bought_for,
    _let_to,
    _given_to_me,
    _where_i_live,
    _left_to,
    _one_of_a_list,
)
"""What tells whose it is, whatever the words are about; the first to tell counts."""


def _of_the_words(told: HomeTold) -> str:
    """Whom the words for it are about."""
    at = told.hit.end - 1 if told.kind else told.hit.start
    return _first_of_pair(told, told.passage.who(at))


def _first_of_pair(told: HomeTold, person: str) -> str:
    """The first of two named together (俺儿跟儿媳买的楼: the son), whose home it is as much; the asker where they are the second."""
    for first, second in pairwise(told.passage.mentions):
        joined = _JOINED.fullmatch(told.passage.plain[first.end : second.start])
        if joined and second.relation == SELF and second.end == told.start and first.person not in (COUPLE, NOBODY):
            return SELF  # 媳妇孩子跟我租的
        if joined and second.person == person and first.person not in (SELF, COUPLE, NOBODY):
            return first.person
    return person


def _of_peer(told: HomeTold) -> bool:
    """Whether words tell how a colleague, a neighbour or somebody else lives."""
    passage = told.passage
    last = next((m for m in reversed(passage.mentions) if m.start < told.end), None)
    if last is None or last.relation != NOBODY or not _PEERS.search(last.words):
        return False
    return not _WITH_PEER.search(passage.plain[passage.clause.start : last.start])


def _buyer(told: HomeTold) -> str | None:
    """Who is said to have bought the home, behind the word for it (期房是我爸买的, 楼爸妈买的)."""
    text, offset = told.text, told.clause.start
    for m in told.passage.mentions:
        before, after = text[told.hit.start : max(told.hit.start, m.start - offset)], text[m.end - offset :]
        if m.relation != NOBODY and _THE_HOME.fullmatch(before) and _WAS_BOUGHT.match(after):
            return m.person
    return None
