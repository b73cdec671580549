// WeChat as a client written with npm @wecom/crypto: one JSON request per line on stdin, one JSON answer per line on stdout.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const { decrypt, encrypt, getSignature } = createRequire(import.meta.url)("@wecom/crypto");

const field = (xml, name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1];

const operations = {
  sign: ({ token, timestamp, nonce, encrypted }) => getSignature(token, timestamp, nonce, encrypted),
  encrypt: ({ key, message, appId, random }) =>
    encrypt(key, message, appId, random === undefined ? undefined : Buffer.from(random)),
  decrypt: ({ key, encrypted }) => {
    const { message, id, random } = decrypt(key, encrypted);
    return { message, id, random: random.toString("latin1") };
  },
  // A whole round: encrypt and sign a message, send it, check the signature of the answer and open it.
  post: async ({ url, token, key, appId, timestamp, nonce, message }) => {
    const encrypted = encrypt(key, message, appId);
    const query = new URLSearchParams({ timestamp, nonce, encrypt_type: "aes", msg_signature: getSignature(token, timestamp, nonce, encrypted) });
    const body = `<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    const answer = await fetch(`${url}?${query}`, { method: "POST", body, headers: { "Content-Type": "text/xml" } });
    const text = await answer.text();
    if (!text.includes("<Encrypt>")) return { status: answer.status, text };
    const sealed = field(text, "Encrypt");
    const signed = getSignature(token, field(text, "TimeStamp"), field(text, "Nonce"), sealed);
    const opened = decrypt(key, sealed);
    return { status: answer.status, genuine: signed === field(text, "MsgSignature"), id: opened.id, text: opened.message };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { op, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { value: await operations[op](given) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
