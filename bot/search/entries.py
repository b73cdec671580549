"""What the desk can find: every article, topic, route and note of a pack, each resting on one clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bot.policy.model import Article, Note, Pack, Role, Route, Topic, atoms
from bot.search.address import address
from bot.search.sound import initials

KINDS = ("topic", "article", "route", "note")


@dataclass(frozen=True)
class Entry:
    """One thing to find.

    ``kind`` is one of :data:`KINDS`; ``id`` is unique among all packs; ``article`` is the clause it rests on, ``quote`` the verbatim
    part of it that matters most (empty: all of it); ``code`` is what staff type to come straight here, such as ``LZ211``;
    ``keys`` are its names; ``fields`` its texts with the weight of a word in them.
    """

    id: str
    kind: str
    name: str
    policy: str
    place: str
    title: str
    article: str
    quote: str
    code: str
    keys: tuple[str, ...]
    fields: tuple[tuple[str, float], ...]
    weight: float = 1.0


def place_code(pack: Pack) -> str:
    """The initials of what people call the place; two places may share one, the place filter tells them apart."""
    aliases = pack.identity.jurisdiction.aliases
    return initials(min(aliases, key=len) if aliases else pack.identity.jurisdiction.name).upper()


def entries(pack: Pack, titles: Mapping[str, str]) -> Iterator[Entry]:
    """Every entry of a pack; ``titles`` are the topics' titles by id."""
    code = place_code(pack)
    named = {a.path: list[str]() for a in pack.articles}
    for route in pack.routes:
        named[route.article].append(route.title)
    for article in pack.articles:
        yield _article(pack, article, code, named[article.path])
    for topic in pack.topics.values():
        yield _topic(pack, topic, code, titles[topic.id])
    for route in pack.routes:
        yield _route(pack, route, code)
    for note in pack.notes.values():
        yield _note(pack, note)


def topic_quote(topic: Topic) -> tuple[str, str]:
    """The clause a topic rests on and its words; empty where the topic cites none."""
    first = next((q for s in topic.sentences for q in s.cites), None)
    return (first.article, first.quote) if first else ("", "")


def _article(pack: Pack, article: Article, code: str, routes: list[str]) -> Entry:
    title = " ".join((article.heading or article.path).split())
    conditions = "，".join(dict.fromkeys(a.text for r in pack.routes if r.article == article.path for a in atoms(r.when)))
    # A headline above its items says little of its own.
    weight = 0.5 if article.role is Role.FORMAL else 0.9 if article.role in (Role.PRINCIPLE, Role.DUTY) else 1.0
    return Entry(
        f"{pack.id}/article/{article.path}", "article", article.path, pack.id, pack.identity.jurisdiction.id, title, article.path, "",
        article_code(code, article.path), (title, *article_names(title), *(() if address(article.path) else (article.path,))),
        ((title, 3.0), (article.text, 1.0), ("，".join(routes), 2.0), (conditions, 1.0)), weight,
    )  # fmt: skip


def article_code(code: str, path: str) -> str:
    """The short code of an article: the place and the numbers of its path, or the initials of 附则, 题头, 落款."""
    numbers = address(path)
    return code + ("".join(map(str, numbers)) if numbers else initials(path).upper())


def article_names(title: str) -> tuple[str, ...]:
    """The parts of a heading that are names by themselves: 公租房 of 公房、公租房、廉租房."""
    parts = [p for p in re.split(r"[，、,()（）“”+\s]", title) if len(p) >= 2]
    return tuple(parts) if len(parts) > 1 else ()


def _topic(pack: Pack, topic: Topic, code: str, title: str) -> Entry:
    article, quote = topic_quote(topic)
    said = "".join(s.say for s in chain(topic.sentences, *topic.aspects.values()))
    return Entry(
        f"{pack.id}/topic/{topic.id}", "topic", topic.id, pack.id, pack.identity.jurisdiction.id, title, article, quote,
        code + initials(title).upper(), (), ((said, 1.0), ("".join(topic.leaves_out), 0.5)), 1.15,
    )  # fmt: skip


def _route(pack: Pack, route: Route, code: str) -> Entry:
    told = "，".join(dict.fromkeys(a.text for a in atoms(route.when)))
    papers = "，".join(s.text for s in route.materials)
    first = next((a.quote for a in atoms(route.when) if a.article == route.article), "")
    return Entry(
        f"{pack.id}/route/{route.id}", "route", route.id, pack.id, pack.identity.jurisdiction.id, route.title, route.article, first,
        article_code(code, route.article), (route.title, *(s.text for s in route.materials)),
        ((route.title, 3.0), (told, 1.0), (papers, 1.0)), 0.95,
    )  # fmt: skip


def _note(pack: Pack, note: Note) -> Entry:
    return Entry(
        f"{pack.id}/note/{note.id}", "note", note.id, pack.id, pack.identity.jurisdiction.id, note.title, note.article, note.quote,
        note.id.upper(), (note.title,), ((note.title, 3.0), (note.issue, 1.0), (note.say, 1.0), (note.quote, 0.5)), 0.85,
    )  # fmt: skip
