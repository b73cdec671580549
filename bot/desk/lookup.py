"""One look-up as the desk and ``luohu lookup`` show it: hits with clause, marks, script, citations and badge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.world import World
from bot.desk.script import Script, script
from bot.desk.validity import Badge, badge
from bot.desk.wording import say
from bot.replies.model import Citation
from bot.replies.payload import citation_json
from bot.search.desk import DeskIndex, Found, Results
from bot.search.entries import Entry
from bot.search.lexicon import load_desk_lexicon
from bot.search.marking import marked

SNIPPET = 220
"""Characters of a clause shown with a hit; the whole clause is in the document view."""


@dataclass(frozen=True)
class Desk:
    """What the desk looks things up in: the world of the residents' bot, an index over it, and words that mark nothing."""

    world: World
    index: DeskIndex
    everywhere: frozenset[str] = frozenset()


def desk_of(world: World) -> Desk:
    """The desk over a world; builds the index, some milliseconds a pack."""
    lexicon = load_desk_lexicon(world.vocabulary.topics)
    return Desk(world, DeskIndex(world.packs, lexicon), lexicon.everywhere)


def find(desk: Desk, query: str, place: str | None, limit: int, today: date) -> dict[str, Any]:
    """The hits as JSON."""
    results = desk.index.find(query, place, limit)
    return results_json(desk, results, query, badges(desk, results, today))


def badges(desk: Desk, results: Results, today: date) -> dict[str, Badge]:
    """The badge of every document that was found; asks the store."""
    return {policy: badge(desk.world.packs.by_id[policy], today) for policy in dict.fromkeys(h.entry.policy for h in results.hits)}


def results_json(desk: Desk, results: Results, query: str, valid: Mapping[str, Badge]) -> dict[str, Any]:
    """The hits as JSON, with the badges of their documents."""
    return {
        "query": query,
        "place": results.place,
        "named": list(results.named),
        "hits": [hit_json(desk, found, query, valid[found.entry.policy]) for found in results.hits],
    }


def hit_json(desk: Desk, found: Found, query: str, valid: Badge) -> dict[str, Any]:
    """One hit."""
    body = entry_json(desk, found.entry, query, valid, found.words)
    return {**body, "how": found.how, "score": found.score, "also": [_named(e) for e in found.also]}


def entry_json(desk: Desk, entry: Entry, query: str, valid: Badge, words: tuple[str, ...] = ()) -> dict[str, Any]:
    """One entry with its clause, script and badge."""
    pack = desk.world.packs.by_id[entry.policy]
    text = pack.article(entry.article).text if entry.article else ""
    clause = marked(text, words, SNIPPET, entry.quote, desk.everywhere)
    return {
        **_named(entry),
        "code": entry.code,
        "policy": pack.id,
        "place": {"id": entry.place, "name": pack.identity.jurisdiction.name},
        "document": {"doc_no": pack.identity.doc_no, "title": pack.identity.title, "short_title": pack.identity.short_title},
        "clause": [{"text": p.text, "marked": p.marked} for p in clause],
        "badge": badge_json(valid),
        "script": script_json(script(desk.world, entry, query)),
    }


def _named(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "kind": entry.kind, "title": entry.title, "article": entry.article}


def badge_json(valid: Badge) -> dict[str, Any]:
    """A badge."""
    return {"state": valid.state, "text": valid.text, "note": valid.note, "day": valid.day.isoformat() if valid.day else None}


def script_json(said: Script) -> dict[str, Any]:
    """A script; ``citation`` is the text that is copied."""
    return {
        "kind": said.kind,
        "text": said.text or say("no_script"),
        "absent": list(said.absent),
        "related": [{"id": t, "title": title} for t, title in said.related],
        "topic": said.topic,
        "citations": [citation_json(c) for c in said.citations],
        "citation": "\n".join(dict.fromkeys(cite_whole(c) for c in said.citations)),
    }


def cite_whole(citation: Citation) -> str:
    """A citation for a work order: document, article and the whole quote."""
    title = f"《{citation.title}》" + (f"（{citation.doc_no}）" if citation.doc_no else "")
    return f"{title}{citation.article}：“{''.join(citation.quote.split())}”"


def as_text(result: Mapping[str, Any]) -> str:
    """The hits for a terminal."""
    blocks = []
    for number, hit in enumerate(result["hits"], 1):
        clause = "".join(f"【{p['text']}】" if p["marked"] else p["text"] for p in hit["clause"])
        said = hit["script"]
        lines = [f"{number}. {hit['title']}  {hit['place']['name']} {hit['article']}  [{hit['code']}]  {hit['badge']['text']}"]
        lines += [f"   {say('text_clause')}  {clause}"] if clause else []
        lines += [f"   {say('text_script')}  {said['text']}"]
        lines += [f"   {say('text_absent')}  {''.join(said['absent'])}"] if said["absent"] else []
        lines += [f"   {say('text_basis')}  {line}" for line in said["citation"].splitlines()[:3]]
        if said["related"]:
            lines.append(f"   {say('text_related')}  " + "、".join(r["title"] for r in said["related"]))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
