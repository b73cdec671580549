"""One desk for the folder, over a database of its own, with a member of staff and an editor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import paths
from bot.store import staff
from tests.desk.serving import Client, Served

PASSWORD = "a password of some length"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("desk")
    patch = pytest.MonkeyPatch()
    patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'desk.db'}")
    patch.setenv("LUOHU_SECRET", "a secret for the tests of the desk")
    patch.setattr(paths, "VAR", folder)
    staff.add("staff", "staff", PASSWORD)
    staff.add("editor", "editor", PASSWORD)
    running = Served()
    yield running
    running.stop()
    patch.undo()


@pytest.fixture
def client(served: Served) -> Client:
    """Somebody who is not signed in."""
    return Client(served.port)


@pytest.fixture(scope="session")
def seat(served: Served) -> Client:
    """A member of staff who is signed in."""
    one = Client(served.port)
    assert one.sign_in("staff", PASSWORD).status == 200
    return one


@pytest.fixture(scope="session")
def editor(served: Served) -> Client:
    """An editor who is signed in."""
    one = Client(served.port)
    assert one.sign_in("editor", PASSWORD).status == 200
    return one
