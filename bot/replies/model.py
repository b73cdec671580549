"""What the bot says, as typed values: sentences with their citations, before any surface renders them.

A sentence is one of four things, and the citation gate (:mod:`bot.replies.gate`) treats each by its own rule:

* ``states``: it says something the document says, so it carries at least one verbatim citation;
* ``absent``: it says that the document does not say something;
* ``reports``: it repeats what the resident said, or what follows from the verdict itself, and carries the citations of the verdict;
* ``phrase``: fixed wording of the assistant (a greeting, the caution), taken from ``data/wording`` by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

KINDS = ("answer", "screening", "ask", "clarify", "not_stated", "out_of_scope", "handoff", "chitchat")


@dataclass(frozen=True)
class Citation:
    """A verbatim passage of one article of one policy document; ``short_title`` is what people call the document."""

    policy: str
    doc_no: str | None
    title: str
    article: str
    quote: str
    short_title: str = ""


@dataclass(frozen=True)
class Said:
    """One sentence. ``sort`` is ``states``, ``absent``, ``reports`` or ``phrase``."""

    text: str
    sort: str
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Option:
    """A tappable answer: what is shown, and the message that tapping it sends."""

    label: str
    message: str


@dataclass(frozen=True)
class Reply:
    """One bot turn. ``question`` is what is asked at its end; ``screening`` the machine-readable verdict, where there is one."""

    kind: str
    said: tuple[Said, ...]
    jurisdiction: str | None = None
    topic: str | None = None
    question: str | None = None
    options: tuple[Option, ...] = ()
    screening: Mapping[str, object] | None = None
    first: tuple[Citation, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is not a kind of reply; use one of {', '.join(KINDS)}")

    def unasked(self) -> Reply:
        """The verdict of the reply without the question at its end."""
        screening = {**self.screening, "question": None} if self.screening else None
        return replace(self, kind="screening", question=None, options=(), screening=screening)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation, best first, each passage once."""
        return tuple(dict.fromkeys((*self.first, *(c for said in self.said for c in said.cites))))
