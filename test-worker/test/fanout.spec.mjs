// Fan-out: one question to all shards of a table, on workerd with the registry that the runtime keeps.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { secret } from "../tools/token.mjs";
import { servedApp } from "./support/harness.mjs";
import { refusal } from "./support/rpc.mjs";
import { bearer } from "./support/tokens.mjs";

secret();
const app = servedApp();

const admin = () => bearer("root", { role: "admin" });
const call = (body, headers) => app.rpc.post(JSON.stringify(body), headers);
const fanOut = (functionPath, merge, { args = {}, table = "posts", headers = admin() } = {}) =>
  call({ functionPath, args, fanOut: { table, merge } }, headers);
const post = (room, body) => call({ functionPath: "rooms:post", args: { room, body }, shardKey: room });
const registry = (sql, ...params) => app.sqlOf("ShardRegistryDO", "__lunora_shard_registry__", sql, ...params);

/** Asks until the shards that just wrote are known: they tell after their answer. */
async function soon(ask, isThere) {
  for (const until = Date.now() + 5000; ; ) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    assert.ok(Date.now() < until, `still ${answer.text?.slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const rooms = (count) => Array.from({ length: count }, (_, i) => `fan-${String(i).padStart(3, "0")}`);

test("a table that nobody wrote to has no shards: the answer is that of none", async () => {
  const of = async (merge) => (await fanOut("rooms:countAll", merge)).json;
  assert.deepEqual(await of({ kind: "sum" }), { data: 0, errors: [], failed: 0, ok: 0 });
  assert.deepEqual((await of({ kind: "max" })).data, null);
  assert.deepEqual((await of({ kind: "concat" })).data, []);
});

describe("over 16 shards", () => {
  before(async () => {
    for (const room of rooms(16)) for (let i = 0; i < 3; i++) assert.equal((await post(room, `${room} ${i}`)).status, 200);
  });

  test("rooms:countAll adds up, in a bare answer that is no result", async () => {
    const { status, json, text } = await soon(() => fanOut("rooms:countAll", { kind: "sum" }), ({ json }) => json.ok >= 16);
    assert.equal(status, 200);
    assert.deepEqual(json, { data: 48, errors: [], failed: 0, ok: 16 });
    assert.equal(text, '{"data":48,"errors":[],"failed":0,"ok":16}');
  });

  test("rooms:latest is ordered and limited over all shards", async () => {
    const { json } = await fanOut("rooms:latest", { kind: "topK", k: 5, by: "_creationTime" }, { args: { limit: 5 } });
    assert.deepEqual(json.data.map(({ body }) => body), ["fan-015 2", "fan-015 1", "fan-015 0", "fan-014 2", "fan-014 1"]);
    assert.equal(json.ok, 16);
    const times = json.data.map((doc) => doc._creationTime);
    assert.deepEqual(times, times.toSorted((a, b) => b - a));
    const oldest = await fanOut("rooms:latest", { kind: "topK", k: 2, by: "_creationTime", direction: "asc" }, { args: { limit: 5 } });
    assert.deepEqual(oldest.json.data.map(({ body }) => body), ["fan-000 0", "fan-000 1"]);
  });

  test("every other merge", async () => {
    const of = async (path, merge, args) => (await fanOut(path, merge, { args })).json.data;
    assert.equal(await of("rooms:countAll", { kind: "min" }), 3);
    assert.equal(await of("rooms:countAll", { kind: "max" }), 3);
    assert.equal(await of("rooms:countAll", { kind: "first" }), 3);
    assert.equal((await of("rooms:latest", { kind: "concat" }, { limit: 2 })).length, 32);
    const groups = [{ key: "a", value: 2 }];
    assert.deepEqual(await of("system:echo", { kind: "groupBy" }, { value: groups }), [{ key: "a", value: 32 }]);
    assert.deepEqual(await of("system:echo", { kind: "groupBy", op: "max" }, { value: groups }), groups);
    assert.deepEqual(await of("system:echo", { kind: "rank" }, { value: { before: 2, total: 5 } }), { position: 33, total: 80 });
    const paged = await of("system:echo", { kind: "paged" }, { value: { page: [1], isDone: true, continueCursor: null } });
    assert.deepEqual(paged, { page: Array(16).fill(1), isDone: true, continueCursor: null });
  });

  test("a shard that refuses is reported and costs the others nothing", async () => {
    const { status, json } = await fanOut("rooms:latest", { kind: "concat" }, { args: { limit: -1 } });
    assert.equal(status, 200);
    assert.deepEqual([json.data, json.failed, json.ok, json.errors.length], [[], 16, 0, 16]);
    assert.deepEqual(Object.keys(json.errors[0]), ["code", "message", "shardKey", "timedOut"]);
    assert.deepEqual([json.errors[0].code, json.errors[0].shardKey, json.errors[0].timedOut], ["VALIDATION_ERROR", "fan-000", false]);
    const unknown = await fanOut("rooms:none", { kind: "sum" });
    assert.equal(unknown.json.errors[0].code, "FUNCTION_NOT_FOUND");
    const internal = await fanOut("system:secretInternal", { kind: "first" });
    assert.deepEqual([internal.json.data, internal.json.errors[0].code], [null, "FUNCTION_NOT_FOUND"]);
  });

  test("each shard is listed once, whatever it writes, and told of at most once a minute", async () => {
    for (let i = 0; i < 20; i++) await post("fan-003", `more ${i}`);
    const rows = await registry("SELECT shard_key, rows FROM __lunora_shard WHERE table_name = 'posts' ORDER BY shard_key");
    assert.deepEqual(rows.map((row) => row.shard_key), rooms(16));
    const waiting = await app.sqlOf("ShardDO", "fan-003", "SELECT count(*) AS n FROM __lunora_outbox");
    assert.equal(waiting[0].n, 1, "one report waits, not one for each write");
    assert.equal((await fanOut("rooms:countAll", { kind: "sum" })).json.data, 68);
  });
});

describe("over 100 shards", () => {
  before(async () => {
    for (const room of rooms(100).slice(16)) assert.equal((await post(room, room)).status, 200);
  });

  test("all answer, and soon", async () => {
    const { json } = await soon(() => fanOut("rooms:countAll", { kind: "sum" }), ({ json }) => json.ok >= 100);
    assert.deepEqual([json.failed, json.ok, json.data], [0, 100, 68 + 84]);
    const started = performance.now();
    const { json: top } = await fanOut("rooms:latest", { kind: "topK", k: 10, by: "_creationTime" }, { args: { limit: 10 } });
    console.log(`# 100 shards in ${Math.round(performance.now() - started)} ms`);
    assert.deepEqual(top.data.map(({ room }) => room), rooms(100).slice(90).reverse());
  });

  test("shards that went to sleep are still known", async () => {
    await app.evict("hibernate", "__lunora_shard_registry__", "ShardRegistryDO");
    await app.evict("hibernate", "fan-042");
    const { json } = await fanOut("rooms:countAll", { kind: "sum" });
    assert.deepEqual([json.failed, json.ok, json.data], [0, 100, 68 + 84]);
  });
});

