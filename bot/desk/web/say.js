// What to say about the chosen hit: the script, what the text leaves out, the citation, what callers ask next.
import { read, send } from "./api.js";
import { byId, copy, el, fill, marked, toast } from "./dom.js";
import { settled } from "./find.js";
import { on, set, state } from "./state.js";

const REPORTS = { gap: "报缺口", error: "报差错" };
let reading;

let favourites = new Set();

export async function startSay() {
  draw(null);
  on("entry", (entry) => {
    clearTimeout(reading);
    draw(entry);
    // Who stays on an entry has seen it.
    if (entry) reading = setTimeout(() => used(entry, "open"), 1500);
  });
  favourites = new Set((await read("/desk/api/mine")).favourites.map((mark) => mark.id));
}

function used(entry, what) {
  send("/desk/api/used", { id: entry.id, query: state.query, what }).catch(() => {});
}

function draw(entry) {
  const pane = byId("say");
  if (!entry) {
    fill(pane, el("p", { className: "quiet empty" }, "左边选一条，这里是要说的话。按 ? 看按键。"));
    return;
  }
  const script = entry.script;
  fill(pane,
    el("header", {},
      el("h2", {}, entry.title),
      el("button", { type: "button", onclick: favour, "aria-label": "收藏", "aria-pressed": String(favourites.has(entry.id)), title: "收藏 Alt+M" },
        favourites.has(entry.id) ? "★" : "☆")),
    el("p", { className: "meta" }, `${entry.place.name} ${entry.article}　简码 ${entry.code}`,
      el("span", { className: `badge ${entry.badge.state}` }, entry.badge.text)),
    el("section", { className: "script" },
      el("h3", {}, "口径", script.kind === "not_stated" ? el("span", { className: "badge unverified" }, "文件没有写") : null),
      el("p", { className: "spoken" }, script.text),
      el("div", { className: "row" }, button("复制口径", "Alt+C", copyScript, "primary"), button("复制依据", "Alt+L", copyCitation))),
    script.absent.length ? el("section", {}, el("h3", {}, "文件没有写"), el("ul", {}, script.absent.map((text) => el("li", {}, text)))) : null,
    el("section", {}, el("h3", {}, "原文"),
      el("p", { className: "clause whole" }, marked(entry.clause)),
      el("div", { className: "row" }, button("读全文", "Enter", openRead))),
    script.citations.length ? el("section", {}, el("h3", {}, "依据"), el("ul", { className: "cites" }, script.citations.map((cite) =>
      el("li", {}, el("a", { href: `#read/${cite.policy}/${cite.article}` }, cite.article), `“${cite.quote.replace(/\s+/g, "")}”`)))) : null,
    script.related.length ? el("section", {}, el("h3", {}, "还会问"), el("div", { className: "row" }, script.related.map((topic) =>
      el("button", { type: "button", onclick: () => open(`${entry.policy}/topic/${topic.id}`) }, topic.title)))) : null,
    entry.also?.length ? el("section", {}, el("h3", {}, "同一条还有"), el("div", { className: "row" }, entry.also.map((other) =>
      el("button", { type: "button", onclick: () => open(other.id) }, `${other.title}`)))) : null,
    el("footer", { className: "row" }, button("报缺口", "Alt+Q", () => report("gap")), button("报差错", "Alt+X", () => report("error"))));
  pane.scrollTop = 0;
}

const button = (label, key, work, look = "") =>
  el("button", { type: "button", onclick: work, className: look }, label, el("kbd", {}, key));

async function open(id) {
  set("entry", await send("/desk/api/entry", { id, query: "" }));
}

export async function copyScript() {
  await settled();
  if (!state.entry) return;
  copy(state.entry.script.text, "口径已复制");
  used(state.entry, "script");
}

export async function copyCitation() {
  await settled();
  if (!state.entry) return;
  copy(state.entry.script.citation, state.entry.script.citation ? "依据已复制" : "这一条没有依据可复制");
  used(state.entry, "citation");
}

export async function favour() {
  await settled();
  if (!state.entry) return;
  const entry = state.entry;
  const favourite = !favourites.has(entry.id);
  await send("/desk/api/favourite", { id: entry.id, on: favourite });
  if (favourite) favourites.add(entry.id);
  else favourites.delete(entry.id);
  if (state.entry === entry) draw(entry);
  toast(favourite ? "已收藏" : "已取消收藏");
}

export async function openRead() {
  await settled();
  if (!state.entry?.article) return;
  used(state.entry, "read");
  location.hash = `#read/${state.entry.policy}/${state.entry.article}`;
}

/** Report that something is missing or wrong: one key or click opens this, Enter or a second click sends it. */
export function report(kind) {
  const box = byId("report");
  const about = kind === "error" && state.entry ? `${state.entry.title}：` : byId("query").value.trim();
  const text = el("textarea", { id: "report-text", rows: 3, maxLength: 500, value: about });
  const form = el("form", { method: "dialog", onsubmit: async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    await send("/desk/api/gaps", { kind, message: text.value, entry: state.entry?.id ?? "", place: state.place });
    box.close();
    return toast(kind === "gap" ? "缺口已记下" : "差错已记下");
  } },
    el("h2", { id: "report-title" }, REPORTS[kind]),
    el("label", { for: "report-text" }, kind === "gap" ? "来电人问的是什么（不要写姓名、电话、证件号）" : "哪里不对"),
    text,
    el("div", { className: "row" }, el("button", { className: "primary" }, "发送"), el("button", { type: "button", onclick: () => box.close() }, "取消", el("kbd", {}, "Esc"))));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  fill(box, form);
  box.showModal();
  text.focus();
}
