import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryOutboxStorage } from "../dist/index.js";
import { batchOf } from "../dist/outbox/replay.js";
import { settle } from "./support/fake-clock.mjs";
import { refused } from "./support/fake-server.mjs";
import { ran, rounds, world, write } from "./support/outbox-world.mjs";
import { seededRandom } from "./support/random.mjs";

test("online, a mutation goes through the queue and returns its value", async () => {
  const { server, tab } = world();
  const client = tab({ shardKey: "room" });
  assert.equal(await client.mutation("w:w", { n: 1n }, { mutationId: "m1" }), 1);
  assert.deepEqual(server.batches[0].calls, [
    { id: 0, functionPath: "w:w", args: { n: ["$lunora.wire$", "bigint", "1"] }, mutationId: "m1", clientId: "tab1", shardKey: "room" },
  ]);
  assert.equal(server.batches[0].headers["x-lunora-mutation-id"], undefined);
  await rounds();
  assert.equal(client.pendingMutations, 0);
  assert.equal(await client.mutation("w:w", { n: 2 }, { queue: false }), 2);
  assert.equal(server.calls.length, 1);
});

test("offline, mutations wait in order and are sent in one batch", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab();
  const counts = [];
  client.onPendingMutations((count) => counts.push(count));
  const writes = [1, 2, 3].map((n) => write(client, n));
  await rounds();
  assert.equal(client.pendingMutations, 3);
  assert.deepEqual(writes.map((w) => "value" in w || "code" in w), [false, false, false]);
  server.online = true;
  await clock.advance(30_000);
  assert.deepEqual(writes.map((w) => w.value), [1, 2, 3]);
  assert.deepEqual(ran(server), [1, 2, 3]);
  assert.deepEqual([counts.at(-1), client.pendingMutations, clock.pending], [0, 0, 0]);
});

test("what a page left behind is sent by the next one, with the identity it was made with", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const before = tab();
  const left = [1, 2].map((n) => write(before, n));
  await rounds();
  before.close();
  await rounds();
  assert.deepEqual(left.map((w) => w.code), ["CLIENT_CLOSED", "CLIENT_CLOSED"]);
  server.online = true;
  const after = tab();
  await rounds();
  await clock.advance(30_000);
  assert.deepEqual(ran(server), [1, 2]);
  assert.deepEqual(server.batches[0].calls.map((call) => call.clientId), ["tab1", "tab1"]);
  assert.equal(after.pendingMutations, 0);
});

test("a lost answer is asked for again, and runs nothing twice", async () => {
  const { clock, server, tab } = world();
  server.loseAnswers = 2;
  const client = tab();
  const writes = [1, 2, 3].map((n) => write(client, n));
  await rounds();
  await clock.advance(30_000);
  assert.deepEqual(writes.map((w) => w.value), [1, 2, 3]);
  assert.deepEqual(ran(server), [1, 2, 3]);
});

test("the queue is bounded, and what has no wire form is refused at once", async () => {
  const { server, tab } = world({ offline: { countMax: 2 } });
  server.online = false;
  const client = tab();
  const writes = [1, 2, 3].map((n) => write(client, n));
  await rounds();
  assert.deepEqual(writes.map((w) => w.code), [undefined, undefined, "OFFLINE_QUEUE_OVERFLOW"]);
  await assert.rejects(client.mutation("w:w", { f: () => 1 }), { code: "OFFLINE_WRITE_UNENCODABLE", origin: "client" });
  assert.equal(client.pendingMutations, 2);
});

test("onQueued tells when a write is safe, and is not called for one that is refused", async () => {
  const { server, tab } = world({ offline: { countMax: 1 } });
  server.online = false;
  const client = tab();
  const safe = [];
  write(client, 1, { onQueued: () => safe.push(1) });
  write(client, 2, { onQueued: () => safe.push(2) });
  await rounds();
  assert.deepEqual(safe, [1]);
});

test("arguments changed after the call do not change the queue", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab();
  const args = { n: 1, list: [1] };
  client.mutation("w:w", args).catch(() => {});
  args.list.push(2);
  args.n = 2;
  await rounds();
  server.online = true;
  await clock.advance(30_000);
  assert.deepEqual(server.log, [{ n: 1, list: [1] }]);
});

test("several tabs: one sends for all, every caller hears, nothing runs twice", async () => {
  const random = seededRandom("tabs");
  for (let round = 0; round < 30; round++) {
    const { clock, server, tab } = world({ random });
    server.online = false;
    const tabs = [tab(), tab(), tab()];
    const writes = Array.from({ length: 12 }, (_, n) => write(tabs[Math.floor(random() * 3)], n));
    await rounds();
    server.online = true;
    server.loseAnswers = Math.floor(random() * 3);
    await clock.advance(120_000);
    assert.deepEqual(ran(server), Array.from({ length: 12 }, (_, n) => n));
    assert.deepEqual(writes.map((w) => w.value), Array.from({ length: 12 }, (_, n) => n + 1));
    assert.deepEqual(tabs.map((client) => client.pendingMutations), [0, 0, 0]);
    assert.equal(clock.pending, 0);
  }
});

