"""The handover packet for a work order: what is known, what is not, the verdict and its clauses, masked; as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.masking import mask
from bot.conversation.world import World
from bot.desk.lookup import cite_whole
from bot.desk.screening import Asked, Screened, screened_json
from bot.desk.wording import say
from bot.eligibility.screening import Verdict, trace_atoms

SCHEMA = "luohu.packet/1"
_ROUTES = 4
_CITED = 6


def packet(world: World, screened: Sequence[Screened], asked: Asked) -> dict[str, Any]:
    """The packet as JSON, its ``text`` included."""
    places = [_place(world, one) for one in screened]
    body = {"schema": SCHEMA, "as_of": asked.as_of.isoformat(), "story": mask(asked.story).text.strip(), "places": places}
    return {**body, "text": as_text(body)}


def _place(world: World, one: Screened) -> dict[str, Any]:
    whole = screened_json(world, one)
    unknown = dict.fromkeys(
        world.vocabulary.facts[a.asks].label
        for r in one.result.routes
        if r.verdict is Verdict.NEED_MORE_INFO and r.route.settles
        for a in trace_atoms(r.trace)
        if a.asks
    )
    told = [f for f in whole["facts"] if not f["presumed"]]
    return {
        "policy": whole["policy"],
        "place": whole["place"],
        "person": whole["person"],
        "facts": [{"fact": f["fact"], "label": f["label"], "value": f["value"], "shown": f["shown"]} for f in told],
        "presumed": [{"label": f["label"], "shown": f["shown"]} for f in whole["facts"] if f["presumed"]],
        "unknown": list(unknown) if whole["verdict"] == Verdict.NEED_MORE_INFO.value else [],
        "verdict": whole["verdict"],
        "says": whole["says"],
        "routes": [{"id": r["id"], "title": r["title"], "verdict": r["verdict"]} for r in whole["routes"]],
        "question": whole["question"]["text"] if whole["question"] else None,
        "citations": [
            {"policy": c.policy, "doc_no": c.doc_no, "article": c.article, "quote": c.quote, "text": cite_whole(c)}
            for c in one.reply.citations[:_CITED]
        ],
    }


def as_text(body: dict[str, Any]) -> str:
    """The packet as lines to paste into a work order."""
    lines = [say("packet_head"), f"{say('packet_day')}：{body['as_of']}", f"{say('packet_story')}：{body['story'] or say('packet_none')}"]
    for place in body["places"]:
        facts = "；".join(f"{f['label']}：{f['shown']}" for f in place["facts"]) or say("packet_none")
        lines += ["", f"{say('packet_place')}：{place['place']['name']}", f"{say('packet_person')}：{place['person']}"]
        lines += [f"{say('packet_facts')}：{facts}"]
        if place["unknown"]:
            lines.append(f"{say('packet_unknown')}：{'；'.join(place['unknown'])}")
        lines.append(f"{say('packet_verdict')}：{say('verdict_' + place['verdict'])}。{place['says']}")
        open_ = [r for r in place["routes"] if r["verdict"] != Verdict.NOT_ELIGIBLE.value][:_ROUTES]
        if open_:
            lines.append(f"{say('packet_routes')}：" + "；".join(f"{r['title']}（{say('verdict_' + r['verdict'])}）" for r in open_))
        if place["question"]:
            lines.append(f"{say('packet_question')}：{place['question']}")
        lines += [f"{say('packet_cites')}：{c['text']}" for c in place["citations"]]
    return "\n".join(lines)
