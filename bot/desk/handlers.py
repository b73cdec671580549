"""What each route of the desk does, and who may call it.

Everything that could hold a caller's words is sent in a body, never in an address, so that no proxy logs it.
"""

from __future__ import annotations

from typing import Any

from sanic import response

from bot.channels.api import facts as facts_of
from bot.channels.guard import Refused
from bot.channels.loaded import today
from bot.channels.masking import mask
from bot.desk import editors, reports
from bot.desk.access import aside
from bot.desk.calls import PREFIX, Answer, Call, Route
from bot.desk.documents import document_json
from bot.desk.lookup import badge_json, badges, entry_json, results_json
from bot.desk.packet import packet
from bot.desk.screening import Asked, Screened, screen_place, screened_json
from bot.desk.session import COOKIE, csrf
from bot.desk.validity import badge
from bot.desk.wording import say
from bot.eligibility.codec import FactError
from bot.store import audit, gaps, marks, staff

MAX_QUERY, MAX_STORY, MAX_LIMIT = 200, 1000, 50
"""Characters of a query and of a caller's story; hits at once."""


async def me(call: Call) -> Answer:
    """Who is signed in, the token for writes, the places, and what the day is."""
    packs = call.office.world().packs
    return {
        "name": call.person.name,
        "role": call.person.role,
        "csrf": csrf(call.person.name, call.person.epoch),
        "today": today().isoformat(),
        "places": [{"id": p.identity.jurisdiction.id, "name": p.identity.jurisdiction.name, "policy": p.id} for p in packs],
    }


async def sign_out(call: Call) -> Answer:
    """End every session of this person."""
    await aside(staff.end_sessions, call.person.name)
    await call.wrote("sign-out")
    answer = response.json({"signed_out": True})
    del answer.cookies[COOKIE]
    answer.cookies[COOKIE]["path"] = PREFIX
    return answer


async def search(call: Call) -> Answer:
    """Hits for a query, with past gaps like it."""
    query = mask(call.text("query", MAX_QUERY)).text.strip()
    place, limit = call.place(), call.body.get("limit", 12)
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MAX_LIMIT:
        raise Refused(400, "bad_limit", f'"limit" must be a whole number from 1 to {MAX_LIMIT}', "/limit")
    desk = call.office.desk
    results = desk.index.find(query, place, limit)
    day = call.day()
    valid, past = await aside(lambda: (badges(desk, results, day), call.office.past.like(query)))
    return {**results_json(desk, results, query, valid), "gaps": [reports.gap_json(g) for g in past]}


async def entry(call: Call) -> Answer:
    """One entry by its id."""
    query = mask(call.text("query", MAX_QUERY)).text
    found = call.entry()
    pack = call.office.world().packs.by_id[found.policy]
    valid = await aside(badge, pack, call.day())
    return {**entry_json(call.office.desk, found, query, valid), "how": "code", "also": []}


async def used(call: Call) -> Answer:
    """An entry was read or copied: count it for this person and write it down."""
    found = call.entry()
    what = call.text("what", 16) or "open"
    if what not in ("open", "script", "citation", "read"):
        raise Refused(400, "bad_what", '"what" must be one of: open, script, citation, read', "/what")
    await aside(marks.use, call.person.name, found.id)
    await call.wrote(what, f"{found.id} ← {mask(call.text('query', MAX_QUERY)).text}")
    return {"used": found.id}


async def favourite(call: Call) -> Answer:
    """Make an entry a favourite of this person, or no longer."""
    found = call.entry()
    await aside(marks.favour, call.person.name, found.id, bool(call.body.get("on")))
    return {"favourite": bool(call.body.get("on"))}


async def mine(call: Call) -> Answer:
    """Recent, frequent and favourite entries of this person."""
    name = call.person.name
    lists = {"recent": marks.recent, "frequent": marks.frequent, "favourites": marks.favourites}
    return {key: [_marked(call, m) for m in await aside(read, name) if _known(call, m.entry)] for key, read in lists.items()}


def _known(call: Call, entry_id: str) -> bool:
    try:
        call.office.desk.index.entry(entry_id)
    except KeyError:
        return False  # a document that was replaced since
    return True


def _marked(call: Call, mark: marks.Mark) -> dict[str, Any]:
    found = call.office.desk.index.entry(mark.entry)
    place = call.office.world().packs.by_id[found.policy].identity.jurisdiction.name
    return {
        "id": found.id,
        "title": found.title,
        "kind": found.kind,
        "article": found.article,
        "place": place,
        "used": mark.used,
        "favourite": mark.favourite,
    }


def _asked(call: Call) -> Asked:
    facts, answers, unsure = call.body.get("facts", {}), call.body.get("answers", {}), call.body.get("unsure", [])
    if not isinstance(facts, dict):
        raise Refused(400, "bad_facts", '"facts" must be an object from fact name to what is known', "/facts")
    if not isinstance(answers, dict) or not all(isinstance(v, str) and len(v) <= MAX_QUERY for v in answers.values()):
        raise Refused(400, "bad_answers", f'"answers" must be an object of texts of at most {MAX_QUERY} characters', "/answers")
    if not isinstance(unsure, list) or not all(isinstance(v, str) for v in unsure):
        raise Refused(400, "bad_unsure", '"unsure" must be a list of fact names', "/unsure")
    return Asked(call.text("story", MAX_STORY), facts, answers, tuple(unsure), call.day(), today())


