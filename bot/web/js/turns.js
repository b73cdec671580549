// One turn of the conversation: what the resident said, or what was answered, with everything that can be tapped.

import { button, el, icon } from "./dom.js";
import { comparisonCard, verdictCard, verdictParts } from "./card.js";

const CITE_LINE = /^依据：/;
const SHOWN_CITES = 3;
const RATED = ["answer", "screening", "not_stated", "out_of_scope", "clarify", "handoff"];

export function mine(turn, onretry) {
  const node = el("div", { class: "turn mine" }, el("span", { class: "hidden" }, "您说："), el("p", { class: "bubble" }, turn.shown ?? turn.text));
  if (turn.state && turn.state !== "sent" && turn.state !== "sending") {
    node.append(el("div", { class: "state", role: "alert" }, el("span", {}, turn.note), button({ class: "retry", onclick: onretry }, "重发")));
  }
  return node;
}

export function typing() {
  return el("div", { class: "turn theirs waiting" }, el("div", { class: "bubble" }, el("span", { class: "hidden" }, "正在查文件"), el("span", { class: "typing", "aria-hidden": "true" }, el("i"), el("i"), el("i"))));
}

/** An answer. `last` decides whether it still offers quick replies. */
export function theirs(turn, context, last) {
  const node = el("div", { class: "turn theirs" }, el("span", { class: "hidden" }, "回答："));
  for (const [number, message] of turn.replies.entries()) {
    node.append(...reply(message, context));
    if (number === turn.replies.length - 1) {
      const quick = quickReplies(message, context, last);
      if (quick) node.append(quick);
    }
  }
  const rated = turn.replies.find((m) => RATED.includes(m.custom?.kind) && m.custom.id && !(m.custom.kind === "clarify" && m.buttons?.length));
  if (rated) node.append(rating(turn, rated.custom, context), el("p", { class: "number" }, numbered(rated.custom, context)));
  return node;
}

/** What to name on the telephone, in groups that can be read out. */
function numbered(custom, context) {
  return `${context.setup.words.number} ${custom.id.match(/.{1,4}/g).join(" ")}`;
}

function reply(message, context) {
  const custom = message.custom ?? {};
  const lines = String(message.text ?? "").split("\n").filter((line) => line && !CITE_LINE.test(line));
  const screening = custom.screening;
  const asks = custom.kind === "ask" || custom.kind === "clarify";
  const question = asks && lines.length > 1 ? lines.pop() : null;
  let text = lines.join("\n");
  const nodes = [];
  const card = custom.kind === "screening" && screening?.nearest && !screening.comparison;
  if (screening?.comparison) text = "";
  else if (card) text = withoutCard(text, screening, context.setup.frames);
  if (text) nodes.push(el("p", { class: "bubble" }, text));
  if (question) nodes.push(el("p", { class: "bubble question" }, question));
  if (screening?.comparison) nodes.push(comparisonCard(screening.comparison, context));
  else if (card) nodes.push(cardSlot(custom, context, message.text.startsWith(context.setup.frames.how_to[0])));
  else nodes.push(...cites(custom.citations ?? [], context));
  return nodes;
}

/** The sentences that the card does not say itself, line by line. */
function withoutCard(text, screening, frames) {
  const titles = screening.nearest.map((n) => screening.routes.find((r) => r.id === n.id)?.title ?? "");
  const head = text.startsWith(frames.how_to[0]) ? frames.how_to[0] : "";
  const inCard = (sentence) =>
    screening.notes.some((note) => note === sentence) ||
    frames.card.some((frame) => fits(sentence, frame.parts) && (!frame.route || titles.some((t) => sentence.includes(`“${t}”`))));
  const kept = text.slice(head.length).split(/(?<=。)/).filter((sentence) => !inCard(sentence.trim()));
  return head + kept.join("");
}

