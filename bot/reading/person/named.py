"""What is known when a word for a person is read: what the message says as a whole, and whom it has named up to there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.introduced import said_to_be
from bot.reading.person.strangers import asked_about, told_of_a_stranger
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_BEFORE_THEM = "".join(group("named.before_them"))
ASKERS = frozenset({SELF, COUPLE})
ASKED = 3
"""Naming somebody as the one asked for (替我妈问) weighs as three mentions."""


@dataclass(frozen=True)
class Word:
    """A word of the lexicon of people, where it stands in the plain text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Message:
    """What a message says as a whole that bears on whom its words name.

    ``told_about`` is whom the conversation speaks of, ``about`` whom a pronoun with nobody before it stands for; ``heard`` where the
    message retells what is said in general; ``stranger`` are the words for somebody of no kin whom it is about beside the asker.
    """

    plain: str
    told_about: str
    about: str
    heard: Sequence[tuple[int, int]]
    wedded: bool  # speaks of a marriage
    apart: bool  # tells of the asker beside whoever it is about
    behalf: bool  # asks for somebody else
    siblings: bool  # speaks of brothers and sisters, of whom 老大 is then one
    report: bool  # is written as a report, in which surnames stand for people
    of_stranger: bool  # is about a workmate or a neighbour, and of nobody else
    stranger: tuple[int, int] | None

    def before(self, at: int, within: int) -> str:
        """The last characters before an offset, at most so many."""
        return self.plain[max(0, at - within) : at]

    def clause_before(self, at: int) -> str:
        """What stands before an offset in its clause."""
        return self.plain[max(self.plain.rfind(mark, 0, at) for mark in ",。;!?:") + 1 : at]

    def asks_for(self, at: int) -> bool:
        """Whether the words before a name say that the message asks for them (替一个亲戚来问), who then is no caller."""
        return bool(cue("people.on_behalf").search(self.before(at, 4).rstrip(_BEFORE_THEM)))


def message_of(plain: str, told_about: str, heard: Sequence[tuple[int, int]]) -> Message:
    """The message as a whole, of which the conversation says whom it is about."""
    about = "other" if told_about == SELF and cue("people.pronoun_sends").search(plain) else told_about
    if about == SELF and (introduced := said_to_be(plain)) is not None:
        about = introduced
    of_stranger = told_of_a_stranger(plain)
    return Message(
        plain,
        told_about,
        about,
        heard,
        wedded=bool(cue("people.wedded").search(plain)),
        apart=bool(cue("people.asker_told").search(plain)),
        behalf=bool(cue("people.on_someones_behalf").search(plain)),
        siblings=bool(cue("people.among_siblings").search(plain)),
        report=bool(cue("people.report").search(plain)),
        of_stranger=of_stranger,
        stranger=asked_about(plain) if about == told_about == SELF and not of_stranger else None,
    )


@dataclass(frozen=True)
class Named:
    """Whom a message has named up to a word.

    ``found`` are the mentions from left to right; ``weights`` how much each relative was named, the latest last: whom 他 or 她 may stand
    for; ``surnames`` who the surnames of a report stand for (李某); ``possessor`` where a possessor of two words ends (媳妇她|娘).
    """

    found: tuple[Mention, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    surnames: Mapping[str, str] = field(default_factory=dict)
    possessor: int = -1

    @property
    def last(self) -> Mention | None:
        """The mention right before."""
        return self.found[-1] if self.found else None

    def followed_by(self, mention: Mention) -> Named:
        """The same with one more mention."""
        return Named((*self.found, mention), self.weights, self.surnames, self.possessor)

    def with_last(self, *mentions: Mention) -> Named:
        """The same with other mentions, or none, in place of the last."""
        return Named((*self.found[:-1], *mentions), self.weights, self.surnames, self.possessor)

    def weighing(self, person: str, weight: int) -> Named:
        """The same with somebody weighing so much, whatever was counted before."""
        return Named(self.found, {**self.weights, person: weight}, self.surnames, self.possessor)


def counted(message: Message, named: Named, person: str, relation: str, start: int, end: int) -> Named:
    """The mentions with a relative weighed as one a later pronoun may stand for; who is only named by the way (跟他哥) does not gain."""
    if person in (SELF, NOBODY) or relation == NOBODY:
        return named
    if person not in named.weights and cue("people.on_a_paper").match(message.plain, end):
        return named  # 老宅是俺老伴名
    near, clause = message.before(start, 3), message.clause_before(start)
    by_the_way = (
        cue("people.aside").search(near)
        or cue("people.speaks_of_another").match(message.plain, end)  # 跟我姐住; 我妈说先别迁她
        or cue("people.at_theirs").match(message.plain, end)
        and cue("people.lies_at").search(clause)
        or cue("people.minds").search(near)  # 户口落在济宁他丈人家; 在家看孩子
    )
    before = named.weights.get(person, 0)
    if by_the_way:
        return named.weighing(person, before)
    asked = message.asks_for(start) or cue("people.sends").match(message.plain, end) is not None
    others = {p: weight for p, weight in named.weights.items() if p != person}
    return replace(named, weights={**others, person: before + (ASKED if asked else 1)})  # the latest of equals is meant
