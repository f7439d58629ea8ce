// Live queries over the socket (protocol sections 6 and 7).
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { LiveModel } from "./support/live-model.mjs";
import { seededRandom } from "./support/random.mjs";
import { unique } from "./support/rpc.mjs";

const TAG = "$lunora.wire$";
const app = servedApp();
const call = (path, args, headers) => app.rpc.call(path, args, headers);
const send = (channel, body = "hi") => call("messages:send", { channel, author: "ada", body });
const list = (channel, limit) => ({ channel, ...(limit && { limit }) });
const after = async (socket, id, n, write) => {
  await write;
  return (await socket.count(id, n))[n - 1];
};

async function filled(channel, n) {
  const ids = [];
  for (let i = 1; i <= n; i++) ids.unshift(await send(channel, `message ${i}`));
  return ids;
}

/** A frame with this type and exactly these fields. */
function assertFrame(frame, type, fields) {
  assert.equal(frame.type, type, JSON.stringify(frame).slice(0, 500));
  assert.deepEqual(Object.keys(frame).sort(), ["type", ...fields].sort());
}

describe("subscribe", () => {
  test("an ack, then the data with a place in the log", async () => {
    const channel = unique("sub");
    await filled(channel, 2);
    const socket = await app.connect();
    const { id, first } = await socket.subscribe("messages:list", list(channel));
    assertFrame(first, "data", ["id", "data", "cursor", "epoch"]);
    assert.deepEqual(first.data, await call("messages:list", { channel }));
    assert.ok(Number.isInteger(first.cursor) && first.cursor >= 2);
    assert.ok(first.epoch.length > 8);
    assert.equal(socket.of(id).length, 2);
  });

  test("args may be left out, and table and surplus fields do not matter", async () => {
    const socket = await app.connect();
    const id = socket.newId();
    socket.send({ type: "subscribe", id, surplus: 1, query: { functionPath: "system:ping", table: "x", y: [] } });
    const [, data] = await socket.count(id, 2);
    assert.equal(data.data, "pong");
  });

  test("a socket that says no connect is served too, without deltas", async () => {
    const channel = unique("mute");
    await filled(channel, 20);
    const socket = await app.connect({ announce: false });
    const { id } = await socket.subscribe("messages:list", list(channel));
    assertFrame(await after(socket, id, 3, send(channel)), "data", ["id", "data", "cursor", "epoch"]);
  });

  test("only the first connect counts", async () => {
    const channel = unique("twice");
    await filled(channel, 20);
    const socket = await app.connect({ pageDelta: false });
    socket.send({ type: "connect", id: "connect", caps: ["pageDelta"] });
    const { id } = await socket.subscribe("messages:list", list(channel));
    assert.equal((await after(socket, id, 3, send(channel))).type, "data");
  });

  test("an id used again is the new subscription", async () => {
    const [one, two] = [unique("one"), unique("two")];
    const socket = await app.connect();
    socket.send({ type: "subscribe", id: "again", query: { functionPath: "messages:list", args: { channel: one } } });
    socket.send({ type: "subscribe", id: "again", query: { functionPath: "messages:list", args: { channel: two } } });
    await socket.count("again", 4);
    await send(one);
    await send(two);
    await socket.settle(app.rpc);
    const frames = socket.of("again").slice(4);
    assert.equal(frames.length, 1);
    assert.equal(frames[0].data[0].channel, two);
  });

  test("odd ids", async () => {
    const socket = await app.connect();
    const name = unique("odd");
    const ids = ["__proto__", "constructor", "", "💥", "\ud800", "'; DROP TABLE messages; --", "x".repeat(65_536), "\u0000"];
    for (const id of ids) {
      socket.send({ type: "subscribe", id, query: { functionPath: "counters:get", args: { name } } });
      const [ack, data] = await socket.count(id, 2);
      assert.deepEqual(ack, { id, type: "ack" });
      assert.equal(data.data, 0);
    }
    await call("counters:add", { name, by: 1 });
    for (const id of ids) assert.equal((await socket.count(id, 3))[2].data, 1);
    for (const id of ids) await socket.unsubscribe(id);
  });

  test("1,100 subscriptions on one socket", async () => {
    const socket = await app.connect();
    const name = unique("many");
    for (let i = 0; i < 1100; i++) {
      socket.send({ type: "subscribe", id: `many_${i}`, query: { functionPath: "counters:get", args: { name: `${name}${i % 200}` } } });
    }
    await socket.count("many_1099", 2);
    for (let i = 0; i < 1100; i++) assert.equal(socket.of(`many_${i}`)[1].data, 0);
    await call("counters:add", { name: `${name}7`, by: 4 });
    await socket.count("many_1007", 3);
    await socket.settle(app.rpc);
    for (let i = 0; i < 1100; i++) assert.equal(socket.of(`many_${i}`).length, i % 200 === 7 ? 3 : 2, `many_${i}`);
    socket.close();
  });
});

