"""The log of a running server: JSON, one line per message with the reply's id, and nothing of what was written or by whom."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bot import paths
from tests.rest.serving import HOOK, Server

pytestmark = pytest.mark.server

MESSAGES = ("你好", "我在临淄城里开了个永久牌自行车修理铺，能落户吗", "是", "为什么问这个", "凤凰牌缝纫机怎么买", "落户收多少钱")


def lines(server: Server) -> list[dict[str, Any]]:
    found = []
    for line in server.log.read_text(encoding="utf-8").splitlines():
        parsed = json.loads(line)  # each is JSON, whoever wrote it
        assert {"time", "level", "logger", "event"} <= set(parsed)
        found.append(parsed)
    return found


def test_every_line_is_json_and_there_is_one_per_message_with_the_id_of_the_reply(server: Server) -> None:
    before = len([line for line in lines(server) if line["event"] == "answered"])
    talk = server.talk("linzi")
    replies = [talk.say(message)[0]["custom"] for message in MESSAGES]
    answered = [line for line in lines(server) if line["event"] == "answered"][before:]
    assert [(line["reply"], line["kind"]) for line in answered] == [(reply["id"], reply["kind"]) for reply in replies]
    assert {line["channel"] for line in answered} == {"rest"}
    assert len({line["sender"] for line in answered}) == 1
    assert len({line["turn"] for line in answered}) == len(MESSAGES)
    assert all({"queue", "parse", "policy", "engine", "store", "render"} <= set(line["stages"]) for line in answered)
    assert all(sum(line["stages"].values()) == pytest.approx(line["ms"], abs=0.1) for line in answered)
    started = next(line for line in lines(server) if line["event"] == "started")
    assert {line["model"] for line in answered} == {started["model"]}
    everything = server.log.read_text(encoding="utf-8")
    for word in (talk.sender, "永久牌", "修理铺", "缝纫机", "你好", "收多少钱"):
        assert word not in everything
        assert word.encode("unicode_escape").decode() not in everything


def test_what_sanic_and_alembic_say_comes_the_same_way(server: Server) -> None:
    said = [(line["logger"], line["event"]) for line in lines(server)]
    assert any(logger == "sanic.root" and event.startswith("Starting worker") for logger, event in said)
    assert any(logger.startswith("alembic") and "Running upgrade" in event for logger, event in said)


def test_the_metrics_are_not_for_the_public(server: Server) -> None:
    assert server.get("/metrics").status == 200
    passed_on = server.ask("GET", "/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    assert passed_on.status == 403
    assert passed_on.error["code"] == "metrics_private"
    assert b"luohu_" not in passed_on.raw.replace(b"LUOHU_", b"")


def test_a_reply_of_the_server_can_be_replayed(server: Server) -> None:
    talk = server.talk("linzi")
    talk.say("我在临淄城里上班，签了合同，能落户吗")
    (asked, *_) = talk.say("为什么问这个")
    replayed = subprocess.run(
        [sys.executable, "-m", "bot.cli", "replay", asked["custom"]["id"], "--json"],
        cwd=paths.ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{server.folder / 'luohu.db'}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
    out = json.loads(replayed.stdout)
    assert out["identical"] is True
    assert out["said"][0] == {key: value for key, value in asked.items() if key != "recipient_id"}
    assert HOOK not in replayed.stderr
