"""Search over the articles of every pack: full text, ranked by BM25 (SQLite FTS5 on pre-cut words).

FTS5 is part of Python's own SQLite, so nothing is added to install.  Its trigram tokeniser finds no two-character word, and
most Chinese words have two characters; the text is therefore cut into words and character pairs before it is indexed.
Beside its text an article is found by the titles of its routes and their conditions in plain words: residents say 租房,
the document says 租住.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.policy.model import Pack, Role, atoms

_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+")
_MAX_QUERY = 200


@dataclass(frozen=True)
class Hit:
    """One article found; ``score`` grows with relevance, ``snippet`` is verbatim text around the first match."""

    policy: str
    path: str
    heading: str
    snippet: str
    score: float


def pieces(text: str) -> Iterator[str]:
    """Character pairs of the Chinese runs and whole Latin or digit runs of a text, in order."""
    for run in _RUN.findall(text.lower()):
        if len(run) == 1 or run[0] < "一":
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


class ArticleIndex:
    """An in-memory index, built once from packs that never change; safe to read from several threads."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._packs = {p.id: p for p in packs}
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute(
            "CREATE VIRTUAL TABLE article USING "
            "fts5(policy UNINDEXED, path UNINDEXED, place UNINDEXED, heading, body, titles, plain, tokenize='unicode61')"
        )
        for pack in self._packs.values():
            titles: dict[str, list[str]] = {}
            plain: dict[str, dict[str, None]] = {}
            for route in pack.routes:
                titles.setdefault(route.article, []).append(route.title)
                for atom in atoms(route.when):
                    plain.setdefault(atom.article, {})[atom.text] = None
            rows = (
                (
                    pack.id,
                    a.path,
                    pack.identity.jurisdiction.id,
                    " ".join(pieces(a.heading)),
                    " ".join(pieces(a.text)),
                    " ".join(pieces("，".join(titles.get(a.path, ())))),
                    " ".join(pieces("，".join(plain.get(a.path, ())))),
                )
                for a in pack.articles
                if a.role is not Role.FORMAL or a.path == "附则"
            )
            self._db.executemany("INSERT INTO article VALUES (?,?,?,?,?,?,?)", rows)

    def search(self, query: str, jurisdiction: str | None = None, limit: int = 10) -> list[Hit]:
        """The articles nearest to the query, best first; an empty list when no word of it occurs."""
        words = list(dict.fromkeys(pieces(query[:_MAX_QUERY])))
        if not words:
            return []
        match = " OR ".join(f'"{w}"' for w in words)
        sql = "SELECT policy, path, -bm25(article, 0, 0, 0, 4.0, 1.0, 6.0, 1.0) FROM article WHERE article MATCH ?"
        args: list[object] = [match]
        if jurisdiction:
            sql += " AND place = ?"
            args.append(jurisdiction)
        with self._lock:
            rows = self._db.execute(sql + " ORDER BY 3 DESC LIMIT ?", [*args, limit]).fetchall()
        return [self._hit(policy, path, score, words) for policy, path, score in rows]

    def _hit(self, policy: str, path: str, score: float, words: list[str]) -> Hit:
        article = self._packs[policy].article(path)
        text = "".join(article.text.split())
        at = min((i for i in (text.find(w) for w in words) if i >= 0), default=0)
        start = max(0, at - 20)
        return Hit(policy, path, article.heading, text[start : start + 80], round(score, 4))
