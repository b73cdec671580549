"""When somebody last confirmed with the issuer that a document is in force: shown to residents as 最近核实, to staff as a badge."""

from __future__ import annotations

import logging
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from bot.policy.model import Pack
from bot.store import verification
from bot.store.errors import StoreError, cause

logger = logging.getLogger("luohu.verified")


def last_verified(pack: Pack) -> tuple[date | None, str]:
    """The day, and who confirmed it (empty where the pack itself says so); no day where nobody did, or for another text of it."""
    own = pack.identity.verified_on
    try:
        found = verification.latest(pack.id, pack.identity.source_sha256)
    except (SQLAlchemyError, StoreError, OSError) as error:  # a document can be read while the database is away
        logger.error("the verification of %s cannot be read: %s", pack.id, cause(error))
        return own, ""
    return (found.day, found.person) if found and (own is None or found.day >= own) else (own, "")
