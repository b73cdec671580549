"""What the readers find in a message, worked out once although several parts of a turn, and several turns of a message, ask for it.

Every function here is pure; the few messages remembered are those under way, already without personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from bot.conversation.world import Heard, World
from bot.policy.same import Same
from bot.policy.vocabulary import Vocabulary
from bot.reading.kin.kinship import PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.people import find_people
from bot.reading.place.destinations import Target, jurisdictions_named
from bot.reading.place.places import PlaceReading, find_places
from bot.reading.reader import Reading, read
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.text.normalise import normalise

_UNDER_WAY = 16
_STANDING = 256
ONESELF = group("hearing.oneself")
"""Words for whoever speaks that name nobody beside them."""
_BESIDE = cue("hearing.beside")


def reading(world: World, heard: Heard, home: str | None, about: str = SELF) -> Reading:
    """What the message says of people and their facts.

    ``home`` is the place path of the jurisdiction it is about, ``about`` whom the conversation speaks of: a message that names
    nobody, or the asker only beside somebody (她跟我一起住), tells of that person.
    """
    words = plain(heard.text)
    everybody = people(heard.text)
    mentions = [m for m in everybody if m.relation != PRONOUN and m.words not in ONESELF]
    if everybody and everybody[0].relation == PRONOUN:  # 让她投靠我媳妇: whoever is spoken of goes to somebody named
        mentions = [m for m in mentions if not cue("another.gone_to").search(words[: m.start])]
    named = any(not _BESIDE.search(words[: m.start]) if m.person == SELF else m.person != about for m in mentions)
    return _read(heard.text, heard.as_of, home, Same(world.vocabulary), SELF if named else about)


def after(world: World, heard: Heard, home: str | None, about: str, before: str, text: str) -> Reading:
    """What ``text`` says behind the words ``before`` that stand for what was told earlier; nobody is named in these."""
    return _read(f"{before}，{text}", heard.as_of, home, Same(world.vocabulary), about)


def before_alone(world: World, heard: Heard, home: str | None, about: str, before: str) -> Reading:
    """What words of the lexicon that stand for what was told earlier say with nothing behind them; no resident wrote them."""
    return _read_alone(f"{before}，", heard.as_of, home, Same(world.vocabulary), about)


@lru_cache(maxsize=_UNDER_WAY)
def plain(text: str) -> str:
    """The message in its plain spelling."""
    return normalise(text).plain


@lru_cache(maxsize=_UNDER_WAY)
def people(text: str, about: str = SELF) -> tuple[Mention, ...]:
    """The people that the message names, in order; ``about`` is whom a pronoun with nobody before it means."""
    return tuple(find_people(plain(text), about))


@lru_cache(maxsize=_UNDER_WAY)
def without_places(text: str) -> str:
    """What a message says beside the names of places."""
    rest = words = plain(text)
    for place in places_in(text, None):
        rest = rest.replace(words[slice(*place.span)], "", 1)
    return rest


def names_a_place(text: str) -> bool:
    """Whether any place at all is named, served or not."""
    return bool(find_places(plain(text)))


def subject_called(text: str, person: str) -> str:
    """What the message calls somebody of this relation, where it speaks of them and not only beside somebody (跟我妈住)."""
    words = plain(text)
    own = (m for m in people(text) if m.person == person and m.relation != PRONOUN and m.owner in (None, SELF))
    return next((m.words for m in own if not _BESIDE.search(words[: m.start])), "")


@lru_cache(maxsize=_UNDER_WAY)
def places_in(text: str, home: str | None) -> tuple[PlaceReading, ...]:
    """The places that the message names, as somebody at ``home`` means them, in order."""
    return tuple(find_places(plain(text), home))


def places_named(text: str, homes: Mapping[str, str]) -> tuple[Target, ...]:
    """The places that the message is about; ``homes`` gives the place path of every jurisdiction served."""
    return _named(text, tuple(homes.items()))


@lru_cache(maxsize=_UNDER_WAY)
def _read(text: str, as_of: date, home: str | None, vocabulary: Same[Vocabulary], about: str) -> Reading:
    return read(text, as_of=as_of, home=home, vocabulary=vocabulary.it, about=about)


@lru_cache(maxsize=_STANDING)
def _read_alone(text: str, as_of: date, home: str | None, vocabulary: Same[Vocabulary], about: str) -> Reading:
    return read(text, as_of=as_of, home=home, vocabulary=vocabulary.it, about=about)


@lru_cache(maxsize=_UNDER_WAY)
def _named(text: str, homes: tuple[tuple[str, str], ...]) -> tuple[Target, ...]:
    return tuple(jurisdictions_named(plain(text), dict(homes)))
