import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "./support/fake-server.mjs";
import { envelope, ran, rounds, world, write } from "./support/outbox-world.mjs";

const SLOT_RULES = [
  ["an app's refusal", refused("CONFLICT", 409), "refused"],
  ["a coded 500", refused("INTERNAL", 500), "refused"],
  ["an unknown code", refused("MY_APP_CODE", 500), "refused"],
  ["BATCH_ENTRY_FAILED", refused("BATCH_ENTRY_FAILED", 500), "refused"],
  ["a limit without a delay", refused("RATE_LIMITED", 429), "refused"],
  ["SHARD_UNAVAILABLE", refused("SHARD_UNAVAILABLE", 502), "retried"],
  ["SHARD_ERROR", refused("SHARD_ERROR", 503), "retried"],
  ["an error without a code", { status: 500, body: { error: { message: "?" } } }, "retried"],
  ["an error that is no object", { status: 500, body: { error: "?" } }, "retried"],
  ["a failure without an error", { status: 502, body: {} }, "retried"],
  ["a body that is no object", { status: 200, body: "?" }, "retried"],
  ["a missing slot", null, "retried"],
];
for (const [name, slot, expected] of SLOT_RULES) {
  test(`one slot: ${name} is ${expected}, the others are not touched`, async () => {
    const { clock, server, tab } = world();
    let broken = true;
    server.slot = (call) => (call.args.n === 2 && broken ? slot : undefined);
    const client = tab();
    const writes = [1, 2, 3].map((n) => write(client, n));
    await rounds();
    if (expected === "refused") {
      assert.equal(writes[1].code, slot.body.error.code);
    } else {
      assert.equal("code" in writes[1], false);
      assert.equal(client.pendingMutations, 1);
    }
    broken = false;
    await clock.advance(60_000);
    assert.deepEqual(ran(server), expected === "refused" ? [1, 3] : [1, 3, 2]);
    assert.equal(client.pendingMutations, 0);
  });
}

const WHOLE_RULES = [
  ["a coded 500 is final", 500, envelope("INTERNAL"), "refused", 1],
  ["SHARD_UNAVAILABLE is retried", 503, envelope("SHARD_UNAVAILABLE"), "retried", 0],
  ["a 502 page of a proxy is retried", 502, "<html>", "retried", 0],
  ["a 404 without an envelope is retried", 404, "Not found", "retried", 0],
  ["a 200 that is not the protocol's is retried", 200, "[]", "retried", 0],
  ["another identity is final", 409, envelope("IDENTITY_MISMATCH"), "refused", 1],
];
for (const [name, status, body, expected] of WHOLE_RULES) {
  test(`a whole batch: ${name}`, async () => {
    const { clock, server, tab } = world();
    server.before = () => [status, body];
    const client = tab();
    const writes = [1, 2, 3, 4].map((n) => write(client, n));
    await rounds();
    const code = body.error?.code === "IDENTITY_MISMATCH" ? "OFFLINE_IDENTITY_CHANGED" : body.error?.code;
    if (expected === "refused") assert.deepEqual(writes.map((w) => w.code), Array(4).fill(code));
    server.before = () => undefined;
    await clock.advance(60_000);
    assert.deepEqual(ran(server), expected === "refused" ? [] : [1, 2, 3, 4]);
  });
}

test("413 splits a batch in halves, with and without an envelope; alone it is final", async () => {
  for (const body of ["", envelope("PAYLOAD_TOO_LARGE")]) {
    const { clock, server, tab, dropped } = world();
    server.online = false;
    const page = tab();
    for (let n = 1; n <= 8; n++) write(page, n);
    await rounds();
    page.close();
    server.online = true;
    server.before = ({ calls }) => (calls.length > 2 || calls.some((call) => call.args.n === 5) ? [413, body] : undefined);
    tab();
    await rounds(40);
    await clock.advance(60_000);
    assert.deepEqual(ran(server), [1, 2, 3, 4, 6, 7, 8]);
    assert.deepEqual(dropped, [[5, "PAYLOAD_TOO_LARGE"]]);
  }
});

test("a batch refused because of one call loses only that one", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab();
  const writes = [1, 2, 3, 4, 5].map((n) => write(client, n));
  await rounds();
  server.online = true;
  server.before = ({ calls }) => (calls.some((call) => call.args.n === 4) ? [403, envelope("FORBIDDEN_SHARD")] : undefined);
  client.reconnectNow();
  await rounds(40);
  assert.deepEqual(ran(server), [1, 2, 3, 5]);
  assert.deepEqual(writes.map((w) => w.code), [undefined, undefined, undefined, "FORBIDDEN_SHARD", undefined]);
  assert.equal(clock.pending, 0);
});

test("when the first half of a split cannot be sent, the second waits: order is kept", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab();
  for (let n = 1; n <= 4; n++) write(client, n);
  await rounds();
  server.online = true;
  let broken = true;
  server.before = ({ calls }) => (calls.length > 2 ? [413, ""] : broken ? [502, "?"] : undefined);
  client.reconnectNow();
  await rounds(40);
  assert.deepEqual(server.batches.map(({ calls }) => calls.length).slice(-2), [4, 2]);
  broken = false;
  await clock.advance(60_000);
  assert.deepEqual(ran(server), [1, 2, 3, 4]);
});

test("a rate limit with a delay holds the queue for that long, whatever happens meanwhile", async () => {
  for (const code of ["RATE_LIMITED", "TOO_MANY_REQUESTS"]) {
    const { clock, server, tab } = world();
    let limited = true;
    server.slot = () => (limited ? refused(code, 429, { retryAfterMs: 7_000 }) : undefined);
    const client = tab();
    const first = write(client, 1);
    await rounds();
    limited = false;
    write(client, 2);
    client.reconnectNow();
    await clock.advance(6_999);
    assert.deepEqual(ran(server), []);
    await clock.advance(1);
    await rounds();
    assert.deepEqual(ran(server), [1, 2]);
    assert.equal(first.value, 1);
  }
});
