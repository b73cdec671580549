"""One server for the folder, over a database of its own, with a member of staff signed in at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot import paths

if TYPE_CHECKING:
    from tests.security.serving import House

PASSWORD = "a password of some length"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    from bot.channels.guard import Rate  # here, so that what needs no server starts without TensorFlow
    from bot.channels.shared import Alone
    from bot.store import staff
    from tests.security.serving import house
    from tests.wechat.serving import APP_ID, KEY, TOKEN

    folder = tmp_path_factory.mktemp("secure")
    patch = pytest.MonkeyPatch()
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'luohu.db'}",
        "LUOHU_SECRET": "a secret for the tests of security",
        "LUOHU_RATE": "0",
        "LUOHU_WECHAT_TOKEN": TOKEN,
        "LUOHU_WECHAT_AES_KEY": KEY,
        "LUOHU_WECHAT_APP_ID": APP_ID,
        "LUOHU_WECHAT_MODE": "compatible",
    }
    for name, value in own.items():
        patch.setenv(name, value)
    patch.setattr(paths, "VAR", folder)
    limit = Alone.limit
    patch.setattr(Alone, "limit", lambda self, purpose, *rest, **how: (
        Rate(1e9, 1e9) if purpose == "desk" else limit(self, purpose, *rest, **how)
    ))
    staff.add("staff", "editor", PASSWORD)
    with house(folder) as running:
        signed = running.ask("POST", "/desk/api/sign-in", {"name": "staff", "password": PASSWORD})
        assert signed.status == 200, signed.raw
        running.cookie = signed.headers["set-cookie"].split("luohu_desk=")[1].split(";")[0]
        running.csrf = running.desk("GET", "/api/me").json["csrf"]
        yield running
    patch.undo()
