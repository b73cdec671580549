"""The server's secret: keys the hashes that stand for people, and signs what the server must recognise again.

``LUOHU_SECRET`` where it is set (many servers share one); otherwise 32 random bytes made once and kept under ``var/secret``.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from bot import paths

SHORTEST = 16
"""Bytes a secret must have at least."""


def secret() -> bytes:
    """``LUOHU_SECRET`` as UTF-8, or the content of ``var/secret``, made with mode 0600 where there is none.

    Raises:
        RuntimeError: the secret is shorter than :data:`SHORTEST` bytes; the message says how to mend it.
    """
    given = os.environ.get("LUOHU_SECRET")
    if given is not None:
        return _long_enough(given.encode(), "LUOHU_SECRET")
    return _kept(paths.VAR)


def keyed_hash(purpose: str, value: str) -> str:
    """HMAC-SHA256 of a value as 64 hexadecimal digits; the same value has unrelated hashes for different purposes."""
    made = _keyed(secret()).copy()
    made.update(f"{purpose}\0{value}".encode())
    return made.hexdigest()


@lru_cache(maxsize=8)
def _keyed(key: bytes) -> hmac.HMAC:
    # Copied for every hash: to begin one costs more than the hash, since OpenSSL looks its algorithm up each time.
    return hmac.new(key, digestmod="sha256")


def person(sender: str) -> str:
    """The name under which turns, feedback and gaps of a sender are kept: a keyed hash."""
    return keyed_hash("store", sender)


@lru_cache(maxsize=8)
def _kept(folder: Path) -> bytes:
    # Read once: every message needs it several times, and a new one counts from the next start, as a new LUOHU_SECRET does.
    file = folder / "secret"
    if not file.exists():
        _make(file)
    return _long_enough(file.read_bytes(), str(file))


def _make(file: Path) -> None:
    """Write a new secret; of several processes that start at once, one wins and all read the same."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".secret-")  # mkstemp gives mode 0600
    try:
        with os.fdopen(handle, "w") as new:
            new.write(secrets.token_hex(32))
            new.flush()
            os.fsync(new.fileno())
        with contextlib.suppress(FileExistsError):  # unlike rename, link fails where another process was first
            os.link(name, file)
    finally:
        os.unlink(name)


def _long_enough(value: bytes, where: str) -> bytes:
    if len(value) < SHORTEST:
        raise RuntimeError(f"{where} holds {len(value)} bytes; a secret needs at least {SHORTEST}, for example from `openssl rand -hex 32`")
    return value
