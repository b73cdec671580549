// Building the page out of elements and text. Nothing is ever read as markup.

/** A new element: properties starting with "on" are listeners, "data-*", "aria-*" and role are attributes, the rest are properties. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "role" || key === "for" || key === "list") node.setAttribute(key, value === true ? "" : String(value));
    else node[key] = value;
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Everything inside a node replaced. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/** Text with its matches marked. */
export const marked = (pieces) => pieces.map((piece) => (piece.marked ? el("mark", {}, piece.text) : piece.text));

/** A short notice that goes away by itself. */
export function toast(text) {
  const node = byId("toast");
  node.textContent = text;
  node.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => node.classList.remove("shown"), 2200);
}

/** Copy a text, also where the page is not served over TLS. */
export async function copy(text, notice) {
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = el("textarea", { value: text, className: "offscreen", "aria-hidden": "true" });
    const before = document.activeElement;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    before?.focus();
  }
  toast(notice);
}

/** The function, called once things have been quiet for some milliseconds. */
export function later(work, milliseconds) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), milliseconds);
  };
}

/** Seconds since 1970 as a day and time. */
export const when = (seconds) =>
  new Intl.DateTimeFormat("zh-CN", { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Shanghai" }).format(new Date(seconds * 1000));
