// Half-screen sheets: a dialog from below, closed by its button, by Esc or by tapping beside it.

import { button, el, icon } from "./dom.js";

let count = 0;

/** Open a sheet; returns its parts. Focus goes back to where it was when the sheet closes. */
export function openSheet({ title, subtitle, body, footer, full = false, onclose }) {
  const name = `sheet-${(count += 1)}`;
  const before = document.activeElement;
  const close = () => node.close();
  const heading = el("h2", { id: name, tabIndex: -1 }, title);
  const lower = el("p", {}, subtitle ?? "");
  const content = el("div", { class: "body", tabIndex: 0, role: "group", "aria-labelledby": name }, body);
  const node = el(
    "dialog",
    {
      class: full ? "sheet full" : "sheet",
      "aria-labelledby": name,
      onclick: (event) => event.target === node && close(),
      onclose: () => {
        node.remove();
        onclose?.();
        if (before?.isConnected) before.focus({ preventScroll: true });
      },
    },
    el("header", {}, el("div", {}, heading, subtitle !== undefined && lower), button({ class: "round", "aria-label": "关闭", onclick: close }, icon("close"))),
    content,
    footer && el("footer", {}, footer),
  );
  document.body.append(node);
  node.showModal();
  heading.focus({ preventScroll: true });
  return { node, content, lower, close };
}

/** Ask before something that cannot be undone; resolves to whether it was confirmed. */
export function confirmSheet({ title, text, yes, no }) {
  return new Promise((resolve) => {
    let sure = false;
    const sheet = openSheet({
      title,
      body: el("p", {}, text),
      footer: el(
        "div",
        { class: "pair" },
        button({ class: "main quiet", onclick: () => sheet.close() }, no),
        button({ class: "main danger", onclick: () => ((sure = true), sheet.close()) }, yes),
      ),
      onclose: () => resolve(sure),
    });
  });
}
