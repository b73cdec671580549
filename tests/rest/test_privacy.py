"""Personal data reaches neither the database nor the log, and the resident is told."""

from __future__ import annotations

import re

import pytest

from tests.rest.serving import HOOK, Server

pytestmark = pytest.mark.server

# Well-known specimen numbers; none belongs to a person.
SECRETS = {
    "identity number": ("11010519491231002X", "11010519491231002X"),
    "identity number, full width": ("１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ"),
    "identity number, spaced": ("110105 19491231 002X", "19491231 002"),
    "identity number, small x": ("11010519491231002x", "11010519491231002"),
    "mobile number": ("13800138000", "13800138000"),
    "mobile number with country code": ("+86 138-0013-8000", "0013-8000"),
    "bank card": ("6222021234567890128", "6222021234567890128"),
    "e-mail": ("nobody.specimen@example.com", "nobody.specimen"),
    "number plate": ("鲁P8Z90Q", "8Z90Q"),
    "passport": ("E12345678", "E12345678"),
}


@pytest.mark.parametrize("name", SECRETS)
def test_personal_data_is_written_nowhere(server: Server, name: str) -> None:
    secret, trace = SECRETS[name]
    talk = server.talk("linzi")
    messages = talk.say(f"我在临淄城里上班，签了合同，号码是{secret}，能落户吗")
    messages += talk.say(f"{secret}")
    assert messages[0]["custom"]["screening"]["verdict"] == "eligible", "the rest of the message is still read"
    assert "已经隐去" in messages[0]["text"]
    assert all(trace not in m["text"] for m in messages)
    kept = server.kept()
    assert talk.sender.encode() in kept, "the conversation itself is kept"
    for encoding in ("utf-8", "unicode_escape"):
        assert trace.encode(encoding) not in kept
    digits = re.sub(r"\D", "", trace)
    assert len(digits) < 6 or digits.encode() not in kept


def test_a_refused_message_leaves_nothing_behind(server: Server) -> None:
    server.post(HOOK, {"sender": "refused-sender", "message": "我的号码13900139000", "metadata": {"jurisdiction": "moon"}})
    server.post(HOOK, {"sender": "refused-sender", "message": "13900139000" * 100})
    assert b"13900139000" not in server.kept()
    assert b"refused-sender" not in server.kept()


def test_what_residents_write_is_not_in_the_log(server: Server) -> None:
    talk = server.talk("linzi")
    talk.say("我在临淄城里开了个凤凰牌自行车修理铺")
    log = server.log.read_text(encoding="utf-8") + server.printed.read_text(encoding="utf-8")
    assert "answered" in log
    assert "修理铺" not in log
    assert talk.sender not in log


def test_metrics_hold_neither_text_nor_sender(server: Server) -> None:
    talk = server.talk("linzi")
    talk.say("落户收多少钱")
    text = server.get("/metrics").raw.decode()
    assert re.search(r'luohu_messages_total\{channel="rest"\} [1-9]', text)
    assert 'kind="not_stated"' in text
    assert talk.sender not in text
    assert "落户" not in text
