"""A wrong setting is refused at the start, by name, with what to write instead; nothing falls to a default in silence."""

from __future__ import annotations

import pytest

from bot.cli import main

WRONG = {
    "LUOHU_RATE": ("fast", "LUOHU_RATE is 'fast'; use messages per second and sender, such as 2 or 0.5, or 0 for no limit"),
    "SANIC_BACKLOG": ("0", "SANIC_BACKLOG is '0'; use a whole number of connections from 1 to 65535"),
    "LUOHU_LINGER": ("ten", "LUOHU_LINGER is 'ten'; use a number of seconds from 0 to 300"),
    "LUOHU_RETENTION_DAYS": ("0", "LUOHU_RETENTION_DAYS is '0'; use a whole number of days from 1 to 3650"),
    "LUOHU_JOURNAL_DAYS": ("1.5", "LUOHU_JOURNAL_DAYS is '1.5'; use a whole number of days from 1 to 3650"),
    "LUOHU_AUDIT_DAYS": ("", "LUOHU_AUDIT_DAYS is ''; use a whole number of days from 1 to 3650"),
    "DATABASE_URL": ("mysql://a/b", "DATABASE_URL is no address of a database that luohu can use; write it as postgresql://"),
    "LUOHU_SECRET": ("short", "LUOHU_SECRET holds 5 bytes; a secret needs at least 16"),
    "LUOHU_DESK_PROXY_FROM": ("10.0.0.5", "set both LUOHU_DESK_PROXY_HEADER and LUOHU_DESK_PROXY_FROM, or neither"),
    "LUOHU_PUBLIC_URL": ("luohu", "LUOHU_PUBLIC_URL is 'luohu'; use the address residents reach this server at"),
    "LUOHU_JURISDICTION": ("atlantis", "LUOHU_JURISDICTION is 'atlantis'; use one of: liaocheng, linzi, or leave it out"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_refused(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    value, sentence = WRONG[name]
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.training.ensure_trained", lambda: pytest.fail("refused only after the model"))
    assert main(["serve", "--port", "6598"]) == 1
    assert sentence in capsys.readouterr().err
