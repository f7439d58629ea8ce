import assert from "node:assert/strict";
import { test } from "node:test";
import { LunoraClient, MemoryOutboxStorage, OutboxMemory } from "../dist/index.js";
import { batchOf } from "../dist/outbox/replay.js";
import { FakeClock, settle } from "./support/fake-clock.mjs";
import { FakeServer, refused } from "./support/fake-server.mjs";
import { seededRandom } from "./support/random.mjs";

/** Clients of one storage, as tabs of one site. `tab()` opens one more. */
function world(options = {}) {
  const clock = new FakeClock();
  const server = new FakeServer();
  const memory = new OutboxMemory();
  const dropped = [];
  let tabs = 0;
  const tab = (own = {}) => {
    const { offline, ...rest } = { ...options, ...own };
    const storage = new MemoryOutboxStorage(memory);
    const onDropped = (mutation, error) => dropped.push([mutation.wireArgs.n, error.code]);
    return new LunoraClient({
      url: "https://app.example",
      fetch: server.fetch,
      clock,
      random: () => 0.5,
      clientId: `tab${++tabs}`,
      offline: { storage, onDropped, ...offline },
      ...rest,
    });
  };
  return { clock, server, memory, dropped, tab };
}

/** Calls `w:w {n}` and records how it ended. */
function write(client, n, options) {
  const ended = { n };
  client.mutation("w:w", { n }, options).then((value) => (ended.value = value), (error) => (ended.code = error.code));
  return ended;
}

const ran = (server) => server.log.map((args) => args.n);
const rounds = async (count = 12) => {
  for (let n = 0; n < count; n++) await settle();
};

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

const envelope = (code, data) => ({ error: { code, message: code, ...(data ? { data } : {}) } });
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

for (const code of ["UNAUTHORIZED", "TOKEN_EXPIRED", "UNAUTHENTICATED"]) {
  test(`${code} holds the queue until there is another token`, async () => {
    const { clock, server, tab } = world();
    server.before = ({ headers }) => (headers.authorization === "Bearer good" ? undefined : [401, envelope(code)]);
    const client = tab({ token: "bad" });
    const writes = [1, 2].map((n) => write(client, n));
    await rounds();
    await clock.advance(600_000);
    assert.equal(server.batches.length, 1, "the same token is not tried again");
    assert.equal(client.pendingMutations, 2);
    write(client, 3);
    await rounds();
    client.setToken("good");
    await rounds();
    assert.deepEqual(ran(server), [1, 2, 3]);
    assert.deepEqual(writes.map((w) => w.value), [1, 2]);
  });
}

test("a token provider is asked again by itself, ever more rarely", async () => {
  const { clock, server, tab } = world();
  let token = "old";
  let asked = 0;
  server.slot = () => (token === "good" ? undefined : refused("TOKEN_EXPIRED", 401));
  const client = tab({ token: () => { asked += 1; return token; } });
  const done = write(client, 1);
  await clock.advance(120_000);
  assert.ok(asked < 20, `asked ${asked} times`);
  assert.equal(server.batches.length, 1);
  token = "good";
  await clock.advance(30_000);
  assert.equal(done.value, 1);
});

test("a provider whose every token is refused does not become a storm", async () => {
  const { clock, server, tab } = world();
  let asked = 0;
  server.before = () => [401, envelope("TOKEN_EXPIRED")];
  const client = tab({ token: () => `t${++asked}` });
  write(client, 1);
  await clock.advance(120_000);
  assert.ok(server.batches.length < 20, `${server.batches.length} batches`);
  client.close();
});

test("a token that arrives while the refusal of the old one is under way is used", async () => {
  const { server, tab } = world();
  let client;
  server.before = ({ headers }) => {
    if (headers.authorization === "Bearer good") return undefined;
    client.setToken("good");
    return [401, envelope("UNAUTHORIZED")];
  };
  client = tab({ token: "bad" });
  const done = write(client, 1);
  await rounds();
  assert.equal(done.value, 1);
});

