"""The files of the page, and the headers that every answer of the desk carries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sanic import response
from sanic.response import HTTPResponse

from bot.channels.guard import Refused

WEB = Path(__file__).parent / "web"
PUBLIC = ("sign-in.js", "base.css", "icon.svg")
"""What the sign-in page needs; everything else is for people who are signed in."""
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@lru_cache(maxsize=1)
def files() -> Mapping[str, bytes]:
    """The files by name, read once."""
    return {f.name: f.read_bytes() for f in WEB.iterdir() if f.suffix in _TYPES}


def file(name: str) -> HTTPResponse:
    """One file.

    Raises:
        KeyError: there is none.
    """
    return with_headers(response.raw(files()[name], content_type=_TYPES[Path(name).suffix]))


def unknown() -> HTTPResponse:
    """Nothing at this address."""
    return refusal(Refused(404, "not_found", "there is nothing at this address", ""))


def refusal(refused: Refused) -> HTTPResponse:
    """An error as JSON."""
    return with_headers(response.json(refused.body(), refused.status, ensure_ascii=False))


def with_headers(answer: HTTPResponse) -> HTTPResponse:
    """The answer with every security header."""
    answer.headers.update(HEADERS)
    return answer