describe("refusals", () => {
  const refused = async (query, code, acked = true) => {
    const socket = await app.connect();
    const watched = unique("watched");
    const other = await socket.subscribe("counters:get", { name: watched });
    const id = socket.newId();
    socket.send({ type: "subscribe", id, query });
    const frames = await socket.count(id, acked ? 2 : 1);
    if (acked) assert.deepEqual(frames[0], { id, type: "ack" });
    const error = frames[acked ? 1 : 0];
    assert.equal(error.type, "error");
    assert.equal(error.error.code, code, JSON.stringify(error));
    assert.equal(error.code, code);
    assert.ok(error.error.message.length > 0);
    // It ends only itself, and it did end.
    assert.equal((await after(socket, other.id, 3, call("counters:add", { name: watched, by: 1 }))).data, 1);
    await socket.settle(app.rpc);
    assert.equal(socket.of(id).length, frames.length);
    socket.close();
  };

  test("an unknown function", () => refused({ functionPath: "no:such" }, "FUNCTION_NOT_FOUND"));
  test("an internal one", () => refused({ functionPath: "system:secretInternal" }, "FUNCTION_NOT_FOUND"));
  test("a mutation", () => refused({ functionPath: "counters:add", args: { name: "live", by: 1 } }, "FUNCTION_NOT_FOUND"));
  test("an action", () => refused({ functionPath: "system:fetchStatus", args: { path: "/" } }, "FUNCTION_NOT_FOUND"));
  test("__proto__", () => refused({ functionPath: "__proto__" }, "FUNCTION_NOT_FOUND"));
  test("SQL", () => refused({ functionPath: "'; DROP TABLE messages; --" }, "FUNCTION_NOT_FOUND"));
  test("args the query refuses", () => refused({ functionPath: "messages:list", args: { channel: "x", limit: 0 } }, "VALIDATION_ERROR"));
  test("a cursor the query refuses", () =>
    refused({ functionPath: "messages:page", args: { channel: "x", cursor: "garbage", numItems: 2 } }, "BAD_REQUEST"));
  test("args that are no wire values", () =>
    refused({ functionPath: "messages:list", args: { channel: [TAG, "bigint", "x"] } }, "BAD_SUBSCRIPTION_ARGS", false));

  test("the mutation was not run", async () => assert.equal(await call("counters:get", { name: "live" }), 0));

  test("admin queries", async () => {
    const socket = await app.connect();
    socket.send({ type: "subscribe", id: "a", query: { functionPath: "__lunora_admin__:listTables" } });
    assert.equal((await socket.frame((frame) => frame.id === "a" && frame.type === "error")).id, "a");
  });
});

