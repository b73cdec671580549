"""Where somebody wants to settle: the places a text names as the target, apart from those it only comes from or speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.eligibility.values import inside
from bot.reading.place.places import NAMED, names_in
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
    sure: list[Target] = []
    weak: list[Target] = []
    elsewhere: list[Target] = []
    origins: list[Target] = []
    for reading in names_in(plain, None):
        if reading.kind not in NAMED:
            continue
        start, end = reading.span
        left, right = plain[max(0, start - 10) : start], plain[end : end + 24]
        if _NOT_THERE.search(left):
            continue  # 俺不是临淄的: not what the message is about
        path = _common_path(reading.places.include)
        owner = next((key for key, home in homes.items() if inside(path, home)), None)
        target = Target(owner, path, reading.span, True)
        if owner is None and (_MOVED_ONCE.search(plain[max(0, start - 24) : start]) or _MOVED_AWAY.match(right)):
            origins.append(replace(target, sure=False, origin=True))  # 当年考学把户口迁到西安: where the register went
        elif _TARGET_LEFT.search(left) or _BECOMES.search(left) and right.startswith("人"):
            sure.append(target)
        elif _ORIGIN_LEFT.search(left) or _ORIGIN_RIGHT.match(right):
            origins.append(replace(target, sure=False, origin=True))
        elif _TARGET_RIGHT.match(right):
            sure.append(target)
        elif owner:
            weak.append(replace(target, sure=False))
        elif _LIVES.search(left):
            elsewhere.append(replace(target, sure=False))
    if sure or weak:
        chosen = sure + [target for target in weak if not any(other.jurisdiction is None for other in sure)]
    elif elsewhere and _WISH.search(plain) and not any(target.jurisdiction for target in origins):
        chosen = elsewhere
    else:
        chosen = [target for target in origins if target.jurisdiction]
    once: dict[str, Target] = {}
    chosen = _not_by_the_way(plain, chosen)
    for target in sorted(chosen, key=lambda one: (one.span, one.path)):
        once.setdefault(target.jurisdiction or target.path, target)
    return list(once.values())


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


def _common_path(paths: Iterable[str]) -> str:
    """The deepest place that contains all of these."""
    split = [path.split("/") for path in paths]
    shared = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "/".join(shared)
