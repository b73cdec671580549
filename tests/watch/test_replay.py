"""`luohu replay`: what an operator reads of a past reply, and when it may call it identical."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import paths, versions
from bot.channels.loaded import world
from bot.cli import main
from bot.conversation.replay import Record, Step, retell
from bot.conversation.state import Conversation
from bot.conversation.world import Heard
from bot.store import releases, turns
from bot.store.database import database_url, shared_engine

STORY = "我在临淄城里上班，签了合同，交着社保，能落户吗"


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'luohu.db'}")
    yield
    shared_engine(database_url()).dispose()


def record(text: str = STORY, *steps: Step) -> Record:
    luohu = {"topic": "work_settle", "confidence": 0.9}
    heard = Heard(text, "ask", date(2026, 11, 22), luohu, {"jurisdiction": "linzi"})
    return Record(Conversation(), heard, steps or (Step("answer"),), versions.current().id)


def keep(kept: Record, said: list[dict[str, Any]] | None = None, known: bool = True) -> str:
    """Put a turn into the journal as the server does; the id of its first reply."""
    engine = shared_engine(database_url())
    if known:
        releases.keep(engine, versions.current().id, versions.current().to_json())
    messages = [dict(m, heard={"intent": "ask"}) for m in (said or retell(world(), kept).messages)]
    with engine.begin() as connection:
        for statement, values in turns.recording(turns.Turn(turns.new_id(), "hash", "rest", messages, kept.to_json(), at=1764000000.0)):
            connection.execute(statement, values)
    return str(messages[0]["custom"]["id"])


def test_a_reply_made_again_is_shown_whole_and_called_identical(capsys: pytest.CaptureFixture[str]) -> None:
    reply = keep(record())
    assert main(["replay", f"{reply[:4].upper()} {reply[4:8]}-{reply[8:]}"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"reply      {reply}\nwhen       2025-11-25 00:00:00 in China, channel rest\nplace      linzi 淄博市临淄区\n")
    assert f"heard      {STORY}\n" in out
    for part in (
        "verdict    ",
        "under linzi-2022 on 2026-11-22, for self",
        "\nfacts      ",
        "\ncitations  linzi-2022 ",
        "\nrested on  luohu ",
    ):
        assert part in out
    assert versions.current().data["linzi-2022"] in out
    assert versions.current().model in out
    assert out.endswith("identical: every byte of the reply was made again from the same documents, words and code\n")


def test_the_same_words_said_often_are_one_reply(capsys: pytest.CaptureFixture[str]) -> None:
    reply = {keep(record()) for _ in range(3)}
    assert len(reply) == 1
    assert main(["replay", *reply]) == 0
    assert "(said 3 times; this is the newest)" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["linzi-2022", "wording", "vocabulary", "lexicon", "libraries", "code"])
def test_what_has_changed_is_named_and_identity_is_not_claimed(
    what: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = keep(record())
    old = versions.current()
    new = replace(old, code="0123456789ab") if what == "code" else replace(old, data={**old.data, what: "0123456789ab"})
    monkeypatch.setattr(versions, "current", lambda: new)
    assert main(["replay", reply]) == 1
    out = capsys.readouterr().out
    kept = old.code if what == "code" else old.data[what]
    assert f"changed    {what}: {kept} then, 0123456789ab now\n" in out
    assert out.splitlines()[-1].startswith("not comparable: 1 of the things the reply rested on changed since")
    assert "identical" not in out
    assert "\nsaid\n" in out


def test_a_new_model_changes_nothing_since_what_the_old_one_found_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = keep(record())
    new = replace(versions.current(), model="0123456789ab")
    monkeypatch.setattr(versions, "current", lambda: new)
    assert main(["replay", reply]) == 0


def test_a_single_byte_is_a_difference_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    kept = record()
    said = [json.loads(json.dumps(m)) for m in retell(world(), kept).messages]
    said[0]["text"] = said[0]["text"].replace("。", "，", 1)
    assert main(["replay", keep(kept, said)]) == 1
    out = capsys.readouterr().out
    assert "--- said then" in out
    assert out.splitlines()[-1].startswith("different: the same documents, words and code say something else now")


def test_a_turn_that_failed_says_the_safe_sentence_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", keep(record(STORY, Step("answer", "KeyError")))]) == 0
    assert "answer failed with KeyError: the safe sentence was said" in capsys.readouterr().out


def test_a_turn_that_fails_now_still_shows_what_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    reply = keep(record(STORY, Step("a turn of another release")), [dict(m) for m in retell(world(), record()).messages])
    assert main(["replay", reply]) == 1
    out = capsys.readouterr().out
    assert "依据" in out
    assert out.endswith("not replayed: the turn fails now with KeyError\n")


def test_a_reply_whose_release_is_not_on_record_is_not_called_identical(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", keep(record(), known=False)]) == 1
    assert "what the reply rested on is not on record; today the same words come out" in capsys.readouterr().out


def test_everything_is_there_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", keep(record()), "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert (out["identical"], out["changed"], out["said"]) == (True, [], out["retold"])
    assert out["how"]["turns"] == ["answer"]


@pytest.mark.parametrize(
    ("given", "says"),
    [("0123456789ab", "no reply 0123456789ab is in the journal"), ("hello", "'hello' is no id of a reply; it has 12 digits")],
)
def test_an_unknown_id_is_refused_clearly(given: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", given]) == 2
    assert says in capsys.readouterr().err


def test_the_command_loads_neither_rasa_nor_the_model() -> None:
    reply = keep(record())
    code = (
        "import sys; from bot.cli import main; done = main(['replay', sys.argv[1]]);"
        "assert not {'rasa', 'tensorflow', 'sanic'} & set(sys.modules); sys.exit(done)"
    )
    done = subprocess.run([sys.executable, "-c", code, reply], cwd=paths.ROOT, env=os.environ, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "identical" in done.stdout