describe("frames that are no good", () => {
  const INVALID = ["", "x", "{", "{]", "lunora-pin", '{"type":"subscribe"', "[".repeat(100_000), '{"a":'.repeat(100_000), "NaN"];
  for (const text of INVALID) {
    test(`invalid: ${text.slice(0, 20)}`, async () => {
      const socket = await app.connect();
      socket.sendRaw(text);
      assert.deepEqual(await socket.frame(() => true), { message: "invalid envelope", type: "error" });
      assert.equal((await socket.subscribe("system:ping")).first.data, "pong");
    });
  }

  test("of a MiB, and one unit more", async () => {
    const socket = await app.connect();
    const frame = (units) => {
      const empty = '{"type":"subscribe","id":"big","query":{"functionPath":"system:echo","args":{"value":""}}}';
      return empty.replace('""', JSON.stringify("x".repeat(units - empty.length)));
    };
    socket.sendRaw(frame(1_048_577));
    assert.deepEqual(await socket.frame(() => true), { message: "frame too large", type: "error" });
    socket.sendRaw(frame(1_048_576));
    const [, data] = await socket.count("big", 2);
    assert.ok(data.data.length > 1_048_000, JSON.stringify(data).slice(0, 200));
    socket.close();
  });

  test("bytes are read as UTF-8", async () => {
    const socket = await app.connect();
    socket.sendRaw(new TextEncoder().encode(JSON.stringify({ type: "subscribe", id: "ü", query: { functionPath: "system:ping" } })));
    assert.equal((await socket.count("ü", 2))[1].data, "pong");
    const large = new TextEncoder().encode(`{"type":"ping","text":"${"€".repeat(349_600)}"}`);
    assert.ok(large.length > 1_048_576 && large.length / 3 < 1_048_576);
    socket.sendRaw(large);
    await socket.frame((frame) => frame.type === "error" && frame.message === "frame too large");
    socket.sendRaw(new Uint8Array([0xff, 0xfe, 0x00]));
    await socket.frame((frame) => frame.type === "error" && frame.message === "invalid envelope");
  });

  test("unknown types are ignored", async () => {
    const socket = await app.connect();
    for (const type of ["nope", "ack", "data", "__proto__", "constructor", "toString", "SUBSCRIBE"]) socket.send({ type, id: "x" });
    const { id } = await socket.subscribe("system:ping");
    assert.deepEqual(socket.frames.filter((frame) => frame.id !== id), []);
  });

  const ODD = [
    "null", "[]", "1", '"subscribe"', "{}", '{"type":null}', '{"type":1}', '{"type":"subscribe"}', '{"type":"subscribe","id":1}',
    '{"type":"subscribe","id":"x"}', '{"type":"subscribe","id":"x","query":null}', '{"type":"subscribe","id":"x","query":[]}',
    '{"type":"subscribe","id":"x","query":{"functionPath":1}}', '{"type":"subscribe","id":"x","query":{"functionPath":"system:ping","args":[]}}',
    '{"type":"subscribe","id":"x","query":{"functionPath":"system:ping","args":null}}', '{"type":"unsubscribe"}', '{"type":"unsubscribe","id":{}}',
    '{"type":"connect"}', '{"type":"connect","caps":"pageDelta"}', '{"type":"connect","clientId":7,"context":null}', '{"__proto__":{"type":"subscribe"}}',
    `{"type":"connect","clientId":"${"c".repeat(100_000)}"}`, `{"type":"connect","clientId":"x","context":{"a":"${"c".repeat(100_000)}"}}`,
  ];
  for (const text of ODD) {
    test(`odd: ${text.slice(0, 80)}`, async () => {
      const socket = await app.connect({ announce: false });
      socket.sendRaw(text);
      assert.equal((await socket.subscribe("system:ping")).first.data, "pong", "the socket lives on");
      for (const frame of socket.frames) assert.doesNotMatch(JSON.stringify(frame), /internal error/);
    });
  }
});

describe("keepalive", () => {
  test("a ping is answered, in text, at any time", async () => {
    const socket = await app.connect();
    socket.sendRaw("lunora-ping");
    assert.equal(await socket.frame(() => true), "lunora-pong");
  });
});

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

