"""One log of lines, whoever writes them, and no word of a resident in it."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from bot import logs
from tests.watch.reading import lines

SECRET = "我在临淄城里开了个修理铺"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.mark.parametrize(
    "name", ["luohu.http", "rasa.core.processor", "sanic.root", "sanic.error", "alembic.runtime.migration", "asyncio", "py"]
)
def test_every_logger_of_the_process_writes_the_same_json(name: str, log: io.StringIO) -> None:
    logging.getLogger(name).warning("%s happened", "something")
    (line,) = lines(log)
    assert (line["logger"], line["level"], line["event"]) == (name, "warning", "something happened")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["time"])
    assert list(line)[:4] == ["time", "level", "logger", "event"]


def test_what_is_done_and_what_rasa_chats_about() -> None:
    held = io.StringIO()
    logs.configure(held)
    for name in ("luohu.upkeep", "alembic.runtime.migration", "rasa.core.agent", "rasa_sdk.executor"):
        logging.getLogger(name).info("done")
    assert [line["logger"] for line in lines(held)] == ["luohu.upkeep", "alembic.runtime.migration"]


def test_an_error_is_named_and_placed_and_its_words_are_left_out(log: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        logging.getLogger("luohu.http").error("a request failed", exc_info=error)
        logging.getLogger("sanic.error").exception("a request failed")
        structlog.get_logger("luohu").error("failed", exc_info=True)
        logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: <Task exception={error!r}>")
        logging.getLogger("luohu.rest").error("not answered: %s", logs.origin(error))
    assert SECRET not in log.getvalue()
    assert SECRET.encode("unicode_escape").decode() not in log.getvalue()
    own, sanic, structured, task, placed = lines(log)
    for line in (own, sanic, structured):
        assert line["error"] == "ValueError"
        assert re.fullmatch(r"tests/watch/test_logs\.py:\d+ test_an_error.*", line["at"][-1])
    assert re.fullmatch(r"not answered: ValueError at tests/watch/test_logs\.py:\d+ test_an_error.*", placed["event"])
    assert task["event"] == "Task exception was never retrieved"


def test_of_a_structured_line_of_rasa_the_name_alone_is_kept(log: io.StringIO) -> None:
    structlog.get_logger("rasa.core.processor").warning("processor.message.parse", parse_data_text=SECRET, anything=SECRET)
    (line,) = lines(log)
    assert line["event"] == "processor.message.parse"
    assert SECRET not in json.dumps(line, ensure_ascii=False)


def test_a_line_for_people_has_the_same_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOHU_LOG", "plain")
    held = io.StringIO()
    logs.configure(held)
    logs.event("answered", reply="0123456789ab", kind="answer", stages={"parse": 1.5, "engine": 3})
    logging.getLogger("sanic.root").info("Goin' Fast")
    logs.configure()
    said = r"\d\d:\d\d:\d\d info luohu answered  reply=0123456789ab  kind=answer  stages=parse:1.5,engine:3\n"
    assert re.fullmatch(said, held.getvalue())


def test_without_a_setting_a_terminal_gets_lines_for_people_and_anything_else_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUOHU_LOG", raising=False)
    terminal = io.StringIO()
    assert logs.form(terminal) == "json"
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    assert logs.form(terminal) == "plain"


def test_a_wrong_setting_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOHU_LOG", "xml")
    with pytest.raises(RuntimeError, match="LUOHU_LOG is 'xml'; use json or plain"):
        logs.configure()
