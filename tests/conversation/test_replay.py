"""Every reply of every dialogue can be made again from what is kept of it, bit for bit, by another process without the model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bot import paths
from bot.channels.recording import recording
from bot.conversation.replay import Record, canonical
from tests.conversation.test_dialogues import dialogues

pytestmark = pytest.mark.rasa

_MOST = 3000
"""Bytes of a record on average; one holds what was told before it."""
_RETELL = """
import json, sys
from bot.conversation.replay import Record, retell
from bot.conversation.world import load_world
world = load_world()
for line in sys.stdin:
    print(json.dumps(retell(world, Record.from_json(json.loads(line))).text))
assert not {"tensorflow", "rasa"} & set(sys.modules)
"""


def test_every_reply_is_retold_bit_for_bit_by_another_process(talk: Any) -> None:
    records: list[str] = []
    said: list[str] = []
    for parameter in dialogues():
        (dialogue,) = parameter.values
        metadata = {"as_of": "2026-11-22", **({"jurisdiction": dialogue["place"]} if dialogue.get("place") else {})}
        conversation = talk(**metadata)
        for turn in dialogue["turns"]:
            with recording() as under_way:
                messages = conversation.say(turn["user"])
            assert under_way.record is not None
            records.append(json.dumps(under_way.record.to_json(), ensure_ascii=False, separators=(",", ":")))
            said.append(canonical(messages))
    # Another seed for the hashes of strings: what came out in the order of a set would come out in another one.
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    done = subprocess.run(
        [sys.executable, "-c", _RETELL], input="\n".join(records), capture_output=True, text=True, cwd=paths.ROOT, env=environment, timeout=250
    )
    assert done.returncode == 0, done.stderr[-3000:]
    retold = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(retold) == len(said) > 200
    assert [n for n, (kept, again) in enumerate(zip(said, retold, strict=True)) if kept != again] == []
    sizes = sorted(len(r.encode()) for r in records)
    print(f"{len(sizes)} turns; bytes a record: median {sizes[len(sizes) // 2]}, 95 % {sizes[int(len(sizes) * 0.95)]}, most {sizes[-1]}")
    assert sum(sizes) / len(sizes) < _MOST


def test_a_record_survives_its_json(talk: Any) -> None:
    with recording() as under_way:
        talk(jurisdiction="linzi").say("我大专毕业，想落户")
    record = under_way.record
    assert record is not None
    assert Record.from_json(json.loads(json.dumps(record.to_json()))) == record
