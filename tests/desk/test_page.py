"""The desk's page in real Chromium, by keyboard alone; axe finds nothing; nothing is read as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.desk.assets import WEB
from bot.desk.session import COOKIE, token
from bot.store import staff
from tests import tools
from tests.desk.conftest import PASSWORD
from tests.desk.serving import Served

expect.set_options(timeout=15_000)  # of waiting for the page on a busy machine; nothing is timed
SIZE = {"width": 1280, "height": 720}
STORY = "我是河南的，硕士毕业，在聊城高新区上班交着社保，租房住"


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, installed from the lock file."""
    return tools.axe()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = tools.chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(tools.FLAGS))
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=SIZE, locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Iterator[Page]:
    """The desk, signed in as an editor, with nothing typed; a message on the console or an error in the page fails the test."""
    staff.add("page", "editor", PASSWORD)
    one = context.new_page()
    wrong: list[str] = []
    one.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    one.on("pageerror", lambda e: wrong.append(str(e)))
    come_in(one, served, "page")
    yield one
    assert [w for w in wrong if "ERR_INTERNET_DISCONNECTED" not in w and "401" not in w] == []


def come_in(page: Page, served: Served, name: str) -> None:
    """Open the desk with a session, as after signing in; signing in by hand is throttled, and tested by itself."""
    person = staff.find(name)
    assert person
    page.context.add_cookies([{"name": COOKIE, "value": token(name, person.epoch), "url": f"{served.url}/desk/"}])
    page.goto(f"{served.url}/desk/")
    ready(page)


def ready(page: Page) -> None:
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("#verdicts .card")


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def search(page: Page, text: str) -> None:
    """Type a query and wait for its own hits, not those of its beginning or a list of recent entries."""
    page.keyboard.type(text)
    expect(page.locator("#hits")).to_have_attribute("data-query", text)


def violations(page: Page, axe: str) -> list[tuple[str, Any]]:
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]]


# -- find and say ---------------------------------------------------------------------------------------------------------


def test_initials_find_the_script_and_keys_copy_it(page: Page) -> None:
    expect(page.locator("#query")).to_be_focused()
    search(page, "fqtk")
    first = page.locator("#hits [role=option]").first
    expect(first).to_contain_text("夫妻投靠")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(first.locator(".badge")).to_have_text("效力未核实")
    script = page.locator("#say .spoken")
    expect(script).to_contain_text("可以申请")
    page.keyboard.press("Alt+c")
    expect(page.locator("#toast")).to_have_text("口径已复制")
    assert clipboard(page) == script.text_content()
    page.keyboard.press("Alt+l")
    expect(page.locator("#toast")).to_have_text("依据已复制")
    assert clipboard(page).startswith("《")
    assert "：“" in clipboard(page)


def test_who_copies_at_once_copies_what_was_typed_last(page: Page) -> None:
    search(page, "公租房")
    page.keyboard.press("Escape")
    page.keyboard.type("fqtk")
    page.keyboard.press("Alt+c")
    expect(page.locator("#toast")).to_have_text("口径已复制")
    expect(page.locator("#say h2")).to_have_text("夫妻投靠")
    assert clipboard(page) == page.locator("#say .spoken").text_content()


def test_arrows_choose_and_the_choice_is_told_to_a_screen_reader(page: Page) -> None:
    search(page, "租房")
    options = page.locator("#hits [role=option]")
    expect(options.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.locator("#query")).to_have_attribute("aria-activedescendant", "hit-1")
    expect(page.locator("#say h2")).to_have_text(options.nth(1).locator("strong").text_content() or "")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")


def test_the_match_is_marked(page: Page) -> None:
    search(page, "无房证明")
    expect(page.locator("#hits mark").first).to_have_text("无房证明")


