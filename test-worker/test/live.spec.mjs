// Live queries over the socket (protocol sections 6 and 7): subscribing and unsubscribing, and what is refused.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { after, assertFrame } from "./support/live-socket.mjs";
import { messagesOf } from "./support/messages.mjs";
import { unique } from "./support/rpc.mjs";

const TAG = "$lunora.wire$";
const app = servedApp();
const call = (path, args, headers) => app.rpc.call(path, args, headers);
const { send, filled } = messagesOf(app);
const list = (channel, limit) => ({ channel, ...(limit && { limit }) });

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
