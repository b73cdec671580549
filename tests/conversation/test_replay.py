"""Every reply of every dialogue can be made again from what the journal keeps, bit for bit, by another process without the model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
import sqlalchemy as sa

from bot import paths, versions
from bot.channels.secret import person
from bot.conversation.replay import Record, canonical
from bot.store.releases import RELEASES
from bot.store.turns import TURNS, unpack
from tests.conversation.test_dialogues import dialogues

pytestmark = pytest.mark.rasa

_MOST = 800
"""Bytes that the record of a turn may take in the journal on average."""
_RETELL = """
import json, sys
from bot.conversation.replay import Record, retell
from bot.conversation.world import load_world
world = load_world()
for line in sys.stdin:
    print(json.dumps(retell(world, Record.from_json(json.loads(line))).text))
assert not {"tensorflow", "rasa"} & set(sys.modules)
"""


def test_every_reply_is_retold_bit_for_bit_by_another_process(talk: Any, record_property: Any) -> None:
    heard: list[list[dict[str, Any]]] = []
    senders = []
    for parameter in dialogues():
        (dialogue,) = parameter.values
        conversation = talk(as_of="2026-11-22", **({"jurisdiction": dialogue["place"]} if dialogue.get("place") else {}))
        heard += [conversation.say(turn["user"]) for turn in dialogue["turns"]]
        senders.append(conversation.sender)
    rows = journal(conversation.agent.tracker_store, senders)
    assert [canonical(unpack(row.said)) for row in rows] == [canonical(messages) for messages in heard], "the journal holds what was said"
    retold = retell([unpack(row.how) for row in rows])
    assert len(retold) == len(heard) > 200
    assert [n for n, (said, again) in enumerate(zip(heard, retold, strict=True)) if canonical(said) != again] == []
    sizes = sorted(len(row.how) for row in rows)
    record_property("luohu_record_bytes", f"{len(sizes)} turns: median {sizes[len(sizes) // 2]}, most {sizes[-1]}")
    assert sum(sizes) / len(sizes) < _MOST


def test_the_journal_names_what_the_reply_rested_on(talk: Any) -> None:
    conversation = talk(jurisdiction="linzi")
    conversation.say("我大专毕业，想落户")
    store = conversation.agent.tracker_store
    (row,) = journal(store, [conversation.sender])
    record = Record.from_json(unpack(row.how))
    with store._engine.connect() as connection:
        kept = connection.execute(sa.select(RELEASES.c.body).where(RELEASES.c.id == record.versions)).scalar_one()
    assert versions.Versions.from_json(json.loads(kept)) == versions.current()
    assert Record.from_json(json.loads(json.dumps(record.to_json()))) == record


def journal(store: Any, senders: list[str]) -> list[Any]:
    known = [person(sender) for sender in senders]
    with store._engine.connect() as connection:
        rows = connection.execute(sa.select(TURNS).where(TURNS.c.sender.in_(known))).all()
    return sorted(rows, key=lambda row: (known.index(row.sender), row.at, row.id))


def retell(records: list[dict[str, Any]]) -> list[str]:
    """The replies as another process makes them, with another seed for the hashes of strings: the order of a set would show."""
    done = subprocess.run(
        [sys.executable, "-c", _RETELL],
        input="\n".join(json.dumps(record) for record in records),
        capture_output=True,
        text=True,
        cwd=paths.ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        timeout=250,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
