// Which of the desk's views is seen: the one the address names.
import { byId } from "./dom.js";
import { set } from "./state.js";

const VIEWS = ["find", "read", "gaps", "documents"];

export function show() {
  const [name] = location.hash.slice(1).split("/");
  const view = VIEWS.includes(name) ? name : "find";
  for (const one of VIEWS) byId(one).hidden = one !== view;
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.hash === `#${view}`;
    link.classList.toggle("here", here);
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  set("view", view);
}

/** Go to a view and see it at once, so that what is typed next lands there; the browser's own event comes too late for that. */
export function goTo(view) {
  if ((location.hash || "#find") === `#${view}`) return;
  location.hash = `#${view}`;
  show();
}
