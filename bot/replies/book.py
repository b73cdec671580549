"""What may be said at all, gathered once from packs, wording and vocabulary, so that the gate only has to look things up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.policy.model import Identity, Pack, Reference, Sentence, atoms
from bot.policy.same import Same
from bot.policy.tree import fold
from bot.policy.vocabulary import Vocabulary
from bot.replies.wording import Wording

_SLOT = re.compile(r"\{(\w+)\}")
# Verdicts are reported with their passages; without them they are no fixed wording either.
_VERDICTS = frozenset({"eligible", "eligible_other", "not_eligible", "need_more_info"})
# A person as the resident calls them: no sentence fits in.
_NAME = r"(?P<who>[一-鿿A-Za-z0-9、]{1,16})"


@dataclass(frozen=True)
class Book:
    """One pack as the gate uses it; every text without white space.

    ``stated`` maps each sentence and statement of the pack to the (article, quote) pairs that the pack gives for it; ``absent``
    holds the sentences that say what the document leaves out; ``identity`` is what identifies the document, as supporting text;
    ``titles`` are the routes' titles as replies name them.
    """

    pack: Pack
    articles: Mapping[str, str]
    source: str
    stated: Mapping[str, frozenset[tuple[str, str]]]
    absent: frozenset[str]
    identity: str
    titles: tuple[str, ...]


_MOST_BOOKS = 64


def book(pack: Pack) -> Book:
    """The book of a pack; made once for each pack object, which never changes."""
    return _book(Same(pack))


@lru_cache(maxsize=_MOST_BOOKS)
def _book(same: Same[Pack]) -> Book:
    pack = same.it
    stated: dict[str, set[tuple[str, str]]] = {}
    absent: set[str] = set()
    for text, quotes in _texts(pack):
        if quotes:
            stated.setdefault(text, set()).update(quotes)
        else:
            absent.add(text)
    articles = {a.path: fold(a.text) for a in pack.articles}
    return Book(
        pack,
        articles,
        fold(pack.source),
        {text: frozenset(quotes) for text, quotes in stated.items()},
        frozenset(absent),
        _identity(pack.identity),
        tuple(f"“{route.title}”" for route in pack.routes),
    )


def _texts(pack: Pack) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every text of the pack that a reply may take over, with its quotes; none for what the document leaves out."""
    for topic in pack.topics.values():
        for sentence in topic.every_sentence:
            yield sentence.say, _quotes(sentence)
        for text in topic.leaves_out:
            yield text, ()
    for note in pack.notes.values():
        yield note.say, ((note.article, note.quote),)
    for route in pack.routes:
        for s in (route.followers, route.registers_at, *route.materials, *route.departments):
            if s:
                yield s.text, ((s.article, s.quote),)


def _quotes(sentence: Sentence) -> tuple[tuple[str, str], ...]:
    return tuple((q.article, q.quote) for q in sentence.cites)


def _identity(who: Identity) -> str:
    days = (f"{d.year}年{d.month}月{d.day}日" for d in (who.dated, who.printed, who.effective, who.expires) if d)
    others = (part for r in (*who.repeals, *who.implements, *who.refers_to) for part in _reference(r))
    return "\n".join((who.title, who.short_title, who.doc_no or "", who.issuer, who.effective_note, *days, *others))


def _reference(reference: Reference) -> tuple[str, str]:
    return reference.title, reference.doc_no or ""


@dataclass(frozen=True)
class Phrases:
    """Fixed wording: exact texts, and patterns for texts with a name filled in. ``labels`` are the answers of the vocabulary."""

    exact: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    absent: frozenset[str]
    labels: frozenset[str]

    def name_in(self, text: str) -> str | None:
        """The person named in a text that is fixed wording, empty where none is; ``None`` where it is no fixed wording."""
        if text in self.exact:
            return ""
        found = next((m for p in self.patterns if (m := p.fullmatch(text))), None)
        return None if found is None else found.groupdict().get("who", "")


def phrases(wording: Wording, packs: Mapping[str, Pack], vocabulary: Vocabulary) -> Phrases:
    """The fixed wording; made once for each wording, set of places and vocabulary."""
    return _phrases(Same(wording), tuple(map(Same, packs.values())), Same(vocabulary))


@lru_cache(maxsize=_MOST_BOOKS)
def _phrases(same_wording: Same[Wording], same_packs: tuple[Same[Pack], ...], same_vocabulary: Same[Vocabulary]) -> Phrases:
    wording, packs, vocabulary = same_wording.it, [same.it for same in same_packs], same_vocabulary.it
    labels = frozenset(label for spec in vocabulary.facts.values() for label in spec.labels.values())
    told = {spec.noted(value) for spec in vocabulary.facts.values() for value in spec.labels}
    place = "(?:" + "|".join(re.escape(p.identity.jurisdiction.name) for p in packs) + ")"
    # What is taken for granted is an answer of the vocabulary, or the condition of a route that it meets.
    put = {spec.granted(value) for spec in vocabulary.facts.values() for value in spec.labels}
    granted = put | {atom.text for pack in packs for route in pack.routes for atom in atoms(route.when)}
    fact = "(?:" + "|".join(sorted(map(re.escape, granted), key=len, reverse=True)) + ")"
    noted = "(?:" + "|".join(sorted(map(re.escape, told), key=len, reverse=True)) + ")"
    slots = {
        "who": _NAME,
        "place": place,
        "places": f"{place}(?:、{place})*",
        "matter": "(?:" + "|".join(map(re.escape, vocabulary.matters.values())) + ")",
        "facts": f"{fact}(?:、{fact})*等?",
        "label": "(?:" + "|".join(sorted({re.escape(s.label) for s in vocabulary.facts.values()}, key=len, reverse=True)) + ")",
        "noted": f"{noted}(?:；{noted})*",
    }
    free = [text for key, text in wording.phrases.items() if key not in _VERDICTS]
    fixed = {text for text in free if not _SLOT.search(text)}
    # A frame with anything else to fill in (a route, conditions, a quote) says what a document says; it is no fixed wording.
    frames = [text for text in free if set() < set(_SLOT.findall(text)) <= set(slots)]
    absent = frozenset(wording.phrases[key] for key in wording.phrases if key.startswith("aspect_") or key == "materials_none")
    return Phrases(frozenset(fixed) - absent, tuple(_pattern(frame, slots) for frame in frames), absent, labels)


def _pattern(frame: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    parts = _SLOT.split(frame)
    return re.compile("".join(slots[part] if i % 2 else re.escape(part) for i, part in enumerate(parts)))
