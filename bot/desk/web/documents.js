// How old each document is and when somebody last confirmed that it is in force; for editors also the audit trail.
import { read, send } from "./api.js";
import { byId, el, fill, toast, when } from "./dom.js";
import { on, state } from "./state.js";

const ACTS = {
  "sign-in": "登录", "sign-in refused": "登录没通过", "sign-out": "退出", open: "看了", script: "复制口径", citation: "复制依据", read: "读原文", document: "打开文件",
  packet: "复制工单", "report-gap": "报缺口", "report-error": "报差错", "gap-status": "改缺口状态", verify: "记核实",
};

export function startDocuments() {
  on("view", (view) => view === "documents" && draw());
}

async function draw() {
  const editor = state.me.role === "editor";
  const [{ documents }, trail] = await Promise.all([read("/desk/api/documents"), editor ? read("/desk/api/audit") : { acts: [] }]);
  fill(byId("documents"),
    el("header", { className: "row" }, el("h2", {}, "文件核实"), el("span", { className: "quiet" }, "核实是指向发文机关问清楚文件还在不在执行；日子会显示给居民（最近核实）。")),
    el("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "文件表" }, table(["地区", "文件", "落款", "有多久", "施行和有效期", "核实", editor ? "记一次核实" : ""],
      documents.map((d) => [d.place.name, [d.title, el("div", { className: "quiet" }, d.doc_no ?? "没有文号")], d.dated, age(d.age_months), d.effective_note,
        [el("span", { className: `badge ${d.badge.state}` }, d.badge.text), d.verified_by ? el("div", { className: "quiet" }, d.verified_by) : null],
        editor ? verifyForm(d) : ""]))),
    editor ? [el("h2", {}, "操作记录"), el("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "操作记录表" }, table(["时间", "谁", "做了什么", "对象"],
      trail.acts.map((act) => [when(act.at), act.person, ACTS[act.action] ?? act.action, act.subject])))] : null);
}

const age = (months) => (months >= 12 ? `${Math.floor(months / 12)}年${months % 12 ? `${months % 12}个月` : ""}` : `${months}个月`);

const table = (heads, rows) => el("table", {},
  el("thead", {}, el("tr", {}, heads.map((head) => (head ? el("th", { scope: "col" }, head) : el("td", {}))))),
  el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell) => el("td", {}, cell))))));

function verifyForm(document_) {
  const day = el("input", { type: "date", value: state.me.today, max: state.me.today, min: document_.dated, "aria-label": `${document_.place.name}的核实日期` });
  return el("form", { className: "row", onsubmit: async (event) => {
    event.preventDefault();
    await send("/desk/api/verify", { policy: document_.policy, day: day.value });
    toast("已记下");
    draw();
  } }, day, el("button", {}, "记为已核实"));
}
