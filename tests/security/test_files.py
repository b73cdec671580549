"""What lies on the disk: the model that is loaded, what is kept, what the repository holds."""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import paths
from bot.store.database import engine_for
from bot.training import check_seal, seal

HEX = re.compile(r"[0-9a-f]{64}")


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LUOHU_MODEL_SHA256", raising=False)
    file = tmp_path / "abc.tar.gz"
    file.write_bytes(b"a model")
    seal(file)
    return file


def test_a_model_that_is_as_it_was_trained_passes(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = check_seal(model)
    assert HEX.fullmatch(digest)
    monkeypatch.setenv("LUOHU_MODEL_SHA256", digest.upper())
    assert check_seal(model) == digest


def test_a_model_that_was_changed_is_not_loaded(model: Path) -> None:
    from bot.channels.server import load_agent

    model.write_bytes(b"a modem")
    with pytest.raises(RuntimeError, match=r"abc\.tar\.gz was changed.*luohu train --force"):
        load_agent(model)


def test_a_model_of_unknown_origin_is_not_loaded(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOHU_MODEL_SHA256", "0" * 64)
    with pytest.raises(RuntimeError, match="LUOHU_MODEL_SHA256"):
        check_seal(model)
    monkeypatch.delenv("LUOHU_MODEL_SHA256")
    (model.parent / "abc.tar.gz.sha256").unlink()
    with pytest.raises(RuntimeError, match="is missing"):
        check_seal(model)


def test_what_is_kept_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "luohu.db"
    engine = engine_for(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE a (b TEXT)"))
        connection.execute(sa.text("INSERT INTO a VALUES ('c')"))
        for kept in file.parent.iterdir():
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600, kept.name
    engine_for(f"sqlite:///{file}").connect().close()


_KEYS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|xox[bp]-[0-9]|AIza[0-9A-Za-z_\-]{35}"
    r"|(?:password|passwd|secret|token)\s*[:=]\s*[\"'][A-Za-z0-9+/]{32,}[\"']"
)
_DANGEROUS = (
    ".pem",
    ".key",
    ".p12",
    ".pfx",
    ".db",
    ".sqlite",
    ".sqlite3",
    ".pkl",
    ".pickle",
    ".joblib",
    ".env",
    ".log",
    ".gz",
    ".exe",
    ".so",
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=paths.ROOT, capture_output=True, text=True, check=True)
    return [paths.ROOT / name for name in listed.stdout.split("\0") if name and (paths.ROOT / name).is_file()]


def test_the_repository_holds_no_secret() -> None:
    files = tracked()
    assert len(files) > 200
    for file in files:
        assert not file.name.endswith(_DANGEROUS), file
        assert not file.is_symlink(), file
        text = file.read_bytes().decode("utf-8", "replace")
        found = _KEYS.search(text)
        assert not found, (file, found)


def test_a_secret_in_the_repository_would_be_seen() -> None:
    assert _KEYS.search("-----BEGIN " + "RSA PRIVATE KEY-----")
    assert _KEYS.search("token = '" + "a" * 40 + "'")


def test_what_is_made_at_run_time_is_not_tracked() -> None:
    ignored = (paths.ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {"var/", "models/", ".venv/"} <= set(ignored)
