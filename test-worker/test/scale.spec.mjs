// Scale: slow readers, large results, thousands of sockets, waking with all of them, and a log that forgets. The proxy
// of wrangler's harness spends four file descriptors on a socket; more sockets are opened in many-sockets.spec.mjs.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { openCounted } from "./support/counted-socket.mjs";
import { servedApp } from "./support/harness.mjs";
import { LiveModel } from "./support/live-model.mjs";
import { unique } from "./support/rpc.mjs";

const app = servedApp();
const call = (path, args) => app.rpc.call(path, args);
const subscribe = (id, functionPath, args) => JSON.stringify({ type: "subscribe", id, query: { functionPath, args } });
const port = () => Number(new URL(app.url).port);

/** Fills a channel with rows of that many characters, 250 to a call of at most a MiB. */
async function fill(channel, rows, body) {
  const step = Math.max(1, Math.floor(900_000 / (Buffer.byteLength(body) + 3)));
  for (let sent = 0; sent < rows; sent += step) {
    const bodies = Array(Math.min(step, rows - sent)).fill(body);
    await call("messages:sendMany", { channel, author: "ada", bodies });
  }
}

describe("a client that stops reading", () => {
  test("is closed with 4008 once 8 MiB wait; 100 others get every delta", { timeout: 120_000 }, async (t) => {
    const channel = unique("slow");
    await fill(channel, 200, "x".repeat(4000));
    const others = [];
    for (let n = 0; n < 100; n++) {
      const socket = await app.connect({ pageDelta: true });
      const { id } = await socket.subscribe("messages:list", { channel, limit: 5 });
      others.push(new LiveModel(socket, id));
    }
    const slow = await StoppedReader.open(port(), subscribe("slow", "messages:list", { channel, limit: 200 }));
    t.after(() => slow.destroy());
    const watchers = () => app.sql(
      'SELECT count(*) AS n FROM "__lunora_subscription" s JOIN "__lunora_live_query" q ON q.number = s.query WHERE q.args LIKE ?',
      `%${channel}%200%`,
    );
    assert.equal((await watchers())[0].n, 1);

    // 48 MB for who reads it all.
    let writesUntilClosed = 0;
    for (let n = 1; n <= 60; n++) {
      await call("messages:send", { channel, author: "ada", body: `message ${n}` });
      if (writesUntilClosed === 0 && n % 5 === 0 && (await watchers())[0].n === 0) writesUntilClosed = n;
    }
    assert.ok(writesUntilClosed > 0, "it is forgotten while it still does not read");
    for (const { socket, id } of others) await socket.until(() => socket.of(id).length >= 62, "60 updates");
    const rows = await call("messages:list", { channel, limit: 5 });
    for (const model of others) {
      assert.deepEqual(model.now(), rows);
      assert.ok(model.socket.of(model.id).slice(3).every(({ type }) => type === "delta"), "deltas, not whole results");
    }

    const { bytes, code, reason } = await slow.readOn();
    assert.deepEqual([code, reason], [4008, "slow_consumer"]);
    console.log(`# closed after ${writesUntilClosed} writes; ${(bytes / 1e6).toFixed(1)} of 48 MB had been queued`);
    assert.ok(bytes < 30e6, `${bytes} bytes were kept for it`);

    // It comes back as after any close.
    const again = await app.connect();
    assert.deepEqual((await again.subscribe("messages:list", { channel, limit: 5 })).first.data, rows);
  });
});

