// Fan-out over shards of which some are dead, slow or talk nonsense, by the registry that a Worker's author brings.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedWorker } from "./support/edge-worker.mjs";
import { refusal } from "./support/rpc.mjs";

const worker = servedWorker("fanout.mjs");

const fanOut = (merge, { functionPath = "system:echo", args = { value: [1] }, table = "posts" } = {}) =>
  worker.fetch("/_lunora/rpc", { method: "POST", body: JSON.stringify({ functionPath, args, fanOut: { table, merge } }) });
const list = (...keys) => worker.fetch("/keys", { method: "POST", body: JSON.stringify(keys) });
const seen = async () => (await worker.fetch("/seen")).json;
const many = (count) => Array.from({ length: count }, (_, i) => `shard-${i}`);

test("six are asked at a time, and all of a hundred in the end", async () => {
  await list(...many(100));
  const { json } = await fanOut({ kind: "sum" }, { args: { value: 1 } });
  assert.deepEqual(json, { data: 100, errors: [], failed: 0, ok: 100 });
  const { most, now } = await seen();
  assert.deepEqual([most, now], [6, 0]);
});

describe("one shard fails, the others' results are there", () => {
  for (const [key, code, message] of [
    ["dead", "SHARD_UNAVAILABLE", 'shard "dead" cannot be reached'],
    ["html", "SHARD_HTTP_ERROR", 'shard "html" returned 502'],
  ]) {
    test(key, async () => {
      await list("a", key, "b");
      const { status, json, text } = await fanOut({ kind: "concat" });
      assert.equal(status, 200);
      assert.deepEqual(json, { data: [1, 1], errors: [{ code, message, shardKey: key, timedOut: false }], failed: 1, ok: 2 });
      assert.ok(!text.includes("secret"));
    });
  }

  test("torn: an answer that is no JSON counts as none", async () => {
    await list("a", "torn", "b");
    const { json } = await fanOut({ kind: "concat" });
    assert.deepEqual([json.data, json.failed, json.errors[0].code], [[1, 1], 1, "SHARD_ERROR"]);
  });

  test("slow: it has five seconds, is aborted, and holds up no seventh", async () => {
    await list("a", "slow", ...many(20));
    const started = performance.now();
    const { json } = await fanOut({ kind: "concat" });
    const took = performance.now() - started;
    const message = 'shard "slow" timed out after 5000ms';
    assert.deepEqual(json.errors, [{ code: "SHARD_TIMEOUT", message, shardKey: "slow", timedOut: true }]);
    assert.deepEqual([json.ok, json.data.length], [21, 21]);
    assert.ok(took > 4900 && took < 8000, `${took} ms`);
    assert.equal((await seen()).aborted, 1);
  });

  test("all of them", async () => {
    await list("dead", "dead", "html");
    const { status, json } = await fanOut({ kind: "sum" });
    assert.deepEqual([status, json.data, json.failed, json.ok], [200, 0, 2, 0]);
  });
});

test("a registry that fails fails the call, with its code", async () => {
  refusal(await fanOut({ kind: "sum" }, { table: "broken" }), 503, "SERVICE_UNAVAILABLE");
  assert.deepEqual((await fanOut({ kind: "sum" }, { table: "unknown" })).json, { data: 0, errors: [], failed: 0, ok: 0 });
});