describe("unsubscribe", () => {
  test("an ack, also for what was never there, and no frame after", async () => {
    const name = unique("off");
    const socket = await app.connect();
    assert.deepEqual(await socket.unsubscribe("never"), { id: "never", type: "ack" });
    const { id } = await socket.subscribe("counters:get", { name });
    const kept = await socket.subscribe("counters:get", { name });
    await socket.unsubscribe(id);
    await call("counters:add", { name, by: 1 });
    await socket.count(kept.id, 3);
    await socket.settle(app.rpc);
    assert.equal(socket.of(id).length, 3);
    await socket.unsubscribe(id);
  });

  test("a write that is on its way does not reach who left", async () => {
    const name = unique("leaving");
    const socket = await app.connect();
    const { id } = await socket.subscribe("counters:get", { name });
    const write = call("counters:add", { name, by: 1 });
    await socket.unsubscribe(id);
    const acked = socket.of(id).length;
    await write;
    await socket.settle(app.rpc);
    assert.equal(socket.of(id).length, acked);
  });

  test("a closed socket leaves nothing behind", async () => {
    const socket = await app.connect();
    const name = unique("closing");
    for (let i = 0; i < 5; i++) await socket.subscribe("counters:get", { name: `${name}${i}` });
    const rows = () => app.sql('SELECT count(*) AS n FROM "__lunora_live_query" WHERE args LIKE ?', `%${name}%`);
    assert.equal((await rows())[0].n, 5);
    socket.close();
    await socket.closed;
    // The object hears of the close on its own time; every call gives it a turn.
    for (let turn = 0; (await rows())[0].n > 0; turn++) {
      assert.ok(turn < 200, "the subscriptions of a closed socket are forgotten");
      await call("counters:add", { name: `${name}0`, by: 1 });
    }
  });
});

describe("two sockets at the same moment", () => {
  test("both are served", async () => {
    const name = unique("both");
    const sockets = await Promise.all([app.connect(), app.connect()]);
    const subs = await Promise.all(sockets.map((socket) => socket.subscribe("counters:get", { name })));
    await call("counters:add", { name, by: 2 });
    for (const [n, socket] of sockets.entries()) assert.equal((await socket.count(subs[n].id, 3))[2].data, 2);
  });
});

