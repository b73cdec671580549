"""Real Chromium against one real server with the trained model, for the whole session."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot import paths
from tests.browser.driving import Chat
from tests.rest.serving import Server

HERE = Path(__file__).parent
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _missing(what: str) -> None:
    """Fail in CI, where everything must run; elsewhere leave the browser tests out."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium, installed where that is possible."""
    if not shutil.which("chromium") and os.geteuid() == 0 and shutil.which("apt-get"):
        command = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk"
        subprocess.run(["sh", "-c", command], check=False, capture_output=True, timeout=250)
    found = shutil.which("chromium")
    if not found:
        _missing("Chromium is missing; install it with: apt-get install -y chromium fonts-noto-cjk")
    return str(found)


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core at the version of ``package-lock.json``."""
    file = HERE / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        npm = shutil.which("npm")
        if not npm:
            _missing("npm is missing; install Node.js, or run `npm ci` in tests/browser elsewhere")
        done = subprocess.run([str(npm), "ci", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True, text=True, timeout=250)
        if done.returncode:
            _missing(f"`npm ci` in tests/browser failed: {done.stderr[-400:]}")
    return file.read_text(encoding="utf-8")


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
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
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
