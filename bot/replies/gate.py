"""The citation gate: nothing leaves without its article.

A reply passes when

* every citation stands verbatim in the article it names, under the document's own number and title;
* every sentence that states or reports something cites a passage, and names no number, title, paper or office that neither
  the passages, their articles, the document's identity nor the resident's own words hold;
* what the document leaves out is said in the words of a pack or of ``data/wording``, and fixed wording is fixed wording;
* nothing of ``data/vocabulary/forbidden.yml`` occurs, nothing that ``never`` of the pack it speaks of names, and no telephone but 12345.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from bot.policy.forbidden import forbidden, invented
from bot.policy.model import Forbidden, Pack
from bot.policy.tree import fold
from bot.policy.vocabulary import Vocabulary
from bot.replies.book import Book, Phrases, book, phrases
from bot.replies.model import Citation, Reply, Said
from bot.replies.wording import Wording

_PHONE = re.compile(r"(?<!\d)\d{5,12}(?!\d)")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_WORDS = re.compile(r"\w")
_BRACKETS = re.compile(r"（([^（）]*)）")
_NUMBERED = "("
_OWN_WORDS = re.compile(r"“[^”]*”")
SORTS = ("states", "absent", "reports", "phrase")


class GateError(ValueError):
    """A reply that must not be sent; the message says which sentence and why."""


def faults(reply: Reply, packs: Mapping[str, Pack], wording: Wording, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Everything that forbids sending the reply; empty when it may be sent.

    Args:
        packs: every policy document the reply may speak of, by its id.
        wording: the fixed wording.
        vocabulary: the facts whose answers a reply may name.
    """
    books = {name: book(pack) for name, pack in packs.items()}
    fixed = phrases(wording, packs, vocabulary)
    own = _own_words(reply.screening)
    found = [fault for citation in reply.citations for fault in _citation_faults(citation, books)]
    for said in reply.said:
        found += _sentence_faults(said, reply, books, fixed, own)
        found += _never(said.text, _never_said(reply, said.cites, packs))
    if reply.question:
        # What the resident said may be repeated to them word for word.
        found += _never(_OWN_WORDS.sub("", reply.question), _never_said(reply, (), packs))
    return tuple(found)


def check(reply: Reply, packs: Mapping[str, Pack], wording: Wording, vocabulary: Vocabulary) -> Reply:
    """The reply itself, if it may be sent.

    Raises:
        GateError: the first faults found, for the log; the resident then gets the safe sentence.
    """
    found = faults(reply, packs, wording, vocabulary)
    if found:
        raise GateError("; ".join(found[:3]))
    return reply


def _citation_faults(citation: Citation, books: Mapping[str, Book]) -> Iterator[str]:
    known = books.get(citation.policy)
    if known is None:
        yield f"unknown policy {citation.policy!r}"
        return
    identity = known.pack.identity
    if citation.doc_no != identity.doc_no or citation.title != identity.title:
        yield f"{citation.policy} is not {citation.doc_no} {citation.title!r}"
    if citation.article not in known.articles:
        yield f"{citation.policy} has no article {citation.article!r}"
    elif not (wanted := _folded(citation.quote)) or wanted not in known.articles[citation.article]:
        yield f"{citation.article} of {citation.policy} does not say {citation.quote!r}"


