"""The badge on every hit: what is known of whether its document is in force. It never says that it is: that is the issuer's to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.channels.verified import last_verified
from bot.desk.wording import say
from bot.policy.model import Pack

STALE_MONTHS = 6
"""A verification older than this is shown as old."""
_SOON_DAYS = 90


@dataclass(frozen=True)
class Badge:
    """What to show: ``state`` is ``verified``, ``stale``, ``unverified``, ``not_yet``, ``expiring`` or ``expired``.

    ``note`` is what the text says on its effect; ``day`` and ``person`` are those of the last verification.
    """

    state: str
    text: str
    note: str
    day: date | None = None
    person: str = ""


def badge(pack: Pack, today: date) -> Badge:
    """The badge of a document on a day."""
    who = pack.identity
    day, person = last_verified(pack)
    if who.effective and today < who.effective:
        return Badge("not_yet", say("badge_not_yet"), who.effective_note, day, person)
    if who.expires and today > who.expires:
        return Badge("expired", say("badge_expired"), who.effective_note, day, person)
    if who.expires and (who.expires - today).days <= _SOON_DAYS:
        return Badge("expiring", say("badge_expiring"), who.effective_note, day, person)
    if day is None or day > today:
        return Badge("unverified", say("badge_unverified"), who.effective_note)
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months >= STALE_MONTHS:
        return Badge("stale", say("badge_stale", day=day.isoformat(), months=months), who.effective_note, day, person)
    return Badge("verified", say("badge_verified", day=day.isoformat()), who.effective_note, day, person)
