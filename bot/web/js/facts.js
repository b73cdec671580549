// What was understood, as chips; tapping one says it anew. And how far the screening has come.

import { button, el, icon } from "./dom.js";
import { openSheet } from "./sheet.js";

/** A fact as people read it. `spec` is its entry in /api/v1/facts, or undefined while that is not loaded. */
export function shown(fact, spec) {
  const labels = spec?.labels ?? {};
  const values = fact.values.map((v) => one(v, spec, labels)).filter(Boolean);
  const many = spec && ["enum", "boolean"].includes(spec.type) && values.length > 2;
  if ((many || !values.length) && fact.words) return fact.words;
  return values.join("或") || fact.words || "说过了";
}

function one(value, spec, labels) {
  if (value === true || value === false) return labels[value ? "yes" : "no"] ?? (value ? "是" : "不是");
  if (typeof value === "number") return `${value}个月`;
  if (typeof value === "string") {
    if (labels[value]) return labels[value];
    if (spec?.type === "date") return day(value);
    return spec?.type === "place" || value.includes("/") ? place(value) : spec ? value : "";
  }
  if (value && typeof value === "object") return span(value, spec);
  return "";
}

const place = (path) => path.split("/").slice(-2).join("");

function span(value, spec) {
  if ("in" in value) {
    const within = value.in.filter(Boolean).map(place).join("、");
    const beyond = (value.not_in ?? []).map(place).join("、");
    return [within, beyond && `不在${beyond}`].filter(Boolean).join("，");
  }
  const text = (v) => (spec?.type === "date" ? day(v) : `${v}个月`);
  if (value.min != null && value.max != null) return `${text(value.min)}到${text(value.max)}`;
  if (value.min != null) return spec?.type === "date" ? `${text(value.min)}以后` : `满${text(value.min)}`;
  if (value.max != null) return spec?.type === "date" ? `${text(value.max)}以前` : `不超过${text(value.max)}`;
  return "";
}

/** 2026年11月22日, from an ISO date. */
export function day(iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return `${y}年${m}月${d}日`;
}

/** Fill the strip under the title. */
export function showKnown(box, screening, asking, specs, oncorrect) {
  const told = (screening?.facts ?? []).filter((f) => !f.presumed);
  box.hidden = !screening || !screening.facts.length;
  if (box.hidden) {
    box.replaceChildren();
    return;
  }
  const presumed = screening.facts.filter((f) => f.presumed);
  const rest = presumed.map((f) => chip(f));
  const open = box.dataset.open === "true";
  const toggle = button(
    { class: "chip toggle", "aria-expanded": String(open), onclick: () => {
      box.dataset.open = String(box.dataset.open !== "true");
      showKnown(box, screening, asking, specs, oncorrect);
      box.querySelector(".toggle").focus();
    } },
    `我先当的${presumed.length}项`,
    icon("down", "small"),
  );
  const shownChips = [...told.map((f) => chip(f)), presumed.length > 0 && el("div", { role: "listitem" }, toggle), ...(open ? rest : [])];
  box.replaceChildren(progress(screening, asking, told.length), el("div", { class: "chips", role: "list" }, shownChips));

  function chip(fact) {
    const spec = specs?.get(fact.fact);
    const value = shown(fact, spec);
    const alone = spec?.type === "enum" && !fact.words.includes("，");
    const label = fact.label ?? fact.fact;
    return el(
      "div",
      { role: "listitem" },
      button(
        {
          class: fact.presumed ? "chip presumed" : "chip",
          "aria-haspopup": "dialog",
          "aria-label": `${fact.presumed ? "先当是，" : ""}${label}：${value}。点一下改`,
          data: { fact: fact.fact },
          onclick: () => oncorrect(fact, value),
        },
        el("span", {}, `${alone ? value : `${label}：${value}`}`),
        icon("edit", "small"),
      ),
    );
  }
}

/** How far it is: of the route that is nearest, what is clear and what is not. */
function progress(screening, asking, told) {
  const needs = screening.nearest?.[0]?.needs ?? [];
  const clear = needs.filter((n) => n.value !== null).length;
  const left = needs.length - clear;
  const text = asking ? `已了解${told}项，还要弄清${Math.max(left, 1)}项` : `已了解${told}项，问完了`;
  const done = asking ? Math.min(clear, needs.length - 1) : needs.length || 1;
  const bar = el("progress", { max: Math.max(needs.length, 1), value: Math.max(done, 0), "aria-label": "进度" });
  return el("div", { class: "progress" }, el("span", {}, text), bar);
}

/** Say one fact anew. */
export function correctFact(words, fact, value, spec, send) {
  const options = Object.values(spec?.labels ?? {});
  const label = fact.label ?? fact.fact;
  const say = (text) => {
    sheet.close();
    send(text, { about: fact.fact, shown: `改一下，${label}：${text}` });
  };
  const field = el("input", { type: "text", id: "correct-field", maxLength: 100, autocomplete: "off", placeholder: example(spec) });
  const rows = options.map((text) =>
    button({ class: "row", "aria-pressed": String(text === value), onclick: () => say(text) }, el("span", {}, text), icon("yes", "tick")),
  );
  const form = el(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        if (field.value.trim()) say(field.value.trim());
        else field.focus();
      },
    },
    el("label", { htmlFor: "correct-field", class: "plain" }, "直接写："),
    field,
    el("div", { class: "pair" }, el("button", { type: "submit", class: "main" }, "改成这样")),
  );
  form.className = "write";
  const unsure = button({ class: "row", onclick: () => say("不清楚") }, el("span", {}, "不清楚"));
  const sheet = openSheet({
    title: spec?.question ?? label,
    subtitle: fact.presumed ? "这一项您没说过，我先这样当" : `现在记的是：${value}`,
    body: options.length ? [...rows, unsure] : [form, unsure],
  });
}

function example(spec) {
  if (spec?.type === "place") return "写地名";
  if (spec?.type === "date") return "比如 2025年3月";
  if (spec?.type === "months") return "比如 8个月";
  return "";
}
