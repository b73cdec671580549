"""The article tree and its text: children, full text, display, and finding a quote.

Folding white space is the only normalisation ever applied to a quote; page breaks fall inside sentences in some sources.
"""

from __future__ import annotations

import re

from bot.policy.model import Article, Pack

_SPACE = re.compile(r"\s+")
_NUMBER_LINE = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|[0-9０-９]{1,2}[.．、])")
# A line that ends like this is finished; anything else was cut by a page break.
_FINISHED = "。！？；：:;.）)”》〕"


def fold(text: str) -> str:
    """The text without any white space: two quotes are the same when their folds are."""
    return _SPACE.sub("", text)


def find_quote(article_text: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, as character offsets into that text, or None; white space counts for nothing."""
    wanted = fold(quote)
    if not wanted:
        return None
    kept = [i for i, c in enumerate(article_text) if not c.isspace()]
    at = "".join(article_text[i] for i in kept).find(wanted)
    return None if at < 0 else (kept[at], kept[at + len(wanted) - 1] + 1)


def children(pack: Pack, path: str) -> tuple[Article, ...]:
    """The articles directly under ``path``, in the order of the document."""
    return tuple(a for a in pack.articles if a.parent == path)


def full_text(pack: Pack, path: str) -> str:
    """The article verbatim with everything under it, in the order of the source.

    Raises:
        KeyError: the document has no such article.
    """
    spans = sorted(s for a in _family(pack, pack.article(path)) for s in a.spans)
    return "".join(pack.source[first:last] for first, last in spans)


def _family(pack: Pack, article: Article) -> list[Article]:
    return [article, *(b for a in children(pack, article.path) for b in _family(pack, a))]


def display(text: str) -> str:
    """The text for reading: page breaks inside a sentence are closed, one empty line between paragraphs. Never for quoting."""
    paragraphs: list[str] = []
    for line in (part.strip() for part in text.split("\n")):
        if not line:
            continue
        before = paragraphs[-1] if paragraphs else ""
        if before and _cut_by_page(before, line):
            paragraphs[-1] = before + line
        else:
            paragraphs.append(line)
    return "\n\n".join(paragraphs)


def _cut_by_page(before: str, line: str) -> bool:
    # A heading line is short and unfinished too, but has a number or stands before a numbered line.
    if before[-1] in _FINISHED or _NUMBER_LINE.match(line):
        return False
    inside_sentence = any(mark in before for mark in "，,、。")
    return inside_sentence and len(before) > 20
