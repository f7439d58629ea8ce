// What a hostile page or program tries at the edge, refused with the codes of the catalogue.
import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { describe, test } from "node:test";
import { servedWorker } from "./support/edge-worker.mjs";
import { refusal } from "./support/rpc.mjs";

const worker = servedWorker("worker.ts", { vars: { LUNORA_LOG: "all" } });
const ADMIN = "an admin token of more than thirty-two characters";
const PING = JSON.stringify({ functionPath: "system:ping" });

/** Sends a request as it is written, which fetch would not: gives the status and the text of the answer. */
function raw(method, path, headers, body = "") {
  const { hostname, port } = new URL(worker.url);
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${hostname}:${port}`, "connection: close", ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port), hostname, () => socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`));
    let text = "";
    socket.setEncoding("utf8").on("data", (data) => {
      text += data;
      if (text.startsWith("HTTP/1.1 101")) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve({ status: Number(text.slice(9, 12)), text }));
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer")));
  });
}

const post = (headers, body = PING, path = "/_lunora/rpc") => raw("POST", path, { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers }, body);
const upgrade = (query, headers = {}) =>
  raw("GET", `/_lunora/ws${query}`, { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", ...headers });

function refused({ status, text }, expected, code) {
  assert.equal(status, expected, text);
  assert.match(text, new RegExp(`"code":"${code}"`));
}

describe("pages of another origin", () => {
  test("cannot act with the visitor's cookies", async () => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1.evil.example", "https://app.example.evil.example"]) {
      refused(await post({ cookie: "session=1", origin }), 403, "FORBIDDEN_ORIGIN");
      refused(await post({ cookie: "session=1", origin }, "", "/api/auth/sign-out"), 403, "FORBIDDEN_ORIGIN");
      refused(await upgrade("", { cookie: "session=1", origin }), 403, "FORBIDDEN_ORIGIN");
    }
    refused(await post({ cookie: "session=1" }), 403, "FORBIDDEN_ORIGIN");
  });

  test("can where they are trusted", async () => {
    assert.equal((await post({ cookie: "session=1", origin: "https://trusted.example" })).status, 200);
    assert.equal((await post({ cookie: "session=1", origin: worker.url })).status, 200);
    assert.equal((await upgrade("", { cookie: "session=1", origin: worker.url })).status, 101);
  });

  test("cannot open sockets, unless they bring a token", async () => {
    refused(await upgrade("", { origin: "https://evil.example" }), 403, "FORBIDDEN_ORIGIN");
    assert.equal((await upgrade("?token=ann", { origin: "https://evil.example" })).status, 101);
    assert.equal((await upgrade("")).status, 101);
  });

  test("may read answers only where they are named", async () => {
    const preflight = { "access-control-request-method": "POST", "access-control-request-headers": "content-type, x-lunora-system" };
    const allowed = await worker.fetch("/_lunora/rpc", { method: "OPTIONS", headers: { origin: "https://app.example", ...preflight } });
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get("access-control-allow-origin"), "https://app.example");
    assert.equal(allowed.headers.get("access-control-allow-headers"), "content-type");
    const foreign = await worker.fetch("/_lunora/rpc", { method: "OPTIONS", headers: { origin: "https://evil.example", ...preflight } });
    assert.equal(foreign.status, 405);
    for (const { headers } of [foreign, await worker.call("system:ping", { headers: { origin: "https://evil.example" } })]) {
      assert.equal(headers.get("access-control-allow-origin"), null);
    }
    const answer = await worker.call("system:ping", { headers: { origin: "https://app.example" } });
    assert.equal(answer.headers.get("access-control-allow-credentials"), "true");
    assert.equal(answer.headers.get("vary"), "Origin");
  });
});

describe("bodies", () => {
  test("that announce or send too much are refused", async () => {
    const large = "x".repeat(1_048_577);
    refusal(await worker.rpc.post(large, { "content-type": "application/json" }), 413, "PAYLOAD_TOO_LARGE");
    refusal(await worker.fetch("/api/auth/x", { method: "POST", body: large }), 413, "PAYLOAD_TOO_LARGE");
    const chunk = new TextEncoder().encode("x".repeat(65_536));
    let left = 32;
    const unannounced = new ReadableStream({ pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()) });
    refusal(await worker.rpc.post(unannounced, { "content-type": "application/json" }), 413, "PAYLOAD_TOO_LARGE");
  });

  test("that come slowly keep nobody else waiting", async () => {
    const slow = post({ "content-length": PING.length }, PING.slice(0, 5));
    assert.equal((await worker.call("system:ping")).json.result, "pong");
    await slow.catch(() => {});
  });

  test("of a form are no calls with cookies", async () => {
    for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      refused(await post({ "content-type": type, cookie: "session=1", origin: worker.url }), 415, "BAD_REQUEST");
      assert.equal((await post({ "content-type": type })).status, 200);
    }
  });
});