test("a random history of faults and reloads loses nothing and doubles nothing", async () => {
  const random = seededRandom("faults");
  for (let round = 0; round < 60; round++) {
    const { clock, server, tab, dropped } = world({ random });
    let client = tab();
    const made = [];
    const faults = [
      () => (server.online = !server.online),
      () => (server.loseAnswers = 1),
      () => (server.slot = () => (random() < 0.3 ? refused("SHARD_UNAVAILABLE", 502) : random() < 0.2 ? null : undefined)),
      () => (server.before = ({ calls }) => (calls.length > 3 ? [413, ""] : random() < 0.2 ? [502, "?"] : undefined)),
      () => { client.close(); client = tab(); },
      () => clock.advance(Math.floor(random() * 3_000)),
    ];
    for (let step = 0; step < 25; step++) {
      if (random() < 0.5) made.push(write(client, made.length));
      else await faults[Math.floor(random() * faults.length)]();
      // A page cannot be gone before its storage has heard of the write.
      await rounds(3);
    }
    Object.assign(server, { online: true, loseAnswers: 0, slot: () => undefined, before: () => undefined });
    await clock.advance(300_000);
    const expected = made.map((w) => w.n);
    assert.deepEqual(ran(server).toSorted((a, b) => a - b), expected, `round ${round}`);
    assert.deepEqual(dropped, []);
    assert.equal(client.pendingMutations, 0);
    client.close();
  }
});

test("closing while a write is being stored rejects it, and nothing is left unhandled", async () => {
  const unhandled = [];
  const listen = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const storage = new MemoryOutboxStorage();
  const append = storage.append.bind(storage);
  storage.append = async (...given) => {
    await rounds(3);
    return append(...given);
  };
  const { tab } = world();
  const client = tab({ offline: { storage } });
  const done = write(client, 1);
  await settle();
  client.close();
  await rounds();
  process.off("unhandledRejection", listen);
  assert.deepEqual([done.code, unhandled], ["CLIENT_CLOSED", []]);
});

test("a storage that fails is reported to the caller", async () => {
  const storage = new MemoryOutboxStorage();
  storage.append = () => Promise.reject(new Error("disk full"));
  const { tab } = world();
  const done = write(tab({ offline: { storage } }), 1);
  await rounds();
  assert.equal(done.code, "OFFLINE_STORAGE_FAILED");
});

test("optimistic updates of queued mutations stay while offline and leave with the write", async () => {
  const { clock, server, tab } = world();
  const { fakeWebSocket } = await import("./support/fake-socket.mjs");
  const network = fakeWebSocket();
  server.online = false;
  const client = tab({ WebSocket: network.FakeSocket });
  const seen = [];
  client.subscribe("w:list", {}, { onData: (rows) => seen.push(rows) });
  await settle();
  await network.last().open();
  await network.last().receive({ type: "data", id: "sub_1", data: [], cursor: 0, epoch: "e" });
  const done = client.mutation("w:w", { n: 1 }, { optimistic: (store) => store.set("w:list", {}, [...store.get("w:list"), 1]) });
  await clock.advance(10_000);
  assert.deepEqual(seen.at(-1), [1]);
  server.online = true;
  await clock.advance(15_000);
  await done;
  await network.last().receive({ type: "data", id: "sub_1", data: [1], cursor: 1, epoch: "e" });
  const told = seen.length;
  await network.last().receive({ type: "data", id: "sub_1", data: ["other"], cursor: 2, epoch: "e" });
  assert.deepEqual([seen.length, seen.at(-1)], [told + 1, ["other"]]);
  client.close();
});

test("a batch ends at 500 calls and before 900 000 bytes", () => {
  const entry = (args, subject) => ({ mutationId: "m", clientId: "c", functionPath: "f:f", wireArgs: args, ...(subject ? { subject } : {}) });
  assert.equal(batchOf(Array(700).fill(entry({}))).length, 500);
  assert.equal(batchOf(Array(10).fill(entry({ text: "ä".repeat(100_000) }))).length, 4);
  assert.equal(batchOf([entry({ text: "x".repeat(2_000_000) }), entry({})]).length, 1, "a giant goes alone");
  assert.equal(batchOf([entry({}, "a"), entry({}, "a"), entry({}, "b")]).length, 2);
  assert.deepEqual(batchOf([]), []);
});