describe("resume", () => {
  const place = async (socket) => {
    const { first } = await socket.subscribe("counters:get", { name: unique("place") });
    return { sinceSeq: first.cursor, sinceEpoch: first.epoch };
  };
  const seed = async (socket, channel, since) => (await socket.subscribe("messages:list", list(channel), since)).first;

  test("nothing happened: resume", async () => {
    const channel = unique("same");
    await send(channel);
    const socket = await app.connect();
    const since = await place(socket);
    const frame = await seed(socket, channel, since);
    assertFrame(frame, "resume", ["id", "cursor", "epoch"]);
    assert.deepEqual([frame.cursor, frame.epoch], [since.sinceSeq, since.sinceEpoch]);
  });

  test("only other tables were written: resume, with today's cursor", async () => {
    const channel = unique("other");
    await send(channel);
    const socket = await app.connect();
    const since = await place(socket);
    await call("counters:add", { name: unique("x"), by: 1 });
    const frame = await seed(socket, channel, since);
    assert.equal(frame.type, "resume");
    assert.equal(frame.cursor, since.sinceSeq + 1);
  });

  test("the table was written: data", async () => {
    const channel = unique("written");
    const socket = await app.connect();
    const since = await place(socket);
    const id = await send(channel);
    const frame = await seed(socket, channel, since);
    assertFrame(frame, "data", ["id", "data", "cursor", "epoch"]);
    assert.deepEqual(frame.data.map((row) => row._id), [id]);
  });

  test("another epoch, or none: data", async () => {
    const socket = await app.connect();
    const { sinceSeq, sinceEpoch } = await place(socket);
    for (const since of [{ sinceSeq, sinceEpoch: "other" }, { sinceSeq }, { sinceSeq, sinceEpoch: null }, { sinceSeq, sinceEpoch: 7 }, { sinceEpoch }]) {
      const frame = await seed(socket, unique("epoch"), since);
      assert.equal(frame.type, "data", JSON.stringify(since));
      assert.equal(frame.epoch, sinceEpoch);
    }
  });

  test("a sinceSeq that is no cursor: data", async () => {
    const socket = await app.connect();
    const { sinceSeq, sinceEpoch } = await place(socket);
    for (const odd of [String(sinceSeq), null, sinceSeq - 0.5, -1, -0.5, -1e300, [], {}, true]) {
      const frame = await seed(socket, unique("odd"), { sinceSeq: odd, sinceEpoch });
      assert.equal(frame.type, "data", JSON.stringify(odd));
      assert.equal(frame.epoch, sinceEpoch, "and no proof of anything");
    }
    const id = socket.newId();
    socket.sendRaw(`{"type":"subscribe","id":"${id}","query":{"functionPath":"counters:get","args":{"name":"x"},"sinceSeq":-1e400,"sinceEpoch":"${sinceEpoch}"}}`);
    const frame = await socket.frame((each) => each.id === id && each.type !== "ack" || each.message === "invalid envelope");
    assert.ok(frame.type === "data" || frame.type === "error", JSON.stringify(frame));
    assert.doesNotMatch(JSON.stringify(frame), /internal/);
  });

  test("a query that reads no table: data", async () => {
    const socket = await app.connect();
    const { first } = await socket.subscribe("system:ping", {}, await place(socket));
    assert.equal(first.type, "data");
  });

  test("a resumed subscription goes on", async () => {
    const channel = unique("on");
    await filled(channel, 20);
    for (const pageDelta of [true, false]) {
      const socket = await app.connect({ pageDelta });
      const { id, first } = await socket.subscribe("messages:list", list(channel), await place(socket));
      assert.equal(first.type, "resume");
      const next = await after(socket, id, 3, send(channel));
      assert.equal(next.type, pageDelta ? "delta" : "data", "the server took what the client has as its base");
      socket.close();
    }
  });

  test("the log was trimmed: data, unless what is left says enough", async () => {
    const channel = unique("trim");
    await send(channel);
    const socket = await app.connect();
    const since = await place(socket);
    for (let i = 0; i < 3; i++) await call("counters:add", { name: channel, by: 1 });
    assert.equal((await seed(socket, channel, since)).type, "resume");
    await app.sql('DELETE FROM "__lunora_oplog" WHERE seq <= ?', since.sinceSeq);
    assert.equal((await seed(socket, channel, since)).type, "resume", "every write after it is still there");
    await app.sql('DELETE FROM "__lunora_oplog" WHERE seq <= ?', since.sinceSeq + 1);
    assert.equal((await seed(socket, channel, since)).type, "data", "one is gone");
    assert.equal((await seed(socket, channel, { ...since, sinceSeq: since.sinceSeq + 1 })).type, "resume");
  });

  test("a cursor of the future proves a rollback: a new epoch, once for each wake", async () => {
    const channel = unique("rollback");
    await send(channel);
    const socket = await app.connect();
    const { sinceSeq, sinceEpoch } = await place(socket);
    const first = await seed(socket, channel, { sinceSeq: sinceSeq + 5, sinceEpoch });
    assert.equal(first.type, "data");
    assert.notEqual(first.epoch, sinceEpoch);
    const second = await seed(socket, channel, { sinceSeq: sinceSeq + 5, sinceEpoch: first.epoch });
    assert.equal(second.type, "data");
    assert.equal(second.epoch, first.epoch, "a client that lies gets one");
    assert.equal((await seed(socket, channel, { sinceSeq, sinceEpoch })).type, "data", "the old timeline is over");
    assert.equal((await seed(socket, channel, { sinceSeq, sinceEpoch: first.epoch })).type, "resume");
    await app.evict("hibernate");
    assert.equal((await seed(socket, channel, { sinceSeq, sinceEpoch: first.epoch })).type, "resume", "the epoch is stored");
    const later = await seed(socket, channel, { sinceSeq: 1e15, sinceEpoch: first.epoch });
    assert.notEqual(later.epoch, first.epoch);
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
