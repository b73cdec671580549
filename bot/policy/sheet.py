"""The review sheet of a pack for a lawyer: articles, routes as diagrams, conditions with quotes, notes, cases, and use of the text.

Two renderings of one content: Markdown with Mermaid diagrams, and one HTML page with nested boxes, without script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from bot.policy.model import (
    All,
    Article,
    Atom,
    Case,
    Condition,
    In,
    MonthsBetween,
    MonthsSince,
    MonthsUntil,
    Note,
    Outside,
    Pack,
    Role,
    Route,
    Statement,
    Test,
    Within,
    atoms,
)
from bot.policy.tree import display, fold
from bot.policy.vocabulary import Vocabulary

ROLES = {Role.OPERATIVE: "执行条款", Role.DEFINITION: "定义", Role.PROCEDURE: "程序", Role.DUTY: "机关职责", Role.PRINCIPLE: "原则",
         Role.RIGHTS_INFO: "权益说明", Role.FORMAL: "形式部分"}
VERDICTS = {"eligible": "符合", "not_eligible": "不符合", "need_more_info": "需要确认", "not_covered": "文件没有写"}
_SENTENCE = re.compile(r"[^。；;]+[。；;]?[”）)]*")


@dataclass(frozen=True)
class Use:
    """One sentence of the document and everything that quotes it."""

    article: str
    sentence: str
    where: tuple[str, ...]


def uses(pack: Pack) -> tuple[Use, ...]:
    """Every sentence of the document with what rests on it: routes, notes, topics, references; in the order of the text."""
    quoted = list(_quotes(pack))
    found = []
    for article in pack.articles:
        for match in _SENTENCE.finditer(fold(article.text)):
            sentence = match.group()
            where = dict.fromkeys(name for name, path, quote in quoted
                                  if path == article.path and _meets(fold(article.text), match.span(), fold(quote)))
            if any(_meets(fold(article.text), match.span(), fold(u)) for u in article.undecidable):
                where["不可判断"] = None
            found.append(Use(article.path, sentence, tuple(where)))
    return tuple(found)


def _meets(text: str, span: tuple[int, int], quote: str) -> bool:
    at = text.find(quote)
    return at >= 0 and at < span[1] and span[0] < at + len(quote)


def _quotes(pack: Pack) -> Iterator[tuple[str, str, str]]:
    for route in pack.routes:
        for atom in atoms(route.when):
            yield f"途径 {route.id}", atom.article, atom.quote
        for part in _statements(route):
            yield f"途径 {route.id}", part.article, part.quote
    for note in pack.notes.values():
        yield note.id, note.article, note.quote
    for topic in pack.topics.values():
        for sentence in topic.every_sentence:
            for cite in sentence.cites:
                yield f"问答 {topic.id}", cite.article, cite.quote
    who = pack.identity
    for reference in (*who.repeals, *who.implements, *who.refers_to):
        yield "文件信息", reference.article, reference.quote


def _statements(route: Route) -> tuple[Statement, ...]:
    return tuple(s for s in (route.followers, route.registers_at, *route.materials, *route.departments) if s)


def _test(atom: Atom, test: Test, vocabulary: Vocabulary) -> str:
    labels = vocabulary.facts[atom.fact].labels
    if isinstance(test, In):
        return "；".join(said for value, said in labels.items() if value in test.values) or "（没有符合的）"
    if isinstance(test, (Within, Outside)):
        places = "、".join(sorted(p.split("/")[-1] for p in test.places))
        return f"{'在' if isinstance(test, Within) else '不在'} {places}"
    word = {MonthsSince: "已满", MonthsUntil: "还有", MonthsBetween: "时长"}[type(test)]
    low, high = test.min, test.max
    ends = (f"至少 {low} 个月" if low is not None else "", f"至多 {high} 个月" if high is not None else "")
    return f"{word} {'，'.join(end for end in ends if end)}"


@dataclass(frozen=True)
class _Row:
    depth: int
    text: str
    atom: Atom | None


def _rows(condition: Condition, depth: int = 0) -> Iterator[_Row]:
    if isinstance(condition, Atom):
        yield _Row(depth, condition.text, condition)
        return
    yield _Row(depth, "全部满足" if isinstance(condition, All) else "满足一项", None)
    for child in condition.of:
        yield from _rows(child, depth + 1)


def _heads(pack: Pack) -> list[tuple[str, str]]:
    who = pack.identity
    days = {"发文日期": who.dated, "印发日期": who.printed, "施行日期": who.effective, "失效日期": who.expires,
            "核实日期": who.verified_on}
    refs = [("废止", who.repeals), ("依据", who.implements), ("引用", who.refers_to)]
    return [("编号", who.id), ("标题", who.title), ("文号", who.doc_no or "原文没有"), ("发文机关", who.issuer),
            ("适用地方", who.jurisdiction.name),
            *((name, str(d) if d else "没有") for name, d in days.items()), ("施行说明", who.effective_note),
            *((name, "；".join(r.title + (f"（{r.doc_no}）" if r.doc_no else "") for r in found) or "没有") for name, found in refs),
            ("原文 sha256", who.source_sha256)]


def _article_title(article: Article) -> str:
    missing = "（原文缺编号）" if article.number_missing else ""
    return f"{article.path}{missing} {article.heading}".strip()


def _facts(pack_facts: Iterable[tuple[str, object]], vocabulary: Vocabulary) -> str:
    said = []
    for name, value in pack_facts:
        spec = vocabulary.facts[name]
        if isinstance(value, dict):
            text = f"{value.get('min') or '…'} 至 {value.get('max') or '…'}"
        else:
            text = "或".join(spec.labels.get(str(v), str(v)) for v in (value if isinstance(value, list) else [value]))
        said.append(f"{spec.label}：{text}")
    return "；".join(said)


# -- Markdown -------------------------------------------------------------------------------------------------------


def sheet_markdown(pack: Pack, vocabulary: Vocabulary) -> str:
    """The review sheet in Markdown; each route is a Mermaid flowchart."""
    out = [f"# 审阅表：{pack.identity.title}", "", "| 项目 | 内容 |", "| --- | --- |"]
    out += [f"| {_cell(name)} | {_cell(value)} |" for name, value in _heads(pack)]
    out += ["", "## 一、条文"]
    for article in pack.articles:
        out += ["", f"### {_article_title(article)}", "", f"作用：{ROLES[article.role]}", ""]
        out += [f"> {line}".rstrip() for line in display(article.text).split("\n")]
    out += ["", "## 二、落户途径"]
    for route in pack.routes:
        out += ["", f"### {route.id} {route.title}", "", "```mermaid", *_mermaid(route), "```", "",
                "| 条件 | 依据 | 原文 | 通常理解 | 另一种理解 | 说明 |", "| --- | --- | --- | --- | --- | --- |"]
        for row in _rows(route.when):
            atom = row.atom
            indent = "　" * row.depth
            if atom is None:
                out.append(f"| {indent}**{row.text}** | | | | | |")
            else:
                rival = _test(atom, atom.reading_b, vocabulary) if atom.reading_b is not None else ""
                cells = (indent + atom.text, atom.article, atom.quote, _test(atom, atom.test, vocabulary), rival, atom.note or "")
                out.append("| " + " | ".join(map(_cell, cells)) + " |")
        out += ["", *(f"- {name}：{text}" for name, text in _extras(route))]
    out += ["", "## 三、不明确的文字"]
    for note in pack.notes.values():
        out += ["", f"### {note.id} {note.title}（{note.article}）", "", f"> {note.quote}", "",
                *(f"- {name}：{text}" for name, text in _note_rows(note))]
    out += ["", "## 四、例子", "", "| 编号 | 情况 | 事实 | 日期 | 结论 | 各途径 |", "| --- | --- | --- | --- | --- | --- |"]
    for case in pack.cases:
        out.append("| " + " | ".join(map(_cell, _case_row(case, vocabulary))) + " |")
    out += ["", "## 五、原文各句用在哪里", "", "| 条文 | 句子 | 用在 |", "| --- | --- | --- |"]
    out += [f"| {_cell(use.article)} | {_cell(use.sentence)} | {_cell('、'.join(use.where) or '—')} |" for use in uses(pack)]
    return "\n".join(out) + "\n"


def _note_rows(note: Note) -> list[tuple[str, str]]:
    return [("问题", note.issue), ("理解甲", note.reading_a), ("理解乙", note.reading_b or "没有"), ("预审时", note.default),
            ("对居民说", note.say)]


def _case_row(case: Case, vocabulary: Vocabulary) -> tuple[str, ...]:
    routes = "；".join(f"{route} {VERDICTS[verdict]}" for route, verdict in case.routes.items())
    return (case.id, case.story, _facts(case.facts.items(), vocabulary), str(case.as_of), VERDICTS[case.verdict], routes)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _extras(route: Route) -> list[tuple[str, str]]:
    def cited(part: Statement | None) -> str:
        return f"{part.text}（{part.article}：“{part.quote}”）" if part else "这一条没有写"

    return [("一起落户的家人", cited(route.followers)), ("登记在哪里", cited(route.registers_at)),
            ("材料", "；".join(cited(m) for m in route.materials) or "这一条没有列"),
            ("单位", "；".join(cited(d) for d in route.departments) or "这一条没有写"),
            ("有关说明", "、".join(route.notes) or "没有"), *([] if route.settles else [("注意", "不是新落户")])]


def _mermaid(route: Route) -> list[str]:
    lines = ["flowchart LR", f'  done(["{_label(route.title)}"])']
    counter = iter(range(10_000))

    def draw(condition: Condition) -> str:
        name = f"c{next(counter)}"
        if isinstance(condition, Atom):
            note = f"<br/>{condition.note}" if condition.note else ""
            lines.append(f'  {name}["{_label(condition.text)}{note}"]')
            return name
        lines.append(f'  {name}{{{{"{"全部满足" if isinstance(condition, All) else "满足一项"}"}}}}')
        lines.extend(f"  {draw(child)} --> {name}" for child in condition.of)
        return name

    lines.append(f"  {draw(route.when)} --> done")
    return lines


def _label(text: str) -> str:
    return text.replace('"', "'").replace("#", "＃")


# -- HTML -----------------------------------------------------------------------------------------------------------

_STYLE = """body{font:16px/1.7 serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%;font-size:14px}td,th{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
blockquote{margin:.5rem 0;padding:.2rem 1rem;border-left:4px solid #bbb;white-space:pre-line}
.group{border:1px solid #777;border-radius:6px;margin:.4rem 0;padding:.4rem .7rem}.any{border-style:dashed}
.group>b{color:#555;font-size:13px}.atom{background:#f3f3f0;border-radius:4px;margin:.3rem 0;padding:.3rem .6rem}
.open{background:#fbf2dc}.quote{color:#555;font-size:13px}@media print{h2{break-before:page}}"""


def sheet_html(pack: Pack, vocabulary: Vocabulary) -> str:
    """The review sheet as one HTML page: each route is drawn as nested boxes; no script, nothing loaded from elsewhere."""
    title = f"审阅表：{escape(pack.identity.title)}"
    out = ["<!DOCTYPE html>", '<html lang="zh-CN"><head><meta charset="utf-8">',
           f"<title>{title}</title><style>{_STYLE}</style></head><body>",
           f"<h1>{title}</h1>", _table((), _heads(pack)), "<h2>一、条文</h2>"]
    for article in pack.articles:
        out.append(f"<h3>{escape(_article_title(article))}</h3><p>作用：{ROLES[article.role]}</p>"
                   f"<blockquote>{escape(display(article.text))}</blockquote>")
    out.append("<h2>二、落户途径</h2>")
    for route in pack.routes:
        out.append(f"<h3>{escape(route.id)} {escape(route.title)}</h3>{_boxes(route.when, vocabulary)}{_table((), _extras(route))}")
    out.append("<h2>三、不明确的文字</h2>")
    for note in pack.notes.values():
        out.append(f"<h3>{escape(note.id)} {escape(note.title)}（{escape(note.article)}）</h3>"
                   f"<blockquote>{escape(note.quote)}</blockquote>{_table((), _note_rows(note))}")
    out.append("<h2>四、例子</h2>")
    out.append(_table(("编号", "情况", "事实", "日期", "结论", "各途径"), [_case_row(case, vocabulary) for case in pack.cases]))
    out.append("<h2>五、原文各句用在哪里</h2>")
    out.append(_table(("条文", "句子", "用在"), [(u.article, u.sentence, "、".join(u.where) or "—") for u in uses(pack)]))
    return "\n".join(out) + "\n</body></html>\n"


def _table(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    top = "".join(f"<th>{escape(h)}</th>" for h in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{f'<tr>{top}</tr>' if top else ''}{body}</table>"


def _boxes(condition: Condition, vocabulary: Vocabulary) -> str:
    if isinstance(condition, Atom):
        rival = ""
        if condition.reading_b is not None:
            rival = f"<br>另一种理解（{escape(condition.note or '')}）：{escape(_test(condition, condition.reading_b, vocabulary))}"
        return (f'<div class="atom{" open" if rival else ""}">{escape(condition.text)}<br><span class="quote">{escape(condition.article)}：'
                f"“{escape(condition.quote)}”<br>判断：{escape(_test(condition, condition.test, vocabulary))}{rival}</span></div>")
    kind, word = ("all", "全部满足") if isinstance(condition, All) else ("any", "满足一项")
    return f'<div class="group {kind}"><b>{word}</b>{"".join(_boxes(child, vocabulary) for child in condition.of)}</div>'
