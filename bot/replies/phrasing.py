"""How a trace is put into words and cited: only conditions of the trace, in the words of the pack and with their quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from os.path import commonprefix

from bot.eligibility.screening import AllTrace, AnyTrace, AtomTrace, RouteResult, Trace, deciding_atoms, decisive, trace_atoms
from bot.policy.model import Outside, Pack, Within, atoms
from bot.replies.answers import citation
from bot.replies.model import Citation
from bot.replies.wording import part

MAX_CONDITIONS = 4
# What alternatives have in common, up to where a word surely ends: 对方是配偶, 对方是子女.
_STEM = re.compile(".*[是的]")


def part_said(trace: Trace, limit: int = MAX_CONDITIONS, *, why: bool = False) -> tuple[Trace | None, bool]:
    """The part of a trace that is said: what carries its value, of several ways that hold one, at most ``limit`` conditions.

    Args:
        why: it is said as the reason of a no, so that alternatives which are no reason are left out.

    Returns:
        That part, and whether conditions were left out. What is said and what is cited both come from here.
    """
    kept, left = _cut(_one_way(decisive(_reasons(trace) if why else trace)), limit)
    return kept, left < 0


def _one_way(trace: Trace) -> Trace:
    if isinstance(trace, AtomTrace):
        return trace
    children = trace.children[:1] if isinstance(trace, AnyTrace) and trace.value is True else trace.children
    return type(trace)(trace.value, tuple(_one_way(child) for child in children))


def _reasons(trace: Trace) -> Trace:
    """A trace without the closed alternatives that are no reason for whoever is told why.

    What meets another alternative is no reason: a married daughter is told 未婚或离异 and not that she follows no spouse.  A place
    (户口本来就在那里) is none where another alternative is closed by something that one can have or lack.
    """
    if isinstance(trace, AtomTrace):
        return trace
    children = trace.children
    if isinstance(trace, AnyTrace) and trace.value is False:
        met = {a.atom.fact for a in trace_atoms(trace) if a.value is True}
        children = tuple(c for c in children if any(a.atom.fact not in met for a in deciding_atoms(c))) or children
        children = tuple(c for c in children if not _placed(c)) or children
    return type(trace)(trace.value, tuple(_reasons(child) for child in children))


def _placed(trace: Trace) -> bool:
    """Whether places alone close an alternative."""
    return all(isinstance(a.atom.test, (Within, Outside)) for a in deciding_atoms(trace))


def _cut(trace: Trace, room: int) -> tuple[Trace | None, int]:
    """The first ``room`` conditions of a trace, each wording once, and the room left; negative where there was too little."""
    if isinstance(trace, AtomTrace):
        return (trace if room > 0 else None), room - 1
    kept: dict[str, Trace] = {}
    for child in trace.children:
        words = _phrase(child)
        if words in kept:
            continue
        part, room = _cut(child, room)
        if part is not None:
            kept[words] = part
    return (type(trace)(trace.value, tuple(kept.values())) if kept else None), room


def phrase(trace: Trace, limit: int = MAX_CONDITIONS, *, why: bool = False) -> str:
    """The conditions that carry a trace, in plain words: ；between those that go together, 或者 between alternatives."""
    return phrased(*part_said(trace, limit, why=why))


def phrased(kept: Trace | None, more: bool) -> str:
    """A part of a trace as :func:`part_said` gives it, in plain words."""
    return (_phrase(kept) if kept else "") + (part("and_more") if more else "")


def _phrase(trace: Trace, inside: str = "") -> str:
    # 且 binds closest, then 或者, then ；, so that no reader has to guess what an alternative covers.
    if isinstance(trace, AtomTrace):
        return trace.atom.text
    if len(trace.children) == 1:
        return _phrase(trace.children[0], inside)
    if isinstance(trace, AllTrace):
        parts = dict.fromkeys(_phrase(child, inside or "all") for child in trace.children)
        return (part("and") if inside == "any" else "；").join(parts)
    options = tuple(dict.fromkeys(_phrase(child, "any") for child in trace.children))
    if all(sum(1 for _ in trace_atoms(child)) == 1 for child in trace.children) and (listed := _listed(options)):
        return listed
    text = part("or_else").join(options)
    return f"（{text}）" if inside == "any" else text


def _listed(options: Sequence[str]) -> str:
    """Alternatives that begin alike as one list: 对方是配偶、子女或父母; empty where they do not."""
    stem = _STEM.match(commonprefix(options))
    if len(options) < 2 or stem is None or len(stem.group()) < 2:
        return ""
    rest = [option[stem.end():] for option in options]
    return stem.group() + "、".join(rest[:-1]) + part("or") + rest[-1] if all(rest) else ""


def cites(pack: Pack, result: RouteResult, limit: int = MAX_CONDITIONS, *, why: bool = False) -> tuple[Citation, ...]:
    """The passages behind the conditions that :func:`phrase` says of a route; the route's own article comes first."""
    own = result.route.article
    kept, _ = part_said(result.trace, limit, why=why)
    found = sorted((a.atom for a in trace_atoms(kept)) if kept else (), key=lambda a: a.article != own)
    if not found or found[0].article != own:
        # What is still open may stand in a general clause; the route is known by its own article.
        found = [*[a for a in atoms(result.route.when) if a.article == own][:1], *found]
    return tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in found))
