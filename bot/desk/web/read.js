// The whole document: its tree, every clause with an anchor, what rests on it, and the other place's clause beside it.
import { read as get } from "./api.js";
import { byId, el, fill } from "./dom.js";
import { on, state } from "./state.js";

const documents = new Map();

export function startRead() {
  on("view", (view) => view === "read" && draw());
}

async function load(policy) {
  if (!documents.has(policy)) documents.set(policy, await get(`/desk/api/documents/${encodeURIComponent(policy)}`));
  return documents.get(policy);
}

async function draw() {
  const [, policy, path] = decodeURIComponent(location.hash.slice(1)).split("/");
  const places = state.me.places;
  const chosen = policy || (places.find((p) => p.id === state.place) ?? places[0]).policy;
  const body = await load(chosen);
  const others = new Map(await Promise.all(places.filter((p) => p.policy !== chosen).slice(0, 3).map(async (p) => [p.policy, await load(p.policy)])));
  const tree = el("nav", { className: "tree", "aria-label": "目录" },
    el("label", {}, el("span", { className: "quiet" }, "文件"), el("select", { onchange: (event) => (location.hash = `#read/${event.target.value}`) },
      places.map((p) => el("option", { value: p.policy, selected: p.policy === chosen }, p.name)))),
    el("ol", {}, body.articles.map((article) => el("li", { className: `depth-${article.depth}` },
      el("a", { href: `#read/${chosen}/${article.path}`, "aria-current": article.path === path ? "true" : null }, `${article.path} ${article.heading}`)))),
    el("button", { type: "button", onclick: () => print() }, "打印"));
  const text = el("article", { className: "text", tabIndex: 0, "aria-label": body.title },
    el("h2", {}, body.title),
    el("p", { className: "quiet" }, `${body.doc_no ?? "没有文号"} · ${body.issuer} · ${body.note}`, el("span", { className: `badge ${body.badge.state}` }, body.badge.text)),
    body.articles.map((article) => clause(body, article, path)));
  const here = body.articles.find((article) => article.path === path);
  const aside = el("aside", { className: "beside", "aria-label": "旁边看" }, beside(chosen, here, others));
  fill(byId("read"), tree, text, aside);
  const anchor = path ? byId(anchorOf(path)) : null;
  anchor?.scrollIntoView({ block: "start" });
  (anchor ?? text).focus({ preventScroll: true });
  tree.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

const anchorOf = (path) => `at-${path}`;

function clause(body, article, path) {
  return el("section", { id: anchorOf(article.path), tabIndex: -1, className: article.path === path ? "clause-block here" : "clause-block" },
    el("h3", {}, el("a", { href: `#read/${body.policy}/${article.path}` }, article.path), ` ${article.heading}`,
      el("span", { className: "quiet" }, ` ${article.code}`), article.number_missing ? el("span", { className: "quiet" }, "（原文缺序号）") : null),
    article.text.split(/\n+/).map((paragraph) => el("p", {}, paragraph)));
}

function beside(policy, article, others) {
  if (!article) return el("p", { className: "quiet" }, "在目录里选一条，这里是别处的同类条款和相关条款。");
  return [
    [...others].map(([other, body]) => {
      const paths = article.beside.filter((one) => one.policy === other).map((one) => one.path);
      return el("section", {}, el("h3", {}, `${body.place.name}怎么写`),
        paths.length ? paths.map((path) => {
          const theirs = body.articles.find((one) => one.path === path);
          return el("blockquote", {}, el("a", { href: `#read/${other}/${path}` }, `${path} ${theirs.heading}`), theirs.text.split(/\n+/).map((p) => el("p", {}, p)));
        }) : el("p", { className: "quiet" }, "没有写同一件事的条款。"));
    }),
    article.related.length ? el("section", {}, el("h3", {}, "相关条款"), el("ul", {}, article.related.map((one) =>
      el("li", {}, el("a", { href: `#read/${policy}/${one.path}` }, `${one.path} ${one.heading ?? ""}`))))) : null,
    article.topics.length ? el("section", {}, el("h3", {}, "哪些口径用它"), el("p", {}, article.topics.map((topic) => topic.title).join("、"))) : null,
    article.notes.length ? el("section", {}, el("h3", {}, "没写死的地方"), el("ul", {}, article.notes.map((note) => el("li", {}, el("strong", {}, note.title), ` ${note.say}`)))) : null,
  ];
}