/** Whether a sentence is made after a pattern: begins with its first part and holds the others in order. */
function fits(sentence, parts) {
  if (!sentence.startsWith(parts[0])) return false;
  let at = 0;
  for (const part of parts) {
    at = sentence.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return true;
}

function cardSlot(custom, context, advice) {
  const slot = el("div", { class: "slot" });
  const place = context.placeName(custom.jurisdiction);
  const fill = (doc) => {
    const parts = verdictParts(custom, doc, place, advice);
    const open = parts.verdict !== "eligible" && !parts.changes;
    slot.replaceChildren(
      verdictCard(parts, {
        openArticle: context.openArticle,
        caution: context.setup.words.caution,
        tools: [
          open && button({ onclick: (e) => context.send("怎样才能办", {}, e) }, "怎样才能办"),
          context.setup.places.length > 1 && button({ onclick: (e) => context.compare(e) }, icon("beside", "small"), "和另一个地方比"),
          button({ onclick: () => whole(context.print) }, icon("print", "small"), "打印"),
          button({ onclick: () => whole(context.copy) }, icon("copy", "small"), "复制"),
        ],
      }),
    );
  };
  // Paper and text carry the document's number, so they wait for it where it is not there yet.
  const whole = async (act) => {
    const doc = await context.document(custom.screening.policy).catch(() => null);
    await context.facts();
    return act({ ...verdictParts(custom, doc, place, advice), number: numbered(custom, context) }, doc);
  };
  fill(context.documents.get(custom.screening.policy) ?? null);
  if (!context.documents.has(custom.screening.policy)) context.document(custom.screening.policy).then(fill, () => {});
  return slot;
}

function cites(citations, context) {
  const seen = new Map();
  for (const c of citations) if (!seen.has(`${c.policy} ${c.article}`)) seen.set(`${c.policy} ${c.article}`, c);
  const rows = [...seen.values()].map((c) =>
    button(
      { class: "cite", "aria-haspopup": "dialog", onclick: () => context.openArticle(c) },
      el("b", {}, c.article),
      el("span", {}, `“${c.quote.replace(/\s+/g, "")}”`),
      el("span", { class: "hidden" }, "，看原文"),
      icon("right", "small"),
    ),
  );
  if (!rows.length) return [];
  const box = el("div", { class: "cites", role: "group", "aria-label": "依据" }, rows.slice(0, SHOWN_CITES));
  if (rows.length > SHOWN_CITES) {
    const more = button({ class: "textual", onclick: () => (more.replaceWith(...rows.slice(SHOWN_CITES)), rows[SHOWN_CITES].focus()) }, `还有${rows.length - SHOWN_CITES}处依据`);
    box.append(more);
  }
  return [box];
}

function quickReplies(message, context, last) {
  if (!last || !message.buttons?.length) return null;
  return el(
    "div",
    { class: "quick", role: "group", "aria-label": "可以这样答" },
    message.buttons.map((b) => button({ class: b.title === "不清楚" ? "lesser" : "", onclick: (e) => context.send(b.payload, {}, e) }, b.title)),
  );
}

const REASONS = ["没看懂", "不是我问的", "和我的情况不一样", "太笼统"];

function rating(turn, custom, context) {
  const { words } = context.setup;
  const box = el("div", {});
  const done = (useful) => el("p", { class: "rate" }, useful ? words.thanks : words.sorry);
  if (turn.rated !== undefined) {
    box.append(done(turn.rated));
    return box;
  }
  const send = async (useful, reason) => {
    try {
      await context.feedback({ reply: custom.id, useful, reason, message: turn.to ?? "" });
    } catch {
      return context.trouble(words.failed);
    }
    turn.rated = useful;
    context.remember();
    box.replaceChildren(done(useful));
    return undefined;
  };
  const good = button({ onclick: () => send(true, "") }, icon("up", "small"), "有用");
  const bad = button({ "aria-expanded": "false", onclick: () => ask() }, icon("bad", "small"), "没用");
  box.append(el("div", { class: "rate", role: "group", "aria-label": "这条回答" }, good, bad));
  const ask = () => {
    if (box.querySelector(".reasons")) return box.querySelector(".reasons").remove(), bad.setAttribute("aria-expanded", "false");
    bad.setAttribute("aria-expanded", "true");
    let chosen = "";
    const field = el("input", { type: "text", maxLength: 400, "aria-label": "哪里没用，可以写一句", placeholder: "也可以写一句（不用写个人信息）" });
    const choices = REASONS.map((r) => {
      const one = button({ "aria-pressed": "false" }, r);
      one.addEventListener("click", () => {
        chosen = chosen === r ? "" : r;
        for (const other of choices) other.setAttribute("aria-pressed", String(other.textContent === chosen));
      });
      return one;
    });
    const form = el(
      "form",
      {
        class: "reasons",
        onsubmit: (event) => {
          event.preventDefault();
          send(false, [chosen, field.value.trim()].filter(Boolean).join("："));
        },
      },
      el("div", { class: "quick", role: "group", "aria-label": "哪里没用" }, choices),
      field,
      el("button", { type: "submit", class: "main" }, "提交"),
    );
    box.append(form);
    choices[0].focus();
    return undefined;
  };
  return box;
}
