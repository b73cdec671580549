// The verdict card, and two places side by side. Every line opens the article it rests on.

import { button, el, icon } from "./dom.js";
import { day } from "./facts.js";

const VERDICTS = {
  eligible: ["yes", "初步看可以申请"],
  not_eligible: ["no", "初步看还不能申请"],
  need_more_info: ["open", "还不能下判断"],
  not_covered: ["open", "文件没有这方面的途径"],
};
const SIGN = new Map([[true, ["yes", "符合"]], [false, ["no", "不符合"]], [null, ["open", "还没弄清"]]]);

/** What a verdict is, in order of what matters, for the card, the printed page and the copied text alike. */
export function verdictParts(reply, doc, place) {
  const s = reply.screening;
  const byId = new Map(s.routes.map((r) => [r.id, r]));
  const near = (s.nearest ?? []).map((n) => ({ ...byId.get(n.id), ...doc?.routes[n.id], needs: n.needs }));
  const first = near[0];
  const verdict = first && s.verdict !== "not_covered" ? first.verdict : s.verdict;
  const shown = verdict === "eligible" ? near.filter((r) => r.verdict === "eligible") : near;
  const at = (n) => ({ policy: s.policy, article: n.article, quote: n.quote });
  const parts = [];
  for (const [number, route] of shown.entries()) {
    const line = (n) => ({ text: n.text, value: n.value, at: at(n) });
    const met = route.needs.filter((n) => n.value === true).map(line);
    const unmet = route.needs.filter((n) => n.value === false).map(line);
    const unclear = route.needs.filter((n) => n.value === null).map(line);
    const title = { route: route.title, at: { policy: s.policy, article: route.article, quote: "" } };
    if (verdict === "eligible" && number > 0) {
      parts.push({ head: "也符合", lines: [{ text: route.title, value: true, at: at(route.needs[0]) }] });
      continue;
    }
    const named = shown.length > 1 && verdict !== "eligible" ? `：${route.title}` : "";
    if (met.length) parts.push({ head: `依据${named}`, ...(named ? {} : title), lines: met });
    if (unmet.length) parts.push({ head: `还差什么${named}`, lines: unmet });
    if (unclear.length) parts.push({ head: `还要弄清${named}`, lines: unclear });
    const changes = (route.changes ?? []).map((c) => ({ text: withDay(c), at: c.article ? at(c) : null }));
    if (changes.length) parts.push({ head: `怎样才能办${named}`, lines: changes });
    if (verdict === "eligible") {
      const gives = [["户口怎么落", route.registers_at], ["家人", route.followers]];
      for (const [head, said] of gives) if (said?.quote) parts.push({ head, lines: [{ text: said.text, at: at(said) }] });
    }
    if (verdict === "eligible" || (route.materials.length && verdict === "need_more_info")) {
      const papers = route.materials.map((m) => (m.quote ? { text: m.text, at: at(m) } : { text: m, at: null }));
      parts.push({ head: `材料清单${named}`, checks: papers, none: "文件没有列这条途径要的材料。" });
    }
  }
  for (const note of s.notes ?? []) if (!parts.some((p) => p.note === note)) parts.push({ head: "向受理机关确认", note });
  return { verdict, title: VERDICTS[verdict][1], when: day(s.as_of), place, route: first?.title, parts, facts: s.facts };
}

function withDay(change) {
  return change.from ? `${change.text}（${day(change.from)}起）` : change.text;
}

export function verdictCard(parts, { openArticle, tools }) {
  const head = el(
    "div",
    { class: `verdict ${parts.verdict}` },
    icon(VERDICTS[parts.verdict][0]),
    el("div", {}, el("h3", {}, parts.title), el("p", {}, [parts.place, `按${parts.when}算`].filter(Boolean).join(" · "))),
  );
  const sections = parts.parts.map((p) =>
    el(
      "section",
      { class: "part" },
      el("h4", {}, p.head),
      p.route && el("p", { class: "route" }, p.route),
      p.lines && el("ul", {}, p.lines.map((l) => el("li", {}, lineButton(l, openArticle)))),
      p.checks && p.checks.length > 0 && el("ul", {}, p.checks.map((c) => checkRow(c, openArticle))),
      p.checks && !p.checks.length && el("p", { class: "plain" }, p.none),
      p.note && el("p", { class: "plain" }, p.note),
    ),
  );
  return el("article", { class: "card", "aria-label": `结论：${parts.title}` }, head, sections, el("div", { class: "tools" }, tools));
}

export function lineButton(line, openArticle) {
  const sign = SIGN.get(line.value);
  const inside = [
    sign && icon(sign[0], sign[0]),
    el("span", {}, sign && el("span", { class: "hidden" }, `${sign[1]}：`), line.text),
    line.at && el("span", { class: "ref" }, el("span", { class: "hidden" }, "，看原文"), line.at.article),
  ];
  if (!line.at) return el("p", { class: "line" }, inside);
  return button({ class: "line", "aria-haspopup": "dialog", onclick: () => openArticle(line.at) }, inside);
}

function checkRow(item, openArticle) {
  return el(
    "li",
    { class: "check" },
    el("label", {}, el("input", { type: "checkbox" }), el("span", {}, item.text)),
    item.at && button({ class: "textual", "aria-haspopup": "dialog", "aria-label": `看原文：${item.text}`, onclick: () => openArticle(item.at) }, "原文"),
  );
}

/** Two places side by side. */
export function comparisonCard(comparison, { openArticle }) {
  const places = comparison.places;
  const at = (policy, n) => ({ policy, article: n.article, quote: n.quote });
  const cells = (make) => el("tr", { class: "values" }, places.map((p, n) => el("td", {}, make(p, n))));
  const rows = [];
  const row = (head, make) => rows.push(el("tr", {}, el("th", { class: "head", scope: "rowgroup", colSpan: places.length }, head)), cells(make));
  const lines = (policy, items, none) =>
    items.length
      ? el("ul", {}, items.map((n) => el("li", {}, lineButton({ text: n.text, value: n.value, at: at(policy, n) }, openArticle))))
      : el("span", { class: "plain" }, none);
  row("结论", (p) => el("span", { class: `badge ${VERDICTS[p.verdict][0]}` }, icon(VERDICTS[p.verdict][0], "small"), VERDICTS[p.verdict][1]));
  row("途径", (p) => p.route.title);
  row("要求", (p) => lines(p.policy, p.route.needs, "没有别的要求"));
  row("户口怎么落", (p) => p.route.registers_at ?? el("span", { class: "plain" }, "文件没有写"));
  row("材料", (p) => (p.route.materials.length ? el("ul", {}, p.route.materials.map((m) => el("li", {}, `· ${m}`))) : el("span", { class: "plain" }, "文件没有列")));
  for (const d of comparison.differences) {
    const sides = new Map(d.sides.map((s) => [s.policy, s.conditions]));
    row(`不一样：${d.label}`, (p) => lines(p.policy, sides.get(p.policy) ?? [], "没有这项要求"));
  }
  return el(
    "article",
    { class: "card", "aria-label": "两个地方比一比" },
    el(
      "table",
      { class: "beside" },
      el("caption", {}, "同样的情况，两个地方"),
      el("thead", {}, el("tr", {}, places.map((p) => el("th", { scope: "col" }, p.name)))),
      el("tbody", {}, rows),
    ),
  );
}
