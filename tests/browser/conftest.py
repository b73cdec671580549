"""Real Chromium against one real server with the trained model, for the whole session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot import paths
from tests import tools
from tests.browser.driving import Chat
from tests.rest.serving import Server


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium, installed where that is possible."""
    return tools.chromium()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core at the version of ``package-lock.json``."""
    return tools.axe()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("browser"))
    running.start()
    yield running
    running.stop()


# Playwright keeps an event loop running as long as it lives, so it ends with this folder and leaves the other suites alone.
@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(tools.FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where screenshots are kept, outside git."""
    folder = paths.VAR / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def opened(server: Server, browser: Browser) -> Iterator[Callable[..., Chat]]:
    """Open the page in a context of its own; at the end, nothing may have gone wrong in it or gone elsewhere."""
    chats: list[Chat] = []

    def open_page(width: int = 375, height: int = 812, path: str = "/chat/", **options: Any) -> Chat:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        chat = Chat(context.new_page(), f"http://127.0.0.1:{server.port}")
        chats.append(chat)
        chat.open(path)
        return chat

    yield open_page
    try:
        for chat in chats:
            assert chat.faults == []
            assert chat.elsewhere == []
    finally:
        for chat in chats:
            chat.page.context.close()


@pytest.fixture
def chat(opened: Callable[..., Chat]) -> Chat:
    """The page on a phone."""
    return opened()
