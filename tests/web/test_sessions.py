from __future__ import annotations

import pytest

from bot.channels.guard import Refused
from bot.channels.sessions import new_token, sender_of

DAY = 24 * 3600


def test_a_token_names_one_sender_and_does_not_tell_it() -> None:
    token = new_token()
    assert sender_of(token) == sender_of(token)
    assert sender_of(token).startswith("web-")
    assert sender_of(token)[4:] not in token
    assert sender_of(new_token()) != sender_of(token)


def test_tokens_cannot_be_guessed() -> None:
    tokens = {new_token(0.0) for _ in range(200)}
    assert len(tokens) == 200
    assert len({t.split(".")[0] for t in tokens}) == 200
    assert all(len(t.split(".")[0]) == 24 for t in tokens)  # 144 bits


def test_no_other_text_is_a_token() -> None:
    token = new_token()
    made, sign = token.rsplit(".", 1)
    other = new_token().rsplit(".", 1)[0]
    wrong = [
        None,
        7,
        "",
        "x",
        made,
        f"{made}.",
        f"{other}.{sign}",
        f"{made}.{sign[:-1]}{'0' if sign[-1] != '0' else '1'}",
        token + " ",
        token.upper(),
    ]
    for text in wrong:
        with pytest.raises(Refused) as refused:
            sender_of(text)
        assert (refused.value.status, refused.value.code) == (401, "session_unknown"), text


def test_another_secret_signs_other_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    token = new_token()
    monkeypatch.setenv("LUOHU_SECRET", "another secret for these tests")
    with pytest.raises(Refused):
        sender_of(token)


def test_a_token_lives_as_long_as_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    token = new_token(now=1000.0)
    sender_of(token, now=1000.0 + 30 * DAY)
    with pytest.raises(Refused) as refused:
        sender_of(token, now=1002.0 + 30 * DAY)
    assert (refused.value.status, refused.value.code) == (401, "session_expired")
    monkeypatch.setenv("LUOHU_RETENTION_DAYS", "40")
    sender_of(token, now=1002.0 + 30 * DAY)
