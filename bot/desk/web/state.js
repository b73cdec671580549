// What several parts of the page look at: who is signed in, the place filter (remembered), the query, the entry that is open.

const listeners = new Map();

export const state = { me: null, place: "", query: "", entry: null };

/** Call something whenever a key of the state changes. */
export function on(key, work) {
  listeners.set(key, [...(listeners.get(key) ?? []), work]);
}

/** Change a key of the state. */
export function set(key, value) {
  state[key] = value;
  for (const work of listeners.get(key) ?? []) work(value);
}

/** The place filter as it was last set on this computer, where that place is still served. */
export function rememberedPlace(places) {
  const kept = localStorage.getItem("desk.place") ?? "";
  return places.some((p) => p.id === kept) ? kept : "";
}

export function rememberPlace(place) {
  localStorage.setItem("desk.place", place);
}
