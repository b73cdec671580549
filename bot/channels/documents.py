"""A policy document for reading: in the order of the source, as JSON for the page of the chat and as a page of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from string import Template
from typing import Any
from urllib.parse import quote

from bot.policy.model import Pack, Statement
from bot.policy.tree import display

_NUMBERED = re.compile("[一二三四五六七八九十]")
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Block:
    """A passage as it follows in the source: ``path`` of its article, ``first`` where the article begins, its ``level`` in the tree.

    ``heading`` is its first line where that is a heading by itself, else empty.
    """

    path: str
    first: bool
    level: int
    heading: str
    paragraphs: tuple[str, ...]


def blocks(pack: Pack) -> tuple[Block, ...]:
    """The whole document: every character of the source, but for white space, in its order."""
    found: list[Block] = []
    begun: set[str] = set()
    levels: dict[str, int] = {}
    for article in pack.articles:
        levels[article.path] = 1 + levels[article.parent] if article.parent else 1
    for (start, end), path in sorted((span, a.path) for a in pack.articles for span in a.spans):
        paragraphs = [p for p in display(pack.source[start:end]).split("\n\n") if p]
        heading = ""
        if path not in begun and _NUMBERED.match(path) and paragraphs and _is_heading(paragraphs[0]):
            heading = paragraphs.pop(0)
        found.append(Block(path, path not in begun, levels[path], heading, tuple(paragraphs)))
        begun.add(path)
    return tuple(found)


def identity_rows(pack: Pack, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """What identifies the document, as label and value; what the document does not say is said to be so."""
    who = pack.identity
    repeals = "、".join(r.doc_no or r.title for r in who.repeals)
    rows = [
        (words["doc_no"], who.doc_no or words["no_doc_no"]),
        (words["issuer"], who.issuer),
        (words["place"], who.jurisdiction.name),
        *([(words["dated"], day(who.dated))] if who.dated != who.printed else []),
        (words["printed"], day(who.printed)),
        (words["effective"], day(who.effective) if who.effective else who.effective_note),
        (words["expires"], words["until"].format(day=day(who.expires)) if who.expires else words["unsaid"]),
    ]
    if repeals:
        rows.append((words["repeals"], repeals))
    return rows


def validity(verified: date | None, words: Mapping[str, str]) -> str:
    """The notice that validity is to be confirmed; ``verified`` is when somebody last asked the issuer (最近核实)."""
    return words["validity_verified"].format(day=day(verified)) if verified else words["validity"]


def day(value: date) -> str:
    """2020年4月30日."""
    return f"{value.year}年{value.month}月{value.day}日"


def page_url(policy: str, path: str = "") -> str:
    """The stable address of a document, or of an article in it, readable without script."""
    return f"/chat/policies/{policy}" + (f"#{quote(path, safe='()')}" if path else "")


def document_json(pack: Pack, words: Mapping[str, str], verified: date | None = None) -> dict[str, Any]:
    """The document, and what each route gives and needs, with the passages."""
    return {
        "id": pack.id,
        "title": pack.identity.title,
        "short_title": pack.identity.short_title,
        "identity": identity_rows(pack, words),
        "validity": validity(verified, words),
        "blocks": [
            {"path": b.path, "first": b.first, "level": b.level, "heading": b.heading, "paragraphs": list(b.paragraphs)}
            for b in blocks(pack)
        ],
        "routes": {
            r.id: {
                "title": r.title,
                "article": r.article,
                "materials": [_statement(s) for s in r.materials],
                "followers": _statement(r.followers),
                "registers_at": _statement(r.registers_at),
            }
            for r in pack.routes
        },
    }


def document_html(pack: Pack, template: str, words: Mapping[str, str], version: str, verified: date | None = None) -> str:
    """The page of a document."""
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in identity_rows(pack, words))
    return Template(template).substitute(
        title=escape(pack.identity.title),
        identity=rows,
        validity=escape(validity(verified, words)),
        text="\n".join(_section(b) for b in blocks(pack)),
        version=version,
    )


def _section(block: Block) -> str:
    level = min(block.level, 3)
    parts = [f"<h{level + 1}>{escape(block.heading)}</h{level + 1}>"] if block.heading else []
    parts += [f"<p>{escape(p)}</p>" for p in block.paragraphs]
    name = f' id="{escape(block.path, quote=True)}"' if block.first else ""
    return f'<section{name} class="article level-{level}">{"".join(parts)}</section>'


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not line.endswith(("。", ".", "；", ";"))


def _statement(said: Statement | None) -> dict[str, str] | None:
    return {"text": said.text, "article": said.article, "quote": said.quote} if said else None
