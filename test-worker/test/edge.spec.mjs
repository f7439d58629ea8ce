// A Worker written in TypeScript with every option of createWorker and every kind of callback, on workerd.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedWorker } from "./support/edge-worker.mjs";
import { refusal } from "./support/rpc.mjs";
import { LiveSocket } from "./support/live-socket.mjs";

const worker = servedWorker("worker.ts");
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const shard = (shardKey, token) => worker.call("system:ping", { shardKey, headers: token && bearer(token) });

describe("dispatch", () => {
  test("Lunora's own plane comes first and stays its own", async () => {
    assert.equal((await worker.fetch("/_lunora/status")).text, '{"ok":true}');
    assert.equal((await worker.call("system:ping")).json.result, "pong");
    const unknown = await worker.fetch("/_lunora/other");
    assert.deepEqual([unknown.status, unknown.text], [404, "Not found"]);
  });

  test("the auth plane, then routes by method, then by path, then the pages", async () => {
    assert.equal((await worker.fetch("/api/auth/session")).text, "auth /api/auth/session");
    assert.equal((await worker.fetch("/api/authentic")).text, "<p>/api/authentic</p>");
    assert.equal((await worker.fetch("/both")).text, "GET both");
    assert.equal((await worker.fetch("/both", { method: "DELETE" })).text, "DELETE both");
    assert.equal((await worker.fetch("/anything")).text, "<p>/anything</p>");
  });

  test("named parts of a path reach the route decoded, and its context works", async () => {
    const { json } = await worker.fetch("/users/%C3%A4%20b/files/x%2Fy");
    assert.deepEqual(json, { id: "ä b", file: "x/y" });
    refusal(await worker.fetch("/users/%/files/x"), 400, "BAD_REQUEST");
    assert.equal((await worker.fetch("/users//files/x")).text, "<p>/users//files/x</p>");
  });
});

describe("callbacks", () => {
  for (const kind of ["sync", "promise", "thenable"]) {
    test(`${kind}: answers`, async () => {
      assert.equal((await worker.fetch(`/kind?kind=${kind}`)).text, "route");
      assert.equal((await worker.fetch(`/api/auth/x?kind=${kind}`)).text, "auth /api/auth/x");
      assert.equal((await worker.fetch(`/page?kind=${kind}`)).text, "<p>/page</p>");
      assert.equal((await shard(`kind-${kind}`)).status, 200);
      const known = await worker.call("system:ping", { headers: { "x-identify": kind, ...bearer("ann") } });
      assert.equal(known.status, 200);
    });
  }

  for (const kind of ["throw", "reject", "throw-primitive", "reject-primitive", "throw-undefined"]) {
    test(`${kind}: one request fails, without its secret`, async () => {
      for (const path of [`/kind?kind=${kind}`, `/api/auth/x?kind=${kind}`]) {
        const error = refusal(await worker.fetch(path), 500, "INTERNAL");
        assert.equal(error.message, "Internal error");
      }
      const page = await worker.fetch(`/page?kind=${kind}`);
      assert.deepEqual([page.status, page.text], [500, "Internal Server Error"]);
      assert.equal(page.headers.get("content-type"), "text/plain;charset=utf-8");
      refusal(await shard(`kind-${kind}`), 500, "INTERNAL");
      refusal(await worker.call("system:ping", { headers: { "x-identify": kind } }), 500, "INTERNAL");
      assert.equal((await worker.call("system:ping")).json.result, "pong");
    });
  }

  test("a LunoraError is answered with its code, wherever it is thrown", async () => {
    for (const answer of [
      await worker.fetch("/kind?kind=coded"),
      await worker.fetch("/api/auth/x?kind=coded"),
      await shard("kind-coded"),
      await worker.call("system:ping", { headers: { "x-identify": "coded" } }),
    ]) {
      const error = refusal(answer, 409, "CONFLICT");
      assert.equal(error.message, "coded by the callback");
      assert.deepEqual(error.data, { at: ["$lunora.wire$", "bigint", "7"] });
      assert.equal(error.hint, "try later");
    }
    refusal(await worker.fetch("/kind?kind=coded-promise"), 418, "MY_OWN");
    assert.equal((await worker.fetch("/page?kind=coded")).text, "Internal Server Error");
  });

  test("a handler that answers nothing is a failure", async () => {
    refusal(await worker.fetch("/nothing"), 500, "INTERNAL");
  });
});

