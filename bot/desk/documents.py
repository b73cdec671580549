"""Whole documents for reading: the tree of clauses, what rests on each, and the clause of the other place on the same matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.policy.model import Article, Pack, atoms
from bot.policy.tree import display
from bot.policy.vocabulary import Vocabulary
from bot.search.entries import article_code, place_code, topic_quote

_BESIDE = 2
"""Clauses of another document that are shown beside one."""
_RELATED = 4


def document_json(pack: Pack, others: Mapping[str, Pack], vocabulary: Vocabulary) -> dict[str, Any]:
    """A document with every clause in its order; ``others`` are the documents to set beside it."""
    code = place_code(pack)
    rest = [other for other in others.values() if other.id != pack.id]
    return {
        "policy": pack.id,
        "title": pack.identity.title,
        "doc_no": pack.identity.doc_no,
        "issuer": pack.identity.issuer,
        "place": {"id": pack.identity.jurisdiction.id, "name": pack.identity.jurisdiction.name},
        "note": pack.identity.effective_note,
        "articles": [_clause(pack, article, code, rest, vocabulary) for article in pack.articles],
    }


def _clause(pack: Pack, article: Article, code: str, rest: list[Pack], vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "path": article.path,
        "code": article_code(code, article.path),
        "heading": " ".join((article.heading or "").split()),
        "depth": depth(pack, article),
        "text": display(article.text),
        "number_missing": article.number_missing,
        "routes": [r.title for r in pack.routes if r.article == article.path],
        "notes": [{"id": n.id, "title": n.title, "say": n.say} for n in pack.notes.values() if n.article == article.path],
        "topics": [{"id": t, "title": vocabulary.topics[t]} for t in _topics(pack, article.path)],
        "related": [{"path": p, "heading": pack.article(p).heading} for p in related(pack, article.path)],
        "beside": [{"policy": other.id, "path": path} for other in rest for path in beside(pack, article.path, other)],
    }


def depth(pack: Pack, article: Article) -> int:
    """How deep a clause stands in the tree; 0 for a chapter."""
    level = 0
    while article.parent is not None:
        article, level = pack.article(article.parent), level + 1
    return level


def _topics(pack: Pack, path: str) -> list[str]:
    return [t.id for t in pack.topics.values() if topic_quote(t)[0] == path]


def related(pack: Pack, path: str) -> list[str]:
    """Clauses that are cited together with this one, or whose routes look at the same facts; the nearest first."""
    near: Counter[str] = Counter()
    for topic in pack.topics.values():
        cited = {q.article for s in topic.sentences for q in s.cites}
        if path in cited:
            near.update(cited - {path})
    for route in pack.routes:
        used = {a.article for a in atoms(route.when)}
        if path in used | {route.article}:
            near.update((used | {route.article}) - {path})
    return [p for p, _ in near.most_common(_RELATED)]


def beside(pack: Pack, path: str, other: Pack) -> list[str]:
    """The clauses of another document on the matter of this one: those on which the same topics rest, the most shared first."""
    shared: Counter[str] = Counter()
    for topic in pack.topics.values():
        theirs = other.topics.get(topic.id)
        # Topics that the other document does not answer rest only on its nearest clause.
        if theirs is None or topic.kind != "answer" or theirs.kind != "answer" or topic_quote(topic)[0] != path:
            continue
        cited = [q.article for s in theirs.sentences for q in s.cites]
        shared[topic_quote(theirs)[0]] += 3
        shared.update(dict.fromkeys(cited, 1))
    return [p for p, _ in shared.most_common(_BESIDE) if p]