describe("tokens", () => {
  const mint = (headers) => worker.fetch("/_lunora/admin/ws-token", { method: "POST", headers });

  test("of the admin are all or nothing", async () => {
    for (const authorization of [undefined, "Bearer x", `Bearer ${ADMIN}x`, `Bearer ${ADMIN.slice(0, -1)}`, `Basic ${ADMIN}`]) {
      refusal(await mint(authorization && { authorization }), 403, "ADMIN_FORBIDDEN");
    }
    refusal(await worker.fetch("/_lunora/admin/export"), 403, "ADMIN_FORBIDDEN");
  });

  test("for sockets are signed, short-lived and the only ones for a URL", async () => {
    const minted = await mint({ authorization: `bearer ${ADMIN}` });
    assert.equal(minted.headers.get("cache-control"), "no-store");
    const { token, expiresAtMs } = minted.json;
    assert.ok(Math.abs(expiresAtMs - Date.now() - 60_000) < 5000);
    // Let in though it could reach no named shard as a user.
    assert.equal((await upgrade(`?shard=private&token=${token}`)).status, 101);
    const later = token.replace(/\d+/, (digits, at) => (at > 1 ? String(Number(digits) + 1) : digits));
    for (const forged of [`${token.slice(0, -2)}AA`, later.replace("v1", "v2"), `v1.9999999999999.${token.split(".")[2]}`]) {
      refused(await upgrade(`?shard=private&token=${forged}`), 403, "FORBIDDEN_SHARD");
    }
    refused(await upgrade(`?token=${encodeURIComponent(ADMIN)}`), 403, "ADMIN_FORBIDDEN");
  });

  test("are in no line of the log", () => {
    const text = JSON.stringify(worker.logs());
    assert.ok(text.includes("request"), "there is a log");
    for (const secret of [ADMIN, "token=", "session=1"]) assert.ok(!text.includes(secret), secret);
  });
});

describe("what a client says of itself", () => {
  test("is not believed", async () => {
    const forged = { "x-lunora-userid": "root", "x-lunora-system": "1", "x-lunora-admin": "1", "x-lunora-identity": "e30" };
    refusal(await worker.call("system:secretInternal", { headers: forged }), 404, "FUNCTION_NOT_FOUND");
    refusal(await worker.call("system:ping", { shardKey: "root", headers: forged }), 403, "FORBIDDEN_SHARD");
  });

  test("another's shard stays another's, by call, batch and socket", async () => {
    const bea = { authorization: "Bearer bea", "content-type": "application/json" };
    refusal(await worker.call("system:ping", { shardKey: "ann", headers: bea }), 403, "FORBIDDEN_SHARD");
    const body = JSON.stringify({ calls: [{ functionPath: "system:ping" }, { functionPath: "system:ping", shardKey: "ann" }] });
    refusal(await worker.fetch("/_lunora/rpc-batch", { method: "POST", headers: bea, body }), 403, "FORBIDDEN_SHARD");
    refused(await upgrade("?shard=ann&token=bea"), 403, "FORBIDDEN_SHARD");
  });
});

/** The lines of one kind under a trace: the log holds JSON within JSON, so that quotes come escaped. */
function lines(type, trace) {
  const text = JSON.stringify(worker.logs()).replaceAll("\\", "");
  return text.split(`{"type":"${type}","trace":"${trace}"`).length - 1;
}

test("a request and its call are a line of JSON each, under one trace", async () => {
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01` };
  const answer = await worker.call("counters:add", { args: { name: "logged", by: 1 }, headers });
  assert.equal(answer.headers.get("x-request-id"), trace);
  for (const type of ["request", "call"]) assert.equal(lines(type, trace), 1, type);
});

test("a batch is one request, and each of its calls has a line", async () => {
  const trace = "5bf92f3577b34da6a3ce929d0e0e4737";
  const headers = { "content-type": "application/json", traceparent: `00-${trace}-00f067aa0ba902b7-01` };
  const body = JSON.stringify({ calls: [{ functionPath: "system:ping" }, { functionPath: "nothing:here" }] });
  const answer = await worker.fetch("/_lunora/rpc-batch", { method: "POST", headers, body });
  assert.equal(answer.status, 200);
  assert.equal(lines("request", trace), 1);
  assert.equal(lines("call", trace), 2);
});
