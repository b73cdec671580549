"""The server's secret: made once, private, the same for everyone who asks; hashes differ by purpose."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import paths
from bot.channels.secret import keyed_hash, secret


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUOHU_SECRET", raising=False)
    monkeypatch.setattr(paths, "VAR", tmp_path / "var")


def test_it_is_made_once_and_private() -> None:
    made = secret()
    file = paths.VAR / "secret"
    assert len(made) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret() == made
    assert [f.name for f in paths.VAR.iterdir()] == ["secret"], "no working file is left"


def test_it_stays_the_same_until_the_next_start_whatever_becomes_of_the_file() -> None:
    made = secret()
    (paths.VAR / "secret").unlink()
    assert secret() == made


def test_all_who_start_at_once_get_the_same() -> None:
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: secret(), range(64)))) == 1


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOHU_SECRET", "a secret of the operator")
    assert secret() == b"a secret of the operator"
    assert not paths.VAR.exists()


@pytest.mark.parametrize("value", ["", "short"])
def test_a_weak_secret_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LUOHU_SECRET", value)
    with pytest.raises(RuntimeError, match="LUOHU_SECRET holds"):
        secret()


def test_a_damaged_file_is_refused_by_name() -> None:
    paths.VAR.mkdir()
    (paths.VAR / "secret").write_text("")
    with pytest.raises(RuntimeError, match="var/secret holds 0 bytes"):
        secret()


def test_a_hash_depends_on_secret_purpose_and_value(monkeypatch: pytest.MonkeyPatch) -> None:
    first = keyed_hash("wechat", "o-1")
    assert (len(first), keyed_hash("wechat", "o-1")) == (64, first)
    assert len({first, keyed_hash("web", "o-1"), keyed_hash("wechat", "o-2"), keyed_hash("wecha", "t\0o-1")}) == 4
    monkeypatch.setenv("LUOHU_SECRET", "a secret of the operator")
    assert keyed_hash("wechat", "o-1") != first
