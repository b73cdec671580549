"""Where somebody wants to settle: the places a text names as the target, apart from those it only comes from or speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bot.eligibility.values import inside
from bot.reading.place.places import NAMED, PlaceReading, names_in
from bot.reading.text.clauses import split
from bot.reading.text.cues import cue


@dataclass(frozen=True)
class Target:
    """A place the text names as where to settle.

    ``jurisdiction`` is a key of the homes handed in, or ``None`` for another place (``path`` may then still contain a home: 淄博 contains
    临淄).  ``sure`` is set where the words say so (落户佛山, 青岛落户新规), not where the place is merely mentioned;
    ``origin`` where all that is said of it is that somebody comes from it or is registered there (他户口在聊城).
    """

    jurisdiction: str | None
    path: str
    span: tuple[int, int]
    sure: bool
    origin: bool = False


_ORIGIN_LEFT = cue("destinations.origin_left")
_ORIGIN_RIGHT = cue("destinations.origin_right")
_TARGET_LEFT = cue("destinations.target_left")
_TOWARDS, _MOVES_ON = cue("destinations.towards"), cue("destinations.moves_on")  # 往张店迁
_BECOMES = cue("destinations.becomes")  # 想当青岛人
_MOVED_ONCE = cue("destinations.moved_once")
_MOVED_AWAY = cue("destinations.moved_away")
_TARGET_RIGHT = cue("destinations.target_right")
_ONCE_THERE = cue("destinations.once_there")
_NOT_THERE = cue("destinations.not_there")
_LIVES = cue("destinations.lives")
_WISH = cue("destinations.wish")


def names_place_elsewhere(plain: str, homes: Iterable[str] = ()) -> bool:
    """Whether the text names a place outside all of ``homes`` (place paths) that contains none of them either."""
    own = tuple(homes)
    return any(
        reading.kind in NAMED and not any(inside(path, home) or inside(home, path) for home in own for path in reading.places.include)
        for reading in names_in(plain, None)
    )


def jurisdictions_named(plain: str, homes: Mapping[str, str]) -> list[Target]:
    """The places the text names as the target of settling, in order, each once.

    ``homes`` maps a jurisdiction's key to its place path (``{"liaocheng": "山东省/聊城市"}``).  An origin (我是河南的, 户口在济南,
    从北京调到) is no target; "怎么落户佛山" and "青岛落户新规" are, with ``jurisdiction=None``.  Where no words point to a target, a home
    that is mentioned at all counts (``sure`` unset), and after that a place elsewhere where somebody lives or works and asks to settle.
    """
    said = [named for reading in names_in(plain, None) if reading.kind in NAMED and (named := _named(plain, reading, homes)) is not None]
    once: dict[str, Target] = {}
    for target in sorted(_not_by_the_way(plain, _chosen(plain, said)), key=lambda one: (one.span, one.path)):
        once.setdefault(target.jurisdiction or target.path, target)
    return list(once.values())


class _Said(Enum):
    """What the words around a place say that it is."""

    TARGET = auto()
    HOME = auto()  # a place served that is merely mentioned
    LIVES = auto()  # where somebody lives or works, elsewhere
    ORIGIN = auto()


def _named(plain: str, reading: PlaceReading, homes: Mapping[str, str]) -> tuple[_Said, Target] | None:
    """What the words around a named place say of it; ``None`` where it has no part in the matter."""
    path = _common_path(reading.places.include)
    owner = next((key for key, home in homes.items() if inside(path, home)), None)
    said = _what_is_said(plain, *reading.span, served=owner is not None)
    if said is None:
        return None
    return said, Target(owner, path, reading.span, sure=said is _Said.TARGET, origin=said is _Said.ORIGIN)


def _what_is_said(plain: str, start: int, end: int, *, served: bool) -> _Said | None:
    """What the words on both sides of a place say of it; ``served`` is whether it lies in one of the homes."""
    left, right = plain[max(0, start - 10) : start], plain[end : end + 24]
    if _NOT_THERE.search(left):
        return None  # 俺不是临淄的: not what the message is about
    if not served and (_MOVED_ONCE.search(plain[max(0, start - 24) : start]) or _MOVED_AWAY.match(right)):
        return _Said.ORIGIN  # 当年考学把户口迁到西安: where the register went
    if _TOWARDS.search(left) and _MOVES_ON.match(right):
        return _Said.TARGET
    if _TARGET_LEFT.search(left) or _BECOMES.search(left) and right.startswith("人"):
        return _Said.TARGET
    if _ORIGIN_LEFT.search(left) or _ORIGIN_RIGHT.match(right):
        return _Said.ORIGIN
    if _TARGET_RIGHT.match(right):
        return _Said.TARGET
    if served:
        return _Said.HOME
    return _Said.LIVES if _LIVES.search(left) else None


def _chosen(plain: str, said: Iterable[tuple[_Said, Target]]) -> list[Target]:
    """The targets: places the words point to, homes that are mentioned, else where somebody lives and asks to settle."""
    by_sort: dict[_Said, list[Target]] = {sort: [] for sort in _Said}
    for sort, target in said:
        by_sort[sort].append(target)
    sure, mentioned, origins = by_sort[_Said.TARGET], by_sort[_Said.HOME], by_sort[_Said.ORIGIN]
    if sure or mentioned:
        return sure if any(target.jurisdiction is None for target in sure) else sure + mentioned
    own = [target for target in origins if target.jurisdiction]
    return by_sort[_Said.LIVES] if by_sort[_Said.LIVES] and not own and _WISH.search(plain) else own


def _not_by_the_way(plain: str, targets: list[Target]) -> list[Target]:
    """The targets without the places served that others spoke of, or where somebody once was, where another one served is named as well.

    (听说聊城要满一年,临淄这边能落吗; 我在聊城干过,现在临淄租房.)
    """
    if len({target.jurisdiction for target in targets} - {None}) <= 1:
        return targets
    clauses = split(plain)

    def by_the_way(target: Target) -> bool:
        clause = next((c for c in clauses if c.start <= target.span[0] < c.end), None)
        if clause is None or target.jurisdiction is None:
            return False
        return clause.hearsay or clause.past_at(target.span[0] - clause.start) or _ONCE_THERE.search(clause.text) is not None

    kept = [target for target in targets if not by_the_way(target)]
    return kept if any(target.jurisdiction for target in kept) else targets


def only_heard_of(plain: str, target: Target) -> bool:
    """Whether others spoke of the place, and the speaker goes on about themselves here (邻居说聊城要满一年。我在这摆摊,能落不)."""
    clauses = split(plain)
    at = next((i for i, c in enumerate(clauses) if c.start <= target.span[0] < c.end), None)
    if at is None or not clauses[at].hearsay:
        return False
    rest = [c.text for c in clauses[at + 1 :] if not c.hearsay]
    own = any(cue("destinations.of_oneself").search(text) for text in rest)
    return own and not any(cue("destinations.goes_there").search(text) for text in rest)


def _common_path(paths: Iterable[str]) -> str:
    """The deepest place that contains all of these."""
    split = [path.split("/") for path in paths]
    shared = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "/".join(shared)
