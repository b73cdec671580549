"""What editors look after: how old each document is, and when somebody last confirmed that it is in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.channels.guard import Refused, check_date
from bot.conversation.world import World
from bot.desk.lookup import badge_json
from bot.desk.validity import badge
from bot.desk.wording import say
from bot.policy.model import Pack
from bot.store import verification


def documents_json(world: World, today: date) -> list[dict[str, Any]]:
    """Every document with its age and its badge, the one that was verified longest ago first."""
    rows = [_row(pack, today) for pack in world.packs]
    return sorted(rows, key=lambda row: (row["verified"] or "", row["printed"]))


def _row(pack: Pack, today: date) -> dict[str, Any]:
    who, valid = pack.identity, badge(pack, today)
    return {
        "policy": pack.id,
        "title": who.title,
        "doc_no": who.doc_no,
        "issuer": who.issuer,
        "place": {"id": who.jurisdiction.id, "name": who.jurisdiction.name},
        "dated": who.dated.isoformat(),
        "printed": who.printed.isoformat(),
        "age_months": (today.year - who.dated.year) * 12 + today.month - who.dated.month - (today.day < who.dated.day),
        "effective_note": who.effective_note,
        "badge": badge_json(valid),
        "verified": valid.day.isoformat() if valid.day else None,
        "verified_by": valid.person,
        "counts": {"articles": len(pack.articles), "routes": len(pack.routes), "topics": len(pack.topics), "notes": len(pack.notes)},
    }


def verify(world: World, policy: object, day: object, person: str, today: date) -> str:
    """Write down that a person confirmed with the issuer on a day that a document is in force; what to put into the audit trail.

    Raises:
        Refused: 404 for an unknown document, 400 for a day that is none, lies ahead or before the document's own date.
    """
    pack = world.packs.by_id.get(policy) if isinstance(policy, str) else None
    if pack is None:
        raise Refused(404, "unknown_policy", say("unknown_policy_known", known="、".join(world.packs.by_id)), "/policy")
    on = check_date(day, "/day")
    if not pack.identity.dated <= on <= today:
        raise Refused(400, "bad_day", say("bad_day", first=pack.identity.dated, last=today), "/day")
    verification.record(pack.id, pack.identity.source_sha256, on, person)
    return f"{pack.id} {on}"