describe("what is refused", () => {
  const sum = { kind: "sum" };

  test("whoever is no admin, and other tables", async () => {
    for (const headers of [undefined, bearer("ann"), bearer("ann", { role: "member" })]) {
      refusal(await fanOut("rooms:countAll", sum, { headers: headers ?? {} }), 403, "FORBIDDEN_FANOUT");
    }
    refusal(await fanOut("rooms:countAll", sum, { table: "messages" }), 403, "FORBIDDEN_FANOUT");
    refusal(await fanOut("rooms:countAll", sum, { headers: { authorization: "Bearer x" } }), 401, "UNAUTHENTICATED");
  });

  for (const merge of [null, [], "sum", {}, { kind: 1 }, { kind: "average" }, { kind: "toString" }, { kind: "topK", k: 1 }, { kind: "topK", by: "x" },
    { kind: "topK", k: -1, by: "x" }, { kind: "topK", k: 1.5, by: "x" }, { kind: "topK", k: "1", by: "x" }, { kind: "topK", k: 1, by: "" },
    { kind: "topK", k: 1, by: "x", direction: "up" }, { kind: "groupBy", op: "avg" }, { kind: "paged", cursor: 1 }, { kind: "paged", cursor: "x" }, { kind: "paged", cursor: "[]" }]) {
    test(`the merge ${JSON.stringify(merge)}`, async () => {
      refusal(await fanOut("rooms:countAll", merge), 400, "BAD_REQUEST");
    });
  }

  test("a table without a name, a shard key beside it, a mutation", async () => {
    for (const table of ["", 1, null, undefined]) {
      refusal(await call({ functionPath: "rooms:countAll", fanOut: { table, merge: sum } }, admin()), 400, "BAD_REQUEST");
    }
    refusal(await call({ functionPath: "rooms:countAll", shardKey: "a", fanOut: { table: "posts", merge: sum } }, admin()), 400, "BAD_REQUEST");
    refusal(await fanOut("rooms:post", sum, { args: { room: "everywhere", body: "x" } }), 400, "BAD_REQUEST");
  });

  test("a page's cursor reaches no shard that is not the table's", async () => {
    const cursor = JSON.stringify({ "private-elsewhere": "x", "fan-001": null });
    const value = { page: [1], isDone: true, continueCursor: null };
    const { json } = await fanOut("system:echo", { kind: "paged", cursor }, { args: { value } });
    assert.deepEqual([json.ok, json.data.page], [1, [1]]);
  });
});
