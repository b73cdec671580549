// Talking to the server. Every failure becomes a Failure that says what to tell the resident.

const WAIT = 35000;

/** A request that did not work out; `why` is one of offline, timeout, busy, expired, refused. */
export class Failure extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

async function request(method, path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), WAIT);
  try {
    const answer = await fetch(path, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
      signal: stop.signal,
      credentials: "same-origin",
    });
    if (answer.ok) return await answer.json();
    if (answer.status === 401) throw new Failure("expired");
    throw new Failure(answer.status >= 500 ? "busy" : "refused");
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(stop.signal.aborted ? "timeout" : navigator.onLine ? "failed" : "offline");
  } finally {
    clearTimeout(timer);
  }
}

const once = new Map();

/** A GET that is done once and kept as long as it worked. */
function kept(path) {
  if (!once.has(path)) {
    once.set(path, request("GET", path).catch((error) => {
      once.delete(path);
      throw error;
    }));
  }
  return once.get(path);
}

export const setup = () => kept("/chat/setup.json");
export const policyDocument = (id) => kept(`/chat/policies/${encodeURIComponent(id)}.json`);
export const facts = async () => new Map((await kept("/api/v1/facts")).facts.map((f) => [f.name, f]));
export const begin = async () => (await request("POST", "/chat/session")).token;
export const message = (body) => request("POST", "/chat/message", body);
export const feedback = (body) => request("POST", "/chat/feedback", body);
export const erase = (token) => request("DELETE", "/chat/session", { token });
