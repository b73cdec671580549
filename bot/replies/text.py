"""A reply as the text a resident reads: the sentences, the question with its options, then the articles it rests on."""

from __future__ import annotations

from bot.replies.model import Citation, Reply
from bot.replies.wording import part

_QUOTE_LIMIT = 60
_SHOWN = 3


def render(reply: Reply) -> str:
    """Plain text, verdict first; a citation line per article, at most three, the quote shortened to what fits a phone."""
    lines = ["".join(s.text for s in reply.said if s.text)]
    if reply.question:
        lines.append(reply.question)
    if reply.citations:
        lines.append(part("cite_head") + "；".join(cite(c) for c in _by_article(reply.citations)))
    return "\n".join(line for line in lines if line)


def _by_article(citations: tuple[Citation, ...]) -> list[Citation]:
    first: dict[tuple[str, str], Citation] = {}
    for citation in citations:
        first.setdefault((citation.policy, citation.article), citation)
    return list(first.values())[:_SHOWN]


def cite(citation: Citation) -> str:
    """One citation: the document's number, or its title where it has none, the article and the quoted words."""
    quote = "".join(citation.quote.split())
    short = quote if len(quote) <= _QUOTE_LIMIT else quote[:_QUOTE_LIMIT] + "……"
    return f"{citation.doc_no or citation.short_title or citation.title} {citation.article}“{short}”"
