// The verdict and its checklist for one printed page, and as text to copy.

import { el, toast } from "./dom.js";
import { shown } from "./facts.js";

// The printable part of the page in millimetres, as in css/paper.css, and a little less.
const PAGE_WIDTH = 180;
const PAGE_HEIGHT = 262;
const SIGN = new Map([[true, "✓"], [false, "✗"], [null, "？"]]);

function told(parts, specs) {
  return parts.facts.filter((f) => !f.presumed).map((f) => `${f.label ?? f.fact}：${shown(f, specs?.get(f.fact))}`).join("；");
}

function source(doc) {
  const identity = new Map(doc?.identity ?? []);
  return doc ? `${doc.title}（${identity.get("文号")}，${identity.get("发文机关")}，${identity.get("落款日期") ?? identity.get("印发日期")}）` : "";
}

export function asText(parts, doc, specs, words) {
  const rows = [`${parts.title}${parts.place ? `（${parts.place}，按${parts.when}算）` : ""}`, parts.number];
  if (parts.facts.length) rows.push(`说过的情况：${told(parts, specs)}`);
  for (const group of parts.groups) {
    if (group.title) rows.push("", `“${group.title}”`);
    for (const p of group.parts) {
      rows.push(`【${p.head}】`);
      for (const l of p.lines ?? []) rows.push(`${SIGN.get(l.value) ?? "·"} ${l.text}${l.at ? `（${l.at.article}）` : ""}`);
      for (const c of p.checks ?? []) rows.push(`□ ${c.text}${c.at ? `（${c.at.article}）` : ""}`);
      if (p.checks && !p.checks.length) rows.push(p.none);
      rows.push(...(p.notes ?? []));
    }
  }
  rows.push("", words.caution, source(doc), doc?.validity ?? "");
  return rows.join("\n").trim();
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { value: text, class: "hidden", "aria-hidden": "true" });
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) return toast("没能复制，请长按文字自己选");
  }
  return toast("已复制");
}

/** Fill the page that is printed. */
export function lay(paper, parts, doc, specs, words) {
  const quoted = (at) => (at?.quote ? el("span", { class: "quote" }, `　${at.article}“${cut(at.quote)}”`) : at ? el("span", { class: "quote" }, `　${at.article}`) : null);
  paper.replaceChildren(
    el("h1", {}, `${words.title}：初步判断`),
    el("p", {}, [parts.place, `按${parts.when}算`, parts.number].filter(Boolean).join(" · ")),
    el("p", { class: "verdict-word" }, parts.title),
    el("p", {}, `说过的情况：${told(parts, specs)}`),
    ...parts.groups.map((group) =>
      el(
        "section",
        {},
        group.title && el("h2", {}, group.title),
        group.parts.map((p) => [
          el("h3", {}, p.head),
          p.lines && el("ul", {}, p.lines.map((l) => el("li", {}, `${SIGN.get(l.value) ?? "·"} ${l.text}`, quoted(l.at)))),
          p.checks && el("ul", {}, p.checks.length ? p.checks.map((c) => el("li", {}, `□ ${c.text}`, quoted(c.at))) : el("li", {}, p.none)),
          (p.notes ?? []).map((note) => el("p", {}, note)),
        ]),
      ),
    ),
    el("div", { class: "foot" }, el("p", {}, words.caution), el("p", {}, source(doc)), el("p", {}, doc?.validity ?? "")),
  );
  fit(paper);
}

/** One page of A4: smaller type, then shorter quotes, until it fits. */
function fit(paper) {
  for (const size of ["", "tight", "tighter", "tightest"]) {
    paper.className = `paper measuring ${size}`;
    const room = paper.clientWidth * (PAGE_HEIGHT / PAGE_WIDTH);
    if (paper.scrollHeight <= room) break;
  }
  paper.classList.remove("measuring");
}

const cut = (quote) => {
  const text = quote.replace(/\s+/g, "");
  return text.length > 48 ? `${text.slice(0, 48)}……` : text;
};
