"""The static files of a page, read once: each with its type, its compressed form and its tag, under an address that names their content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_SMALL = 400


@dataclass(frozen=True)
class Body:
    """Bytes to send, their type, compressed where that saves something, and a strong tag."""

    raw: bytes
    packed: bytes | None
    kind: str
    tag: str


def body_of(raw: bytes, kind: str, level: int = 9) -> Body:
    """A body; ``level`` is gzip's."""
    packed = gzip.compress(raw, level, mtime=0) if len(raw) > _SMALL else None
    return Body(raw, packed if packed and len(packed) < len(raw) else None, kind, f'"{hashlib.sha256(raw).hexdigest()[:20]}"')


@dataclass(frozen=True)
class Assets:
    """The files by their path below the folder, and the version that stands for their content in addresses."""

    files: Mapping[str, Body]
    version: str


def load_assets(folder: Path) -> Assets:
    """Read a folder.

    Raises:
        ValueError: a file of a type that is not served.
    """
    found: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            if file.suffix not in _TYPES:
                raise ValueError(f"{file}: files of this type are not served; use one of {', '.join(_TYPES)}")
            found[file.relative_to(folder).as_posix()] = file.read_bytes()
    digest = hashlib.sha256(b"".join(name.encode() + hashlib.sha256(raw).digest() for name, raw in found.items()))
    return Assets({name: body_of(raw, _TYPES[Path(name).suffix]) for name, raw in found.items()}, digest.hexdigest()[:12])


def send(request: Request, body: Body, headers: Mapping[str, str], status: int = 200) -> HTTPResponse:
    """The body, compressed where the client takes it; 304 where the client has it already."""
    sent = {"ETag": body.tag, "Vary": "Accept-Encoding", **headers}
    if status == 200 and body.tag in (request.headers.get("if-none-match") or ""):
        return response.raw(b"", 304, sent)
    if body.packed is not None and "gzip" in (request.headers.get("accept-encoding") or ""):
        return response.raw(body.packed, status, {**sent, "Content-Encoding": "gzip"}, body.kind)
    return response.raw(body.raw, status, sent, body.kind)
