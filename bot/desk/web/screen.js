// The live pre-screening: one line or clicks in, verdicts, reasons, missing facts and the next question out, all places side by side.
import { read, send } from "./api.js";
import { byId, copy, el, fill, later } from "./dom.js";
import { on, state } from "./state.js";

const VERDICT = { eligible: "初步看可以", not_eligible: "初步看不行", need_more_info: "还不能判断", not_covered: "没有规定" };
const ROUTE = { eligible: "符合", not_eligible: "不符合", need_more_info: "待定" };
const MARK = new Map([[true, "✓"], [false, "✗"], [null, "？"]]);
const SAYS = new Map([[true, "符合"], [false, "不符合"], [null, "待定"]]);
const asked = { story: "", facts: {}, answers: {}, unsure: [], as_of: "" };
const opened = new Set();
let turn = 0;
let latest = null;
let vocabulary = [];

export async function startScreen() {
  const story = el("textarea", { id: "story", rows: 2, maxLength: 1000, placeholder: "来电人的情况，一句话：河南户口，本科毕业，在聊城上班交社保，租房住", spellcheck: false });
  story.addEventListener("input", () => { asked.story = story.value; soon(); });
  const day = el("input", { type: "date", id: "as-of", value: state.me.today, oninput: () => { asked.as_of = day.value === state.me.today ? "" : day.value; soon(); } });
  fill(byId("screen"),
    el("header", { className: "row" }, el("h2", {}, "预审"),
      el("label", { className: "quiet" }, "按哪天算 ", day),
      el("span", { className: "grow" }),
      el("button", { type: "button", onclick: forget }, "换一位", el("kbd", {}, "Alt+N"))),
    el("label", { className: "story", for: "story" }, el("span", { className: "quiet" }, "情况 ", el("kbd", {}, "Alt+S")), story),
    el("div", { id: "chips", className: "chips", role: "group", "aria-label": "已了解的情况" }),
    el("div", { id: "verdicts", className: "verdicts" }),
    el("details", { id: "clicks" }, el("summary", {}, "点选情况"), el("div", { className: "grid" })),
    el("footer", { className: "row" },
      el("button", { type: "button", className: "primary", onclick: () => copyPacket("text") }, "复制工单", el("kbd", {}, "Alt+W")),
      el("button", { type: "button", onclick: () => copyPacket("json") }, "复制 JSON", el("kbd", {}, "Alt+J")),
      el("span", { className: "quiet" }, "初步判断，以受理机关审核为准")));
  on("place", () => { drawClicks(); soon(); });
  vocabulary = (await read("/desk/api/facts")).facts;
  drawClicks();
  run();
}

const soon = later(() => run(), 130);

async function run() {
  const mine = ++turn;
  const found = await send("/desk/api/screen", { ...asked, place: state.place });
  if (mine !== turn) return;
  latest = found;
  byId("screen").dataset.turn = String(mine);
  drawChips(found.places);
  const asking = found.places.find((place) => place.question);  // the keys answer the first question there is
  fill(byId("verdicts"), found.places.map((place) => card(place, place === asking)));
  byId("verdicts").classList.toggle("one", found.places.length === 1);
  for (const select of byId("clicks").querySelectorAll("[data-fact]")) {
    if (document.activeElement !== select) select.value = clickedValue(select.dataset.fact);
  }
}

// -- what is known ----------------------------------------------------------------------------------------------------------

function drawChips(places) {
  const seen = new Map();
  for (const place of places) for (const fact of place.facts) {
    const before = seen.get(fact.fact);
    if (!before || (before.presumed && !fact.presumed)) seen.set(fact.fact, fact);
  }
  const presumed = [...seen.values()].filter((fact) => fact.presumed);
  fill(byId("chips"), [...seen.values()].filter((fact) => !fact.presumed).map((fact) => {
    const mine = fact.fact in asked.facts || fact.fact in asked.answers;
    const text = `${fact.label}：${fact.shown}`;
    return mine
      ? el("button", { type: "button", className: "chip mine", title: `${text}（点一下去掉）`, onclick: () => clear(fact.fact) }, text, " ✕")
      : el("span", { className: "chip", title: fact.words ? `${text}（原话：${fact.words}）` : text }, text);
  }), asked.unsure.map((fact) => el("button", { type: "button", className: "chip mine", title: "点一下再问", onclick: () => {
    asked.unsure = asked.unsure.filter((one) => one !== fact);
    soon();
  } }, `${label(fact)}：不清楚 ✕`)),
  presumed.length ? el("p", { className: "presumed quiet" }, "没说的先当是：", presumed.map((fact) => `${fact.label}：${fact.shown}`).join("；")) : null);
}

