// The conversation: sending, answering, keeping, and putting right what went wrong.

import * as api from "./api.js";
import { openArticle } from "./article.js";
import { button, byId, el, icon, toast } from "./dom.js";
import { correctFact, showKnown } from "./facts.js";
import * as keep from "./keep.js";
import { asText, copy, lay } from "./paper.js";
import { applyTaste, menuSheet, placeSheet, privacySheet } from "./settings.js";
import { confirmSheet } from "./sheet.js";
import { mine, theirs, typing } from "./turns.js";

const COMPARE = "和另一个地方比一比";
const RESTART = "重新开始";

let setup = null;
let turns = [];
let specs = null;
let busy = false;
let place = null;
const documents = new Map();
const log = byId("log");
const field = byId("message");

const context = {
  documents,
  get setup() {
    return setup;
  },
  send,
  compare: (event) => send(COMPARE, {}, event),
  openArticle: (at) => openArticle(setup.words, at),
  document: async (id) => {
    const doc = await api.policyDocument(id);
    documents.set(id, doc);
    return doc;
  },
  facts: () => loadFacts(),
  placeName: (id) => setup.places.find((p) => p.id === id)?.name ?? "",
  print: (parts, doc) => {
    lay(byId("paper"), parts, doc, specs, setup.words);
    window.print();
  },
  copy: (parts, doc) => copy(asText(parts, doc, specs, setup.words)),
  feedback: async (opinion) => api.feedback({ ...opinion, token: await token() }),
  remember: () => keep.turns.set(turns),
  trouble: (text) => toast(text),
};

// -- sending --------------------------------------------------------------------------------------------------------

async function token(fresh = false) {
  let known = fresh ? null : keep.token.get();
  if (!known) {
    known = await api.begin();
    keep.token.set(known);
  }
  return known;
}

/** Say something; `about` names the fact it says anew, `shown` is what stands in the bubble. */
async function send(text, { about, shown } = {}, event = null) {
  const said = String(text).trim();
  if (!said || busy || !setup) return;
  await deliver({ who: "me", text: said, shown, about, id: newId(), state: "sending" }, byKeyboard(event));
}

async function deliver(turn, keyboard) {
  busy = true;
  byId("send").setAttribute("aria-disabled", "true");
  turns = [...turns.filter((t) => t !== turn), turn];
  turn.state = "sending";
  draw({ waiting: true });
  try {
    const answer = await ask(turn);
    turn.state = "sent";
    turns.push({ who: "bot", replies: answer.replies, to: turn.text });
    prefetch();
  } catch (error) {
    const { words } = setup;
    turn.state = "failed";
    turn.note = { offline: words.offline, timeout: words.timeout, failed: words.failed }[error.why] ?? words.busy;
  } finally {
    busy = false;
    byId("send").removeAttribute("aria-disabled");
    keep.turns.set(turns);
    draw();
    focusNext(keyboard);
  }
}

async function ask(turn) {
  const body = async (fresh) => ({
    token: await token(fresh),
    id: turn.id,
    message: turn.text,
    metadata: { ...(place ? { jurisdiction: place } : {}), ...(turn.about ? { about: turn.about } : {}) },
  });
  try {
    return await api.message(await body(false));
  } catch (error) {
    if (error.why !== "expired") throw error;
    if (turns.some((t) => t.who === "bot")) toast(setup.words.expired);
    return api.message(await body(true));
  }
}

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
const byKeyboard = (event) => event !== null && event.detail === 0;
let byKey = false;

/** Whoever goes by keyboard goes on at the first thing to choose, else at the field; a finger stays where it is. */
function focusNext(keyboard) {
  if (!keyboard) return;
  const quick = log.querySelector(".turn:last-of-type .quick button");
  (quick ?? field).focus();
}

/** What the next card, chip or sheet will need. */
async function prefetch() {
  const screening = lastScreening();
  if (!screening) return;
  if (!documents.has(screening.policy)) context.document(screening.policy).catch(() => {});
  if (!specs) {
    await loadFacts();
    known();
  }
}

async function loadFacts() {
  try {
    specs ??= await api.facts();
  } catch {
    // The chips then show the resident's own words.
  }
}

// -- showing --------------------------------------------------------------------------------------------------------

function draw({ waiting = false } = {}) {
  const last = turns.length - 1;
  const nodes = turns.map((t, n) => node(t, n === last && !waiting));
  log.replaceChildren(...(turns.length ? nodes : [welcome()]), ...(waiting ? [typing()] : []));
  known();
  showPlace();
  toEnd(waiting);
}

// A turn is drawn once; the last answer is drawn anew when it loses its quick replies.
const drawn = new Map();
function node(turn, last) {
  const key = `${turn.state ?? ""} ${last} ${turn.rated ?? ""}`;
  const known = drawn.get(turn);
  if (known?.key === key) return known.node;
  const fresh = turn.who === "me" ? mine(turn, () => deliver(turn, false)) : theirs(turn, context, last);
  if (known?.node.querySelector(".slot") && turn.who === "bot") {
    known.node.querySelector(".quick:not(.reasons .quick)")?.remove(); // keep ticked boxes and open reasons as they are
    drawn.set(turn, { key, node: known.node });
    return known.node;
  }
  drawn.set(turn, { key, node: fresh });
  return fresh;
}

