"""What a new version of a document touches: articles, and everything of the old pack that rests on them.

The old version is a pack; the new one is another pack or the raw text, which is then cut as ``luohu pack new`` cuts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from bot import paths
from bot.policy.cut import cut
from bot.policy.model import Pack, Quote, Topic, atoms
from bot.policy.tree import find_quote, fold

_SAME_MATTER = 0.7
"""How alike two articles under different paths must be to count as one that has moved."""


@dataclass(frozen=True)
class Touched:
    """Something of the old pack that rests on a touched article.

    ``lost`` are its quotes that the new text no longer holds in that article: these have to be written anew; where there are none, it
    only has to be read again.
    """

    id: str
    title: str
    articles: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class PackDiff:
    """The difference. ``moved`` are pairs of old and new paths; ``phrases`` how many training phrases each touched topic has, by file."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    routes: tuple[Touched, ...]
    topics: tuple[Touched, ...]
    notes: tuple[Touched, ...]
    cases: tuple[str, ...]
    phrases: Mapping[str, int]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.changed or self.added or self.removed or self.moved)


def texts_of(pack: Pack) -> dict[str, str]:
    """The articles of a pack by path."""
    return {a.path: a.text for a in pack.articles}


def texts_of_file(file: Path) -> dict[str, str]:
    """The articles of a raw document by path.

    Raises:
        ValueError: the text is not UTF-8, or holds no article.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file} is not UTF-8 ({error}); convert it first") from None
    pieces = cut(text)
    if len(pieces) < 2:
        raise ValueError(f"{file} holds no heading such as 一、 at the beginning of a line, so it cannot be compared")
    return {piece.path: "".join(text[a:b] for a, b in piece.spans) for piece in pieces}


def diff(old: Pack, new: Mapping[str, str], titles: Mapping[str, str], phrases: Path = paths.DATA / "nlu" / "ask") -> PackDiff:
    """Compare a pack with the articles of a new version; ``titles`` are the titles of topics."""
    before = texts_of(old)
    changed = tuple(p for p in before if p in new and fold(before[p]) != fold(new[p]))
    gone, come = [p for p in before if p not in new], [p for p in new if p not in before]
    moved = tuple(_moved(gone, come, before, new))
    touched = {*changed, *gone}
    place = dict(moved)

    def touching(things: Iterable[tuple[str, str, list[Quote]]]) -> tuple[Touched, ...]:
        return tuple(t for name, title, quotes in things if (t := _touched(name, title, quotes, touched, new, place)))

    routes = touching((r.id, r.title, _route_quotes(old, r.id)) for r in old.routes)
    topics = touching((t.id, titles.get(t.id, t.id), _topic_quotes(t)) for t in old.topics.values())
    notes = touching((n.id, n.title, [Quote(n.article, n.quote)]) for n in old.notes.values())
    hit = {t.id for t in routes}
    cases = tuple(c.id for c in old.cases if hit & set(c.routes) or (hit and not c.routes))
    files = {f"data/nlu/ask/{t.id}.yml": _count(phrases / f"{t.id}.yml") for t in topics}
    return PackDiff(
        changed,
        tuple(p for p in come if p not in place.values()),
        tuple(p for p in gone if p not in place),
        moved,
        routes,
        topics,
        notes,
        cases,
        {name: count for name, count in files.items() if count},
    )


def _moved(gone: Iterable[str], come: Iterable[str], before: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    left = list(come)
    for path in gone:
        likeness = {p: SequenceMatcher(None, fold(before[path]), fold(new[p]), autojunk=False).ratio() for p in left}
        best = max(likeness, key=lambda p: likeness[p], default=None)
        if best is not None and likeness[best] >= _SAME_MATTER:
            left.remove(best)
            yield path, best


def _touched(
    name: str, title: str, quotes: Iterable[Quote], touched: set[str], new: Mapping[str, str], moved: Mapping[str, str]
) -> Touched | None:
    resting = [q for q in quotes if q.article in touched]
    if not resting:
        return None
    lost = [q.quote for q in resting if find_quote(new.get(moved.get(q.article, q.article), ""), q.quote) is None]
    return Touched(name, title, tuple(dict.fromkeys(q.article for q in resting)), tuple(dict.fromkeys("".join(q.split()) for q in lost)))


def _route_quotes(pack: Pack, route_id: str) -> list[Quote]:
    route = pack.route(route_id)
    statements = (route.followers, route.registers_at, *route.materials, *route.departments)
    return [*(Quote(a.article, a.quote) for a in atoms(route.when)), *(Quote(s.article, s.quote) for s in statements if s)]


def _topic_quotes(topic: Topic) -> list[Quote]:
    return [q for s in topic.every_sentence for q in s.cites]


def _count(file: Path) -> int:
    return sum(line.startswith("    - ") for line in file.read_text(encoding="utf-8").splitlines()) if file.is_file() else 0


def as_text(found: PackDiff) -> str:
    """The difference for people, in the order in which one works through it."""
    if found.empty:
        return "no article differs"
    lines: list[str] = []
    for head, articles in (("articles changed", found.changed), ("articles added", found.added), ("articles removed", found.removed)):
        if articles:
            lines.append(f"{head}: {'、'.join(articles)}")
    lines += [f"article moved: {a} → {b}" for a, b in found.moved]
    for kind, things in (("route", found.routes), ("topic", found.topics), ("note", found.notes)):
        for thing in things:
            stands = "" if thing.lost else "; quotes still stand"
            lines.append(f"{kind} {thing.id} {thing.title}: rests on {'、'.join(thing.articles)}{stands}")
            lines += [f"    no longer in the text: {quote}" for quote in thing.lost]
    if found.cases:
        lines.append(f"cases: {', '.join(found.cases)}")
    lines += [f"training phrases: {name} ({count})" for name, count in found.phrases.items()]
    return "\n".join(lines)
