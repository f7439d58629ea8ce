// POST /_lunora/rpc-batch (protocol section 5), and whom a replay is meant for.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEFAULT_SHARD, servedWithoutEdge } from "./support/harness.mjs";
import { refusal, unique } from "./support/rpc.mjs";

const app = servedWithoutEdge();
const add = (name, more = {}) => ({ functionPath: "counters:add", args: { name, by: 1 }, ...more });

async function post(body, headers = {}) {
  const response = await app.fetch("/_lunora/rpc-batch", { method: "POST", body: JSON.stringify(body), headers });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}

/** The slots of a batch that has to be answered, by id. */
async function batch(calls, headers) {
  const { status, text, json } = await post({ calls }, headers);
  assert.equal(status, 200, text);
  assert.deepEqual(Object.keys(json), ["results"]);
  for (const slot of json.results) assert.deepEqual(Object.keys(slot).sort(), ["body", "id", "status"]);
  const slots = new Map(json.results.map((slot) => [slot.id, slot]));
  assert.equal(slots.size, json.results.length, "no id is answered twice");
  return slots;
}

describe("a batch", () => {
  test("runs in order, and is found by id or place", async () => {
    const name = unique("order");
    const slots = await batch([add(name, { id: 70 }), add(name), add(name, { id: 5 }), { functionPath: "counters:get", args: { name } }]);
    assert.deepEqual([70, 1, 5, 3].map((id) => slots.get(id).body.result), [1, 2, 3, 3]);
  });

  test("each slot is as if it had come alone", async () => {
    const [name, client, id] = [unique("slots"), unique("client"), unique("m")];
    const slots = await batch([
      add(name, { mutationId: id, clientId: client }),
      add(name, { mutationId: id, clientId: client }),
      { functionPath: "counters:addThenFail", args: { name, by: 1 } },
      { functionPath: "no:such" },
      { functionPath: "system:secretInternal" },
      { functionPath: "counters:add", args: { name, by: "x" } },
      { functionPath: "counters:push", args: { name, by: 1 }, clientId: client, clientSeq: 1 },
      { functionPath: "counters:push", args: { name, by: 1 }, clientId: client, clientSeq: 3 },
      { functionPath: "system:fetchStatus", args: { path: "/_lunora/status" } },
      add(name, { mutationId: 7, clientId: {}, clientSeq: "x" }),
    ]);
    const outcome = (n) => [slots.get(n).status, slots.get(n).body.error?.code ?? slots.get(n).body.result];
    assert.deepEqual(outcome(0), [200, 1]);
    assert.deepEqual(outcome(1), [200, 1]);
    assert.deepEqual(outcome(2), [409, "CONFLICT"]);
    assert.deepEqual(outcome(3), [404, "FUNCTION_NOT_FOUND"]);
    assert.deepEqual(outcome(4), [404, "FUNCTION_NOT_FOUND"]);
    assert.deepEqual(outcome(5), [400, "VALIDATION_ERROR"]);
    assert.deepEqual(slots.get(6).body, { lastMutationId: 1, result: 2 });
    assert.deepEqual(outcome(7), [409, "OUT_OF_ORDER"]);
    assert.deepEqual(outcome(8), [200, 200]);
    assert.deepEqual(slots.get(9).body, { result: 3 });
    assert.ok(Number.isInteger(slots.get(1).body.commitCursor));
  });

  test("500 calls, and not one more", { timeout: 60_000 }, async () => {
    const name = unique("500");
    const calls = Array.from({ length: 500 }, (_, n) => add(name, { mutationId: `m${n}`, clientId: name }));
    const slots = await batch(calls);
    for (let n = 0; n < 500; n++) assert.equal(slots.get(n).body.result, n + 1);
    const again = await batch(calls);
    for (let n = 0; n < 500; n++) assert.equal(again.get(n).body.result, n + 1);
    const error = refusal(await post({ calls: [...calls, add(name)] }), 400, "BAD_REQUEST");
    assert.equal(error.message, "RPC batch exceeds the 500-call limit");
    assert.equal(await app.rpc.call("counters:get", { name }), 500);
  });

  test("none is no call", async () => assert.equal((await batch([])).size, 0));

  test("one frame for a subscriber, or a few: never one that goes back", async () => {
    const name = unique("live");
    const socket = await app.connect();
    const { id } = await socket.subscribe("counters:get", { name });
    await batch(Array.from({ length: 50 }, () => add(name)));
    const last = await socket.frame((frame) => frame.id === id && frame.data === 50);
    const cursors = socket.of(id).slice(1).map((frame) => frame.cursor);
    assert.deepEqual(cursors, cursors.toSorted((a, b) => a - b));
    assert.equal(last.type, "data");
  });

  const malformed = {
    "no object": 7,
    "no calls": {},
    "calls that are no array": { calls: {} },
    "a call that is no object": { calls: ["x"] },
    "a call without a path": { calls: [{ args: {} }] },
    "args that are no object": { calls: [{ functionPath: "system:ping", args: [] }] },
  };
  for (const [what, body] of Object.entries(malformed)) {
    test(`refused whole: ${what}`, async () => refusal(await post(body), 400, "BAD_REQUEST"));
  }

  test("refused whole: the system's own functions, a shard that may not be reached", async () => {
    const name = unique("whole");
    for (const functionPath of ["__lunora_admin__:tables", "__lunora_admin__tables", "__lunora_relation__:x"]) {
      refusal(await post({ calls: [add(name), { functionPath }] }), 403, "FORBIDDEN");
    }
    refusal(await post({ calls: [add(name), add(name, { shardKey: "private-other" })] }), 403, "FORBIDDEN_SHARD");
    assert.equal(await app.rpc.call("counters:get", { name }), 0);
    const named = await batch([add(name, { shardKey: DEFAULT_SHARD }), add(name, { shardKey: 7 })]);
    assert.deepEqual([0, 1].map((id) => named.get(id).body.result), [1, 2]);
  });

  test("a verb that is none of its", async () => {
    const response = await app.fetch("/_lunora/rpc-batch");
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "POST");
  });
});

describe("x-lunora-expect-subject", () => {
  const expect = (subject) => ({ "x-lunora-expect-subject": Buffer.from(JSON.stringify({ subject })).toString("base64url") });

  test("nobody expected, nobody there", async () => {
    const name = unique("subject");
    assert.equal((await app.rpc.send("counters:add", { name, by: 1 }, expect(null))).json.result, 1);
    assert.equal((await batch([add(name)], expect(null))).get(0).body.result, 2);
  });

  test("somebody expected, nobody there: refused before any shard", async () => {
    const name = unique("subject");
    refusal(await app.rpc.send("counters:add", { name, by: 1 }, expect("ann")), 409, "IDENTITY_MISMATCH");
    refusal(await post({ calls: [add(name)] }, expect("ann")), 409, "IDENTITY_MISMATCH");
    assert.equal(await app.rpc.call("counters:get", { name }), 0);
  });

  for (const header of ["", "%%%", "bm8ganNvbg", Buffer.from("{}").toString("base64url"), Buffer.from('{"subject":7}').toString("base64url")]) {
    test(`unreadable: ${JSON.stringify(header)}`, async () => {
      const headers = { "x-lunora-expect-subject": header };
      refusal(await app.rpc.send("system:ping", {}, headers), 400, "BAD_REQUEST");
      refusal(await post({ calls: [{ functionPath: "system:ping" }] }, headers), 400, "BAD_REQUEST");
    });
  }
});
