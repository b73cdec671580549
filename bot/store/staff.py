"""Who may use the hotline desk: names, roles, argon2 hashes of passwords. A person signs in with the name of their seat.

``epoch`` counts up whenever every session of a person must end: at a new password, when they are disabled, when they sign out.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.store.database import METADATA, database_url, shared_engine

ROLES = ("staff", "editor")
"""Looks up and records; also works through gaps, marks documents verified and reads the audit trail."""
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
_NAME = re.compile(r"[0-9A-Za-z一-鿿][0-9A-Za-z一-鿿._\-]{0,31}")

STAFF = sa.Table(
    "staff",
    METADATA,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password", sa.String(256), nullable=False),
    sa.Column("added", sa.Float, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
)

_HASHER = PasswordHasher()
# Checked for a name that does not exist, so that the answer takes as long as for one that does.
_NOBODY = _HASHER.hash("nobody has this password")


@dataclass(frozen=True)
class Person:
    """One account. ``role`` is one of :data:`ROLES`; ``added`` is in seconds since 1970."""

    name: str
    role: str
    added: float
    disabled: bool
    epoch: int


def add(name: str, role: str, password: str) -> bool:
    """Add an account, or give an existing one this role and password and enable it; whether it is new.

    Raises:
        ValueError: an unusable name, an unknown role, or a password too short or too long; the message says how to mend it.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no usable name; use 1 to 32 letters, digits, Chinese characters, and . _ - after the first")
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role; use one of: {', '.join(ROLES)}")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise ValueError(f"the password has {len(password)} characters; use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD}")
    hashed = _HASHER.hash(password)
    with _engine().begin() as connection:
        known = connection.execute(sa.select(STAFF.c.epoch).where(STAFF.c.name == name)).scalar()
        if known is None:
            row = {"name": name, "role": role, "password": hashed, "added": time.time(), "disabled": False, "epoch": 1}
            connection.execute(sa.insert(STAFF).values(**row))
            return True
        change = {"role": role, "password": hashed, "disabled": False, "epoch": known + 1}
        connection.execute(sa.update(STAFF).where(STAFF.c.name == name).values(**change))
        return False


def every() -> tuple[Person, ...]:
    """Every account, by name."""
    with _engine().connect() as connection:
        return tuple(_person(row) for row in connection.execute(sa.select(STAFF).order_by(STAFF.c.name)))


def find(name: str) -> Person | None:
    """The account of this name; ``None`` where there is none."""
    with _engine().connect() as connection:
        row = connection.execute(sa.select(STAFF).where(STAFF.c.name == name)).first()
    return _person(row) if row else None


def disable(name: str) -> bool:
    """Shut an account out and end its sessions; whether there is such an account."""
    with _engine().begin() as connection:
        change = sa.update(STAFF).where(STAFF.c.name == name).values(disabled=True, epoch=STAFF.c.epoch + 1)
        return bool(connection.execute(change).rowcount)


def end_sessions(name: str) -> None:
    """Make every session of a person invalid."""
    with _engine().begin() as connection:
        connection.execute(sa.update(STAFF).where(STAFF.c.name == name).values(epoch=STAFF.c.epoch + 1))


def check(name: str, password: str) -> Person | None:
    """The account, where the password is its own and it is not disabled; takes as long for a name that does not exist."""
    with _engine().connect() as connection:
        row = connection.execute(sa.select(STAFF).where(STAFF.c.name == name)).first()
    right: bool
    try:
        right = _HASHER.verify(row.password if row else _NOBODY, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        right = False
    return _person(row) if row and right and not row.disabled else None


def _person(row: sa.engine.Row) -> Person:
    return Person(row.name, row.role, row.added, bool(row.disabled), row.epoch)


def _engine() -> sa.engine.Engine:
    return shared_engine(database_url())
