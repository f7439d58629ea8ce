// Subscribing again where an earlier socket stopped (protocol section 6): resume, or the data anew.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { after, assertFrame } from "./support/live-socket.mjs";
import { messagesOf } from "./support/messages.mjs";
import { unique } from "./support/rpc.mjs";

const app = servedApp();
const call = (path, args, headers) => app.rpc.call(path, args, headers);
const { send, filled } = messagesOf(app);
const list = (channel, limit) => ({ channel, ...(limit && { limit }) });

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
