// The desk: puts the parts together.
import { me, send } from "./api.js";
import { byId, el, fill, toast } from "./dom.js";
import { startDocuments } from "./documents.js";
import { startFind } from "./find.js";
import { startGaps } from "./gaps.js";
import { startKeys } from "./keys.js";
import { startRead } from "./read.js";
import { startSay } from "./say.js";
import { startScreen } from "./screen.js";
import { rememberPlace, rememberedPlace, set, state } from "./state.js";
import { show } from "./view.js";

function startTheme() {
  const kept = localStorage.getItem("desk.theme");
  if (kept) document.documentElement.dataset.theme = kept;
  byId("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("desk.theme", document.documentElement.dataset.theme);
  });
}

function startPlace() {
  const choice = byId("place");
  fill(choice, el("option", { value: "" }, "全部地区"), state.me.places.map((p) => el("option", { value: p.id }, p.name)));
  choice.value = rememberedPlace(state.me.places);
  set("place", choice.value);
  choice.addEventListener("change", () => {
    rememberPlace(choice.value);
    set("place", choice.value);
  });
}

async function start() {
  startTheme();
  set("me", await me());
  byId("who").textContent = state.me.role === "editor" ? `${state.me.name} · 编辑` : state.me.name;
  byId("out").addEventListener("click", async () => {
    await send("/desk/api/sign-out", {});
    location.replace("/desk/sign-in");
  });
  startSay();
  startFind();
  startPlace();
  startScreen();
  startRead();
  startGaps();
  startDocuments();
  startKeys();
  addEventListener("hashchange", show);
  show();
  byId("query").focus();
  document.body.dataset.ready = "yes";
}

addEventListener("unhandledrejection", (event) => {
  // Without the network the banner says so already.
  if (document.body.classList.contains("offline")) event.preventDefault();
  else toast(event.reason?.message ?? "出错了，请再试一次");
});
start();
