"""The passages of the document that a way rests on, as whole sentences of its article, for whoever asks where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.eligibility.screening import RouteResult, Verdict
from bot.policy.model import Article, Pack, atoms
from bot.policy.tree import fold
from bot.replies.answers import citation
from bot.replies.model import Citation
from bot.replies.phrasing import cites

_SENTENCE = re.compile(r"[^。;；]+")
_NUMBER = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+\s*[.．、])\s*")
_LONGEST, _BRIEF = 130, 60
"""What is longer is quoted by the words that a condition rests on."""
_WHERE = (".place", ".area")
"""Facts whose words only say where; what a way asks of a person says more of it."""


def passages(pack: Pack, result: RouteResult, *, brief: bool = False) -> tuple[Citation, ...]:
    """The sentences of the way's own article that its verdict rests on, each once; its general clause where it has none of its own.

    Args:
        brief: short sentences alone, or the words that a condition rests on.
    """
    article, shut = pack.article(result.route.article), result.verdict is Verdict.NOT_ELIGIBLE
    rests_on = cites(pack, result, why=shut)
    own = sorted((a for a in atoms(result.route.when) if a.article == article.path), key=lambda a: a.fact.endswith(_WHERE))
    quotes = [*(c.quote for c in rests_on if shut and c.article == article.path), *(a.quote for a in own)]
    said = (_sentence_or_quote(article, quote, _BRIEF if brief else _LONGEST) for quote in quotes)
    found = [words for words in said if not _heads(article, words)]
    return tuple(citation(pack, article.path, words) for words in dict.fromkeys(found)) or rests_on[:1]


def _heads(article: Article, words: str) -> bool:
    """Whether the words are a heading that stands by itself; some headings are the first words of a rule."""
    heading = fold(article.heading or "")
    return fold(words) == heading and heading in map(fold, _sentences(article))


def _sentence_or_quote(article: Article, quote: str, longest: int) -> str:
    """The sentence of an article that holds the words quoted, without its number; the words themselves where it is long."""
    whole = sentence_with(article, quote)
    return whole if whole and len(fold(whole)) <= longest else quote


def sentence_with(article: Article, words: str) -> str | None:
    """The first sentence of an article that holds these words, without its number; ``None`` where there is none.

    A heading holds them only where nothing under it does.
    """
    found = [sentence for sentence in _sentences(article) if fold(words) in fold(sentence)]
    return next((s for s in found if not _heads(article, s)), found[0] if found else None)


def without_number(words: str) -> str:
    """A passage without the number that its paragraph begins with (2.租住…, (一)在…)."""
    numbered = _NUMBER.match(words)
    return words[numbered.end() if numbered else 0 :].strip()


def _sentences(article: Article) -> Iterator[str]:
    for found in _SENTENCE.finditer(article.text):
        yield without_number(found.group())
