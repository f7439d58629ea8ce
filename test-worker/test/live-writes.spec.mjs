// What a write tells the sockets (protocol section 7): deltas, the data or that all is settled, to the affected ones only.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { LiveModel } from "./support/live-model.mjs";
import { after, assertFrame } from "./support/live-socket.mjs";
import { messagesOf } from "./support/messages.mjs";
import { seededRandom } from "./support/random.mjs";
import { unique } from "./support/rpc.mjs";

const TAG = "$lunora.wire$";
const app = servedApp();
const call = (path, args, headers) => app.rpc.call(path, args, headers);
const { send, filled } = messagesOf(app);
const list = (channel, limit) => ({ channel, ...(limit && { limit }) });

describe("after a write", () => {
  test("a socket that merges deltas gets one, others the data", async () => {
    const channel = unique("delta");
    const ids = await filled(channel, 20);
    const [merging, plain] = [await app.connect({ pageDelta: true }), await app.connect()];
    const one = await merging.subscribe("messages:list", list(channel));
    const other = await plain.subscribe("messages:list", list(channel));

    const id = await send(channel, "the new one");
    const delta = (await merging.count(one.id, 3))[2];
    assertFrame(delta, "delta", ["id", "delta", "cursor", "epoch"]);
    const row = await call("messages:get", { id });
    assert.deepEqual(delta.delta, { key: id, op: "insert", row, table: "messages" });
    const data = (await plain.count(other.id, 3))[2];
    assertFrame(data, "data", ["id", "data", "cursor", "epoch"]);
    assert.deepEqual(data.data, await call("messages:list", { channel }));
    assert.deepEqual([data.cursor, data.epoch], [delta.cursor, delta.epoch]);

    await call("messages:edit", { id: ids[3], body: "changed" });
    const update = (await merging.count(one.id, 4))[3];
    assert.deepEqual(update.delta, { key: ids[3], op: "update", row: await call("messages:get", { id: ids[3] }), table: "messages" });

    await call("messages:remove", { id: ids[5] });
    const removal = (await merging.count(one.id, 5))[4];
    assert.deepEqual(removal.delta, { key: ids[5], op: "delete", table: "messages" });
    assert.ok(removal.cursor > update.cursor && update.cursor > delta.cursor);
  });

  test("a page is merged as a list is", async () => {
    const channel = unique("page");
    const ids = await filled(channel, 30);
    const socket = await app.connect({ pageDelta: true });
    const { id } = await socket.subscribe("messages:page", { channel, cursor: null, numItems: 20 });
    await call("messages:edit", { id: ids[1], body: "x" });
    const delta = (await socket.count(id, 3))[2];
    assert.equal(delta.type, "delta");
    assert.equal(delta.delta.key, ids[1]);
    // The page's cursor moves with its last row: that no delta can say.
    await send(channel);
    assert.equal((await socket.count(id, 4))[3].type, "data");
  });

  test("in a run of deltas only the last has the place", async () => {
    const channel = unique("run");
    const ids = await filled(channel, 12);
    const socket = await app.connect({ pageDelta: true });
    const { id } = await socket.subscribe("messages:list", list(channel, 10));
    await send(channel);
    const [, , out, into] = await socket.count(id, 4);
    assertFrame(out, "delta", ["id", "delta"]);
    assert.equal(out.delta.op, "delete");
    assert.equal(out.delta.key, ids[9]);
    assertFrame(into, "delta", ["id", "delta", "cursor", "epoch"]);
    assert.equal(into.delta.op, "insert");
  });

  test("a delta is sent only if it is shorter than the data", async () => {
    const socket = await app.connect({ pageDelta: true });
    const channel = unique("short");
    const { id } = await socket.subscribe("messages:list", list(channel));
    const kinds = new Set();
    for (let n = 1; n <= 6; n++) {
      const body = n === 4 ? "x".repeat(300) : "b";
      const frame = await after(socket, id, n + 2, send(channel, body));
      const rows = await call("messages:list", { channel });
      const { cursor, epoch } = frame;
      const data = { type: "data", id, data: rows, cursor, epoch };
      const delta = { type: "delta", id, delta: { key: rows[0]._id, op: "insert", row: rows[0], table: "messages" }, cursor, epoch };
      const shorter = JSON.stringify(delta).length < JSON.stringify(data).length;
      kinds.add(frame.type);
      // Rows of equal length on both sides and a list of one to two: also whether a client would place it right.
      if (n > 2) assert.equal(frame.type, shorter ? "delta" : "data", `message ${n}`);
      else if (!shorter) assert.equal(frame.type, "data", `message ${n}`);
    }
    assert.equal(kinds.size, 2);
  });

  test("an edit that changes nothing settles", async () => {
    const channel = unique("settle");
    const [id] = await filled(channel, 3);
    for (const pageDelta of [true, false]) {
      const socket = await app.connect({ pageDelta });
      const { id: sub, first } = await socket.subscribe("messages:list", list(channel));
      const { json } = await app.rpc.send("messages:edit", { id, body: "message 3" }, { "x-lunora-mutation-id": "x" });
      const settled = (await socket.count(sub, 3))[2];
      assertFrame(settled, "settled", ["id", "cursor", "epoch"]);
      assert.equal(settled.cursor, first.cursor + 1, "such an edit is a write");
      assert.equal(settled.cursor, json.commitCursor);
      socket.close();
    }
  });

  test("exactly the affected subscriptions get a frame", async () => {
    const [channel, other] = [unique("hit"), unique("miss")];
    const ids = await filled(channel, 5);
    const [otherId] = await filled(other, 1);
    const name = unique("name");
    const socket = await app.connect({ pageDelta: true });
    const sub = async (path, args) => (await socket.subscribe(path, args)).id;
    const watching = {
      list: await sub("messages:list", { channel }),
      same: await sub("messages:list", { channel }),
      newest: await sub("messages:list", { channel, limit: 1 }),
      page: await sub("messages:page", { channel, cursor: null, numItems: 2 }),
      first: await sub("messages:get", { id: ids[0] }),
      last: await sub("messages:get", { id: ids[4] }),
      none: await sub("messages:get", { id: "no-such-id" }),
      other: await sub("messages:list", { channel: other }),
      counter: await sub("counters:get", { name }),
      counters: await sub("counters:get", { name: `${name}x` }),
      ping: await sub("system:ping", {}),
    };
    const told = async (write) => {
      const before = Object.fromEntries(Object.entries(watching).map(([key, id]) => [key, socket.of(id).length]));
      await write();
      await socket.settle(app.rpc);
      return Object.entries(watching).flatMap(([key, id]) => (socket.of(id).length > before[key] ? [key] : [])).sort();
    };
    const edit = (id) => call("messages:edit", { id, body: unique("body") });
    assert.deepEqual(await told(() => edit(ids[4])), ["last", "list", "same"]);
    assert.deepEqual(await told(() => edit(ids[0])), ["first", "list", "newest", "page", "same"]);
    assert.deepEqual(await told(() => edit(ids[1])), ["list", "page", "same"]);
    assert.deepEqual(await told(() => edit(otherId)), ["other"]);
    assert.deepEqual(await told(() => send(other)), ["other"]);
    assert.deepEqual(await told(() => call("counters:add", { name, by: 1 })), ["counter"]);
    assert.deepEqual(await told(() => call("counters:add", { name: `${name}x`, by: 1 })), ["counters"]);
    assert.deepEqual(await told(() => call("counters:add", { name: `${name}y`, by: 1 })), []);
    assert.deepEqual(await told(() => app.rpc.fails(409, "CONFLICT", "counters:addThenFail", { name, by: 1 })), []);
    assert.deepEqual(await told(() => app.rpc.fails(404, "NOT_FOUND", "messages:remove", { id: "no-such-id" })), []);
    assert.deepEqual(await told(() => call("messages:remove", { id: ids[4] })), ["last", "list", "same"]);
    assert.deepEqual(await told(() => send(channel)), ["list", "newest", "page", "same"]);
    assert.deepEqual(await told(() => call("ledger:add", { amount: [TAG, "bigint", "1"] })), []);
  });

  test("one write is one frame to each, however often the query is asked for", async () => {
    const channel = unique("once");
    const sockets = await Promise.all(Array.from({ length: 12 }, (_, n) => app.connect({ pageDelta: n % 2 === 0 })));
    const subs = await Promise.all(sockets.flatMap((socket) => [1, 2].map(async () => ({ socket, id: (await socket.subscribe("messages:list", list(channel))).id }))));
    await send(channel);
    for (const { socket, id } of subs) await socket.count(id, 3);
    await sockets[0].settle(app.rpc);
    for (const { socket, id } of subs) assert.equal(socket.of(id).length, 3);
  });

  test("a frame's cursor is not before the commit it shows", async () => {
    const channel = unique("commit");
    const socket = await app.connect();
    const { id } = await socket.subscribe("messages:list", list(channel));
    for (let n = 0; n < 5; n++) {
      const { json } = await app.rpc.send("messages:send", { channel, author: "a", body: `${n}` }, { "x-lunora-mutation-id": `${n}` });
      const shows = await socket.frame((frame) => frame.id === id && frame.data?.[0]?.body === `${n}`);
      assert.ok(shows.cursor >= json.commitCursor);
    }
  });

  test("a burst ends in the last state", async () => {
    const name = unique("burst");
    const socket = await app.connect();
    const { id } = await socket.subscribe("counters:get", { name });
    await Promise.all(Array.from({ length: 100 }, () => call("counters:add", { name, by: 1 })));
    await socket.settle(app.rpc);
    const values = socket.of(id).slice(1).map((frame) => frame.data);
    assert.equal(values.at(-1), 100);
    assert.deepEqual(values, values.toSorted((a, b) => a - b));
  });
});

