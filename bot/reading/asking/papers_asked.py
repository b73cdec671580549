"""What a short message asks of the papers of a home told of before: 备案要不, 社保呢, 老家交的算不算, 就这个证够了, 为啥要无房证明.

Such a message names no way and no kind of home; which it is about is known from what was told.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.text.cues import cue

PAPERS, INSURANCE, INSURED_WHERE, ENOUGH, WHY, LACKS = "papers", "insurance", "insured_where", "enough", "why", "lacks"
_MARKS = " ,。;?!~…"
_ASKS = cue("papers_asked.asks")
_KINDS = (
    (WHY, cue("papers_asked.why")),
    (INSURED_WHERE, cue("papers_asked.insured_where")),
    (INSURANCE, cue("papers_asked.insurance")),
    (PAPERS, cue("papers_asked.papers")),
    (ENOUGH, cue("papers_asked.enough")),
    (LACKS, cue("papers_asked.lacks")),
)
_ASKING = frozenset({PAPERS, INSURANCE})
_THERE = cue("papers_asked.there")


@dataclass(frozen=True)
class PaperAsked:
    """What is asked of papers, and what the message tells beside it (社保呢,俺是高唐的: 俺是高唐的).

    ``lacks`` is no question: 房产证可没有啊 tells that a paper is not there, which a home may not need.
    """

    kind: str
    beside: str = ""
    words: str = ""

    @property
    def paper(self) -> bool:
        """Whether the words name a paper at all (not 为啥外地的要)."""
        return cue("papers_asked.names_paper").search(self.words) is not None

    @property
    def insurance(self) -> bool:
        """Whether the words name the insurance."""
        return names_insurance(self.words)

    @property
    def of_insurance(self) -> bool:
        """Whether it is the insurance that is asked about."""
        return self.kind in (INSURANCE, INSURED_WHERE)


def paper_asked(plain: str) -> PaperAsked | None:
    """What the text asks of papers where it asks nothing else; otherwise ``None``."""
    words = plain.strip(_MARKS)
    for kind, expression in _KINDS:
        found = expression.fullmatch(words)
        if found and (kind not in _ASKING or _ASKS.search(f"{words}?" if "?" in plain else words)):
            return PaperAsked(kind, found.groupdict().get("rest") or found.groupdict().get("first") or "", words)
    return None


def asked_of_there(plain: str) -> str | None:
    """Of which other place or people the same is asked (茌平城区呢: 茌平城区, 临清的话还要社保不: 临清); otherwise ``None``."""
    found = _THERE.fullmatch(plain.strip(_MARKS))
    return found["what"] if found else None


def of_people(what: str) -> bool:
    """Whether it is of people by where they are registered (东昌府本地人, 外省的), and of no place to live in."""
    return cue("papers_asked.of_people").search(what) is not None


def names_insurance(plain: str) -> bool:
    """Whether the text names social insurance."""
    return cue("papers_asked.names_insurance").search(plain) is not None