def test_slash_comes_to_the_search_and_escape_clears_it(page: Page) -> None:
    search(page, "租房")
    page.keyboard.press("Alt+s")
    expect(page.locator("#story")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#query")).to_be_focused()
    expect(page.locator("#query")).to_have_value("租房")
    page.keyboard.press("Escape")
    expect(page.locator("#query")).to_have_value("")
    page.locator("#say").focus()
    page.keyboard.press("/")
    expect(page.locator("#query")).to_be_focused()
    expect(page.locator("#query")).to_have_value("")


def test_the_place_filter_is_set_by_key_and_remembered(page: Page) -> None:
    search(page, "租房落户")
    expect(page.locator("#hits .from").nth(1)).to_be_visible()
    page.keyboard.press("Alt+p")
    page.keyboard.press("Alt+p")
    expect(page.locator("#place")).to_have_value("linzi")
    expect(page.locator("#hits .from").first).to_contain_text("淄博市临淄区")
    expect(page.locator("#hits .from", has_text="聊城市")).to_have_count(0)
    expect(page.locator("#verdicts .card")).to_have_count(1)
    page.reload()
    ready(page)
    expect(page.locator("#place")).to_have_value("linzi")


def test_a_place_in_the_words_is_said(page: Page) -> None:
    search(page, "临淄租房")
    expect(page.locator("#found")).to_have_text("词里写了淄博市临淄区，下面只有它的")
    page.keyboard.press("Alt+p")
    expect(page.locator("#found")).to_contain_text("词里提到淄博市临淄区，现在只看聊城市")


def test_nothing_found_says_what_to_do(page: Page) -> None:
    search(page, "zzzzqqqq")
    expect(page.locator("#found")).to_contain_text("没有找到")
    expect(page.locator("#hits [role=option]")).to_have_count(0)


def test_related_questions_open_by_keyboard(page: Page) -> None:
    search(page, "LZZFLH")
    expect(page.locator("#say h2")).to_have_text("租房落户")
    related = page.locator("#say section", has_text="还会问").locator("button").first
    name = related.text_content() or ""
    related.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#say h2")).to_have_text(name)


def test_favourites_and_recent_entries_are_there_while_nothing_is_typed(page: Page) -> None:
    search(page, "公租房")
    expect(page.locator("#say h2")).to_have_text("公租房落户")
    page.keyboard.press("Alt+m")
    expect(page.locator("#toast")).to_have_text("已收藏")
    page.keyboard.press("Alt+c")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#lists")).to_be_visible()  # the hits of before hold an entry of the same name
    expect(page.locator("#lists button[aria-pressed=true]")).to_have_text("收藏")
    expect(page.locator("#hits strong").first).to_have_text("公租房落户")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#say h2")).to_have_text("公租房落户")
    page.keyboard.press("Alt+m")
    expect(page.locator("#toast")).to_have_text("已取消收藏")


# -- screen ---------------------------------------------------------------------------------------------------------------


def test_a_story_gives_both_verdicts_and_keys_answer_the_next_question(page: Page) -> None:
    page.keyboard.press("Alt+s")
    expect(page.locator("#story")).to_be_focused()
    page.keyboard.type(STORY)
    cards = page.locator("#verdicts .card")
    expect(cards.nth(0).locator("header .verdict")).to_have_text("初步看可以")
    expect(cards.nth(1).locator("header .verdict")).to_have_text("还不能判断")
    expect(cards.nth(0).locator(".says")).to_contain_text("以受理机关审核为准")
    expect(page.locator("#chips")).to_contain_text("学历：硕士")
    asked = cards.nth(1).locator(".question p").first
    expect(asked).to_contain_text("您愿意来这边创业或者就业吗")
    page.keyboard.press("Alt+1")
    expect(cards.nth(1).locator("header .verdict")).to_have_text("初步看可以")
    chip = page.locator("#chips .mine")
    expect(chip).to_contain_text("愿意")
    chip.focus()
    page.keyboard.press("Enter")
    expect(cards.nth(1).locator("header .verdict")).to_have_text("还不能判断")
    page.keyboard.press("Alt+0")
    expect(page.locator("#chips .mine")).to_contain_text("不清楚")
    page.keyboard.press("Alt+n")
    expect(page.locator("#story")).to_have_value("")
    expect(page.locator("#chips .chip")).to_have_count(0)


def test_every_route_is_there_with_its_trace_and_what_would_have_to_change(page: Page) -> None:
    page.keyboard.press("Alt+s")
    page.keyboard.type("在聊城市区买的期房，2027年5月1日交房")
    page.locator("#as-of").fill("2026-08-01")
    card = page.locator("#verdicts .card").first
    expect(card.locator(".routes > li")).to_have_count(10)
    route = card.locator(".routes > li", has_text="凭购房合同预先落户")
    expect(route.locator(".verdict")).to_have_text("不符合")
    route.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(route.locator(".atom").first).to_be_visible()
    expect(route.locator(".changes")).to_contain_text("怎样才能办")
    expect(route.locator(".changes")).to_contain_text("2026年1")
    page.locator("#as-of").fill("2027-02-01")
    expect(route.locator(".verdict")).to_have_text("符合")


def test_facts_can_be_clicked(page: Page) -> None:
    page.locator("#clicks summary").focus()
    page.keyboard.press("Enter")
    housing = page.locator('[data-fact="housing.kind"]')
    expect(housing).to_be_visible()
    housing.select_option("owned")
    expect(page.locator("#chips .mine")).to_contain_text("自己名下有房产证的住房")
    housing.select_option("")
    expect(page.locator("#chips .chip")).to_have_count(0)


# -- record ---------------------------------------------------------------------------------------------------------------


def test_the_field_that_a_key_goes_to_has_the_focus_before_the_next_key(page: Page) -> None:
    for hash_ in ("", "#gaps"):
        page.evaluate("hash => { location.hash = hash }", hash_)
        for key, field in (({"code": "KeyS", "key": "s", "altKey": True}, "story"), ({"code": "Slash", "key": "/"}, "query")):
            there = page.evaluate(
                """key => {
                  document.activeElement.blur();
                  document.body.dispatchEvent(new KeyboardEvent("keydown", {...key, bubbles: true}));
                  return document.activeElement.id;
                }""",
                key,
            )
            assert there == field, (hash_, key)


def test_the_packet_is_copied_masked_as_text_and_as_json(page: Page) -> None:
    page.keyboard.press("Alt+s")
    page.keyboard.type("电话13812345678，临淄租房住，房东不同意")
    expect(page.locator("#chips")).to_contain_text("产权人是否同意：不同意")
    page.keyboard.press("Alt+w")
    expect(page.locator("#toast")).to_have_text("工单内容已复制")
    text = clipboard(page)
    assert "［已隐去手机号］" in text
    assert "13812345678" not in text
    assert "初步判断" in text
    page.keyboard.press("Alt+j")
    expect(page.locator("#toast")).to_have_text("JSON 已复制")
    body = json.loads(clipboard(page))
    assert body["schema"] == "luohu.packet/1"
    assert "13812345678" not in json.dumps(body)


def test_a_gap_is_reported_with_one_key_and_enter_and_worked_through_in_the_list(page: Page) -> None:
    text = "<img src=x onerror=document.title='hit'> 养猫能落户吗"
    page.keyboard.type(text)
    page.keyboard.press("Alt+q")
    expect(page.locator("#report")).to_be_visible()
    expect(page.locator("#report-text")).to_have_value(text)
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_have_text("缺口已记下")
    page.locator('nav a[href="#gaps"]').focus()
    page.keyboard.press("Enter")
    row = page.locator("#gaps tbody tr", has_text="养猫").first
    expect(row).to_contain_text("<img src=x")
    expect(row).to_contain_text("坐席：缺口")
    row.locator("select").select_option("in_work")
    expect(page.locator("#toast")).to_have_text("状态已改")
    page.locator("#gaps .tabs button", has_text="在办").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gaps tbody tr")).to_contain_text(["养猫"])
    assert page.title() == "落户坐席台"


def test_an_error_in_an_entry_is_reported_in_two_clicks(page: Page) -> None:
    search(page, "夫妻投靠")
    expect(page.locator("#say h2")).to_have_text("夫妻投靠")
    page.locator("#say footer button", has_text="报差错").click()
    page.locator("#report button.primary").click()
    expect(page.locator("#toast")).to_have_text("差错已记下")


# -- read -----------------------------------------------------------------------------------------------------------------


def test_enter_reads_the_clause_in_its_document_and_escape_comes_back(page: Page) -> None:
    search(page, "lz211")
    expect(page.locator("#hits [role=option]").first).to_contain_text("二(一)1")
    page.keyboard.press("Enter")
    here = page.locator("#read .clause-block.here")
    expect(here).to_be_focused()
    expect(here).to_contain_text("并经房屋产权人同意且该房屋无户口登记")
    expect(page.locator("#read .beside")).to_contain_text("聊城市怎么写")
    expect(page.locator("#read .beside blockquote").first).to_be_visible()
    expect(page.locator("#read .tree a[aria-current]")).to_contain_text("二(一)1")
    page.keyboard.press("Escape")
    expect(page.locator("#query")).to_be_focused()
    expect(page.locator("#find")).to_be_visible()


def test_printing_leaves_only_the_text(page: Page) -> None:
    search(page, "lz211")
    expect(page.locator("#hits [role=option]").first).to_contain_text("二(一)1")
    page.keyboard.press("Enter")
    expect(page.locator("#read .text")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#read .tree")).to_be_hidden()
    expect(page.locator("#read .text h2")).to_be_visible()


# -- editors --------------------------------------------------------------------------------------------------------------


def test_an_editor_sees_ages_and_marks_a_document_verified(page: Page) -> None:
    page.locator('nav a[href="#documents"]').focus()
    page.keyboard.press("Enter")
    row = page.locator("#documents tbody tr", has_text="聊政发〔2020〕7号")
    expect(row).to_contain_text("6年")
    row.locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_have_text("已记下")
    expect(row.locator(".badge")).to_contain_text("核实过")
    expect(page.locator("#documents")).to_contain_text("操作记录")
    expect(page.locator("#documents")).to_contain_text("记核实")


def test_staff_see_ages_but_no_button_and_no_trail(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    come_in(page, served, "staff")
    page.goto(f"{served.url}/desk/#documents")
    expect(page.locator("#documents tbody tr")).to_have_count(2)
    expect(page.locator("#documents button")).to_have_count(0)
    expect(page.locator("#documents")).not_to_contain_text("操作记录")


# -- keys, layout, trust --------------------------------------------------------------------------------------------------


def test_the_key_list_names_every_key_and_closes_with_escape(page: Page) -> None:
    page.locator("#say").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    listed = " ".join(page.locator("#keys dt").all_text_contents())
    source = (WEB / "keys.js").read_text(encoding="utf-8")
    for letter in re.findall(r"Key([A-Z]):", source):
        assert f"Alt+{letter}" in listed
    for key in ("/", "↑ ↓", "Enter", "Esc", "?"):
        assert key in listed
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_tab_goes_from_search_through_the_panes(page: Page) -> None:
    search(page, "租房")
    expect(page.locator("#hits [role=option]").first).to_be_visible()
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(
            "(document.activeElement.closest('nav') && 'nav') || (document.activeElement.closest('#say') && 'say')"
            " || (document.activeElement.closest('#screen') && 'screen') || document.activeElement.id"
        ))  # fmt: skip
    order = list(dict.fromkeys(p for p in passed if p in ("nav", "hits", "say", "screen")))
    assert order == ["nav", "hits", "say", "screen"]


@pytest.mark.parametrize("width", [390, 760, 1280])
def test_a_verdict_is_read_whole_at_any_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.keyboard.press("Alt+s")
    page.keyboard.type("临淄租房住，房东不同意")
    expect(page.locator("#chips")).to_contain_text("产权人是否同意：不同意")
    cut = page.evaluate("[...document.querySelectorAll('.card')].filter((card) => card.scrollWidth > card.clientWidth).length")
    assert cut == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width, height", [(1280, 720), (1920, 1080)])
def test_two_panes_fit_the_screen_without_scrolling_the_page(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    search(page, "租房")
    expect(page.locator("#say h2")).to_be_visible()
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [width, height]
    boxes = {name: page.locator(name).bounding_box() for name in (".list", "#say", "#screen")}
    edges = [(b["x"], b["x"] + b["width"], b["y"] + b["height"]) for b in boxes.values() if b]
    assert len(edges) == 3
    assert all(left >= 0 and right <= width + 1 and bottom <= height + 1 for left, right, bottom in edges)
    assert edges[0][1] <= edges[1][0] + 1
    assert edges[1][1] <= edges[2][0] + 1


def test_without_the_network_the_last_answer_stays_and_the_page_says_so(page: Page, context: BrowserContext) -> None:
    search(page, "租房")
    expect(page.locator("#say h2")).to_be_visible()
    context.set_offline(True)
    page.keyboard.type("落户")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("#hits [role=option]").first).to_be_visible()
    context.set_offline(False)
    page.keyboard.type("材")
    expect(page.locator("#offline")).to_be_hidden()


def test_an_ended_session_leads_back_to_the_sign_in_page(page: Page) -> None:
    staff.end_sessions("page")
    page.keyboard.type("租")
    page.wait_for_url("**/desk/sign-in")


def test_signing_in_and_out_by_keyboard_and_a_wrong_password_is_said(context: BrowserContext, served: Served) -> None:
    staff.add("by-hand", "staff", PASSWORD)
    page = context.new_page()
    page.goto(f"{served.url}/desk/")
    for password in ("wrong wrong wrong", PASSWORD):
        page.locator("#name").fill("")
        page.locator("#name").focus()
        page.keyboard.type("by-hand")
        page.keyboard.press("Tab")
        page.keyboard.type(password)
        page.keyboard.press("Enter")
        if password != PASSWORD:
            expect(page.locator("#wrong")).to_have_text("工号或密码不对，或者账号已停用")
    ready(page)
    page.locator("#out").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/sign-in")
    page.goto(f"{served.url}/desk/")
    expect(page).to_have_url(f"{served.url}/desk/sign-in")


def test_no_script_reads_text_as_markup_and_no_file_comes_from_elsewhere() -> None:
    for file in WEB.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser", text), file.name
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|\bstyle=|\bon[a-z]+=\"", text), file.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(context: BrowserContext, served: Served, axe: str, scheme: Any) -> None:
    staff.add("axe", "editor", PASSWORD)
    page = context.new_page()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{served.url}/desk/sign-in")
    assert violations(page, axe) == []
    come_in(page, served, "axe")
    assert violations(page, axe) == []
    search(page, "租房")
    expect(page.locator("#say h2")).to_be_visible()
    page.keyboard.press("Alt+s")
    expect(page.locator("#story")).to_be_focused()
    page.keyboard.type(STORY)
    expect(page.locator("#chips")).to_contain_text("学历：硕士")
    for summary in page.locator("#verdicts summary").all()[:3]:
        summary.click()
    page.locator("#clicks summary").click()
    assert violations(page, axe) == []
    page.locator("#help").click()
    expect(page.locator("#keys")).to_be_visible()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+q")
    expect(page.locator("#report")).to_be_visible()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    for view in ("#read/liaocheng-2020-7/二(一)2", "#gaps", "#documents"):
        page.evaluate("hash => { location.hash = hash }", view)
        expect(page.locator(f"{view.split('/')[0]} > *").first).to_be_visible()
        assert violations(page, axe) == [], view

