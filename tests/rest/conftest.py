"""One server for the whole suite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rest.serving import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("rest"))
    running.start()
    yield running
    running.stop()
