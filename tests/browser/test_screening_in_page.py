"""A whole screening by tapping, by typing, by keyboard; corrections, the article, the comparison, paper and text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.driving import GRADUATE, NOBODY, TENANT, Chat

Open = Callable[..., Chat]
_PAGE = re.compile(rb"/Type\s*/Page[^s]")


def test_by_tapping_alone(chat: Chat) -> None:
    chat.page.locator(".examples button", has_text="大专毕业").click()
    chat.wait()
    assert chat.quick == ["聊城市", "淄博市临淄区"]
    chat.tap("聊城市")
    assert chat.page.locator("#place").inner_text() == "聊城市"
    assert "已了解" in chat.page.locator(".progress").inner_text()
    assert any("大专" in chip for chip in chat.chips())
    chat.screen_to_card()
    assert chat.card.locator("h2").inner_text() in ("初步看可以申请", "初步看还不能申请", "还不能下判断")
    assert "以受理机关审核为准" in chat.card.inner_text()
    assert "问完了" in chat.page.locator(".progress").inner_text()


def test_by_typing_a_whole_story(chat: Chat) -> None:
    chat.say(GRADUATE)
    chat.card.locator(".check .textual").first.wait_for()  # the document is there, so every line can be opened
    text = chat.card.inner_text()
    assert chat.card.locator("h2").inner_text() == "初步看可以申请"
    for part in ("依据", "户口在聊城市以外", "户口怎么落", "全市各县（市、区）人才市场集体户", "材料清单", "毕业证书、职称证书"):
        assert part in text
    assert chat.page.locator(".turn.theirs .bubble").first.inner_text() == "初步看，您可以申请。"


def test_by_keyboard_alone(chat: Chat) -> None:
    page = chat.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到输入框"
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "大专毕业" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    chat.wait()
    for _ in range(20):
        if page.locator(".card").count():
            break
        assert page.evaluate("document.activeElement.closest('.quick') !== null"), "the focus is not on what can be answered"
        page.keyboard.press("Enter")
        chat.wait()
    assert page.locator(".card h2").inner_text()
    page.locator(".card .line").first.focus()
    page.keyboard.press("Enter")
    assert chat.sheet().locator("mark").first.inner_text()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.className") == "line"
    page.focus("#message")
    page.keyboard.type("要带什么材料")
    page.keyboard.press("Enter")
    chat.wait()
    assert "材料" in chat.last
    assert page.evaluate("document.activeElement.id") == "message"


def test_what_is_not_met_and_what_would_have_to_change(chat: Chat) -> None:
    chat.say("我户口在菏泽，在高新区租整套商品房，房东房产证、合同、无房证明都有，社保也在高新区交着，就是没有备案证明，就问租房这条")
    assert chat.card.locator("h2").inner_text() == "单看这条，初步看还不符合"
    parts = dict(zip(chat.card.locator(".part :is(h3, h4)").all_inner_texts(), chat.card.locator(".part").all_inner_texts(), strict=True))
    assert "备案证明" in parts["还差什么"]
    assert "要备齐：有房产部门出具的租赁登记备案证明" in parts["怎样才能办"]
    assert "备案证明" not in parts["依据"]
    assert "租赁合同" in parts["材料清单"]
    for number in range(chat.card.locator("button.line").count()):
        chat.card.locator("button.line").nth(number).click()
        sheet = chat.sheet()
        sheet.locator("mark").first.wait_for()
        chat.page.keyboard.press("Escape")
        chat.page.wait_for_selector("dialog", state="detached")


def test_the_article_opens_in_the_whole_document_with_its_clause_marked(chat: Chat) -> None:
    chat.say("在聊城租房能落户吗")
    chat.page.locator(".cite").first.click()
    sheet = chat.sheet()
    sheet.locator("mark").first.wait_for()
    marked = "".join(sheet.locator("mark").all_inner_texts())
    assert "租住成套商品住房申请登记落户的" in marked
    assert sheet.locator("mark").first.is_visible()
    text = sheet.inner_text()
    for part in (
        "原文 二(一)2",
        "聊政发〔2020〕7号",
        "聊城市人民政府",
        "2020年4月30日",
        "2020年5月6日",
        "向受理机关或12345确认",
        "指导思想",
    ):
        assert part in text
    assert sheet.locator("footer a").get_attribute("href") == "/chat/policies/liaocheng-2020-7#%E4%BA%8C(%E4%B8%80)2"
    sheet.locator("button[aria-label=关闭]").click()
    chat.page.wait_for_selector("dialog", state="detached")


def test_a_chip_corrects_what_was_understood(chat: Chat) -> None:
    chat.say(GRADUATE)
    assert "硕士" in chat.chips()
    chat.page.locator(".chip[data-fact='education.level']").click()
    sheet = chat.sheet()
    assert "您最高学历是什么" in sheet.inner_text()
    assert sheet.locator("[aria-pressed=true]").inner_text() == "硕士"
    sheet.locator(".row", has_text="大专").click()
    chat.wait()
    assert "大专" in chat.chips()
    assert "硕士" not in chat.chips()
    assert chat.page.locator(".mine .bubble").last.inner_text() == "改一下，学历：大专"
    chat.page.locator(".chip[data-fact='hukou.place']").click()
    sheet = chat.sheet()
    sheet.locator("input").fill("济南")
    sheet.locator("button[type=submit]").click()
    chat.wait()
    assert any("济南" in chip for chip in chat.chips())
    assert chat.page.locator("#place").inner_text() == "聊城市"
    chat.page.locator(".chip.toggle").click()
    chat.page.locator(".chip.presumed[data-fact='wish.area']").click()
    chat.sheet().locator(".row", has_text="落到村里").click()
    chat.wait()
    assert "落到村里" in chat.chips()


def test_two_places_side_by_side(chat: Chat) -> None:
    chat.say(GRADUATE)
    chat.page.locator(".tools button", has_text="和另一个地方比").click()
    chat.wait()
    assert chat.card.locator("thead").first.locator("th").all_inner_texts() == ["聊城市", "淄博市临淄区"]
    row = chat.card.locator("tr.values").first.locator("td").all_inner_texts()
    assert row == ["初步看可以申请", "还不能下判断"]
    chat.card.locator("td:nth-child(2) button.line").first.click()
    assert "临淄区人民政府" in chat.sheet().inner_text()
    chat.page.keyboard.press("Escape")
    chat.card.locator("summary").click()
    assert "判断时不看这一项" in chat.card.inner_text()


def test_the_place_is_changed_at_the_top(chat: Chat) -> None:
    assert chat.page.locator("#place").inner_text() == "选地方"
    chat.page.click("#place")
    chat.sheet().locator(".row", has_text="聊城市").click()
    chat.say("租房能落户吗")
    assert "二(一)2" in chat.last
    chat.page.click("#place")
    chat.sheet().locator(".row", has_text="临淄区").click()
    chat.wait()
    assert chat.page.locator("#place").inner_text() == "淄博市临淄区"
    assert "产权人同意" in chat.last


@pytest.mark.parametrize("story", [GRADUATE, NOBODY, TENANT], ids=["yes", "open", "tenant"])
def test_the_verdict_prints_on_one_page(opened: Open, story: str) -> None:
    chat = opened(794, 1123)
    chat.page.evaluate("window.print = () => { window.printed = true }")
    chat.say(story)
    for _ in range(20):
        if chat.page.locator(".card").count():
            break
        chat.tap("不清楚")
    chat.page.locator(".tools button", has_text="打印").last.click()
    chat.page.wait_for_selector("#paper .foot", state="attached")
    assert chat.page.evaluate("window.printed") is True
    chat.page.emulate_media(media="print")
    text = chat.page.locator("#paper").inner_text()
    for part in ("初步判断", "说过的情况", "聊城市", "以受理机关审核为准", "聊政发〔2020〕7号", "12345", "答复编号"):
        assert part in text
    assert not chat.page.locator("#composer").is_visible()
    pdf = chat.page.pdf(prefer_css_page_size=True)
    assert len(_PAGE.findall(pdf)) == 1


def test_the_verdict_copies_as_text(opened: Open) -> None:
    chat = opened(permissions=["clipboard-read", "clipboard-write"])
    chat.say(GRADUATE)
    chat.page.locator(".tools button", has_text="复制").click()
    chat.page.wait_for_selector(".toast")
    text = chat.page.evaluate("navigator.clipboard.readText()")
    lines = text.splitlines()
    assert lines[0].startswith("初步看可以申请（聊城市，按")
    shown = chat.page.locator(".number").last.inner_text()
    assert re.fullmatch(r"答复编号 [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}", shown), "what `luohu replay` takes"
    assert lines[1] == shown
    assert "✓ 户口在聊城市以外（二(三)）" in lines
    assert "□ 毕业证书、职称证书（或职业资格证书、技能证书）、居民身份证（二(三)）" in lines
    assert "初步判断，以受理机关审核为准。" in lines