describe("clients that merge what comes always have what a fresh query gives", () => {
  for (const round of [1, 2, 3]) {
    test(`random round ${round}`, { timeout: 120_000 }, async () => {
      const random = seededRandom(`live round ${round}`);
      const channels = [unique("rnd"), unique("rnd")];
      const ids = [];
      for (const channel of channels) ids.push(...(await filled(channel, random.below(12))));
      const sockets = await Promise.all(Array.from({ length: 5 }, (_, n) => app.connect({ pageDelta: n % 3 !== 2 })));
      const models = [];
      const join = async () => {
        const channel = random.pick(channels);
        const [path, args] = random.pick([
          ["messages:list", { channel }],
          ["messages:list", { channel, limit: 1 + random.below(8) }],
          ["messages:page", { channel, cursor: null, numItems: 1 + random.below(8) }],
        ]);
        const socket = random.pick(sockets);
        const { id } = await socket.subscribe(path, args);
        models.push({ path, args, socket, model: new LiveModel(socket, id) });
      };
      for (let i = 0; i < 10; i++) await join();

      const act = async () => {
        const kind = random.below(10);
        if (kind < 4) ids.push(await send(random.pick(channels), "b".repeat(1 + random.below(200))));
        else if (kind < 6 && ids.length > 0) await app.rpc.send("messages:edit", { id: random.pick(ids), body: "e".repeat(1 + random.below(3)) });
        else if (kind < 8 && ids.length > 0) await app.rpc.send("messages:remove", { id: random.pick(ids) });
        else if (kind === 8) await join();
        else if (models.length > 5) {
          const [{ socket, model }] = models.splice(random.below(models.length), 1);
          await socket.unsubscribe(model.id);
        }
      };
      for (let batch = 0; batch < 8; batch++) {
        const together = random.below(2) === 0;
        const acts = Array.from({ length: 12 }, () => () => act());
        if (together) await Promise.all(acts.map((each) => each()));
        else for (const each of acts) await each();
        if (random.below(4) === 0) await app.evict("hibernate");
        for (const socket of sockets) await socket.settle(app.rpc);
        for (const { path, args, model } of models) {
          assert.deepEqual(model.now(), await call(path, args), `batch ${batch}: ${path} ${JSON.stringify(args)}`);
        }
      }
    });
  }
});