const label = (fact) => vocabulary.find((one) => one.name === fact)?.label ?? fact;

function clear(fact) {
  delete asked.facts[fact];
  delete asked.answers[fact];
  soon();
}

function tell(fact, value) {
  asked.unsure = asked.unsure.filter((one) => one !== fact);
  asked.facts[fact] = value;
  run();
}

function notKnown(fact) {
  asked.unsure = [...asked.unsure, fact];
  run();
}

// -- one place --------------------------------------------------------------------------------------------------------------

function card(place, first) {
  const order = { eligible: 0, need_more_info: 1, not_eligible: 2 };
  const routes = [...place.routes].sort((a, b) => order[a.verdict] - order[b.verdict]);
  return el("section", { className: `card ${place.verdict}`, "aria-label": place.place.name },
    el("header", {}, el("h3", {}, place.place.name), el("strong", { className: `verdict ${place.verdict}` }, VERDICT[place.verdict])),
    place.others.length ? el("p", { className: "quiet" }, `还提到要落户的人：${place.others.join("、")}。请换一位另看。`) : null,
    place.person === "您" ? null : el("p", { className: "quiet" }, `要落户的人：${place.person}`),
    el("p", { className: "says" }, place.says),
    question(place, first),
    el("ul", { className: "routes" }, routes.map((route) => routeRow(place, route))),
    place.notes.length ? el("details", {}, el("summary", {}, "要确认的地方"), el("ul", {}, place.notes.map((note) => el("li", {}, note)))) : null);
}

function question(place, first) {
  const q = place.question;
  if (!q) return null;
  const options = q.options.map((option, n) => el("button", { type: "button", "data-answer": first ? n + 1 : null, onclick: () => tell(q.fact, option.value) },
    option.label, first && n < 9 ? el("kbd", {}, `Alt+${n + 1}`) : null));
  return el("div", { className: "question" },
    el("p", {}, el("span", { className: "quiet" }, "问："), q.text),
    q.because ? el("p", { className: "because quiet" }, `${q.because.article}“${q.because.quote.replace(/\s+/g, "")}”`) : null,
    el("div", { className: "row" }, options, field(q), q.because
      ? el("button", { type: "button", "data-answer": first ? 0 : null, onclick: () => notKnown(q.fact) }, "不清楚", first ? el("kbd", {}, "Alt+0") : null) : null));
}

/** A field for a question whose answers cannot be listed. */
function field(q) {
  if (q.type === "enum" || q.type === "boolean" || !q.because) return null;
  if (q.type === "date") return el("input", { type: "date", "aria-label": q.text, onchange: (event) => event.target.value && tell(q.fact, event.target.value) });
  if (q.type === "months") return el("input", { type: "number", min: 0, max: 1500, "aria-label": `${q.text}（月数）`, placeholder: "几个月",
    onchange: (event) => event.target.value !== "" && tell(q.fact, Number(event.target.value)) });
  return el("input", { type: "text", maxLength: 200, "aria-label": q.text, placeholder: "写地名，回车", onkeydown: (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.value.trim()) return;
    asked.answers[q.fact] = event.target.value.trim();
    run();
  } });
}

