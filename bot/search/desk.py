"""The desk's search as you type: Chinese words, pinyin, initials, document numbers, article paths, short codes, slips of the keyboard.

What packs share (topics, their short words, residents' phrases) is ranked once and added to the topic's entry of every pack, so that a
query over two hundred packs costs little more than one over two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.policy.model import Pack
from bot.search.address import DocumentNumber, address
from bot.search.entries import Entry, entries, place_code
from bot.search.index import pieces
from bot.search.lexicon import DeskLexicon
from bot.search.names import Match, Names
from bot.search.ranking import Ranking
from bot.search.sound import initials, sound_pairs

MAX_QUERY = 200
"""Characters of a query that are looked at."""
_DIRECT, _CHILD, _DOCUMENT = 1000.0, 900.0, 800.0
_ASKED = 0.9  # how much a word of residents' phrases about a topic counts beside a word of the pack
_SHORT = 16  # characters of a query that may be one mistyped name
_SURE = 8.0  # a name matched this well is what was meant
_MEANT, _LONGEST_MEANT = 0.8, 8
_TOKEN = re.compile(r"[一-鿿]+|[a-z0-9][a-z0-9.\-]*")


@dataclass(frozen=True)
class Found:
    """One hit. ``how`` is ``words``, ``sound``, ``near``, ``path``, ``code`` or ``number``; ``words`` are the words to mark.

    ``also`` are further entries on the same clause that were found with it.
    """

    entry: Entry
    score: float
    how: str
    words: tuple[str, ...]
    also: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Results:
    """``place`` is the jurisdiction searched (``None``: all); ``named`` are those that the query itself names."""

    hits: tuple[Found, ...]
    place: str | None
    named: tuple[str, ...]


class DeskIndex:
    """Everything to find in every pack; built once, safe to read from several threads."""

    def __init__(self, packs: Iterable[Pack], lexicon: DeskLexicon) -> None:
        """Index the packs; takes some milliseconds a pack."""
        self._packs = tuple(packs)
        self._lexicon = lexicon
        self._entries = tuple(e for pack in self._packs for e in entries(pack, lexicon.titles))
        self._by_id = {e.id: n for n, e in enumerate(self._entries)}
        self._weights = np.array([e.weight for e in self._entries], dtype=np.float32)
        self._places = np.array([e.place for e in self._entries])
        self._ranking = Ranking([[(_words(text), weight) for text, weight in e.fields] for e in self._entries])
        self._topics = tuple(lexicon.titles)
        self._topic_ranking = Ranking([_asked(lexicon, topic) for topic in self._topics])
        number = {topic: n for n, topic in enumerate(self._topics)}
        self._topic_of = np.array([number[e.name] if e.kind == "topic" else len(number) for e in self._entries], dtype=np.int32)
        self._names = self._name_everything()
        self._codes: dict[str, list[int]] = {}
        self._paths: dict[tuple[int, ...], list[tuple[int, bool]]] = {}  # articles at or below a path, and whether at it
        for n, entry in enumerate(self._entries):
            if entry.kind != "route":
                self._codes.setdefault(_bare(entry.code), []).append(n)
            if entry.kind == "note":
                self._codes.setdefault(_bare(entry.code)[1:], []).append(n)
            if entry.kind == "article" and (path := address(entry.name)):
                for depth in range(1, len(path) + 1):
                    self._paths.setdefault(path[:depth], []).append((n, depth == len(path)))
        self._numbers = [(number, self._by_id[f"{pack.id}/article/{path}"]) for pack in self._packs for number, path in _numbers(pack)]
        self._aliases: dict[str, list[str]] = {}  # longest first, so that 淄博市临淄区 is taken whole
        governed = [p.identity.jurisdiction for p in self._packs]
        names = {(alias, j.id) for j in governed for alias in (*j.aliases, j.name)}
        for alias, place in sorted(names, key=lambda pair: (-len(pair[0]), pair)):
            self._aliases.setdefault(alias, []).append(place)
        self._lookalikes = tuple(x for p in self._packs for x in p.identity.jurisdiction.lookalikes)
        self._codes_of_places: dict[str, list[str]] = {}
        for pack in self._packs:
            self._codes_of_places.setdefault(place_code(pack).lower(), []).append(pack.identity.jurisdiction.id)

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, entry_id: str) -> Entry:
        """The entry with this id.

        Raises:
            KeyError: there is none.
        """
        return self._entries[self._by_id[entry_id]]

    def find(self, query: str, place: str | None = None, limit: int = 10) -> Results:
        """The best hits; with ``place`` only those of that jurisdiction, else those of the places the query names, else of all."""
        plain = unicodedata.normalize("NFKC", query[:MAX_QUERY]).lower().strip()
        rest, named = self._without_places(plain)
        allowed = self._allowed(place, named)
        found = self._direct(plain, rest, allowed)
        words: tuple[str, ...] = ()
        if not found:
            scores, how, words = self._ranked(rest)
            scores = np.where(allowed, scores * self._weights, 0.0)
            count = min(len(scores), max(60, limit * 6))
            best = np.argpartition(-scores, count - 1)[:count] if count < len(scores) else np.arange(len(scores))
            found = [(int(n), float(scores[n]), how) for n in sorted(best, key=lambda n: (-scores[n], n)) if scores[n] > 0]
        return Results(tuple(self._rows(found, words, limit)), place if place else named[0] if len(named) == 1 else None, named)

    # -- places -------------------------------------------------------------------------------------------------------

    def _without_places(self, plain: str) -> tuple[str, tuple[str, ...]]:
        """The query without the names of the places served, and which places they are; look-alikes (临淄博物馆) are no names."""
        named: dict[str, None] = {}
        rest = plain
        hidden = [x for x in self._lookalikes if x in plain]
        for alias, places in self._aliases.items():
            if alias in rest and not any(alias in x and alias != x for x in hidden):
                named.update(dict.fromkeys(places))
                rest = rest.replace(alias, " ")
        tokens = rest.split()
        for token in tokens if len(tokens) > 1 else ():
            if token in self._codes_of_places:
                named.update(dict.fromkeys(self._codes_of_places[token]))
                tokens = [t for t in tokens if t != token]
        return " ".join(tokens) or plain, tuple(named)

    def _allowed(self, place: str | None, named: Sequence[str]) -> np.ndarray:
        if place:
            return np.asarray(self._places == place)
        return np.isin(self._places, named) if named else np.ones(len(self._entries), dtype=bool)

    # -- straight to an entry -----------------------------------------------------------------------------------------

    def _direct(self, plain: str, rest: str, allowed: np.ndarray) -> list[tuple[int, float, str]]:
        found: dict[int, tuple[float, str]] = {}
        for n in self._codes.get(_bare(plain), ()):
            found.setdefault(n, (_DIRECT, "code"))
        path = address(rest)
        for n, own in self._paths.get(path, ()) if path else ():
            found.setdefault(n, (_DIRECT if own else _CHILD, "path"))
        if any(c.isdigit() for c in rest) or "发" in rest:
            for number, n in self._numbers:
                if number.fits(rest) or (rest != plain and number.fits(plain)):
                    found.setdefault(n, (_DOCUMENT, "number"))
        return sorted(((n, s, how) for n, (s, how) in found.items() if allowed[n]), key=lambda item: (-item[1], item[0]))

    # -- by words and sounds ------------------------------------------------------------------------------------------

    def _ranked(self, rest: str) -> tuple[np.ndarray, str, tuple[str, ...]]:
        tokens = _TOKEN.findall(rest)
        chinese = [t for t in tokens if t[0] >= "一"]
        latin = [t for t in tokens if t[0] < "一" and not t.isdigit()]
        words = list(dict.fromkeys([*pieces(rest), *(p for t in chinese for p in sound_pairs(t))]))
        by_topic = np.append(self._topic_ranking.scores(words), 0.0)
        scores = self._ranking.scores(words) + _ASKED * by_topic[self._topic_of]
        marks: dict[str, None] = dict.fromkeys(chinese)
        how = "words" if scores.any() else ""
        named = self._names.in_words("".join(chinese)) if chinese else []
        if latin:
            mixed = "".join(initials(t) if t[0] >= "一" else t for t in tokens) if chinese else ""
            heard = self._names.by_sound(mixed) if mixed else []
            heard += [match for t in latin for match in self._names.by_sound(t)]
            how = "sound" if heard else how
            marks.update(dict.fromkeys(_meant(heard)))
            named += heard
        typed = "".join(chinese) or "".join(latin)
        if len(typed) <= _SHORT and max((value for value, _, _ in named), default=0.0) < _SURE:
            near = self._names.near(typed, bool(chinese))
            how = how or ("near" if near else "")
            marks.update(dict.fromkeys(_meant(near)))
            named += near
        return scores + self._names.spread(named, len(self._entries)), how or "words", tuple(marks)

    def _name_everything(self) -> Names:
        owners: dict[str, list[int]] = {}
        for topic, n in zip(self._topics, range(len(self._topics)), strict=True):
            mine = np.flatnonzero(self._topic_of == n).tolist()
            for name in (self._lexicon.titles[topic], *self._lexicon.aliases[topic]):
                owners.setdefault(name, []).extend(mine)
        for n, entry in enumerate(self._entries):
            for name in entry.keys:
                owners.setdefault("".join(name.split()), []).append(n)
        common = [name for t in self._topics for name in (self._lexicon.titles[t], *self._lexicon.aliases[t])]
        return Names(owners, common)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _rows(self, found: Sequence[tuple[int, float, str]], words: tuple[str, ...], limit: int) -> list[Found]:
        """One row a topic or note; an article or a route joins the first row that rests on the same clause."""
        rows: list[Found] = []
        clauses: dict[tuple[str, str], int] = {}
        for n, score, how in found:
            entry = self._entries[n]
            clause = (entry.policy, entry.article)
            at = clauses.get(clause)
            if at is not None and entry.kind in ("article", "route"):
                row = rows[at]
                rows[at] = Found(row.entry, row.score, row.how, row.words, (*row.also, entry))
                continue
            if len(rows) == limit:
                continue
            if entry.kind != "note":
                clauses.setdefault(clause, len(rows))
            rows.append(Found(entry, round(score, 3), how, words))
        return rows


def _meant(matches: Sequence[Match]) -> list[str]:
    """The names that were most likely meant: short ones matched nearly as well as the best."""
    best = max((value for value, _, _ in matches), default=0.0)
    return [name for value, _, name in matches if value >= _MEANT * best and len(name) <= _LONGEST_MEANT]


def _words(text: str) -> list[str]:
    return list(pieces(text))


def _asked(lexicon: DeskLexicon, topic: str) -> list[tuple[list[str], float]]:
    """A topic's fields: its names by word and by sound, and residents' phrases."""
    names = "，".join((lexicon.titles[topic], *lexicon.aliases[topic]))
    return [
        (_words(names), 2.0),
        ([p for name in names.split("，") for p in sound_pairs(name)], 1.5),
        ([w for phrase in lexicon.phrases[topic] for w in pieces(phrase)], 1.0),
    ]


def _bare(code: str) -> str:
    return re.sub(r"[\s\-]", "", code).lower()


def _numbers(pack: Pack) -> Iterable[tuple[DocumentNumber, str]]:
    who = pack.identity
    if who.doc_no:
        yield DocumentNumber(who.doc_no), pack.articles[0].path
    for reference in (*who.repeals, *who.implements, *who.refers_to):
        if reference.doc_no:
            yield DocumentNumber(reference.doc_no), reference.article
