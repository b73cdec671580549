"""Every error of the server as JSON ``{"error": {"code", "message", "path"}}``, without a stack trace."""

from __future__ import annotations

import logging

from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import metrics
from bot.channels.guard import MAX_BODY, Refused
from bot.channels.shared import Apart
from bot.store.errors import StoreError, cause

logger = logging.getLogger("luohu.http")

_MESSAGES = {
    400: ("bad_request", "the request cannot be read; see /api/v1/openapi.json"),
    404: ("not_found", "there is nothing at this address; see /api/v1/openapi.json"),
    405: ("method_not_allowed", "this address does not take this method; see /api/v1/openapi.json"),
    408: ("request_timeout", "the request came in too slowly; send it again"),
    413: ("body_too_large", f"the body is too large; send at most {MAX_BODY} bytes"),
    503: ("not_ready", "the server is not ready; try again in a few seconds"),
}


def install(app: Sanic) -> None:
    """Answer every exception of the app as JSON; and no answer at all is taken by a browser for something else than it says it is."""

    @app.on_response
    async def _as_it_says(request: Request, answer: HTTPResponse) -> None:
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")

    @app.exception(Exception)
    async def _answer(request: Request, error: Exception) -> HTTPResponse:
        path = getattr(request, "path", "") or ""
        if isinstance(error, Apart):
            logger.error("%s was not done: %s", path, error)
            error = Refused(503, "apart", "the servers cannot reach what they share; try again in a minute", path)
        if isinstance(error, Refused):
            metrics.refused(error.code)
            return response.json(error.body(), error.status, ensure_ascii=False)
        if isinstance(error, (SQLAlchemyError, StoreError)):
            logger.error("%s failed: %s", path, cause(error))
            metrics.refused("database_away")
            error = Refused(503, "database_away", "the database cannot be used now; try again in a few minutes", path)
            return response.json(error.body(), error.status)
        status = getattr(error, "status_code", 500) if isinstance(error, SanicException) else 500
        if status >= 500 and status != 503:
            logger.error("%s failed: %s", path, type(error).__name__, exc_info=error)
        code, message = _MESSAGES.get(
            status,
            ("internal_error", "the server failed on this request; it is logged") if status >= 500 else ("bad_request", _MESSAGES[400][1]),
        )
        headers = getattr(error, "headers", None)
        return response.json(
            {"error": {"code": code, "message": message, "path": path}}, status, headers=headers if isinstance(headers, dict) else None
        )
