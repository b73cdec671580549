"""Networks that fail, sessions that end, tabs, memory, erasure, and people who try to break in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

import pytest

from tests.browser.driving import GRADUATE, Chat
from tests.rest.serving import Server

Open = Callable[..., Chat]
XSS = '<img src=x onerror="window.broken=1"><svg onload=window.broken=1><script>window.broken=1</script>\'";javascript:window.broken=1'


def safe(chat: Chat) -> None:
    assert chat.page.evaluate("window.broken") is None
    assert chat.page.locator("img, main script, dialog script").count() == 0


def test_offline_and_back_loses_no_word(chat: Chat) -> None:
    chat.say("在聊城租房能落户吗")
    chat.page.context.set_offline(True)
    chat.page.wait_for_selector("#banner:not([hidden])")
    chat.say("那要多久")
    assert chat.page.locator(".state").inner_text().startswith("网络断了")
    assert chat.page.locator(".mine .bubble").last.inner_text() == "那要多久"
    chat.page.fill("#message", "还没写完的一句")
    chat.page.context.set_offline(False)
    chat.page.wait_for_selector("#banner", state="hidden")
    chat.page.click(".retry")
    chat.wait()
    assert "文件没有写" in chat.last
    assert chat.page.locator(".retry").count() == 0
    assert chat.page.locator(".mine .bubble").all_inner_texts() == ["在聊城租房能落户吗", "那要多久"]
    assert chat.page.input_value("#message") == "还没写完的一句"


@pytest.mark.parametrize("status", [500, 503, 413, None])
def test_a_server_that_fails_is_said_kindly_and_the_message_stays(chat: Chat, status: int | None) -> None:
    chat.page.route("**/chat/message", lambda route: route.fulfill(status=status, body="<h1>oops</h1>") if status else route.abort())
    chat.say("租房能落户吗")
    assert chat.page.locator(".state span").inner_text() in ("服务器暂时没有反应，请过一会儿再试。", "没发出去，可能是网络不好。")
    assert "oops" not in chat.page.locator("body").inner_text()
    chat.page.unroute("**/chat/message")
    chat.page.reload()
    chat.page.wait_for_selector(".retry")
    chat.page.click(".retry")
    chat.wait()
    assert "落户到哪里" in chat.last


def test_a_page_that_cannot_load_its_data_says_so_and_tries_again(opened: Open) -> None:
    chat = opened()
    chat.page.route("**/chat/setup.json", lambda route: route.abort())
    chat.page.reload()
    chat.page.get_by_text("页面没有打开全").wait_for()
    chat.page.unroute("**/chat/setup.json")
    chat.page.get_by_role("button", name="再试一次").click()
    chat.page.locator(".welcome h2").wait_for()


def test_a_session_that_ended_goes_on_in_a_new_one(chat: Chat) -> None:
    chat.say("租房能落户吗")
    chat.page.evaluate("sessionStorage.setItem('luohu.token', JSON.stringify('gone'))")
    chat.say("在聊城租房能落户吗")
    assert "可以申请" in chat.last
    assert chat.page.evaluate("JSON.parse(sessionStorage.getItem('luohu.token'))") != "gone"


def test_a_reload_keeps_the_tab_and_another_tab_knows_nothing(chat: Chat) -> None:
    chat.say(GRADUATE)
    chat.page.fill("#message", "草稿")
    chat.page.reload()
    chat.page.wait_for_selector(".card")
    assert chat.page.input_value("#message") == "草稿"
    assert "硕士" in chat.chips()
    other = Chat(chat.page.context.new_page(), chat.origin)
    other.open()
    assert other.page.locator(".turn").count() == 0
    other.say("那在淄博市临淄区租房呢")
    assert other.page.evaluate("sessionStorage.getItem('luohu.token')") != chat.page.evaluate("sessionStorage.getItem('luohu.token')")
    chat.say("我的情况怎么样")
    assert "硕士" in chat.chips()
    kept = json.loads(chat.page.evaluate("JSON.stringify({...localStorage})"))
    assert set(kept) <= {"luohu.taste"}
    assert other.faults == []


def test_deleting_the_record_leaves_nothing_here_and_nothing_there(chat: Chat, server: Server) -> None:
    def rows() -> int:
        with sqlite3.connect(server.folder / "luohu.db") as database:
            return sum(database.execute(f"select count(*) from {name}").fetchone()[0] for name in ("conversations", "feedback", "gaps"))

    before = rows()
    chat.say("在聊城，学区房怎么买")
    chat.say(GRADUATE)
    chat.page.locator(".rate button", has_text="没用").last.click()
    chat.page.fill(".reasons input", "不是我的情况")
    chat.page.click(".reasons button[type=submit]")
    chat.page.get_by_text("谢谢您指出来").wait_for()
    assert rows() >= before + 4
    chat.menu("删除我的记录")
    chat.sheet().get_by_role("button", name="先不删").click()
    assert chat.page.locator(".turn").count() == 4
    chat.menu("删除我的记录")
    chat.sheet().get_by_role("button", name="全部删掉").click()
    chat.page.locator(".welcome h2").wait_for()
    assert rows() == before
    assert chat.page.evaluate("Object.keys(sessionStorage)") == []
    assert chat.page.locator("#known").is_hidden()
    chat.say("我的学历是什么")
    assert chat.page.locator(".chip", has_text="硕士").count() == 0


def test_deleting_without_a_network_is_not_claimed(chat: Chat) -> None:
    chat.say("在聊城租房能落户吗")
    chat.page.context.set_offline(True)
    chat.menu("删除我的记录")
    chat.sheet().get_by_role("button", name="全部删掉").click()
    chat.page.get_by_text("还没删掉").wait_for()
    assert chat.page.locator(".turn").count() == 2


def test_personal_data_is_hidden_and_the_person_is_told(chat: Chat, server: Server) -> None:
    chat.say("我身份证11010519491231002X，在聊城租房能落户吗")
    assert "已经隐去" in chat.last
    assert b"11010519491231002X" not in server.kept()


def test_a_message_is_only_ever_text(chat: Chat) -> None:
    chat.say(f"在聊城 {XSS}")
    assert XSS in chat.page.locator(".mine .bubble").last.inner_text()
    chat.page.reload()
    chat.page.wait_for_selector(".turn")
    safe(chat)


def test_an_opinion_is_only_ever_text(chat: Chat) -> None:
    chat.say("在聊城租房能落户吗")
    chat.page.locator(".rate button", has_text="没用").click()
    chat.page.fill(".reasons input", XSS)
    chat.page.click(".reasons button[type=submit]")
    chat.page.get_by_text("谢谢您指出来").wait_for()
    safe(chat)


def test_a_correction_is_only_ever_text(chat: Chat) -> None:
    chat.say(GRADUATE)
    chat.page.locator(".chip[data-fact='hukou.place']").click()
    chat.sheet().locator("input").fill(XSS[:100])
    chat.sheet().locator("button[type=submit]").click()
    chat.wait()
    chat.page.locator(".chip[data-fact='hukou.place']").click()
    chat.sheet()
    safe(chat)


def test_addresses_and_memory_are_only_ever_text(opened: Open) -> None:
    chat = opened(path="/chat/?place=%3Cimg%20src%3Dx%20onerror%3Dwindow.broken%3D1%3E#%3Cscript%3Ewindow.broken=1%3C/script%3E")
    assert chat.page.locator("#place").inner_text() == "选地方"
    custom = {
        "kind": "answer",
        "id": XSS,
        "jurisdiction": XSS,
        "citations": [{"policy": XSS, "article": XSS, "quote": XSS}],
        "screening": None,
    }
    turns = [
        {"who": "me", "text": XSS, "state": "failed", "note": XSS},
        {"who": "bot", "to": XSS, "replies": [{"text": XSS, "custom": custom, "buttons": [{"title": XSS, "payload": XSS}]}]},
    ]
    chat.page.evaluate(
        "t => { sessionStorage.setItem('luohu.turns', t); sessionStorage.setItem('luohu.draft', JSON.stringify('<b>')) }", json.dumps(turns)
    )
    chat.page.reload()
    chat.page.wait_for_selector(".turn.theirs")
    chat.page.locator(".cite").click()
    chat.page.get_by_text("原文暂时打不开").wait_for()
    safe(chat)


def test_the_policy_of_the_page_stops_what_would_get_in(chat: Chat) -> None:
    stopped = chat.page.evaluate(
        """() => new Promise((resolve) => {
            const seen = [];
            addEventListener('securitypolicyviolation', (e) => seen.push(e.effectiveDirective));
            const script = document.createElement('script');
            try { script.textContent = 'window.broken = 1'; document.body.append(script); } catch (e) { seen.push('trusted-types'); }
            try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); } catch (e) { seen.push('trusted-types'); }
            const image = new Image(); image.src = 'https://example.invalid/x.png';
            setTimeout(() => resolve(seen), 300);
        })"""
    )
    assert "trusted-types" in stopped
    assert "img-src" in stopped
    assert chat.page.evaluate("window.broken") is None
    chat.faults.clear()  # the browser's own lines about what it stopped
    chat.elsewhere.clear()
