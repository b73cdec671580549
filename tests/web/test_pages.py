"""The files of the page, the documents to read, and what goes with every answer."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from bot.channels.documents import blocks
from bot.channels.loaded import world
from bot.channels.web import FOLDER
from bot.policy.tree import find_quote, fold
from bot.store import verification
from tests.web.serving import Web

Serve = Callable[..., Any]
GZIP = {"accept-encoding": "gzip"}
_LINK = re.compile(r'(?:href|src)="([^"]+)"')


def test_the_first_load_is_at_most_150_kb_and_every_file_of_it_is_there(serve: Serve) -> None:
    async def test(web: Web) -> None:
        status, page, headers = await web.ask("GET", "/chat/", headers=GZIP)
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        html = gzip.decompress(page).decode()
        files = [link for link in _LINK.findall(html) if link.startswith("/chat/assets/") or link.endswith(".json")]
        wire = len(page)
        for name in dict.fromkeys(files):
            status, body, _ = await web.ask("GET", name, headers=GZIP)
            assert status == 200, name
            wire += len(body) if isinstance(body, bytes) else len(gzip.compress(str(body).encode()))
        assert len(set(files)) > 10
        assert wire <= 150 * 1024, wire

    serve(test)


def test_the_page_holds_no_script_no_style_and_no_address_elsewhere(serve: Serve) -> None:
    for file in FOLDER.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), file
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), file
    for file in (*FOLDER.rglob("*.html"), *FOLDER.glob("js/*.js"), *FOLDER.glob("css/*.css")):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//[a-z]+\.", text), file
    for file in FOLDER.glob("js/*.js"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|DOMParser", text), file


def test_every_answer_comes_with_a_strict_policy(serve: Serve) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        for method, path, body in (
            ("GET", "/chat/", None),
            ("GET", "/chat/setup.json", None),
            ("GET", "/chat/policies/linzi-2022", None),
            ("GET", "/chat/policies/nosuch", None),
            ("GET", "/chat/assets/x/js/app.js", None),
            ("POST", "/chat/session", None),
            ("POST", "/chat/message", {"token": token, "message": "你好"}),
            ("POST", "/chat/message", {}),
        ):
            _, _, headers = await web.ask(method, path, body)
            policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
            assert policy["default-src"] == "'none'", path
            assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
            assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
            assert policy["require-trusted-types-for"] == "'script'"
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"

    serve(test)


def test_files_are_kept_for_ever_under_their_version_and_pages_are_asked_for_anew(serve: Serve) -> None:
    async def test(web: Web) -> None:
        _, page, headers = await web.ask("GET", "/chat/")
        assert headers["Cache-Control"] == "no-cache"
        status, body, _ = await web.ask("GET", "/chat/", headers={"if-none-match": headers["ETag"]})
        assert (status, body) == (304, b"")
        (script,) = re.findall(r'<script type="module" src="([^"]+)"', page.decode())
        _, _, headers = await web.ask("GET", script)
        assert "immutable" in headers["Cache-Control"]
        old = re.sub(r"/assets/[0-9a-f]+/", "/assets/000000000000/", script)
        status, _, headers = await web.ask("GET", old)  # a page opened before the server was changed
        assert (status, headers["Cache-Control"]) == (200, "no-cache")
        _, _, headers = await web.ask("POST", "/chat/session")
        assert headers["Cache-Control"] == "no-store"

    serve(test)


@pytest.mark.parametrize(
    "path",
    [
        "/chat/assets/x/../../server.py",
        "/chat/assets/x/..%2F..%2Fchannels%2Fweb.py",
        "/chat/assets/x/%2e%2e/%2e%2e/cli.py",
        "/chat/assets/x/index.html",
        "/chat/assets/x//etc/passwd",
        "/chat/assets/x/js/nosuch.js",
    ],
)
def test_nothing_else_is_served(serve: Serve, path: str) -> None:
    async def test(web: Web) -> None:
        status, body, _ = await web.ask("GET", path)
        assert status == 404
        assert set(body) == {"error"}

    serve(test)


def test_a_document_reads_whole_without_script_and_every_article_has_an_address(serve: Serve) -> None:
    async def test(web: Web) -> None:
        for pack in world().packs:
            status, page, _ = await web.ask("GET", f"/chat/policies/{pack.id}")
            html = page.decode()
            assert status == 200
            assert "<script" not in html
            text = unescape(re.sub("<[^>]+>", "", html[html.index('<div class="text">') : html.index("</main>")]))
            assert fold(text) == fold(pack.source)
            names = [unescape(n) for n in re.findall(r'<section id="([^"]+)"', html)]
            assert sorted(names) == sorted(a.path for a in pack.articles)
            head = html[: html.index('<div class="text">')]
            assert pack.identity.issuer in head
            assert (pack.identity.doc_no or "文件上没有文号") in head
            assert "向受理机关或12345确认" in head
            assert "现行有效" not in html

    serve(test)


def test_residents_read_when_a_document_was_last_verified(serve: Serve) -> None:
    pack = world().packs.by_id["linzi-2022"]

    async def test(web: Web) -> None:
        _, before, _ = await web.ask("GET", f"/chat/policies/{pack.id}")
        assert "最近核实" not in before.decode()
        verification.record(pack.id, pack.identity.source_sha256, date(2026, 11, 2), "seat01")
        _, after, _ = await web.ask("GET", f"/chat/policies/{pack.id}")
        assert "最近核实：2026年11月2日" in after.decode()
        assert "seat01" not in after.decode()
        _, sheet, _ = await web.ask("GET", f"/chat/policies/{pack.id}.json")
        assert sheet["validity"].startswith("最近核实：2026年11月2日")
        verification.record(pack.id, "another text", date(2026, 11, 20), "seat01")
        _, still, _ = await web.ask("GET", f"/chat/policies/{pack.id}")
        assert "2026年11月2日" in still.decode()

    serve(test)


def test_a_document_that_is_not_there_is_said_to_people_in_words(serve: Serve) -> None:
    async def test(web: Web) -> None:
        for name in ("nosuch", quote("<script>alert(1)</script>", safe=""), "nosuch.html"):
            status, page, headers = await web.ask("GET", f"/chat/policies/{name}")
            assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
            assert "没有这份文件" in page.decode()
            assert "alert" not in page.decode()
            assert "/chat/policies/linzi-2022" in page.decode()
        status, body, _ = await web.ask("GET", "/chat/policies/nosuch.json")
        assert (status, body["error"]["code"]) == (404, "unknown_policy")

    serve(test)


def test_the_sheet_finds_every_quote_of_every_route(serve: Serve) -> None:
    async def test(web: Web) -> None:
        for pack in world().packs:
            _, doc, _ = await web.ask("GET", f"/chat/policies/{pack.id}.json")
            shown: dict[str, str] = {}
            for block in doc["blocks"]:
                shown[block["path"]] = shown.get(block["path"], "") + block["heading"] + "".join(block["paragraphs"])
            assert fold("".join(b["heading"] + "".join(b["paragraphs"]) for b in doc["blocks"])) == fold(pack.source)
            assert set(doc["routes"]) == {r.id for r in pack.routes}
            for route in doc["routes"].values():
                for said in (*route["materials"], route["followers"], route["registers_at"]):
                    assert said is None or find_quote(shown[said["article"]], said["quote"]), said

    serve(test)


def test_a_heading_is_only_what_stands_alone() -> None:
    headings = {b.path: b.heading for pack in world().packs for b in blocks(pack) if pack.id == "linzi-2022"}
    assert headings["二"] == "二、全面放开城镇落户限制"
    assert headings["一(一)"] == "（一）指导思想"
    assert headings["二(一)2"] == ""


def test_the_page_learns_places_sentences_and_days(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(web: Web) -> None:
        _, setup, _ = await web.ask("GET", "/chat/setup.json")
        assert [p["id"] for p in setup["places"]] == list(world().packs.by_jurisdiction)
        assert any("30天" in line for line in setup["privacy"]["lines"])
        assert any("身份证号" in line and "不问" in line for line in setup["privacy"]["lines"])
        assert "{" not in str(setup["words"]["about"])
        assert setup["pinned"] is None
        monkeypatch.setenv("LUOHU_JURISDICTION", "linzi")
        monkeypatch.setenv("LUOHU_RETENTION_DAYS", "7")
        _, setup, _ = await web.ask("GET", "/chat/setup.json")
        assert setup["pinned"] == "linzi"
        assert any("7天" in line for line in setup["privacy"]["lines"])

    serve(test)
