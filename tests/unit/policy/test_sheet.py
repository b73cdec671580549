"""The review sheet for a lawyer."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pytest

from bot.policy.load import Packs
from bot.policy.model import Pack, Role, atoms
from bot.policy.sheet import sheet_html, sheet_markdown, uses
from bot.policy.tree import fold


class _Balance(HTMLParser):
    """Every element is closed in order, and nothing is loaded or run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick"}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(params=["liaocheng-2020-7", "linzi-2022"])
def pack(request: pytest.FixtureRequest, packs: Packs) -> Pack:
    return packs.by_id[request.param]


def test_both_sheets_show_every_part(pack: Pack, packs: Packs) -> None:
    markdown, html = sheet_markdown(pack, packs.vocabulary), sheet_html(pack, packs.vocabulary)
    for sheet, mark in ((markdown, str), (html, escape)):
        for route in pack.routes:
            assert mark(f"{route.id} {route.title}") in sheet
            for atom in atoms(route.when):
                assert mark(atom.text) in sheet
                assert mark(atom.quote) in sheet
        for note in pack.notes.values():
            for text in (note.id, note.quote, note.reading_a, note.reading_b or "没有", note.say):
                assert mark(text) in sheet
        for case in pack.cases:
            assert mark(case.story) in sheet


def test_every_route_is_a_diagram_of_all_its_conditions(pack: Pack, packs: Packs) -> None:
    blocks = sheet_markdown(pack, packs.vocabulary).split("```mermaid\n")[1:]
    assert len(blocks) == len(pack.routes)
    for route, block in zip(pack.routes, blocks, strict=True):
        diagram = block.split("```")[0].splitlines()
        boxes = [line for line in diagram if line.strip().startswith("c") and "[" in line]
        assert len(boxes) == len(list(atoms(route.when)))
        drawn = {re.split(r"[\[{(]", line)[0].strip() for line in diagram if "-->" not in line}
        for line in diagram:
            if "-->" in line:
                assert {end.strip() for end in line.split("-->")} <= drawn


def test_the_page_is_well_formed_without_script(pack: Pack, packs: Packs) -> None:
    reader = _Balance()
    reader.feed(sheet_html(pack, packs.vocabulary))
    assert reader.open == []
    assert "script" not in reader.seen


def test_every_operative_sentence_is_shown_with_its_use(pack: Pack) -> None:
    table = uses(pack)
    for article in pack.articles:
        assert "".join(use.sentence for use in table if use.article == article.path) == fold(article.text)
        if article.role is Role.OPERATIVE:
            headings = article.heading + "。"
            unused = [u.sentence for u in table if u.article == article.path and not u.where and not u.sentence.endswith(headings)]
            assert unused == []
