"""The machine-readable side of a reply: ``luohu.reply/1`` (the contract that clients rely on)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote as url_quote

from bot.eligibility.changes import ChangeSet
from bot.eligibility.codec import to_json
from bot.eligibility.compare import Comparison
from bot.eligibility.question import Question
from bot.eligibility.screening import AllTrace, RouteResult, Screening, trace_atoms
from bot.eligibility.values import Value
from bot.policy.model import Pack
from bot.policy.vocabulary import Vocabulary
from bot.replies.model import Citation, Reply
from bot.replies.phrasing import part_said, phrased

SCHEMA = "luohu.reply/1"
# What is put in is made right here and holds no loop, so none is looked for.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str, check_circular=False)


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation with the address of its article."""
    url = f"/api/v1/policies/{citation.policy}/articles/{url_quote(citation.article, safe='()')}"
    return {
        "policy": citation.policy,
        "doc_no": citation.doc_no,
        "title": citation.title,
        "article": citation.article,
        "quote": citation.quote,
        "url": url,
    }


def reply_json(reply: Reply) -> dict[str, Any]:
    """The payload of one turn. ``id`` is a digest of what was said, so that the same reply has the same id."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": reply.kind,
        "jurisdiction": reply.jurisdiction,
        "topic": reply.topic,
        "citations": [citation_json(c) for c in reply.citations],
        "screening": reply.screening,
    }
    said = _CANONICAL.encode([body, [s.text for s in reply.said], reply.question])
    return {**body, "id": hashlib.sha256(said.encode()).hexdigest()[:12]}


def screening_json(
    pack: Pack,
    screening: Screening,
    vocabulary: Vocabulary,
    facts: Mapping[str, Value],
    *,
    words: Mapping[str, str] | None = None,
    presumed: frozenset[str] = frozenset(),
    person: str = "self",
    question: Question | None = None,
    question_text: str | None = None,
    changes: Mapping[str, Sequence[ChangeSet]] | None = None,
    nearest: Sequence[RouteResult] = (),
) -> dict[str, Any]:
    """The ``screening`` object: facts as understood, every route with its whole trace, the next question, the open notes.

    Args:
        nearest: the routes that matter most, best first; what each needs is then spelled out, alternatives together.
    """
    told = []
    for name, value in facts.items():
        spec = vocabulary.facts[name]
        told.append(
            {
                "fact": name,
                "label": spec.label,
                "values": _values(to_json(value, spec)),
                "words": (words or {}).get(name, ""),
                "presumed": name in presumed,
            }
        )
    asked = None
    if question is not None:
        asked = {
            "fact": question.fact,
            "text": question_text or vocabulary.facts[question.fact].ask(),
            "options": [o.label for o in question.options],
            "because": {"article": question.because.article, "quote": question.because.quote},
        }
    body: dict[str, Any] = {
        "policy": pack.id,
        "person": person,
        "as_of": screening.as_of.isoformat(),
        "verdict": screening.verdict.value,
        "facts": told,
        "routes": [_route(r, (changes or {}).get(r.route.id, ())) for r in screening.routes],
        "question": asked,
        "notes": [pack.notes[n].say for n in screening.notes if n in pack.notes],
    }
    if nearest:
        body["nearest"] = [{"id": r.route.id, "needs": needs_json(r)} for r in nearest]
    return body


def needs_json(result: RouteResult) -> list[dict[str, Any]]:
    """What a route needs, one entry for each thing that must hold, alternatives in one sentence (A，或者B), each with a passage."""
    trace = result.trace
    needs: dict[str, dict[str, Any]] = {}
    for child in trace.children if isinstance(trace, AllTrace) else (trace,):
        said, more = part_said(child)
        if said is not None:
            first = next(iter(trace_atoms(said))).atom
            text = phrased(said, more)
            needs[text] = {"text": text, "value": child.value, "article": first.article, "quote": first.quote}
    return list(needs.values())


def comparison_json(packs: Mapping[str, Pack], comparison: Comparison, best: Mapping[str, RouteResult], vocabulary: Vocabulary) -> Any:
    """Places side by side: the verdict and the route that matters in each, and the facts that the documents treat differently.

    ``best`` is the route that matters by policy id.
    """
    places = [
        {
            "jurisdiction": packs[p.policy].identity.jurisdiction.id,
            "name": packs[p.policy].identity.jurisdiction.name,
            "policy": p.policy,
            "verdict": p.screening.verdict.value,
            "route": {**_route(best[p.policy], ()), "needs": needs_json(best[p.policy])},
        }
        for p in comparison.places
    ]
    differences = [
        {
            "fact": d.fact,
            "label": vocabulary.facts[d.fact].label,
            "sides": [
                {
                    "policy": side.policy,
                    "conditions": [
                        {"text": a.atom.text, "value": a.value, "article": a.atom.article, "quote": a.atom.quote} for a in side.conditions
                    ],
                }
                for side in d.sides
            ],
        }
        for d in comparison.differences
    ]
    return {"places": places, "differences": differences}


def _values(encoded: Any) -> list[Any]:
    return encoded if isinstance(encoded, list) else [encoded]


def _route(result: RouteResult, change_sets: Sequence[ChangeSet]) -> dict[str, Any]:
    route = result.route
    conditions = [
        {"text": t.atom.text, "value": t.value, "article": t.atom.article, "quote": t.atom.quote, "note": t.open, "asks": t.asks}
        for t in result.atoms
    ]
    changes = [
        {"kind": c.kind, "text": c.text, "from": c.from_.isoformat() if c.from_ else None, "article": c.article, "quote": c.quote}
        for chosen in change_sets[:1]
        for c in chosen.changes
    ]
    return {
        "id": route.id,
        "title": route.title,
        "verdict": result.verdict.value,
        "article": route.article,
        "conditions": conditions,
        "materials": [s.text for s in route.materials],
        "followers": route.followers.text if route.followers else None,
        "registers_at": route.registers_at.text if route.registers_at else None,
        "changes": changes,
    }
