"""Large type, dark, narrow and wide, keyboard marks and screen readers: WCAG 2.2 AA by axe, sizes, and screenshots to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.driving import GRADUATE, NOBODY, TENANT, Chat

Open = Callable[..., Chat]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": (375, 812), "desktop": (1280, 800)}


def welcome(chat: Chat) -> None:
    chat.page.locator(".welcome h2").wait_for()


def answer(chat: Chat) -> None:
    chat.say("在聊城租房能落户吗")


def question(chat: Chat) -> None:
    chat.say(TENANT)
    chat.page.locator(".chip[data-fact]").first.wait_for()


def verdict(chat: Chat) -> None:
    chat.say(GRADUATE)
    chat.card.locator(".check .textual").first.wait_for()


def unclear(chat: Chat) -> None:
    chat.say(NOBODY)
    for _ in range(12):
        if chat.page.locator(".card").count():
            break
        chat.tap("不清楚")
    chat.say("怎样才能办")


def article(chat: Chat) -> None:
    verdict(chat)
    chat.card.locator("button.line").first.click()
    chat.sheet().locator("mark").first.wait_for()


def correction(chat: Chat) -> None:
    verdict(chat)
    chat.page.locator(".chip[data-fact='education.level']").click()
    chat.sheet()


def comparison(chat: Chat) -> None:
    verdict(chat)
    chat.page.locator(".tools button", has_text="和另一个地方比").click()
    chat.wait()
    chat.card.locator("summary").click()


def menu(chat: Chat) -> None:
    chat.menu()


def privacy(chat: Chat) -> None:
    chat.menu("隐私说明")


def opinion(chat: Chat) -> None:
    answer(chat)
    chat.page.locator(".rate button", has_text="没用").click()
    chat.page.locator(".reasons").scroll_into_view_if_needed()


def offline(chat: Chat) -> None:
    answer(chat)
    chat.page.context.set_offline(True)
    chat.say("那要多久")


def document(chat: Chat) -> None:
    chat.open("/chat/policies/linzi-2022#二(一)2")


STATES = [welcome, answer, question, verdict, unclear, article, correction, comparison, menu, privacy, opinion, offline, document]


def violations(chat: Chat, axe: str) -> list[str]:
    chat.page.evaluate(axe)
    found: Any = chat.page.evaluate("tags => axe.run(document, { runOnly: tags })", TAGS)
    return [f"{v['id']}: {n['target']} {n['any'] and n['any'][0]['message']}" for v in found["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("look", ["light", "dark", "care"])
@pytest.mark.parametrize("state", STATES, ids=lambda s: s.__name__)
def test_no_barrier_is_found_by_axe_and_it_is_photographed(
    opened: Open, axe: str, shots: Path, state: Callable[[Chat], None], look: str
) -> None:
    chat = opened(color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce")
    if look == "care":
        chat.menu().locator("[role=switch]").click()
        chat.page.keyboard.press("Escape")
    state(chat)
    chat.page.screenshot(path=shots / f"{state.__name__}-phone-{look}.png")
    assert violations(chat, axe) == []
    chat.page.set_viewport_size({"width": 1280, "height": 800})
    chat.page.screenshot(path=shots / f"{state.__name__}-desktop-{look}.png")


@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("care", [False, True])
def test_nothing_sticks_out_and_everything_can_be_hit(opened: Open, width: int, care: bool) -> None:
    chat = opened(width, 700)
    if care:
        chat.menu().locator("[role=switch]").click()
        chat.page.keyboard.press("Escape")
        assert chat.page.evaluate("parseFloat(getComputedStyle(document.querySelector('#message')).fontSize)") >= 21
    verdict(chat)
    chat.page.locator(".tools button", has_text="和另一个地方比").click()
    chat.wait()
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= width
    assert chat.page.evaluate("document.querySelector('#log').scrollWidth - document.querySelector('#log').clientWidth") <= 0
    small = chat.page.evaluate(
        """() => [...document.querySelectorAll('button, summary, .check label, textarea, dialog a')]
            .filter((e) => e.checkVisibility())
            .map((e) => [e.textContent.trim().slice(0, 20), e.getBoundingClientRect().height])
            .filter(([, height]) => height < 43.9)"""
    )
    assert small == []


def test_dark_follows_the_phone_and_the_choice_wins(opened: Open) -> None:
    chat = opened(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert chat.page.evaluate(ground) == "rgb(17, 17, 17)"
    chat.menu().locator(".segments button", has_text="浅色").click()
    assert chat.page.evaluate(ground) == "rgb(237, 237, 237)"
    chat.page.reload()
    chat.page.wait_for_selector("#place:not([hidden])")
    assert chat.page.evaluate(ground) == "rgb(237, 237, 237)"
    chat.page.emulate_media(color_scheme="light")
    chat.menu().locator(".segments button", has_text="深色").click()
    assert chat.page.evaluate(ground) == "rgb(17, 17, 17)"


def test_answers_are_read_out_and_everything_has_a_name(chat: Chat) -> None:
    log = chat.page.locator("#log")
    assert (log.get_attribute("role"), log.get_attribute("aria-live")) == ("log", "polite")
    verdict(chat)
    unnamed = chat.page.evaluate(
        """() => [...document.querySelectorAll('button, input, textarea, a')]
            .filter((e) => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).length"""
    )
    assert unnamed == 0
    assert chat.page.get_by_role("textbox", name="想问什么").count() == 1
    assert chat.card.get_attribute("aria-label") == "结论：初步看可以申请"


def test_a_document_reads_without_script(opened: Open) -> None:
    chat = opened(path="/chat/policies/liaocheng-2020-7#二(一)2", java_script_enabled=False)
    here = chat.page.locator("section:target")
    assert here.inner_text().startswith("2. 租住成套商品住房")
    assert here.evaluate("e => e.getBoundingClientRect().top") < 812
    assert "聊政发〔2020〕7号" in chat.page.locator(".identity").inner_text()
    chat.page.goto(chat.origin + "/chat/")
    assert chat.page.locator("noscript a").count() == 2
