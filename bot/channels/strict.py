"""HTTP read strictly and within a time: what a proxy and this server could read differently is refused, and slow senders are cut.

Sanic starts its clock anew with every byte that comes in, so that somebody who sends one byte a second is never cut; it takes
``Content-Length: +5`` and a body that has two lengths. Behind nginx neither reaches the server; without it, this is all there is.
"""

from __future__ import annotations

import re
import time
from typing import Any

from sanic.exceptions import InvalidUsage, PayloadTooLarge, RequestTimeout
from sanic.http import Http, Stage
from sanic.server.protocols.http_protocol import HttpProtocol

WITHIN = 20
"""Seconds within which a whole request, headers and body, has to be here."""
_NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_UNSEEN = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_LENGTH = re.compile(r"[0-9]{1,15}")
_ONCE = ("content-length", "transfer-encoding", "host", "expect")


class StrictHttp(Http):
    """One connection whose requests have to be unambiguous."""

    async def http1_request_header(self) -> None:
        """Read the headers of the next request.

        Raises:
            InvalidUsage: they can be read in two ways; the connection is closed after the answer.
        """
        self.protocol.began = time.monotonic()
        try:
            await super().http1_request_header()
        except PayloadTooLarge:
            raise
        except Exception as error:  # a missing or odd length, an address that is none, a line that is no header
            self.url = None  # Sanic would parse a bad address once more for its answer, and fail
            raise self._bad() from error
        lines = self.request.head.split(b"\r\n")
        names = [line.partition(b":")[0] for line in lines[1:]]
        if any(_UNSEEN.search(line) for line in lines) or not all(_NAME.fullmatch(name) for name in names):
            raise self._bad()
        headers = self.request.headers
        if any(len(headers.getall(name, [])) > 1 for name in _ONCE) or (self.request.version == "1.1" and not headers.get("host")):
            raise self._bad()
        length, coding = headers.get("content-length"), headers.get("transfer-encoding")
        if (length is not None and coding is not None) or (length is not None and not _LENGTH.fullmatch(length)):
            raise self._bad()
        if coding is not None and coding != "chunked":
            raise self._bad()

    def _bad(self) -> InvalidUsage:
        self.request_body = None  # what follows is not read
        self.keep_alive = False
        return InvalidUsage("Bad Request")


class StrictProtocol(HttpProtocol):
    """Connections read by :class:`StrictHttp`, each request within the app's ``REQUEST_TIMEOUT`` from its first byte to its last."""

    __slots__ = ("began",)

    def _setup_connection(self) -> None:
        self.began = time.monotonic()
        super()._setup_connection()
        self._http = StrictHttp(self)

    def check_timeouts(self) -> None:
        """Cut a connection whose request is not here in time; the other timeouts are Sanic's."""
        http: Any = self._http
        reading = http is not None and (http.stage is Stage.REQUEST or (http.stage is Stage.HANDLER and http.request_body))
        if self._task and reading and time.monotonic() - self.began > self.request_timeout:
            http.exception = RequestTimeout("Request Timeout")
            self._task.cancel()
        else:
            super().check_timeouts()
