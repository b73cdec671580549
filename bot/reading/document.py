"""The message as a spaCy document: Jieba words, and on them the clauses, people and places that every reader looks at.

Each finder is a component of the pipeline, so that one can be exchanged without touching the readers, and what is seen in a message can be
looked at with spaCy's own means (``marked(doc).spans["people"]``, displaCy).  Facts themselves are matched on
characters within a clause: one in eight of them begins or ends inside a Jieba word (docs/decisions/0011-facts-on-characters.md).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.reading.kin.kinship import SELF
from bot.reading.person.people import find_people
from bot.reading.place.addresses import addressed
from bot.reading.place.places import find_places
from bot.reading.place.seated import seated
from bot.reading.place.sites import with_sites
from bot.reading.text.clauses import HEARSAY, split
from bot.reading.text.words import nlp, segmenter

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CLAUSES, PEOPLE, PLACES = "clauses", "people", "places"
_ASKED = "asked"


def document(plain: str, home: str | None = None, about: str = SELF) -> Doc:
    """The plain text with its clauses, people and places in ``doc._.clauses``, ``doc._.people`` and ``doc._.places``.

    Args:
        plain: the message in its plain spelling (:func:`bot.reading.text.normalise.normalise`).
        home: the place path of the jurisdiction the conversation is about.
        about: whom a pronoun stands for where the message names nobody.
    """
    doc = _pipeline().make_doc(plain)
    doc._.set(_ASKED, (plain, home, about))  # doc.text is put together anew each time
    for find in _finders():  # as calling the pipeline does, which looks up before every step how to handle its errors
        doc = find(doc)
    return doc


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    from spacy.language import Language
    from spacy.tokens import Doc

    for name in (_ASKED, CLAUSES, PEOPLE, PLACES):
        Doc.set_extension(name, default=None, force=True)
    pipeline = nlp()
    for name, component in ((CLAUSES, _clauses), (PEOPLE, _people), (PLACES, _places)):
        Language.component(f"luohu_{name}", func=component)
        pipeline.add_pipe(f"luohu_{name}", name=name)
    return pipeline


@lru_cache(maxsize=1)
def _finders() -> tuple[Callable[[Doc], Doc], ...]:
    """The components of the pipeline, in order."""
    return tuple(component for _, component in _pipeline().pipeline)


_PROPER = ("province", "prefecture", "county", "town", "township", "subdistrict", "village")


def _asked(doc: Doc) -> tuple[str, str | None, str]:
    """What the document was made for; of one that spaCy made by itself, its text alone."""
    asked: tuple[str, str | None, str] | None = doc._.get(_ASKED)
    return asked or (doc.text, None, SELF)


def _clauses(doc: Doc) -> Doc:
    doc._.set(CLAUSES, split(_asked(doc)[0]))
    return doc


def _people(doc: Doc) -> Doc:
    plain, _, about = _asked(doc)
    heard = [(c.start + said.end(), c.end) for c in doc._.get(CLAUSES) if c.hearsay and (said := HEARSAY.search(c.text))]
    doc._.set(PEOPLE, find_people(plain, about, heard))
    return doc


def _places(doc: Doc) -> Doc:
    plain, home, _ = _asked(doc)
    edges = {0, *accumulate(map(len, segmenter().cut(plain, False)))}
    found = with_sites(addressed(seated(find_places(plain, home, edges), home, plain), plain), home, plain)
    doc._.set(PLACES, found)
    named = [p.span for p in found if p.kind in _PROPER]
    doc._.set(PEOPLE, [m for m in doc._.get(PEOPLE) if not any(low <= m.start and m.end <= high for low, high in named)])  # 妹冢
    return doc


def marked(doc: Doc) -> Doc:
    """The document with the findings as span groups, widened to whole words; the readers do without."""
    found = {
        CLAUSES: [(c.start, c.end, "question" if c.asks else "statement") for c in doc._.get(CLAUSES)],
        PEOPLE: [(m.start, m.end, m.person) for m in doc._.get(PEOPLE)],
        PLACES: [(*p.span, p.kind) for p in doc._.get(PLACES)],
    }
    for group, spans in found.items():
        widened = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans)
        doc.spans[group] = [span for span in widened if span is not None]
    return doc
