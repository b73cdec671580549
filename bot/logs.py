"""One log for everything in the process: lines of luohu, Rasa, Sanic, Alembic and asyncio leave through one formatter on standard error.

``LUOHU_LOG=json`` writes one JSON object a line, ``plain`` a line for people; without it, plain at a terminal and JSON elsewhere.

A line never holds what a resident wrote: of an error it names the type and where it was raised, never its message, which may
repeat a text; of a library's structured line it keeps the name alone.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import orjson
import structlog

from bot import paths

JSON, PLAIN = "json", "plain"
FORMS = (JSON, PLAIN)
if TYPE_CHECKING:
    _StreamHandler = logging.StreamHandler[TextIO]
else:
    _StreamHandler = logging.StreamHandler
_OWN = "luohu"
_QUIET = ("rasa", "rasa_sdk", "matplotlib", "sanic.access", "sanic.error", "alembic.runtime.plugins")
_LIVELY = ("alembic", "sanic.root")
_FRAMES = 12
"""Frames of a traceback that are kept, the innermost last."""

Event = MutableMapping[str, Any]


def form(stream: TextIO | None = None) -> str:
    """``LUOHU_LOG``, or what suits the stream (standard error by default).

    Raises:
        RuntimeError: the setting is neither ``json`` nor ``plain``.
    """
    given = os.environ.get("LUOHU_LOG")
    if given is None:
        return PLAIN if (stream or sys.stderr).isatty() else JSON
    if given not in FORMS:
        raise RuntimeError(f"LUOHU_LOG is {given!r}; use json or plain")
    return given


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Writes a line of :func:`event` at once: its values are ours and there is no error in it, so most of the chain has nothing to do."""

    def __init__(self, short: Sequence[Any], **chains: Any) -> None:
        """``short`` is what a line of :func:`event` passes through; ``chains`` are those of every other line."""
        super().__init__(**chains)
        self._short = short

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        values = getattr(record, "values", None)
        if values is None:
            return super().format(record)
        line: Any = {"event": record.msg, **values, "logger": record.name, "level": record.levelname.lower()}
        for step in self._short:
            line = step(None, "", line)
        return str(line)


class _Handler(_StreamHandler):
    """The one way out."""


def configure(stream: TextIO | None = None) -> None:
    """Send every line of this process to standard error (or ``stream``) through one formatter; done anew, it replaces what was set up.

    Raises:
        RuntimeError: ``LUOHU_LOG`` is wrong.
    """
    shape = form(stream)
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        stamp,
        _without_words,
        _where,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    last: list[Any] = [_json_shape, structlog.processors.JSONRenderer(serializer=_dumps)] if shape == JSON else [_plain]
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(
        _Formatter(
            [structlog.contextvars.merge_contextvars, stamp, *last],
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [*(h for h in root.handlers if not isinstance(h, _Handler)), handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OWN).setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _LIVELY:
        logging.getLogger(name).setLevel(logging.INFO if shape == JSON else logging.WARNING)


def _dumps(line: Event, **_: Any) -> str:
    return orjson.dumps(line, default=str).decode()


def event(name: str, **values: Any) -> None:
    """Write one structured line of luohu's own; the caller sees to it that no value holds a text or a sender."""
    logger = logging.getLogger(_OWN)
    if logger.isEnabledFor(logging.INFO):  # handed over as it is: looking for the caller and binding values costs more than the line
        record = logging.LogRecord(_OWN, logging.INFO, "", 0, name, None, None)
        record.values = values
        logger.handle(record)


def origin(error: BaseException) -> str:
    """The type of an error and the innermost frame it was raised in, without its own words: ``KeyError at bot/policy/load.py:41 find``."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {_frame(frames[-1])}" if frames else type(error).__name__


def _without_words(_: Any, __: str, line: Event) -> Event:
    """Keep of a structured line of a library nothing but its name: Rasa's hold messages, slots and trackers."""
    record = line.get("_record")
    ours = str(line.get("logger", "")).split(".")[0] == _OWN
    if record is not None:  # the lines after the first show values: asyncio's, the exception with its words
        line["event"] = str(line["event"]).split("\n", 1)[0]
        return line
    if ours:
        return line
    return {key: line[key] for key in ("event", "logger", "level", "time", "exc_info", "turn", "channel") if key in line}


def _where(_: Any, __: str, line: Event) -> Event:
    """An error as its type and the frames it passed; its own words are left out."""
    raised = line.pop("exc_info", None)
    line.pop("exc_text", None)
    line.pop("stack", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        line["error"] = type(error).__name__
        line["at"] = [_frame(f) for f in traceback.extract_tb(error.__traceback__)[-_FRAMES:]]
    return line


def _frame(frame: traceback.FrameSummary) -> str:
    file = Path(frame.filename)
    try:
        name = file.relative_to(paths.ROOT).as_posix()
    except ValueError:
        name = "/".join(file.parts[-3:])
    return f"{name}:{frame.lineno} {frame.name}"


_ORDER = ("time", "level", "logger", "event")


def _json_shape(_: Any, __: str, line: Event) -> Event:
    return {**{key: line[key] for key in _ORDER if key in line}, **{k: v for k, v in line.items() if k not in _ORDER}}


def _plain(_: Any, __: str, line: Event) -> str:
    """``12:08:01 warning luohu.http something happened  key=value``."""
    at, level, logger, what = (str(line.get(key, "")) for key in _ORDER)
    rest = "".join(f"  {key}={_short(value)}" for key, value in line.items() if key not in (*_ORDER, "at"))
    trace = "".join(f"\n    {frame}" for frame in line.get("at", ()))
    return f"{at[11:19]} {level} {logger} {what}{rest}{trace}"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return ",".join(f"{key}:{part}" for key, part in value.items())
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
