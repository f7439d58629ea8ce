// Shapes on the compiled app: seeds, live pokes, resumption, sleep, and the repository's own client.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { LunoraClient } from "@lunora-java/client";
import { servedApp } from "./support/harness.mjs";
import { seededRandom } from "./support/random.mjs";
import { unique } from "./support/rpc.mjs";
import { ShapeModel } from "./support/shape-model.mjs";

const app = servedApp();
const call = (path, args) => app.rpc.call(path, args);
const send = (channel, body = "hi", author = "ada") => call("messages:send", { channel, author, body });

let shapes = 0;
async function follow(channel, socket) {
  const model = new ShapeModel(socket ?? (await app.connect()), `shape_${++shapes}`);
  await model.subscribe("channelMessages", { channel });
  return model;
}

/** What the database says, in order of creation. */
async function expected(channel) {
  const rows = await app.sql('SELECT "_id", json_extract("_doc", \'$.author\') AS author, json_extract("_doc", \'$.body\') AS body FROM "messages" WHERE "channel" = ? ORDER BY "_seq"', channel);
  return rows.map(({ _id, author, body }) => ({ _id, author, body }));
}

const byId = (rows) => [...rows].sort((a, b) => (a._id < b._id ? -1 : 1));

describe("frames", () => {
  test("the seed is a whole poke, then the ack", async () => {
    const channel = unique("seed");
    const [first, second] = [await send(channel, "one"), await send(channel, 'tw"o é 😀')];
    const socket = await app.connect();
    socket.send({ type: "shape_subscribe", id: "s", shape: { name: "channelMessages", args: { channel } } });
    await socket.frame((frame) => frame.type === "ack");
    const [start, part, end, ack] = socket.frames;
    assert.deepEqual(start, { type: "pokeStart", pokeId: start.pokeId, epoch: start.epoch });
    const value = (_id, body) => ({ op: "insert", key: _id, table: "messages", value: { _id, author: "ada", body } });
    assert.deepEqual(part, { type: "pokePart", pokeId: start.pokeId, shapeId: "s", reset: true, rowsPatch: [value(first, "one"), value(second, 'tw"o é 😀')] });
    assert.deepEqual(end, { type: "pokeEnd", pokeId: start.pokeId, checkpoint: end.checkpoint, epoch: start.epoch });
    assert.ok(Number.isInteger(end.checkpoint));
    assert.deepEqual(ack, { type: "ack", id: "s" });
    assert.equal(socket.frames.length, 4);
  });

  test("inserts, updates and deletes are told to those whom they concern, and to nobody else", async () => {
    const [channel, other] = [unique("live"), unique("other")];
    const [here, there] = [await follow(channel), await follow(other)];
    const id = await send(channel, "one");
    assert.deepEqual(await here.after(2), [{ _id: id, author: "ada", body: "one" }]);
    await call("messages:edit", { id, body: "two" });
    assert.deepEqual(await here.after(3), [{ _id: id, author: "ada", body: "two" }]);
    await call("messages:remove", { id });
    assert.deepEqual(await here.after(4), []);
    assert.deepEqual(here.parts.map((part) => part.rowsPatch.map(({ op }) => op)), [[], ["insert"], ["update"], ["delete"]]);
    await send(other);
    await there.after(2);
    assert.equal(there.parts.length, 2);
  });

  test("several writes of one mutation are one poke", async () => {
    const channel = unique("many");
    const model = await follow(channel);
    const ids = await call("messages:sendMany", { channel, author: "ada", bodies: ["a", "b", "c"] });
    assert.deepEqual((await model.after(2)).map((row) => row._id), ids);
  });

  test("what cannot be served is an error without an ack", async () => {
    const socket = await app.connect();
    const fails = async (shape) => {
      const from = socket.frames.length;
      socket.send({ type: "shape_subscribe", id: "bad", shape });
      const frame = await socket.frame((each) => each.id === "bad", "an answer", from);
      assert.equal(frame.type, "error");
      assert.equal(frame.code, frame.error.code);
      return frame.code;
    };
    assert.equal(await fails({ name: "nothing" }), "SHAPE_NOT_FOUND");
    assert.equal(await fails({ name: "channelMessages", args: {} }), "VALIDATION_ERROR");
    assert.equal(await fails({ name: "channelMessages", args: { channel: ["$lunora.wire$", "bigint", "x"] } }), "BAD_SUBSCRIPTION_ARGS");
    assert.equal(await fails(undefined), "BAD_SUBSCRIPTION_ARGS");
    assert.ok(socket.frames.every((frame) => frame.type === "error"));
    socket.send({ type: "shape_unsubscribe", id: "bad" });
    await socket.frame((frame) => frame.type === "ack");
  });

  test("nothing comes after an unsubscribe", async () => {
    const channel = unique("gone");
    const socket = await app.connect();
    const model = await follow(channel, socket);
    socket.send({ type: "shape_unsubscribe", id: model.id });
    await socket.frame((frame) => frame.type === "ack" && frame.id === model.id, "ack", socket.frames.length);
    await send(channel);
    await socket.settle(app.rpc);
    model.now();
    assert.equal(model.parts.length, 1);
  });
});

