// Everything by keyboard. Letters with Alt go by their place on the keyboard, so that an input method does not get in the way.
import { byId, el, fill } from "./dom.js";
import { move } from "./find.js";
import { copyCitation, copyScript, favour, openRead, report } from "./say.js";
import { answerBy, copyPacket, forget } from "./screen.js";
import { goTo } from "./view.js";

const ALT = {
  KeyC: copyScript, KeyL: copyCitation, KeyM: favour, KeyQ: () => report("gap"), KeyX: () => report("error"), KeyS: () => focusOn("story"),
  KeyP: nextPlace, KeyW: () => copyPacket("text"), KeyJ: () => copyPacket("json"), KeyN: forget,
};
const LIST = [
  ["/", "到搜索框"], ["↑ ↓", "上一条、下一条"], ["Enter", "读这一条的原文"], ["Esc", "回到搜索，再按清空"], ["Alt+C", "复制口径"], ["Alt+L", "复制依据"],
  ["Alt+M", "收藏或取消"], ["Alt+P", "换地区"], ["Alt+S", "写来电人的情况"], ["Alt+1…9", "选第几个答案"], ["Alt+0", "答“不清楚”"],
  ["Alt+W", "复制工单"], ["Alt+J", "复制工单 JSON"], ["Alt+N", "换一位来电人"], ["Alt+Q", "报缺口"], ["Alt+X", "报差错"], ["?", "这张表"],
];

export function startKeys() {
  byId("help").addEventListener("click", showList);
  addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (pressed(event)) event.preventDefault();
  });
}

function pressed(event) {
  if (document.querySelector("dialog[open]")) return false;
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const digit = /^Digit(\d)$/.exec(event.code);
    if (digit) answerBy(Number(digit[1]));
    else if (ALT[event.code]) ALT[event.code]();
    else return false;
    return true;
  }
  const field = event.target.closest?.("input, textarea, select");
  const search = event.target.id === "query";
  if (event.key === "Escape") return escape();
  const listed = search || event.target.id === "hits";
  if (listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    move(event.key === "ArrowDown" ? 1 : -1);
    return true;
  }
  if (listed && event.key === "Enter") {
    openRead();
    return true;
  }
  if (field) return false;
  if (event.key === "/") return focusOn("query");
  if (event.key === "?") return showList();
  return false;
}

function escape() {
  const query = byId("query");
  if (location.hash && location.hash !== "#find") goTo("find");
  else if (document.activeElement === query && query.value) {
    query.value = "";
    query.dispatchEvent(new Event("input"));
  }
  query.focus();
  query.select();
  return true;
}

function focusOn(id) {
  goTo("find");
  byId(id).focus();  // at once: a beat later, selecting would let the next key overwrite what was typed in between
  byId(id).select?.();
  return true;
}

function nextPlace() {
  const choice = byId("place");
  choice.selectedIndex = (choice.selectedIndex + 1) % choice.options.length;
  choice.dispatchEvent(new Event("change"));
}

function showList() {
  const box = byId("keys");
  fill(box, el("form", { method: "dialog" }, el("h2", { id: "keys-title" }, "按键"),
    el("dl", {}, LIST.map(([key, what]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)))),
    el("button", { className: "primary" }, "知道了", el("kbd", {}, "Esc"))));
  box.showModal();
  return true;
}
