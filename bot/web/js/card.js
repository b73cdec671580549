// The verdict card, and two places side by side. Every line opens the article it rests on.

import { button, el, icon } from "./dom.js";
import { day } from "./facts.js";

const VERDICTS = {
  eligible: ["yes", "初步看可以申请"],
  not_eligible: ["no", "初步看还不能申请"],
  need_more_info: ["open", "还不能下判断"],
  not_covered: ["open", "文件没有这方面的途径"],
};
const ONLY = { eligible: "初步看可以申请", not_eligible: "初步看还不符合", need_more_info: "还不能下判断", not_covered: "还不能下判断" };
const HOW = "怎样才能办";
const SIGN = new Map([[true, ["yes", "符合"]], [false, ["no", "不符合"]], [null, ["open", "还没弄清"]]]);

/**
 * What a verdict is, in order of what matters, for the card, the printed page and the copied text alike: groups, one for each route,
 * each with parts; a part has lines (`text`, `value`, `at`), checks, or notes.
 */
export function verdictParts(reply, doc, place, advice = false) {
  const s = reply.screening;
  const byId = new Map(s.routes.map((r) => [r.id, r]));
  const near = (s.nearest ?? []).map((n) => ({ ...byId.get(n.id), ...doc?.routes[n.id], needs: n.needs }));
  const verdict = near.length && (s.only || s.verdict === "eligible") ? near[0].verdict : s.verdict;
  const shown = verdict === "eligible" ? near.filter((r) => r.verdict === "eligible") : near;
  const groups = shown.map((route, number) => (verdict === "eligible" && number > 0 ? alsoFits(route, s.policy) : routeGroup(route, s.policy, verdict, advice)));
  if (verdict !== "eligible" && s.notes?.length) groups.push({ title: "", parts: [{ head: "要向受理机关确认的", notes: s.notes }] });
  const title = s.only ? `单看这条，${ONLY[verdict]}` : VERDICTS[verdict][1];
  return { verdict, title, when: day(s.as_of), place, groups, facts: s.facts, changes: groups.some((g) => g.parts.some((p) => p.head === HOW)) };
}

const place = (policy, n) => ({ policy, article: n.article, quote: n.quote });

function alsoFits(route, policy) {
  return { title: "", parts: [{ head: "也符合", lines: [{ text: route.title, value: true, at: place(policy, route.needs[0]) }] }] };
}

function routeGroup(route, policy, verdict, advice) {
  const parts = [];
  // What is only unclear is asked about, not to be brought about; unless that is what the resident asked for.
  const changed = (route.changes ?? []).length > 0 && (advice || route.needs.some((n) => n.value === false));
  const heads = [[true, "依据"], [false, "还差什么"], [null, "还要弄清"]];
  for (const [value, head] of heads) {
    const lines = route.needs.filter((n) => n.value === value).map((n) => ({ text: n.text, value, at: place(policy, n) }));
    if (lines.length && !(value === null && changed)) parts.push({ head, lines });
  }
  const changes = (changed ? route.changes : []).map((c) => ({ text: withDay(c), at: c.article ? place(policy, c) : null }));
  if (changes.length) parts.push({ head: HOW, lines: changes });
  if (verdict === "eligible") {
    for (const [head, said] of [["户口怎么落", route.registers_at], ["家人", route.followers]]) {
      if (said) parts.push({ head, lines: [said.quote ? { text: said.text, at: place(policy, said) } : { text: said, at: null }] });
    }
  }
  if (verdict === "eligible" || route.materials.length) {
    const papers = route.materials.map((m) => (m.quote ? { text: m.text, at: place(policy, m) } : { text: m, at: null }));
    parts.push({ head: "材料清单", checks: papers, none: "文件没有列这条途径要的材料。" });
  }
  return { title: route.title, parts };
}

function withDay(change) {
  return change.from ? `${change.text}（${day(change.from)}起）` : change.text;
}

export function verdictCard(parts, { openArticle, tools, caution }) {
  const head = el(
    "div",
    { class: `verdict ${parts.verdict}` },
    icon(VERDICTS[parts.verdict][0]),
    el("div", {}, el("h2", {}, parts.title), el("p", {}, [parts.place, `按${parts.when}算`].filter(Boolean).join(" · "))),
  );
  const groups = parts.groups.map((g) =>
    el(
      "section",
      { class: "group" },
      g.title && el("h3", { class: "route" }, g.title),
      g.parts.map((p) => el("div", { class: "part" }, el(g.title ? "h4" : "h3", {}, p.head), partBody(p, openArticle))),
    ),
  );
  return el(
    "article",
    { class: "card", "aria-label": `结论：${parts.title}` },
    head,
    groups,
    el("p", { class: "foot" }, caution),
    el("div", { class: "tools" }, tools),
  );
}

function partBody(part, openArticle) {
  if (part.notes) return part.notes.map((note) => el("p", { class: "plain" }, note));
  if (part.lines) return el("ul", {}, part.lines.map((l) => el("li", {}, lineButton(l, openArticle))));
  if (!part.checks.length) return el("p", { class: "plain" }, part.none);
  return el("ul", {}, part.checks.map((c) => checkRow(c, openArticle)));
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
export function comparisonCard(comparison, { openArticle, setup }) {
  const places = comparison.places;
  const cells = (make) => el("tr", { class: "values" }, places.map((p, n) => el("td", {}, make(p, n))));
  const rows = [];
  const head = (text) => el("tr", {}, el("th", { class: "head", scope: "rowgroup", colSpan: places.length }, text));
  const row = (text, make) => rows.push(head(text), cells(make));
  const lines = (policy, items, none) =>
    items.length
      ? el("ul", {}, items.map((n) => el("li", {}, lineButton({ text: n.text, value: n.value, at: place(policy, n) }, openArticle))))
      : el("span", { class: "plain" }, none);
  row("结论", (p) => el("span", { class: `badge ${VERDICTS[p.verdict][0]}` }, icon(VERDICTS[p.verdict][0], "small"), VERDICTS[p.verdict][1]));
  row("途径", (p) => p.route.title);
  row("要求", (p) => lines(p.policy, p.route.needs, "—"));
  row("户口怎么落", (p) => p.route.registers_at ?? el("span", { class: "plain" }, "—"));
  row("材料", (p) => (p.route.materials.length ? el("ul", {}, p.route.materials.map((m) => el("li", {}, `· ${m}`))) : el("span", { class: "plain" }, "文件没有列")));
  const different = [];
  for (const d of comparison.differences) {
    const sides = new Map(d.sides.map((s) => [s.policy, s.conditions]));
    different.push(head(d.label), cells((p) => lines(p.policy, sides.get(p.policy) ?? [], "判断时不看这一项")));
  }
  return el(
    "article",
    { class: "card", "aria-label": "两个地方比一比" },
    table("同样的情况，两个地方", rows),
    different.length > 0 &&
      el(
        "details",
        { class: "more" },
        el("summary", {}, `条件上有${comparison.differences.length}处不一样`, icon("down", "small")),
        table("条件上不一样的地方", different, true),
      ),
    el("p", { class: "foot" }, setup.words.caution),
  );

  function table(caption, body, quiet = false) {
    return el(
      "table",
      { class: "beside" },
      el("caption", { class: quiet ? "hidden" : "" }, caption),
      el("thead", {}, el("tr", {}, places.map((p) => el("th", { scope: "col" }, p.name)))),
      el("tbody", {}, body),
    );
  }
}
