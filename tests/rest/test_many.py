"""Many senders at once, one sender's messages in order, and a restart that loses no conversation."""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot import paths
from tests.rest.serving import HOOK, Server, serve_command
from tests.rest.test_wire import RENTED

pytestmark = pytest.mark.server

SENDERS = 20


def facts(screening: dict[str, Any]) -> dict[str, Any]:
    return {f["fact"]: f["values"] for f in screening["facts"]}


def test_twenty_senders_at_once_do_not_mix(server: Server) -> None:
    def converse(number: int) -> tuple[bool, list[Any], str]:
        talk = server.talk("linzi", f"parallel-{number}-{time.time_ns()}")
        agrees = number % 2 == 0
        assert talk.screening(RENTED)["question"]["fact"] == "rent.owner_consent"
        consent = talk.screening("同意" if agrees else "不同意")
        return agrees, facts(consent)["rent.owner_consent"], consent["person"]

    with ThreadPoolExecutor(SENDERS) as pool:
        for agrees, consent, person in pool.map(converse, range(SENDERS)):
            assert (consent, person) == ([agrees], "self")


def test_one_senders_messages_are_answered_in_order(server: Server) -> None:
    talk = server.talk("linzi")
    with ThreadPoolExecutor(3) as pool:
        sent = []
        for text in (RENTED, "同意", "没有别人的户口"):
            sent.append(pool.submit(talk.screening, text))
            time.sleep(0.03)
        first, second, third = (s.result() for s in sent)
    assert first["question"]["fact"] == "rent.owner_consent"
    assert second["question"]["fact"] == "rent.register_empty"
    assert {r["id"]: r["verdict"] for r in third["routes"]}["二(一)1-租房"] == "eligible"


def test_a_flood_of_one_sender_is_answered_message_by_message(server: Server) -> None:
    talk = server.talk("liaocheng")
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(talk.say, ["租房能落户吗"] * 30))
    assert all(len(a) == 1 and a[0]["custom"]["topic"] == "rent_settle" for a in answers)


def test_a_restarted_server_goes_on_with_the_conversation(server: Server) -> None:
    pending, named = server.talk("linzi"), server.talk()
    assert pending.screening(RENTED)["question"]["fact"] == "rent.owner_consent"
    assert named.say("临淄租房能落户吗")[0]["custom"]["jurisdiction"] == "linzi"
    began = time.monotonic()
    code = server.stop()
    assert code in (0, -15), f"exit code {code}:\n{server.tail()}"
    assert time.monotonic() - began < 15
    server.start()
    after = pending.screening("同意")
    assert facts(after)["rent.owner_consent"] == [True]
    assert facts(after)["housing.kind"] == ["rented"]
    assert after["question"]["fact"] == "rent.register_empty"
    assert named.say("买公寓能落户吗")[0]["custom"]["jurisdiction"] == "linzi"


def test_a_port_that_is_taken_is_said_so(server: Server) -> None:
    ended = subprocess.run(serve_command(server.port), cwd=paths.ROOT, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert f"cannot listen on 127.0.0.1:{server.port}" in ended.stderr.decode()
    assert "Traceback" not in ended.stderr.decode()


def test_the_root_says_what_this_is(server: Server) -> None:
    assert server.get("/").json["service"] == "luohu"
    assert server.ask("GET", HOOK.removesuffix("webhook")).json == {"status": "ok"}
