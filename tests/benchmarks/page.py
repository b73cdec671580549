"""How fast the residents' page is in real Chromium: until it can be used, and from the server's reply to the answer on the screen.

Run alone with ``python -m tests.benchmarks.page``. There is no named peer: the stock bot has no page.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import tools
from tests.benchmarks.report import Figure, percentile, table
from tests.browser.driving import GRADUATE, NOBODY, TENANT, Chat
from tests.rest.serving import Server

LOADS = 20
READY_BAR = 1000.0  # milliseconds
SHOWN_BAR = 100.0  # milliseconds
WAIT = 30.0  # seconds
SETTLED = 200.0  # milliseconds
SIZE = {"width": 375, "height": 812}
SAYINGS = ("在聊城租房能落户吗", GRADUATE, "没有社保", TENANT, "要带什么材料", NOBODY, "怎样才能办", "那在临淄呢")
# Both times are read in the page itself, on the clock of its own loading and replies, after the frame that shows the change.
_CLOCK = """
addEventListener("DOMContentLoaded", () => {
  const after = (note) => requestAnimationFrame(() => setTimeout(() => note(performance.now()), 0));
  const look = () => {
    const usable = document.querySelector("#place:not([hidden])") && !document.querySelector("#message").disabled;
    if (usable && !window.readyAt) { window.readyAt = -1; after((t) => { window.readyAt = t; }); }
    const answers = document.querySelectorAll(".turn.theirs:not(.waiting)").length;
    if (answers !== (window.answers || 0)) { window.answers = answers; after((t) => { window.shownAt = t; }); }
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true});
  look();
});
"""
_REPLIED = "Math.max(...performance.getEntriesByType('resource').filter(e => e.name.endsWith('/chat/message')).map(e => e.responseEnd))"


def figures() -> Iterator[Figure]:
    """Milliseconds, at phone width, the browser and the server on the same machine.

    Raises:
        RuntimeError: the server did not start, or an answer was seen before its reply, so that the clock cannot be believed.
    """
    with tempfile.TemporaryDirectory(prefix="luohu-bench-") as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        browser = playwright.chromium.launch(executable_path=tools.chromium(), args=list(tools.FLAGS))
        try:
            origin = f"http://127.0.0.1:{server.port}"
            ready = [_ready(browser, origin) for _ in range(LOADS)]
            shown = list(_shown(browser, origin))
        finally:
            browser.close()
            server.stop()
    if min(shown) <= 0:
        raise RuntimeError(f"an answer was on the screen {-min(shown):.1f} ms before its reply: the page's classes have changed")
    yield Figure(f"page can be used, slowest of {LOADS} first loads", "ms", max(ready), below=READY_BAR)
    yield Figure("page can be used, median", "ms", percentile(ready, 0.5))
    yield Figure(f"reply received to answer on screen, slowest of {len(shown)}", "ms", max(shown), below=SHOWN_BAR)
    yield Figure("reply received to answer on screen, median", "ms", percentile(shown, 0.5))


def _opened(browser: Browser, origin: str) -> Chat:
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    context.add_init_script(_CLOCK)
    chat = Chat(context.new_page(), origin)
    chat.open()
    _wait(chat, "window.readyAt > 0")
    return chat


def _wait(chat: Chat, condition: str) -> None:
    """Until a condition holds. Asked from here, since the page's policy lets nobody evaluate in it again and again."""
    until = time.monotonic() + WAIT
    while not chat.page.evaluate(condition):
        if time.monotonic() > until:
            raise RuntimeError(f"{condition} did not hold within {WAIT} s")
        chat.page.wait_for_timeout(20)


def _ready(browser: Browser, origin: str) -> float:
    chat = _opened(browser, origin)
    at = float(chat.page.evaluate("window.readyAt"))
    chat.page.context.close()
    return at


def _shown(browser: Browser, origin: str) -> Iterator[float]:
    chat = _opened(browser, origin)
    for saying in SAYINGS:
        chat.page.evaluate("window.shownAt = 0")
        chat.say(saying)
        _wait(chat, "window.shownAt > 0")
        chat.page.wait_for_timeout(SETTLED)  # a reply of several parts is shown part by part; the last one counts, and none is left over
        yield float(chat.page.evaluate(f"window.shownAt - {_REPLIED}"))
    chat.page.context.close()


if __name__ == "__main__":
    print(table(list(figures())))
