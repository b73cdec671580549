// Which place, how it looks, privacy, and the way out: the sheets behind the buttons at the top.

import { button, el, icon } from "./dom.js";
import { openSheet } from "./sheet.js";
import { taste } from "./keep.js";

export function applyTaste() {
  const { care, theme } = taste.get();
  document.documentElement.dataset.mode = care ? "care" : "standard";
  if (care) document.body.dataset.weuiMode = "care";
  else delete document.body.dataset.weuiMode;
  if (theme === "auto") delete document.body.dataset.weuiTheme;
  else document.body.dataset.weuiTheme = theme;
}

function change(part) {
  taste.set({ ...taste.get(), ...part });
  applyTaste();
}

export function placeSheet(setup, current, choose) {
  const rows = setup.places.map((p) =>
    button(
      { class: "row", "aria-pressed": String(p.id === current), onclick: () => (sheet.close(), choose(p)) },
      el("span", {}, p.name, el("small", {}, p.title)),
      icon("yes", "tick"),
    ),
  );
  const sheet = openSheet({ title: "想落户到哪里", body: rows });
}

export function menuSheet(setup, actions) {
  const now = taste.get();
  const care = button(
    { class: "row", role: "switch", "aria-checked": String(now.care), onclick: () => {
      change({ care: !taste.get().care });
      care.setAttribute("aria-checked", String(taste.get().care));
    } },
    el("span", {}, "长辈版", el("small", {}, "字更大，看得更清楚")),
    el("i", { class: "switch", "aria-hidden": "true" }),
  );
  const themes = [["auto", "跟随手机"], ["light", "浅色"], ["dark", "深色"]].map(([value, name]) => {
    const one = button({ "aria-pressed": String(now.theme === value) }, name);
    one.addEventListener("click", () => {
      change({ theme: value });
      for (const other of themes) other.setAttribute("aria-pressed", String(other === one));
    });
    return one;
  });
  const go = (text, act, extra = "") => button({ class: `row ${extra}`, onclick: () => (sheet.close(), act()) }, el("span", {}, text), icon("right", "small"));
  const sheet = openSheet({
    title: "设置",
    body: [
      care,
      el("div", { class: "row loose" }, el("span", { id: "theme" }, "深浅色"), el("div", { class: "segments", role: "group", "aria-labelledby": "theme" }, themes)),
      setup.places.length > 1 && go("和另一个地方比", actions.compare),
      go("重新开始", actions.restart),
      ...setup.places.map((p) => el("a", { class: "row", href: p.url, target: "_blank", rel: "noopener" }, el("span", {}, `${p.name}落户文件`, el("small", {}, p.title)), icon("right", "small"))),
      el("a", { class: "row", href: "tel:12345" }, el("span", {}, "打12345问工作人员"), icon("right", "small")),
      go("隐私说明", () => privacySheet(setup.privacy)),
      go("删除我的记录", actions.erase, "danger"),
    ],
  });
}

export function privacySheet(privacy) {
  openSheet({ title: privacy.title, body: el("ul", { class: "prose" }, privacy.lines.map((line) => el("li", {}, line))) });
}