describe("coming back", () => {
  test("a client is told the difference, or all of it", async () => {
    const channel = unique("back");
    const [kept, gone] = [await send(channel, "kept"), await send(channel, "gone")];
    const socket = await app.connect();
    const model = await follow(channel, socket);
    const { checkpoint } = model;
    socket.close();
    await call("messages:edit", { id: kept, body: "edited" });
    await call("messages:remove", { id: gone });
    const added = await send(channel, "added");
    const rows = await model.resume(await app.connect());
    assert.deepEqual(byId(rows), byId([{ _id: kept, author: "ada", body: "edited" }, { _id: added, author: "ada", body: "added" }]));
    assert.equal(model.parts.at(-1).baseCheckpoint, checkpoint);
    assert.equal(model.parts.at(-1).reset, undefined);
    model.epoch = "another";
    assert.deepEqual(byId(await model.resume(await app.connect())), byId(rows));
    assert.equal(model.parts.at(-1).reset, true);
  });

  test("sleep loses nothing: the next write reaches every copy, once", async () => {
    const channel = unique("sleep");
    await send(channel);
    const models = await Promise.all(Array.from({ length: 5 }, () => follow(channel)));
    for (let round = 1; round <= 3; round++) {
      await app.evict("hibernate");
      await send(channel, `round ${round}`);
      const wanted = await expected(channel);
      for (const model of models) assert.deepEqual(byId(await model.after(1 + round)), byId(wanted));
    }
    for (const model of models) assert.equal(model.parts.length, 4);
  });

  test("writes and sleep at once: no copy is left behind", async () => {
    const channel = unique("mixed");
    const models = await Promise.all(Array.from({ length: 4 }, () => follow(channel)));
    for (let round = 0; round < 5; round++) {
      await Promise.all([...Array.from({ length: 8 }, (_, n) => send(channel, `${round} ${n}`)), app.evict("hibernate")]);
    }
    await send(channel, "last");
    const wanted = byId(await expected(channel));
    assert.equal(wanted.length, 41);
    for (const model of models) {
      await model.after(2);
      for (let turn = 0; model.now().length < 41 && turn < 200; turn++) await new Promise((done) => setTimeout(done, 20));
      assert.deepEqual(byId(model.now()), wanted);
    }
  });

  test("nothing is left of a socket that is closed", async () => {
    const channel = unique("left");
    const socket = await app.connect();
    await follow(channel, socket);
    await app.evict("close");
    await socket.closed;
    await follow(unique("other"));
    const rows = await app.sql('SELECT count(*) AS n FROM "__lunora_shape" WHERE definition LIKE ?', `%${channel}%`);
    assert.equal(rows[0].n, 0);
  });
});

describe("size", () => {
  test("a thousand shapes on one socket: a write is told to its own", async () => {
    const prefix = unique("lots");
    const socket = await app.connect();
    const models = [];
    for (let i = 0; i < 1000; i++) {
      socket.send({ type: "shape_subscribe", id: `l${i}`, shape: { name: "channelMessages", args: { channel: `${prefix}${i}` } } });
      models.push(new ShapeModel(socket, `l${i}`));
      if (i % 100 === 99) await socket.frame((frame) => frame.type === "ack" && frame.id === `l${i}`, `ack of l${i}`);
    }
    for (const asleep of [false, true]) {
      if (asleep) await app.evict("hibernate");
      const from = socket.frames.length;
      await send(`${prefix}700`);
      await socket.frame((frame) => frame.type === "pokeEnd", "a poke", from);
      await socket.settle(app.rpc);
      const parts = socket.frames.slice(from).filter((frame) => frame.type === "pokePart");
      assert.deepEqual(parts.map((part) => part.shapeId), ["l700"]);
    }
    assert.equal(models[700].now().length, 2);
    socket.close();
  });

  test("a large seed comes in parts that fit a frame", async () => {
    const channel = unique("large");
    const bodies = Array.from({ length: 400 }, (_, n) => `${n} `.padEnd(3000, "é"));
    for (let i = 0; i < 400; i += 100) await call("messages:sendMany", { channel, author: "ada", bodies: bodies.slice(i, i + 100) });
    const socket = await app.connect();
    const model = await follow(channel, socket);
    assert.deepEqual(model.now().map((row) => row.body), bodies);
    assert.ok(model.parts.length > 2);
    for (const frame of socket.frames) assert.ok(Buffer.byteLength(JSON.stringify(frame)) <= 900_000);
  });
});

describe("the repository's own client", () => {
  const client = () => {
    const made = new LunoraClient({ url: app.url });
    opened.push(made);
    return made;
  };
  const opened = [];
  after(() => opened.forEach((each) => each.close()));

  test("keeps its copy through random writes, sleep and lost connections", async () => {
    const channels = [unique("own"), unique("own")];
    const { below } = seededRandom("shapes");
    const followers = channels.flatMap((channel) =>
      Array.from({ length: 2 }, () => {
        const seen = { channel, rows: undefined, errors: [] };
        client().subscribeShape("channelMessages", { channel }, { onRows: (rows) => (seen.rows = rows), onError: (error) => seen.errors.push(error) });
        return seen;
      }),
    );
    const ids = [];
    for (let step = 0; step < 60; step++) {
      const kind = below(10);
      if (kind < 5 || ids.length === 0) ids.push(await send(channels[below(2)], `body ${step}`, `author ${below(3)}`));
      else if (kind < 7) await call("messages:edit", { id: ids[below(ids.length)], body: `edit ${step}` });
      else if (kind === 7) await call("messages:remove", { id: ids.splice(below(ids.length), 1)[0] });
      else {
        // Only what is awake can be put to sleep.
        await call("system:ping");
        await app.evict(kind === 8 ? "hibernate" : "close");
      }
    }
    for (const seen of followers) {
      const wanted = byId(await expected(seen.channel));
      const matches = () => seen.rows !== undefined && JSON.stringify(byId(seen.rows)) === JSON.stringify(wanted);
      for (let turn = 0; !matches() && turn < 500; turn++) await new Promise((done) => setTimeout(done, 20));
      assert.deepEqual(byId(seen.rows ?? []), wanted);
      assert.deepEqual(seen.errors, []);
    }
  });
});
