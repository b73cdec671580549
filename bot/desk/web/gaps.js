// Gaps and errors: what staff reported and what the bot could not answer, in one list with one status.
import { read, send } from "./api.js";
import { byId, el, fill, toast, when } from "./dom.js";
import { on, state } from "./state.js";

const STATUS = { new: "新", in_work: "在办", answered: "已答" };
const REASON = { gap: "坐席：缺口", error: "坐席：差错", unsure: "机器人：没听懂", declined: "机器人：没答", useless: "机器人：说没用" };
let status = "";

export function startGaps() {
  on("view", (view) => view === "gaps" && draw());
}

async function draw() {
  const found = await read(`/desk/api/gaps${status ? `?status=${status}` : ""}`);
  const editor = state.me.role === "editor";
  fill(byId("gaps"),
    el("header", { className: "row" }, el("h2", {}, "缺口和差错"),
      el("div", { className: "tabs", role: "group", "aria-label": "状态" }, [["", "全部"], ...Object.entries(STATUS)].map(([value, text]) =>
        el("button", { type: "button", "aria-pressed": String(value === status), onclick: () => { status = value; draw(); } }, text)))),
    found.gaps.length
      ? el("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "缺口表" }, el("table", {},
          el("thead", {}, el("tr", {}, ["时间", "地区", "来源", "问的是什么", "状态"].map((head) => el("th", { scope: "col" }, head)))),
          el("tbody", {}, found.gaps.map((gap) => el("tr", {},
            el("td", { className: "nowrap" }, when(gap.at)),
            el("td", { className: "nowrap" }, state.me.places.find((p) => p.id === gap.place)?.name ?? "—"),
            el("td", { className: "nowrap" }, REASON[gap.reason] ?? gap.reason),
            el("td", {}, gap.message),
            el("td", { className: "nowrap" }, editor ? choice(gap) : el("span", { className: `status ${gap.status}` }, STATUS[gap.status])))))))
      : el("p", { className: "quiet" }, "没有。"));
}

function choice(gap) {
  return el("select", { "aria-label": `${gap.message}的状态`, onchange: async (event) => {
    await send("/desk/api/gaps/status", { ids: [gap.id], status: event.target.value });
    toast("状态已改");
    if (status) draw();
  } }, Object.entries(STATUS).map(([value, text]) => el("option", { value, selected: value === gap.status }, text)));
}
