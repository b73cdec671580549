// Search as you type, the list of hits, and this person's own lists while nothing is typed.
import { read, send } from "./api.js";
import { byId, el, fill, later, marked, when } from "./dom.js";
import { on, set, state } from "./state.js";

const KINDS = { topic: "口径", article: "条款", route: "途径", note: "注意" };
const STATUS = { new: "新", in_work: "在办", answered: "已答" };
const BEFORE = 16;  // characters of a clause shown before its first match
let rows = [];
let chosen = -1;
let asked = 0;
let waiting = null;  // the look that is under way
let picked = "";  // the list chosen by hand; else favourites, or recent ones while there are none

export function startFind() {
  const query = byId("query");
  query.addEventListener("input", (event) => !event.isComposing && typed());
  query.addEventListener("compositionend", typed);
  byId("lists").addEventListener("click", (event) => {
    if (!event.target.dataset.list) return;
    picked = event.target.dataset.list;
    mine();
  });
  byId("hits").addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) choose(Number(row.dataset.at));
  });
  on("place", () => { waiting = look(); });
  on("view", (view) => view === "find" && !state.query && mine());
}

const typed = later(() => { waiting = look(); }, 60);

/** Once the hits are those of what is typed: who copies at once never copies the script of a half-typed query. */
export async function settled() {
  for (;;) {
    const query = byId("query").value.trim();
    if (state.query !== query) waiting = look();
    const mine = waiting;
    await mine;
    // A later look may have overtaken this one; then its hits are the ones to wait for.
    if (mine === waiting && query === byId("query").value.trim()) return;
  }
}

/** Look for what is typed; with nothing typed show this person's own list. */
export async function look() {
  const query = byId("query").value.trim();
  set("query", query);
  if (!query) return mine();
  const turn = ++asked;
  const found = await send("/desk/api/find", { query, place: state.place, limit: 14 });
  if (turn !== asked) return undefined;
  const named = found.named.filter((p) => state.place && p !== state.place).map((p) => state.me.places.find((q) => q.id === p)?.name);
  byId("found").textContent = !found.hits.length
    ? "没有找到。换个词，或按 Alt+Q 报缺口"
    : named.length ? `词里提到${named.join("、")}，现在只看${placeName(state.place)}（Alt+P 换地区）`
      : !state.place && found.place ? `词里写了${placeName(found.place)}，下面只有它的` : "";
  byId("lists").hidden = true;
  return show(found.hits, found.gaps);
}

async function mine() {
  const turn = ++asked;
  const lists = await read("/desk/api/mine");
  if (turn !== asked) return;
  byId("lists").hidden = false;
  const list = picked || (lists.favourites.length || !lists.recent.length ? "favourites" : "recent");
  for (const button of byId("lists").children) button.setAttribute("aria-pressed", String(button.dataset.list === list));
  const empty = { favourites: "还没有收藏。看到常用的按 Alt+M", recent: "还没有看过的条目", frequent: "用过两次以上的在这里" };
  byId("found").textContent = lists[list].length ? "" : empty[list];
  show(lists[list].map((mark) => ({ ...mark, brief: true })), [], true);
}

function placeName(id) {
  return state.me.places.find((p) => p.id === id)?.name ?? "全部地区";
}

function show(hits, gaps, quiet = false) {
  rows = hits;
  byId("hits").dataset.query = quiet ? "" : state.query;
  fill(byId("hits"), hits.map((hit, at) => row(hit, at)));
  fill(byId("past"), gaps.length
    ? [el("h2", { className: "small" }, "以前的缺口"), el("ul", { className: "past" }, gaps.map((gap) =>
        el("li", {}, el("span", { className: `status ${gap.status}` }, STATUS[gap.status]), ` ${gap.message} `, el("span", { className: "quiet" }, when(gap.at)))))]
    : []);
  chosen = -1;
  if (hits.length && !quiet) choose(0);
  else {
    byId("query").removeAttribute("aria-activedescendant");
    if (!quiet) set("entry", null);
  }
}

function row(hit, at) {
  const place = typeof hit.place === "string" ? hit.place : hit.place.name;
  return el("li", { role: "option", id: `hit-${at}`, "data-at": at, "aria-selected": "false", className: "hit" },
    el("div", { className: "head" }, el("strong", {}, hit.title), el("span", { className: "kind" }, KINDS[hit.kind])),
    el("div", { className: "meta" }, el("span", { className: "from" }, `${place} ${hit.article}`, hit.document ? ` · ${hit.document.doc_no ?? "没有文号"}` : ""),
      hit.badge ? el("span", { className: `badge ${hit.badge.state}`, title: hit.badge.note }, hit.badge.text) : null),
    hit.clause?.length ? el("p", { className: "clause" }, marked(excerpt(hit.clause))) : null);
}

/** The clause from a little before its first match on, so that the match is in the two lines of a row. */
function excerpt(pieces) {
  const first = pieces.findIndex((piece) => piece.marked);
  if (first < 1) return pieces;
  const before = pieces.slice(0, first).map((piece) => piece.text).join("");
  return before.length <= BEFORE ? pieces : [{ text: `……${before.slice(-BEFORE)}`, marked: false }, ...pieces.slice(first)];
}

/** Choose a hit; its script is shown beside the list. */
export async function choose(at) {
  if (!rows.length) return undefined;
  chosen = Math.max(0, Math.min(rows.length - 1, at));
  for (const node of byId("hits").children) node.setAttribute("aria-selected", String(Number(node.dataset.at) === chosen));
  byId("query").setAttribute("aria-activedescendant", `hit-${chosen}`);
  byId(`hit-${chosen}`).scrollIntoView({ block: "nearest" });
  const hit = rows[chosen];
  if (!hit.brief) return set("entry", hit);
  waiting = send("/desk/api/entry", { id: hit.id, query: state.query }).then((entry) => set("entry", entry));
  return waiting;
}

/** Choose the hit some places further down (or, negative, up). */
export const move = (by) => choose(chosen + by);
