// Building the page. Text is only ever set as text; nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  yes: ["M5 12.5l4.5 4.5L19 7.5"],
  no: ["M6 6l12 12", "M18 6L6 18"],
  open: ["M9 9.2a3 3 0 1 1 4.4 2.7c-1 .55-1.4 1.1-1.4 2.1", "M12 17.6v.1"],
  down: ["M6 9l6 6 6-6"],
  right: ["M9 6l6 6-6 6"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  more: ["M4 7h16", "M4 12h16", "M4 17h16"],
  edit: ["M4 20h4L19 9l-4-4L4 16z"],
  print: ["M7 9V4h10v5", "M7 17H5a1 1 0 0 1-1-1v-5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v5a1 1 0 0 1-1 1h-2", "M7 14h10v6H7z"],
  copy: ["M9 9h11v11H9z", "M5 15H4V4h11v1"],
  beside: ["M4 5h7v14H4z", "M13 5h7v14h-7z"],
  up: ["M7 11v9H4v-9z", "M7 11l4-7a2 2 0 0 1 2 2v4h5a2 2 0 0 1 2 2.3l-1 6A2 2 0 0 1 17 20H7"],
  bad: ["M17 13V4h3v9z", "M17 13l-4 7a2 2 0 0 1-2-2v-4H6a2 2 0 0 1-2-2.3l1-6A2 2 0 0 1 7 4h10"],
};

/** An element. `props` are properties or, with a dash or unknown to the element, attributes; `on…` are listeners. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  return node;
}

/** A button that is never a submit button. */
export function button(props, ...children) {
  return el("button", { type: "button", ...props }, ...children);
}

/** A drawn sign; decoration only, the words beside it say the same. */
export function icon(name, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon ${extra}`.trim());
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** A short note at the lower edge, read out as well. */
export function toast(text) {
  document.querySelector(".toast")?.remove();
  const node = el("p", { class: "toast", role: "status" }, text);
  (document.querySelector("dialog[open]") ?? document.body).append(node);
  setTimeout(() => node.remove(), 3500);
}
