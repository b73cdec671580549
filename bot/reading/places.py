"""Places in Chinese text, read by the administrative tree of China (``data/lexicon/places.json``, ``place_aliases.yml``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.eligibility.values import Places


@dataclass(frozen=True)
class PlaceReading:
    """A place, or a kind of place, somebody wrote.

    ``places`` is every place it may be (the whole world where only a kind was said and nothing resolves it); ``area`` the values of
    ``housing.area`` still possible (``urban``, ``town``, ``town_village``, ``urban_village``, ``township``), ``None`` where the words do not
    say; ``kind`` is ``province``, ``prefecture``, ``county``, ``town``, ``township``, ``subdistrict``, ``group`` (四区, 市里), ``area`` (村里,
    县城, 镇上: no name), ``elsewhere`` (外地, 外省), ``here`` (本地, 本市) or ``origin`` (老家).  ``assumed`` is set where the place rests on the
    ``home`` handed in and not on the words ("村里" said to the bot of one city).
    """

    places: Places
    area: frozenset[str] | None
    span: tuple[int, int]
    name: str
    kind: str
    assumed: bool = False


@dataclass(frozen=True)
class Target:
    """A place the text names as where to settle: ``jurisdiction`` is a key of the packs' identities, or ``None`` for another place."""

    jurisdiction: str | None
    path: str
    span: tuple[int, int]


def find_places(plain: str, home: str | None = None) -> list[PlaceReading]:
    """Every place in the text from left to right; ``home`` is the place path of the conversation's jurisdiction, which resolves bare names.

    Adjacent pieces are one reading (阳谷县城 is 阳谷县 with area urban; 张炉集镇下面的村 is that town with area town_village).
    """
    return []


def names_place_elsewhere(plain: str, homes: Iterable[str] = ()) -> bool:
    """Whether the text names a place outside all of ``homes`` (place paths)."""
    return False


def jurisdictions_named(plain: str, homes: dict[str, str]) -> list[Target]:
    """The places the text names as the target of settling, in order, each once.

    ``homes`` maps a jurisdiction's key to its place path (``{"liaocheng": "山东省/聊城市"}``).  An origin (我是河南的, 户口在济南, 从北京调到)
    is not a target; "怎么落户东莞" and "济南落户新政" are, with ``jurisdiction=None``.
    """
    return []