describe("identity and shards", () => {
  test("only a literal true lets somebody in", async () => {
    assert.equal((await shard("open-1")).status, 200);
    refusal(await shard("truthy-1"), 403, "FORBIDDEN_SHARD");
    refusal(await shard("ann"), 403, "FORBIDDEN_SHARD");
    refusal(await shard("ann", "bea"), 403, "FORBIDDEN_SHARD");
    assert.equal((await shard("ann", "ann")).status, 200);
    refusal(await shard("", "nobody"), 403, "FORBIDDEN_SHARD");
  });

  test("a socket asks the same", async () => {
    const socket = await LiveSocket.open(worker.url, "?shard=ann&token=ann");
    const { first } = await socket.subscribe("counters:get", { name: "x" });
    assert.equal(first.data, 0);
    socket.close();
    await assert.rejects(LiveSocket.open(worker.url, "?shard=ann&token=bea"));
  });

  test("a client's word for what the Worker says reaches neither the app's code nor a shard", async () => {
    const forged = { "x-lunora-userid": "root", "X-Lunora-System": "1", "x-lunora-identity": "e30", "x-lunora-mutation-id": "m1" };
    const seen = (await worker.fetch("/headers", { headers: forged })).json;
    assert.deepEqual(Object.keys(seen).filter((name) => name.startsWith("x-lunora-")), ["x-lunora-mutation-id"]);
  });
});

describe("serverQuery", () => {
  const load = (query, headers) => worker.fetch(`/loader?${new URLSearchParams(query)}`, { headers });

  test("answers as the HTTP path does", async () => {
    const answer = await load({ path: "system:echo", args: JSON.stringify({ value: { a: [1, "ü", null] } }) });
    assert.deepEqual(answer.json, { result: { a: [1, "ü", null] } });
    assert.equal(answer.headers.get("x-lunora-shard-key"), "__root__");
    assert.equal((await load({ path: "counters:add", args: '{"name":"loader","by":2}' })).json.result, 2);
  });

  test("asks for the same identity and authorization", async () => {
    refusal(await load({ path: "system:ping", shard: "ann" }), 403, "FORBIDDEN_SHARD");
    assert.equal((await load({ path: "system:ping", shard: "ann" }, { "x-user": "ann" })).json.result, "pong");
  });

  test("never throws: what is wrong is the answer", async () => {
    refusal(await load({}), 400, "BAD_REQUEST");
    refusal(await load({ path: "no:such" }), 404, "FUNCTION_NOT_FOUND");
    refusal(await load({ path: "system:secretInternal" }), 404, "FUNCTION_NOT_FOUND");
    refusal(await load({ path: "system:ping", bad: "1" }), 400, "BAD_REQUEST");
    refusal(await load({ path: "__lunora_admin__:listTables" }), 403, "ADMIN_FORBIDDEN");
    refusal(await load({ path: "counters:add", args: '{"name":1}' }), 400, "VALIDATION_ERROR");
  });
});

describe("cron triggers", () => {
  test("run the handlers of their exact expression, in order", async () => {
    const before = (await worker.fetch("/runs")).json.length;
    await worker.handle.scheduled({ cron: "* * * * *", scheduledTime: new Date(5000) });
    assert.deepEqual((await worker.fetch("/runs")).json.slice(before), ["sync * * * * *", "job 5000"]);
  });

  test("a handler that fails does not keep the others from running", async () => {
    const run = await worker.handle.scheduled({ cron: "0 1 * * *", scheduledTime: new Date(6000) }).catch((error) => ({ outcome: String(error) }));
    assert.notEqual(run.outcome, "ok");
    assert.ok((await worker.fetch("/runs")).json.includes("ran all the same"));
  });
});

describe("headers", () => {
  test("every answer has the protective headers it lacks, and keeps its own", async () => {
    for (const path of ["/_lunora/status", "/both", "/api/auth/x", "/page", "/page?kind=throw", "/kind?kind=throw"]) {
      const { headers } = await worker.fetch(path);
      assert.equal(headers.get("x-content-type-options"), "nosniff", path);
      assert.ok(headers.get("content-security-policy"), path);
    }
    const called = await worker.call("system:ping");
    assert.match(called.headers.get("content-security-policy"), /^default-src 'none'/);
    assert.equal(called.headers.get("x-frame-options"), "SAMEORIGIN");
    assert.equal(called.headers.get("cache-control"), "no-store");
    const page = await worker.fetch("/page");
    assert.equal(page.headers.get("content-security-policy"), "base-uri 'none'; object-src 'none'; frame-ancestors 'self'");
    assert.equal((await worker.fetch("/own-headers")).headers.get("x-frame-options"), "DENY");
  });
});