describe("large results", () => {
  for (const [what, rows, body] of [["2 MB", 500, "x".repeat(4000)], ["12 MB of UTF-8", 1000, "€".repeat(4000)]]) {
    test(`${what} arrive whole: at first, after sleep, and as a delta`, { timeout: 120_000 }, async () => {
      const channel = unique("large");
      await fill(channel, rows, body);
      const args = { channel, cursor: null, numItems: 1000 };
      const whole = await call("messages:page", args);
      assert.equal(whole.page.length, rows);
      const [plain, merging] = [await app.connect(), await app.connect({ pageDelta: true })];
      const models = [];
      for (const socket of [plain, merging]) {
        const { id, first } = await socket.subscribe("messages:page", args);
        assert.deepEqual(first.data, whole);
        models.push(new LiveModel(socket, id));
      }
      const oldest = whole.page.at(-1)._id;
      await call("messages:edit", { id: oldest, body: "one" });
      assert.equal((await merging.count(models[1].id, 3))[2].type, "delta");
      assert.equal((await plain.count(models[0].id, 3))[2].data.page.at(-1).body, "one");
      await app.evict("hibernate");
      await call("messages:edit", { id: oldest, body: "two" });
      const now = await call("messages:page", args);
      for (const model of models) {
        await model.socket.count(model.id, 4);
        assert.deepEqual(model.now(), now);
      }
    });
  }
});

