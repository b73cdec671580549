"""A message from arrival to answer: its line in the log and its counts, and no word of it anywhere."""

from __future__ import annotations

import asyncio
import io
import logging

from prometheus_client.parser import text_string_to_metric_families
from rasa.core.channels.channel import UserMessage

from bot.channels import metrics
from bot.channels.asking import Asker
from bot.channels.guard import Incoming
from bot.channels.stages import PARSE, timed
from tests.watch.reading import lines

SENDER = "a-sender-known-to-nobody"
WORDS = "我想把户口迁到临淄"


def value(name: str, **labels: str) -> float:
    for family in text_string_to_metric_families(metrics.exposition({})[0].decode()):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return float(sample.value)
    return 0.0


async def bot(message: UserMessage) -> None:
    if message.text == "坏":
        with timed(PARSE):
            logging.getLogger("luohu.any").error("about to fail")
            raise RuntimeError(WORDS)
    custom = {"schema": "luohu.reply/1", "kind": "answer", "id": "0123456789ab", "jurisdiction": "linzi"}
    heard = {"intent": "ask", "ranking": [["ask/rent_settle", 0.75], ["ask/buy_settle", 0.2]]}
    await message.output_channel.send_response(message.sender_id, {"text": message.text, "custom": custom, "heard": heard})


def asked(text: str = WORDS, phrase: str | None = None) -> Incoming:
    return Incoming(SENDER, text, {}, phrase)


async def test_one_line_and_one_count_per_message_without_a_word_of_it(log: io.StringIO) -> None:
    before = value("luohu_messages_total", channel="watched"), value("luohu_confidence_count")
    await Asker("watched").ask(asked(), bot)
    (line,) = lines(log)
    assert (line["event"], line["reply"], line["channel"], line["kind"]) == ("answered", "0123456789ab", "watched", "answer")
    assert (line["jurisdiction"], line["intent"], line["confidence"]) == ("linzi", "ask", 0.75)
    assert set(line["stages"]) >= {"queue", "other"}
    assert line["ms"] > 0
    assert len(line["sender"]) == 8
    assert value("luohu_messages_total", channel="watched") == before[0] + 1
    assert value("luohu_confidence_count") == before[1] + 1
    everything = log.getvalue() + metrics.exposition({})[0].decode()
    assert WORDS not in everything
    assert SENDER not in everything


async def test_a_message_sent_again_is_counted_as_that_alone(log: io.StringIO) -> None:
    async def remembers(message: UserMessage) -> None:
        custom = {"schema": "luohu.reply/1", "kind": "answer", "id": "0123456789ab"}
        heard = {"intent": "ask", "ranking": [["ask/rent_settle", 0.75]]}
        await message.output_channel.send_response(message.sender_id, {"text": "好", "custom": custom, "heard": heard, "again": True})

    here = {"channel": "again"}
    names = ("luohu_messages_total", here), ("luohu_answer_seconds_count", here), ("luohu_confidence_count", dict[str, str]())
    before = [value(name, **labels) for name, labels in names]
    await Asker("again").ask(asked(), remembers)
    assert [value(name, **labels) for name, labels in names] == before
    assert value("luohu_messages_again_total", channel="again") == 1
    (line,) = lines(log)
    assert line["again"] is True


async def test_an_error_carries_the_turn_of_the_line_and_is_counted_in_its_stage(log: io.StringIO) -> None:
    before = value("luohu_errors_total", stage="parse"), value("luohu_spoken_total", phrase="safe")
    messages = await Asker("watched").ask(asked("坏"), bot)
    inside, error, line = lines(log)
    assert inside["turn"] == error["turn"] == line["turn"]
    assert error["level"] == "error"
    assert "RuntimeError at tests/watch/test_observing.py" in error["event"]
    assert (line["reply"], line["phrase"], line["failed"], line["errors"]) == (
        messages[0]["custom"]["id"],
        "safe",
        "parse",
        ["RuntimeError"],
    )
    assert value("luohu_errors_total", stage="parse") == before[0] + 1
    assert value("luohu_spoken_total", phrase="safe") == before[1] + 1
    assert WORDS not in log.getvalue()


async def test_what_was_tried_again_and_went_well_is_no_failure(log: io.StringIO) -> None:
    async def overtaken_once(message: UserMessage) -> None:
        try:
            with timed(PARSE):
                raise LookupError
        except LookupError:
            await bot(message)

    before = value("luohu_errors_total", stage="parse")
    await Asker("watched").ask(asked(), overtaken_once)
    (line,) = lines(log)
    assert ("failed" in line, "phrase" in line, line["errors"]) == (False, False, ["LookupError"])
    assert value("luohu_errors_total", stage="parse") == before


async def test_a_bot_that_says_nothing_has_failed(log: io.StringIO) -> None:
    async def mute(message: UserMessage) -> None:
        return None

    await Asker("watched").ask(asked(), mute)
    assert [(line["phrase"], line["failed"]) for line in lines(log)] == [("safe", "other")]


async def test_a_sentence_of_the_guard_is_counted_by_its_phrase(log: io.StringIO) -> None:
    before = value("luohu_spoken_total", phrase="too_long")
    await Asker("watched").ask(asked("", "too_long"), bot)
    assert lines(log)[0]["phrase"] == "too_long"
    assert value("luohu_spoken_total", phrase="too_long") == before + 1


async def test_what_is_under_way_and_what_waits_can_be_seen_while_it_does() -> None:
    hold, came = asyncio.Event(), asyncio.Event()

    async def slow(message: UserMessage) -> None:
        came.set()
        await hold.wait()
        await bot(message)

    asker = Asker("watched")
    tasks = [asyncio.create_task(asker.ask(asked(), slow)) for _ in range(3)]
    await came.wait()
    await asyncio.sleep(0)
    assert (value("luohu_in_flight"), value("luohu_queue_messages"), value("luohu_queue_senders")) == (3, 2, 1)
    hold.set()
    await asyncio.gather(*tasks)
    assert (value("luohu_in_flight"), value("luohu_queue_messages"), value("luohu_queue_senders")) == (0, 0, 0)
    assert value("luohu_stage_seconds_count", stage="queue") >= 3


def test_a_code_made_of_what_somebody_sends_cannot_grow_the_metrics() -> None:
    for number in range(metrics._CODES + 50):
        metrics.refused(f"made_up_{number}")
    codes = [line for line in metrics.exposition({})[0].decode().splitlines() if line.startswith("luohu_refused_total")]
    assert len(codes) <= metrics._CODES + 1