def _sentence_faults(said: Said, reply: Reply, books: Mapping[str, Book], fixed: Phrases, own: tuple[str, ...]) -> Iterator[str]:
    text = said.text
    if said.sort in ("states", "reports"):
        if not said.cites:
            yield f"no citation behind {text!r}"
            return
        cited = [books[c.policy] for c in said.cites if c.policy in books]
        yield from _of_another_place(said, reply, cited)
        if said.sort == "states" and _is_of_pack(said, cited):
            return  # the pack's own sentence with its own quotes; the pack has been validated
        supports = (*(c.quote for c in said.cites), *(b.articles.get(c.article, "") for c, b in zip(said.cites, cited, strict=False)))
        supports = tuple(dict.fromkeys((*supports, *(b.identity for b in cited), *own)))
        found = _invented(_without_names(_without_paths(said), fixed, cited), supports)
        yield from (f"{kind} {words} is in no text behind {text!r}" for kind, words in found)
    elif said.sort == "absent":
        places = [b for b in books.values() if reply.jurisdiction in (None, b.pack.identity.jurisdiction.id)]
        if text not in fixed.absent and not any(text in b.absent for b in places):
            yield f"no pack and no wording leaves out {text!r}"
    elif said.sort != "phrase":
        yield f"{said.sort!r} is no sort of sentence; use one of {', '.join(SORTS)}"
    elif (name := fixed.name_in(text)) is None:
        yield f"{text!r} is no phrase of the wording"
    else:
        yield from (f"{kind} {words} is no part of a name in {text!r}" for kind, words in _invented(name, ()) if kind != "number")


def _of_another_place(said: Said, reply: Reply, cited: Iterable[Book]) -> Iterator[str]:
    """A sentence on another place's document has to name that place, as in a comparison."""
    for place in {b.pack.identity.jurisdiction.id: b.pack.identity.jurisdiction for b in cited}.values():
        if reply.jurisdiction not in (None, place.id) and place.name not in said.text:
            yield f"{said.text!r} cites the document of {place.id} in a reply about {reply.jurisdiction}"


def _is_of_pack(said: Said, cited: Iterable[Book]) -> bool:
    pairs = {(c.article, c.quote) for c in said.cites}
    return any(pairs <= b.stated.get(said.text, frozenset()) for b in cited)


def _never_said(reply: Reply, cites: Iterable[Citation], packs: Mapping[str, Pack]) -> tuple[Forbidden, ...]:
    """What the documents a sentence is about make untrue: those it cites, or else that of the place (every one where none is named)."""
    about = {c.policy for c in cites}
    place = reply.jurisdiction
    meant = [p for name, p in packs.items() if (name in about if about else place in (None, p.identity.jurisdiction.id))]
    return tuple(rule for pack in meant for rule in pack.never)


@lru_cache(maxsize=8192)
def _never(text: str, rules: tuple[Forbidden, ...]) -> tuple[str, ...]:
    found = [f"forbidden wording {f} in {text!r}" for f in forbidden(text, never=rules)]
    found += [f"telephone or long number {n} in {text!r}" for n in _PHONE.findall(text) if n != "12345"]
    return tuple(found)


@lru_cache(maxsize=8192)
def _invented(text: str, supports: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if not _WORDS.search(text):
        return ()
    # A day counts as a whole: its year, month and day may each stand somewhere without the day being there.
    support = _folded("\n".join(supports))
    return (*invented(text, supports), *(("day", d) for d in _DAY.findall(text) if d not in support))


@lru_cache(maxsize=4096)
def _folded(quote: str) -> str:
    return fold(quote)


def _without_paths(said: Said) -> str:
    """The text without the numbers of the articles that it cites: 二(一)2 counts nothing.  A bare 五 might, so it stays."""
    text = said.text
    for path in sorted({c.article for c in said.cites if _NUMBERED in c.article}, key=len, reverse=True):
        text = text.replace(path, "")
    return text


def _without_names(text: str, fixed: Phrases, cited: Iterable[Book]) -> str:
    """The text without the titles of routes, and without brackets that hold nothing but answers of the vocabulary."""
    for title in (t for b in cited for t in b.titles if t in text):
        text = text.replace(title, "")
    return _BRACKETS.sub(lambda m: "" if set(m.group(1).split("，或")) <= fixed.labels else m.group(), text)


def _own_words(screening: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What the resident brought in: their words, the answers they chose, and the days that were counted from them."""
    if not screening:
        return ()
    words = [str(f.get("words", "")) for f in screening.get("facts", ())]
    days = [c["from"] for r in screening.get("routes", ()) for c in r.get("changes", ()) if c.get("from")]
    dates = [date.fromisoformat(d) for d in dict.fromkeys(days)]
    return tuple(w for w in (*words, *(f"{d.year}年{d.month}月{d.day}日" for d in dates)) if w)
