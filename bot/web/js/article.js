// The article sheet: the whole document with the clause marked, its number, issuer and dates, and that validity is to be confirmed.

import * as api from "./api.js";
import { el } from "./dom.js";
import { openSheet } from "./sheet.js";

/** Open a document at an article, with the quote marked. */
export async function openArticle(words, { policy, article, quote }) {
  const body = el("p", { class: "plain" }, "正在打开原文……");
  const sheet = openSheet({ title: `原文 ${article}`, subtitle: "", body, full: true });
  let doc;
  try {
    doc = await api.policyDocument(policy);
  } catch {
    body.textContent = words.no_document;
    return;
  }
  const identity = new Map(doc.identity);
  sheet.lower.textContent = [identity.get("文号"), identity.get("发文机关"), identity.get("落款日期") ?? identity.get("印发日期")].join(" · ");
  const reading = el("div", { class: "reading" }, identityList(doc), el("h3", {}, doc.title), doc.blocks.map((b) => passage(b, article)));
  sheet.content.replaceChildren(reading);
  sheet.node.append(
    el("footer", {}, el("p", { class: "notice" }, doc.validity), el("a", { href: pageUrl(policy, article), target: "_blank", rel: "noopener" }, "单独打开整篇文件")),
  );
  const marked = quote ? mark(reading, quote) : null;
  (marked ?? reading.querySelector(".here"))?.scrollIntoView({ block: "center" });
}

export const pageUrl = (policy, article) => `/chat/policies/${encodeURIComponent(policy)}${article ? `#${encodeURIComponent(article)}` : ""}`;

function identityList(doc) {
  return el("dl", { class: "identity" }, doc.identity.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value))));
}

function passage(block, article) {
  const here = block.path === article;
  const heading = block.heading && el(block.level < 2 ? "h3" : "h4", {}, block.heading);
  return el("section", { class: here ? "article here" : "article" }, heading, block.paragraphs.map((p) => el("p", {}, p)));
}

/** Mark a quote inside the article shown; white space counts for nothing, as page breaks fall inside sentences. */
function mark(reading, quote) {
  const chars = [];
  for (const part of reading.querySelectorAll(".here")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data;
      for (let at = 0; at < text.length; at += 1) if (!/\s/.test(text[at])) chars.push([walker.currentNode, at, text[at]]);
    }
  }
  const wanted = quote.replace(/\s+/g, "");
  const from = chars.map((c) => c[2]).join("").indexOf(wanted);
  if (from < 0 || !wanted) return null;
  const ranges = new Map();
  for (const [node, at] of chars.slice(from, from + wanted.length)) {
    const range = ranges.get(node) ?? [at, at];
    ranges.set(node, [range[0], at]);
  }
  let first = null;
  for (const [node, [start, end]] of ranges) {
    const tail = node.splitText(start);
    tail.splitText(end - start + 1);
    const marked = el("mark", {}, tail.data);
    tail.replaceWith(marked);
    first ??= marked;
  }
  return first;
}
