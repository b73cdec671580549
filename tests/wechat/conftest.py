"""The Node counterpart, once for the whole suite, and a secret of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wechat.counterparts import Wecom


@pytest.fixture(scope="session")
def wecom() -> Iterator[Wecom]:
    running = Wecom()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [n for n in os.environ if n.startswith(("LUOHU_WECHAT_", "LUOHU_PUBLIC_URL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LUOHU_SECRET", "the secret of the tests")
    monkeypatch.setenv("LUOHU_RATE", "0")
