"""What a resident does on the page, for the tests to read like it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page

GRADUATE = "我是河南的，硕士毕业，在聊城高新区上班交着社保，租房住"
TENANT = "我是河南的，大专毕业，在东昌府租房住"
NOBODY = "我是河南的，大专毕业，想落到聊城，没房没工作没社保，没有职称也没有技能证书，在那边没有亲属"


class Chat:
    """The page, with everything noted that must never happen: errors, alerts, requests to elsewhere."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        self.faults: list[str] = []
        self.elsewhere: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", self._console)
        page.on(
            "request", lambda request: None if request.url.startswith((origin, "data:", "blob:")) else self.elsewhere.append(request.url)
        )

    def _console(self, message: Any) -> None:
        # A failed request is said to the resident; the browser's own line on it is no fault of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def open(self, path: str = "/chat/") -> None:
        """Go to an address and wait until the page can be used."""
        self.page.goto(self.origin + path)
        if path.startswith("/chat/") and "/policies/" not in path:
            self.page.wait_for_selector("#place:not([hidden])")

    def wait(self) -> None:
        """Until the answer is there."""
        self.page.wait_for_selector(".waiting", state="detached")
        self.page.wait_for_selector(".turn.theirs:last-child, .turn:last-child .retry")

    def say(self, text: str) -> None:
        """Type and send."""
        self.page.fill("#message", text)
        self.page.click("#send")
        self.wait()

    def tap(self, name: str) -> None:
        """Tap a quick reply."""
        self.page.locator(".quick button", has_text=re.compile(f"^{re.escape(name)}$")).last.click()
        self.wait()

    @property
    def quick(self) -> list[str]:
        """The quick replies on offer."""
        return self.page.locator(".turn:last-child > .quick button").all_inner_texts()

    @property
    def last(self) -> str:
        """The text of the last answer."""
        return self.page.locator(".turn.theirs").last.inner_text()

    @property
    def card(self) -> Locator:
        """The last card."""
        return self.page.locator(".card").last

    def chips(self) -> list[str]:
        """The facts shown at the top."""
        return self.page.locator(".chip[data-fact]").all_inner_texts()

    def sheet(self) -> Locator:
        """The sheet that is open, once what it shows has come."""
        found = self.page.locator("dialog[open]")
        found.wait_for()
        found.get_by_text("正在打开原文").wait_for(state="detached")
        return found

    def menu(self, row: str | None = None) -> Locator:
        """Open the menu, and tap a row of it."""
        self.page.click("#menu")
        sheet = self.sheet()
        if row:
            sheet.locator(".row", has_text=row).click()
        return sheet

    def screen_to_card(self) -> None:
        """Answer by tapping the first option until there is a verdict."""
        for _ in range(20):
            if self.page.locator(".card").count():
                return
            self.tap(self.quick[0])
        raise AssertionError(f"no verdict after 20 answers: {self.last}")
