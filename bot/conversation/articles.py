"""Articles named by their number (三(三)能否, 二(二)说的啥), as officials and clerks do: the topics that rest on them."""

from __future__ import annotations

import re

from bot.policy.model import Pack, Topic

_PATH = re.compile(r"[一二三四五六七八九]\([一二三四五六七八九十]+\)\d?")


def names_article(plain: str) -> bool:
    """Whether the plain text names an article by its number."""
    return _PATH.search(plain) is not None


def topics_named(pack: Pack, plain: str) -> tuple[str, ...]:
    """The topics of the first article of the pack's document that the plain text names.

    One for each way that rests on the article (二(二) holds two), or else the first that cites it; empty where no article is named, or
    none that a topic rests on.
    """
    for path in _PATH.findall(plain):
        ways: dict[str, str] = {}
        for name, topic in pack.topics.items():
            if topic.routes and pack.route(topic.routes[0]).article == path:
                ways.setdefault(topic.routes[0], name)
        cites = (name for name, topic in pack.topics.items() if path in _cited(topic))
        if found := tuple(ways.values()) or tuple(cites)[:1]:
            return found
    return ()


def _cited(topic: Topic) -> list[str]:
    return [quote.article for quote in topic.sentences[0].cites] if topic.sentences else []