function welcome() {
  const { words } = setup;
  return el(
    "div",
    { class: "welcome" },
    el("h2", {}, "您好"),
    el("p", {}, words.about),
    el("p", { class: "lead" }, words.ask),
    el("div", { class: "examples" }, words.examples.map((text) => button({ onclick: (e) => send(text, {}, e) }, el("span", {}, text), icon("right", "small")))),
    el("p", { class: "fine" }, words.caution, " ", button({ class: "textual", onclick: () => privacySheet(setup.privacy) }, setup.privacy.title)),
  );
}

/** The newest message from its beginning, so that a long answer is read from the top. */
function toEnd(waiting) {
  const last = log.lastElementChild;
  if (!last) return;
  const start = waiting ? last : log.querySelector(".turn.mine:nth-last-child(-n+2)") ?? last;
  log.scrollTop = Math.min(start.offsetTop - log.offsetTop - 8, log.scrollHeight);
}

function lastScreening() {
  for (const turn of [...turns].reverse()) {
    if (turn.who !== "bot") continue;
    if (turn.replies.some((r) => r.custom?.kind === "chitchat" && r.text === setup.words.restarted)) return null;
    const found = [...turn.replies].reverse().find((r) => r.custom?.screening);
    if (found) return { ...found.custom.screening, asking: found.custom.kind === "ask" };
  }
  return null;
}

function known() {
  const screening = lastScreening();
  showKnown(byId("known"), screening, screening?.asking, specs, (fact, value) => correctFact(setup.words, fact, value, specs?.get(fact.fact), send));
}

function currentPlace() {
  for (const turn of [...turns].reverse()) {
    const found = turn.who === "bot" && [...turn.replies].reverse().find((r) => r.custom?.jurisdiction);
    if (found) return found.custom.jurisdiction;
  }
  return place;
}

function showPlace() {
  const box = byId("place");
  const name = context.placeName(currentPlace());
  box.hidden = false;
  box.disabled = Boolean(setup.pinned) || setup.places.length < 2;
  box.className = name ? "place" : "place unset";
  box.setAttribute("aria-label", name ? `地方：${name}。点一下换` : "选地方");
  box.replaceChildren(el("span", {}, name || "选地方"), ...(box.disabled ? [] : [icon("down", "small")]));
}

function choosePlace(chosen) {
  const before = currentPlace();
  place = chosen.id;
  keep.taste.set({ ...keep.taste.get(), place });
  if (before !== chosen.id && turns.length) send(`那在${chosen.name}呢`);
  else showPlace();
}

// -- the record ------------------------------------------------------------------------------------------------------

async function eraseAll() {
  const sure = await confirmSheet({
    title: "删除我的记录",
    text: "服务器上记的情况、您的评价和这一页的对话，会马上全部删掉，找不回来。",
    yes: "全部删掉",
    no: "先不删",
  });
  if (!sure) return;
  const known = keep.token.get();
  try {
    if (known) await api.erase(known);
  } catch (error) {
    if (error.why !== "expired") {
      toast(setup.words.not_deleted);
      return;
    }
  }
  keep.forget();
  turns = [];
  drawn.clear();
  field.value = "";
  byId("paper").replaceChildren();
  draw();
  toast(setup.words.fresh);
  byId("menu").focus();
}

function online() {
  const banner = byId("banner");
  banner.hidden = navigator.onLine;
  banner.textContent = navigator.onLine ? "" : setup.words.offline;
}

// -- begin ----------------------------------------------------------------------------------------------------------

function grow() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 144)}px`;
}

function listen() {
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy || !field.value.trim()) return field.focus();
    const text = field.value;
    field.value = "";
    keep.draft.set("");
    grow();
    return deliver({ who: "me", text: text.trim(), id: newId(), state: "sending" }, byKey && document.activeElement === byId("send"));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      byId("composer").requestSubmit();
    }
  });
  field.addEventListener("input", () => (keep.draft.set(field.value), grow()));
  byId("place").addEventListener("click", () => placeSheet(setup, currentPlace(), choosePlace));
  byId("menu").addEventListener("click", () =>
    menuSheet(setup, { compare: () => send(COMPARE), restart: () => send(RESTART), erase: eraseAll }),
  );
  addEventListener("pointerdown", () => (byKey = false), true);
  addEventListener("keydown", () => (byKey = true), true);
  addEventListener("online", online);
  addEventListener("offline", online);
}

async function start() {
  applyTaste();
  byId("menu").replaceChildren(icon("more"));
  try {
    setup = await api.setup();
  } catch {
    log.replaceChildren(
      el("div", { class: "welcome" }, el("p", {}, "页面没有打开全，可能是网络不好。"), button({ class: "main", onclick: () => location.reload() }, "再试一次")),
    );
    return;
  }
  const asked = new URLSearchParams(location.search).get("place");
  const wanted = setup.pinned ?? asked ?? keep.taste.get().place;
  place = setup.places.some((p) => p.id === wanted) ? wanted : null;
  turns = keep.turns.get().map((t) => (t.state === "sending" ? { ...t, state: "failed", note: setup.words.failed } : t));
  field.value = keep.draft.get();
  listen();
  draw();
  grow();
  online();
  prefetch();
}

start();