test("a cookie sign-in while a refusal is under way is not missed", async () => {
  const { server, tab } = world();
  let client;
  let signedIn = false;
  server.before = () => {
    if (signedIn) return undefined;
    signedIn = true;
    client.setToken(null);
    return [401, envelope("UNAUTHENTICATED")];
  };
  client = tab();
  const done = write(client, 1);
  await rounds(20);
  assert.equal(done.value, 1);
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

test("the subject is sent when the app tells it, and entries of two subjects never share a batch", async () => {
  const { clock, server, tab } = world();
  let subject = "ädä";
  server.online = false;
  const client = tab({ offline: { subject: () => subject } });
  write(client, 1);
  await settle();
  subject = null;
  const second = write(client, 2);
  await rounds();
  server.online = true;
  const decode = (text) => JSON.parse(Buffer.from(text, "base64url").toString());
  server.before = ({ headers }) => (decode(headers["x-lunora-expect-subject"]).subject === null ? undefined : [409, envelope("IDENTITY_MISMATCH")]);
  await clock.advance(60_000);
  assert.deepEqual(server.batches.map(({ headers }) => decode(headers["x-lunora-expect-subject"]).subject).slice(-2), ["ädä", null]);
  assert.match(server.batches[0].headers["x-lunora-expect-subject"], /^[A-Za-z0-9_-]+$/);
  assert.deepEqual(ran(server), [2]);
  assert.equal(second.value, 1);
  const plain = world();
  await plain.tab().mutation("w:w", { n: 1 });
  assert.equal("x-lunora-expect-subject" in plain.server.batches[0].headers, false);
});

const jwt = (sub) => `e30.${Buffer.from(JSON.stringify({ iss: "x", sub })).toString("base64url")}.sig`;

test("after setToken of another user, queued mutations of the one before are not sent", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab({ token: jwt("ann") });
  const first = write(client, 1);
  await rounds();
  server.online = true;
  const used = [];
  server.before = ({ headers }) => void used.push(headers.authorization);
  client.setToken(null);
  await clock.advance(60_000);
  assert.deepEqual([used, first.code, client.pendingMutations], [[], undefined, 1]);
  client.setToken(jwt("bob"));
  const second = write(client, 2);
  await rounds();
  await clock.advance(60_000);
  assert.deepEqual([first.code, second.value, ran(server)], ["OFFLINE_IDENTITY_CHANGED", 1, [2]]);
  assert.deepEqual(used, [`Bearer ${jwt("bob")}`]);
});

test("setToken between two sendings of one batch: all of it is sent as who made it", async () => {
  const { server, tab } = world();
  server.online = false;
  const client = tab({ token: jwt("ann") });
  const writes = [1, 2].map((n) => write(client, n));
  await rounds();
  server.online = true;
  const used = [];
  server.before = ({ calls, headers }) => {
    used.push(headers.authorization);
    if (calls.length === 1) return undefined;
    client.setToken(jwt("bob"));
    return [413, ""];
  };
  client.reconnectNow();
  await rounds();
  assert.deepEqual(writes.map((w) => w.value), [1, 2]);
  assert.deepEqual(used, Array(3).fill(`Bearer ${jwt("ann")}`));
});

test("setToken while a provider is asked: what it then gives sends nothing as the next user", async () => {
  const { server, tab } = world();
  let give;
  let asked = 0;
  const client = tab({ token: () => (asked++ === 0 ? jwt("ann") : new Promise((resolve) => (give = resolve))) });
  server.slot = ({ functionPath }) => (functionPath === "q:q" ? refused("TOKEN_EXPIRED", 401) : undefined);
  const used = [];
  server.before = ({ headers }) => void used.push(headers.authorization);
  client.query("q:q").catch(() => {});
  await rounds();
  const done = write(client, 1);
  await rounds();
  client.setToken(jwt("bob"));
  give(jwt("ann"));
  await rounds();
  assert.deepEqual([used, done.value], [[`Bearer ${jwt("ann")}`], 1]);
});

test("another token of the same user sends what was queued", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab({ token: jwt("ann") });
  const write1 = write(client, 1);
  await rounds();
  server.online = true;
  client.setToken(`${jwt("ann")}2`);
  await rounds();
  await clock.advance(60_000);
  assert.equal(write1.value, 1);
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