describe("thousands of sockets", () => {
  const SOCKETS = 2000;
  const GROUPS = 100;

  test(`${SOCKETS} sockets on one shard: a write after sleep reaches exactly those it is for`, { timeout: 600_000 }, async (t) => {
    const name = unique("group");
    const started = Date.now();
    const sockets = await openCounted(t, port(), SOCKETS, (n) => [subscribe("own", "counters:get", { name: `${name}-${n % GROUPS}` })]);
    console.log(`# ${SOCKETS} sockets with a subscription each in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    const inGroup = (group) => sockets.filter((_, n) => n % GROUPS === group);

    for (const [round, group] of [[1, 7], [2, 42]]) {
      await app.evict("hibernate");
      const before = Date.now();
      await call("counters:add", { name: `${name}-${group}`, by: round });
      const answeredMs = Date.now() - before;
      await Promise.all(inGroup(group).map((socket) => socket.reached(`"data":${round},`)));
      console.log(`# woken: answered in ${answeredMs} ms, told ${inGroup(group).length} in ${Date.now() - before} ms`);
      assert.ok(answeredMs < 2000, `answered after ${answeredMs} ms`);
    }
    for (const [n, socket] of sockets.entries()) {
      assert.equal(socket.frames, [7, 42].includes(n % GROUPS) ? 3 : 2, `socket ${n}`);
    }
    for (const socket of sockets) socket.close();
    const left = () => app.sql('SELECT count(*) AS n FROM "__lunora_live_query" WHERE args LIKE ?', `%${name}%`);
    for (let turn = 0; (await left())[0].n > 0; turn++) {
      assert.ok(turn < 300, "closed sockets leave nothing behind");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  test("8 sockets with 1,000 subscriptions each", { timeout: 300_000 }, async (t) => {
    const name = unique("wide");
    const sockets = await openCounted(t, port(), 8, () =>
      Array.from({ length: 1000 }, (_, n) => subscribe(`s${n}`, "counters:get", { name: `${name}-${n}` })));
    await app.evict("hibernate");
    await call("counters:add", { name: `${name}-999`, by: 1 });
    await Promise.all(sockets.map((socket) => socket.reached('"data":1,')));
    for (const socket of sockets) {
      assert.equal(socket.frames, 2001);
      socket.close();
    }
  });
});

describe("the log forgets", () => {
  const logged = async () => (await app.sql('SELECT count(*) AS n, min(seq) AS floor, max(seq) AS head FROM "__lunora_oplog"'))[0];

  test("by age: the cursor goes on, and a client that comes back too late gets the data", async () => {
    const channel = unique("age");
    const socket = await app.connect();
    await call("messages:send", { channel, author: "a", body: "1" });
    const { first } = await socket.subscribe("messages:list", { channel });
    const late = { sinceSeq: first.cursor, sinceEpoch: first.epoch };
    for (let n = 0; n < 5; n++) await call("counters:add", { name: channel, by: 1 });
    assert.equal((await socket.subscribe("messages:list", { channel }, late)).first.type, "resume");

    await app.sql('UPDATE "__lunora_oplog" SET ts = ts - 691200000');
    await app.evict("hibernate");
    await call("counters:add", { name: channel, by: 1 });
    const after = await until(logged, ({ n }) => n === 1);
    assert.equal(after.head, first.cursor + 6);
    const missed = await socket.subscribe("messages:list", { channel }, late);
    assert.equal(missed.first.type, "data");
    assert.equal(missed.first.cursor, after.head);
    assert.equal(missed.first.epoch, first.epoch, "it is the same timeline");
    const recent = { sinceSeq: after.head, sinceEpoch: first.epoch };
    await app.evict("hibernate");
    assert.equal((await socket.subscribe("messages:list", { channel }, recent)).first.type, "resume");
    await call("counters:add", { name: channel, by: 1 });
    assert.equal((await logged()).head, after.head + 1);
  });

  test("by rows: 100,000 stay, the rest goes a few with every write", { timeout: 60_000 }, async () => {
    const { head } = await logged();
    await app.evict("hibernate");
    await app.sql(
      'INSERT INTO "__lunora_oplog" WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)' +
        ' SELECT i, 9e12, \'counters\', \'x\', \'update\', \'{"_id":"x","_creationTime":1}\' FROM n',
      head + 1, head + 105_000,
    );
    await app.evict("hibernate");
    const socket = await app.connect();
    const { id } = await socket.subscribe("counters:get", { name: "rows" });
    for (let n = 1; n <= 4; n++) {
      await call("counters:add", { name: "rows", by: 1 });
      const frame = (await socket.count(id, 2 + n)).at(-1);
      assert.deepEqual([frame.data, frame.cursor], [n, head + 105_000 + n]);
    }
    const left = await until(logged, ({ n }) => n <= 100_004);
    assert.equal(left.head - left.floor + 1, left.n, "only the tail is gone");
    assert.ok(left.n >= 100_000);
    await app.sql('DELETE FROM "__lunora_oplog" WHERE seq < ?', left.head);
  });
});

async function until(ask, check) {
  for (let turn = 0; ; turn++) {
    const answer = await ask();
    if (check(answer)) return answer;
    assert.ok(turn < 100, JSON.stringify(answer));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A client that subscribes and then takes nothing from its TCP connection until it is told to. */
class StoppedReader {
  #socket;

  static async open(port, frame) {
    const reader = new StoppedReader();
    const socket = connect({ port, host: "127.0.0.1" });
    reader.#socket = socket;
    socket.write(
      "GET /_lunora/ws HTTP/1.1\r\nhost: 127.0.0.1\r\nupgrade: websocket\r\nconnection: Upgrade\r\n" +
        "sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    );
    const payload = Buffer.from(frame);
    const head = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
    socket.write(Buffer.concat([head, payload]));
    // The first result: from then on it is subscribed.
    let seen = "";
    while (!seen.includes('"type":"data"')) {
      const chunk = socket.read() ?? (await new Promise((resolve) => socket.once("readable", () => resolve(socket.read()))));
      seen += chunk?.toString("latin1") ?? "";
    }
    return reader;
  }

  destroy() {
    this.#socket.destroy();
  }

  /** Reads to the end: how many bytes had waited, and with what the connection was closed. */
  readOn() {
    return new Promise((resolve, reject) => {
      let bytes = 0;
      let tail = Buffer.alloc(0);
      const timer = setTimeout(() => reject(new Error(`no close after ${bytes} bytes`)), 20_000);
      this.#socket.on("data", (chunk) => {
        bytes += chunk.length;
        tail = Buffer.concat([tail, chunk]).subarray(-64);
        const at = tail.indexOf("slow_consumer");
        if (at < 0) return;
        clearTimeout(timer);
        this.#socket.destroy();
        resolve({ bytes, code: tail.readUInt16BE(at - 2), reason: tail.subarray(at).toString() });
      });
    });
  }
}
