// What the tab remembers: the session, the conversation and the text not sent yet; gone when the tab is closed.
// What the phone remembers: large type, light or dark, and the place chosen; nothing that was said.

const MOST = 60;

function read(box, name, fallback) {
  try {
    return JSON.parse(box().getItem(`luohu.${name}`)) ?? fallback;
  } catch {
    return fallback;
  }
}

function write(box, name, value) {
  try {
    if (value === null || value === "") box().removeItem(`luohu.${name}`);
    else box().setItem(`luohu.${name}`, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page works without memory.
  }
}

const tab = () => sessionStorage;
const phone = () => localStorage;

export const token = { get: () => read(tab, "token", null), set: (v) => write(tab, "token", v) };
export const draft = { get: () => read(tab, "draft", ""), set: (v) => write(tab, "draft", v) };
export const turns = {
  get: () => {
    const found = read(tab, "turns", []);
    return Array.isArray(found) ? found : [];
  },
  set: (v) => write(tab, "turns", v.slice(-MOST)),
};
export const taste = {
  get: () => ({ care: false, theme: "auto", place: null, ...read(phone, "taste", {}) }),
  set: (v) => write(phone, "taste", v),
};

export function forget() {
  for (const name of ["token", "draft", "turns"]) write(tab, name, null);
}
