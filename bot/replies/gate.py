"""The citation gate: nothing leaves without its article.

A reply passes when every sentence that states something cites a passage that stands verbatim in the article it names, when
fixed wording is indeed fixed wording, when no forbidden sentence occurs, and when no number, certificate or telephone appears
that neither the citations nor the resident brought in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.policy.forbidden import forbidden
from bot.policy.model import Pack
from bot.policy.tree import fold
from bot.replies.model import Citation, Reply

_PHONE = re.compile(r"(?<!\d)\d{5,12}(?!\d)")
_PAPER = re.compile(r"《[^》]{1,40}》")
_DAYS = re.compile(r"[\d一二三四五六七八九十]+个?(?:工作日|自然日)|[\d.]+元")


class GateError(ValueError):
    """A reply that must not be sent; the message says which sentence and why."""


@lru_cache(maxsize=4096)
def _stands_in(pack_source: str, quote: str) -> bool:
    return fold(quote) in pack_source


def faults(reply: Reply, packs: Mapping[str, Pack]) -> tuple[str, ...]:
    """Everything that forbids sending the reply; empty when it may be sent."""
    found: list[str] = []
    for citation in reply.citations:
        found += _citation_faults(citation, packs)
    for said in reply.said:
        if said.sort in ("states", "reports") and not said.cites:
            found.append(f"no citation behind {said.text!r}")
        if said.sort == "states":
            quoted = fold("".join(c.quote for c in said.cites))
            found += [
                f"{p} is in no quote behind {said.text!r}"
                for p in _PAPER.findall(said.text)
                if fold(p) not in quoted and not _named(p, packs)
            ]
        found += [f"{d} is stated by no text: {said.text!r}" for d in _DAYS.findall(said.text)]
        found += [f"forbidden wording {f} in {said.text!r}" for f in forbidden(said.text)]
        found += [f"telephone or long number {n} in {said.text!r}" for n in _PHONE.findall(said.text) if n != "12345"]
    return tuple(found)


def _named(paper: str, packs: Mapping[str, Pack]) -> bool:
    return any(fold(paper.strip("《》")) in fold(p.source) for p in packs.values())


def _citation_faults(citation: Citation, packs: Mapping[str, Pack]) -> Iterable[str]:
    pack = packs.get(citation.policy)
    if pack is None:
        yield f"unknown policy {citation.policy!r}"
        return
    try:
        article = pack.article(citation.article)
    except KeyError:
        yield f"{citation.policy} has no article {citation.article!r}"
        return
    if not citation.quote or not _stands_in(fold(article.text), citation.quote):
        yield f"{citation.article} of {citation.policy} does not say {citation.quote!r}"


def check(reply: Reply, packs: Mapping[str, Pack]) -> Reply:
    """The reply itself, if it may be sent.

    Raises:
        GateError: the first faults found, for the log; the resident then gets the safe sentence.
    """
    found = faults(reply, packs)
    if found:
        raise GateError("; ".join(found[:3]))
    return reply
