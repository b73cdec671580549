// Asking the server. What a caller said goes into bodies, never into addresses.
import { byId } from "./dom.js";

let token = "";

/** Who is signed in; must be called first, since it brings the token that every write needs. */
export async function me() {
  const person = await ask("GET", "/desk/api/me");
  token = person.csrf;
  return person;
}

export const read = (path) => ask("GET", path);
export const send = (path, body) => ask("POST", path, body);

async function ask(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: { "x-luohu-csrf": token, ...(body ? { "content-type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (error) {
    byId("offline").hidden = false;
    document.body.classList.add("offline");
    throw error;
  }
  byId("offline").hidden = true;
  document.body.classList.remove("offline");
  if (answer.status === 401) {
    location.replace("/desk/sign-in");
    return new Promise(() => {});
  }
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error.message);
  return found;
}