function routeRow(place, route) {
  const key = `${place.policy} ${route.id}`;
  const details = el("details", { open: opened.has(key), ontoggle: () => (details.open ? opened.add(key) : opened.delete(key)) },
    el("summary", {}, el("span", { className: `verdict small ${route.verdict}` }, ROUTE[route.verdict]), el("span", { className: "title" }, route.title),
      el("span", { className: "quiet" }, route.article)),
    el("div", { className: "trace" }, trace(route.trace),
      route.registers_at ? el("p", {}, el("span", { className: "quiet" }, "落在："), route.registers_at) : null,
      route.followers ? el("p", {}, el("span", { className: "quiet" }, "家人："), route.followers) : null,
      route.materials.length ? el("p", {}, el("span", { className: "quiet" }, "文件写明的材料："), route.materials.join("；")) : null,
      route.changes.length ? el("div", { className: "changes" }, el("h4", {}, "怎样才能办"), el("ul", {}, route.changes.map((set) =>
        el("li", {}, set.honest ? "" : "改不了：", set.steps.map((step) => step.text).join("；"))))) : null,
      el("a", { href: `#read/${place.policy}/${route.article}` }, "读原文")));
  return el("li", {}, details);
}

function trace(node) {
  if (node.kind === "atom") {
    const open = node.confirm ? "（要受理机关确认）" : node.open ? "（文件没写死）" : "";
    return el("p", { className: `atom v-${node.value}`, title: `${node.article}“${node.quote.replace(/\s+/g, "")}”` },
      el("span", { className: "mark", role: "img", "aria-label": SAYS.get(node.value) }, MARK.get(node.value)), " ", node.text, open);
  }
  if (node.of.length === 1) return trace(node.of[0]);
  return el("div", { className: `group ${node.kind}` }, el("p", { className: "quiet" }, node.kind === "all" ? "都要符合" : "符合一样就行"), flat(node).map(trace));
}

/** The children, those of a child of the same kind among them. */
const flat = (node) => node.of.flatMap((child) => (child.kind === node.kind ? flat(child) : [child]));

// -- clicking facts ---------------------------------------------------------------------------------------------------------

function drawClicks() {
  const policies = state.me.places.filter((p) => !state.place || p.id === state.place).map((p) => p.policy);
  const used = vocabulary.filter((fact) => fact.policies.some((policy) => policies.includes(policy)));
  fill(byId("clicks").querySelector(".grid"), used.map((fact) => {
    const id = `fact-${fact.name}`;
    return el("label", { for: id }, el("span", { className: "quiet" }, fact.label), control(fact, id));
  }));
}

function control(fact, id) {
  if (fact.type === "enum" || fact.type === "boolean") {
    const values = fact.type === "boolean" ? ["yes", "no"] : fact.values;
    return el("select", { id, "data-fact": fact.name, onchange: (event) => (event.target.value ? tell(fact.name, parse(fact, event.target.value)) : clear(fact.name)) },
      el("option", { value: "" }, "—"), values.map((value) => el("option", { value }, fact.labels[value] ?? value)));
  }
  const type = { date: "date", months: "number" }[fact.type] ?? "text";
  return el("input", { id, type, "data-fact": fact.name, maxLength: type === "text" ? 200 : undefined, placeholder: type === "text" ? "地名" : "",
    onchange: (event) => {
      const value = event.target.value.trim();
      if (!value) clear(fact.name);
      else if (type === "text") { asked.answers[fact.name] = value; run(); }
      else tell(fact.name, type === "number" ? Number(value) : value);
    } });
}

const parse = (fact, value) => (fact.type === "boolean" ? value === "yes" : value);

function clickedValue(name) {
  const value = asked.answers[name] ?? asked.facts[name];
  if (value === undefined) return "";
  return value === true ? "yes" : value === false ? "no" : typeof value === "object" ? "" : String(value);
}

// -- keys -------------------------------------------------------------------------------------------------------------------

/** Answer the first place's question with its option number n, or with 不清楚 (0). */
export function answerBy(n) {
  byId("verdicts").querySelector(`[data-answer="${n}"]`)?.click();
}

/** The next caller: everything about this one is dropped. */
export function forget() {
  Object.assign(asked, { story: "", facts: {}, answers: {}, unsure: [], as_of: "" });
  opened.clear();
  byId("story").value = "";
  byId("as-of").value = state.me.today;
  run();
  byId("story").focus();
}

export async function copyPacket(form) {
  const made = await send("/desk/api/packet", { ...asked, place: state.place });
  const { text, ...rest } = made;
  await copy(form === "text" ? text : JSON.stringify(rest, null, 2), form === "text" ? "工单内容已复制" : "JSON 已复制");
}

/** What was last screened, for tests and for the curious. */
export const screened = () => latest;
