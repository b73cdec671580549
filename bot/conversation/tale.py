"""A message with what was read of it, as those look at it who weigh whether it tells a case or asks what holds for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.conversation import hearing
from bot.conversation.in_words import names_oneself
from bot.conversation.state import PRESUMED
from bot.conversation.subject import Subject
from bot.conversation.world import Heard, World
from bot.eligibility.values import Places, inside
from bot.policy.model import Pack, Topic
from bot.reading.asking.wanting import asks, asks_more, asks_whether, wants_to_register
from bot.reading.reader import Reading

REGISTERED = "hukou.place"
"""Where the register is."""
SOME, FEW, MUCH = 2, 3, 6
"""So many facts are more than a kind of case named; who tells more than a few tells a case, whatever word of the documents is named in it;
who tells so much wants a verdict, whatever the words sound like."""
UNSURE = 0.5
"""Below this share a question on rights may be a wish to move that names a right in passing (迁过去养老)."""
# From where somebody comes decides nothing by itself: 想从外地迁来要什么手续 asks for the steps.
_WHENCE = frozenset({REGISTERED, "origin.place", "hukou.kind"})
# What a verdict rests on.
_BASIS = frozenset({"housing.kind", "work.status", "kin.relation", "origin.base"})


def besides_whence(facts: Iterable[str]) -> frozenset[str]:
    """Those of the facts that tell more than where somebody comes from."""
    return frozenset(facts) - _WHENCE


@dataclass(frozen=True)
class Tale:
    """A message, what was read of it as somebody at the place of ``pack`` means it, and what it is ``about``."""

    world: World
    heard: Heard
    pack: Pack
    reading: Reading
    about: Subject = Subject()

    @property
    def words(self) -> str:
        """The message in its plain spelling."""
        return hearing.plain(self.heard.text)

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts told, and not only taken for granted."""
        return frozenset(f.fact for f in self.reading.facts if f.certainty != PRESUMED)

    @cached_property
    def weighty(self) -> frozenset[str]:
        """The facts told besides where somebody comes from."""
        return besides_whence(self.facts)

    @cached_property
    def basis(self) -> frozenset[str]:
        """What is told of a home, of work, of a relative or of a village once left, on which a verdict rests."""
        return self.facts & _BASIS

    @property
    def story(self) -> bool:
        """Whether the message tells of a person rather than asking in general."""
        return self.reading.is_story

    @property
    def topic(self) -> Topic | None:
        """What the document says of the topic asked about."""
        return self.pack.topics.get(self.about.topic or "")

    @property
    def of_settling(self) -> bool:
        """Whether it is about a way to settle, on which there can be a verdict."""
        return self.about.topic in self.world.settling

    @cached_property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return asks(self.words)

    @cached_property
    def asks_whether(self) -> bool:
        """Whether it is asked if a register may come, or if what is told is enough."""
        return asks_whether(self.words)

    @cached_property
    def asks_more(self) -> bool:
        """Whether anything is asked besides that."""
        return asks_more(self.words)

    @cached_property
    def names_self(self) -> bool:
        """Whether the asker, or somebody of theirs, is named."""
        return names_oneself(self.heard.text)

    @cached_property
    def wants_to_register(self) -> bool:
        """Whether somebody wants to register."""
        return wants_to_register(self.words)

    @property
    def wants_to_move(self) -> bool:
        """Whether somebody wants a register moved of whom it is told where it is and anything else, or else much.

        Whatever right is then named (想落俺这,学校要本地户口) is the reason, not the question.
        """
        told = len(self.weighty)
        return (told > SOME or bool(told) and REGISTERED in self.facts) and self.wants_to_register

    @property
    def tells_of_settling(self) -> bool:
        """Whether it is told what a verdict rests on, beside where the register is or something more of it."""
        return bool(self.basis) and len(self.weighty) + (REGISTERED in self.facts) >= SOME

    @property
    def registered_here(self) -> bool:
        """Whether the register is told to be here already: 进城落户这里,老家的地会不会收 asks about the right."""
        home = self.pack.identity.jurisdiction.place
        told = [f.value for f in self.reading.facts if f.fact == REGISTERED and f.certainty != PRESUMED]
        return any(isinstance(v, Places) and v.include and all(inside(path, home) for path in v.include) for v in told)