def _screened(call: Call, asked: Asked) -> list[Screened]:
    world, place = call.office.world(), call.place()
    packs = [p for p in world.packs if place is None or p.identity.jurisdiction.id == place]
    try:
        return [screen_place(world, pack, asked) for pack in packs]
    except FactError as error:
        raise Refused(422, "bad_fact", error.message, "/" + error.path.replace(".", "/", 1)) from error


async def screen(call: Call) -> Answer:
    """The live pre-screening, in one place or in all."""
    asked = _asked(call)
    return {"as_of": asked.as_of.isoformat(), "places": [screened_json(call.office.world(), s) for s in _screened(call, asked)]}


async def handover(call: Call) -> Answer:
    """The packet for a work order."""
    asked = _asked(call)
    made = packet(call.office.world(), _screened(call, asked), asked)
    await call.wrote("packet", "、".join(f"{p['policy']} {p['verdict']}" for p in made["places"]))
    return made


async def facts(call: Call) -> Answer:
    """The facts that can be clicked, each with its values and the documents that look at it."""
    world = call.office.world()
    uses = {pack.id: {f["name"] for f in facts_of(world, pack.id)["facts"]} for pack in world.packs}
    kept = [f for f in facts_of(world, None)["facts"] if f["answered_by"] != "authority" and any(f["name"] in u for u in uses.values())]
    return {"facts": [{**f, "policies": [p for p, used_ in uses.items() if f["name"] in used_]} for f in kept]}


async def document(call: Call, policy: str = "") -> Answer:
    """A whole document."""
    world = call.office.world()
    pack = world.packs.by_id.get(policy)
    if pack is None:
        raise Refused(404, "unknown_policy", say("unknown_policy"), "/policy")
    body = document_json(pack, world.packs.by_id, world.vocabulary)
    valid = await aside(badge, pack, today())
    await call.wrote("document", pack.id)
    return {**body, "badge": badge_json(valid)}


async def list_gaps(call: Call) -> Answer:
    """Gaps and errors, newest first: those of staff and those of the bot."""
    status = call.request.args.get("status")
    if status is not None and status not in gaps.STATUSES:
        raise Refused(400, "bad_status", f'"status" must be one of: {", ".join(gaps.STATUSES)}', "/status")
    return {"gaps": [reports.gap_json(g) for g in await aside(gaps.list, status, 200)], "statuses": list(gaps.STATUSES)}


async def report_gap(call: Call) -> Answer:
    """Report that something is missing or wrong."""
    kind = call.body.get("kind")
    if kind not in reports.KINDS:
        raise Refused(400, "bad_kind", f'"kind" must be one of: {", ".join(reports.KINDS)}', "/kind")
    message = call.text("message", reports.MAX_MESSAGE, True)
    about = call.entry("entry").id if call.body.get("entry") else ""
    number = await aside(reports.report, call.person.name, kind, message, about, call.place())
    call.office.past.forget()
    await call.wrote(f"report-{kind}", f"{number} {about}")
    return {"id": number}


async def set_gap(call: Call) -> Answer:
    """Give gaps another status."""
    ids, status = call.body.get("ids"), call.body.get("status")
    if not isinstance(ids, list) or not ids or len(ids) > 200 or not all(isinstance(i, int) and not isinstance(i, bool) for i in ids):
        raise Refused(400, "bad_ids", '"ids" must be a list of 1 to 200 numbers', "/ids")
    if status not in gaps.STATUSES:
        raise Refused(400, "bad_status", f'"status" must be one of: {", ".join(gaps.STATUSES)}', "/status")
    changed = await aside(gaps.set_status, ids, status)
    if not changed:
        raise Refused(404, "unknown_gap", say("unknown_gap"), "/ids")
    call.office.past.forget()
    await call.wrote("gap-status", f"{','.join(map(str, ids))} {status}")
    return {"changed": changed}


async def documents(call: Call) -> Answer:
    """Every document with its age and when it was verified."""
    return {"documents": await aside(editors.documents_json, call.office.world(), today())}


async def verify(call: Call) -> Answer:
    """Write down that a document was verified to be in force."""
    what = await aside(editors.verify, call.office.world(), call.body.get("policy"), call.body.get("day"), call.person.name, today())
    await call.wrote("verify", what)
    return {"documents": await aside(editors.documents_json, call.office.world(), today())}


async def trail(call: Call) -> Answer:
    """The audit trail, newest first."""
    acts = await aside(audit.latest, 200)
    return {"acts": [{"id": a.id, "at": a.at, "person": a.person, "action": a.action, "subject": a.subject} for a in acts]}


ROUTES: tuple[Route, ...] = (
    Route("GET", "/api/me", "staff", me),
    Route("POST", "/api/sign-out", "staff", sign_out),
    Route("POST", "/api/find", "staff", search),
    Route("POST", "/api/entry", "staff", entry),
    Route("POST", "/api/used", "staff", used),
    Route("POST", "/api/favourite", "staff", favourite),
    Route("GET", "/api/mine", "staff", mine),
    Route("POST", "/api/screen", "staff", screen),
    Route("POST", "/api/packet", "staff", handover),
    Route("GET", "/api/facts", "staff", facts),
    Route("GET", "/api/documents", "staff", documents),
    Route("GET", "/api/documents/<policy:str>", "staff", document),
    Route("GET", "/api/gaps", "staff", list_gaps),
    Route("POST", "/api/gaps", "staff", report_gap),
    Route("POST", "/api/gaps/status", "editor", set_gap),
    Route("POST", "/api/verify", "editor", verify),
    Route("GET", "/api/audit", "editor", trail),
)
