// Sleep of the shard, forced: in memory nothing is left, the sockets stay or are closed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { LiveModel } from "./support/live-model.mjs";
import { unique } from "./support/rpc.mjs";

const app = servedApp();
const call = (path, args) => app.rpc.call(path, args);
const send = (channel, body = "hi") => call("messages:send", { channel, author: "ada", body });

describe("hibernation", () => {
  for (const how of ["one after the other", "at the same moment"]) {
    test(`sockets opened ${how}: the next mutation reaches every subscriber, once`, async () => {
      const channel = unique("sleep");
      for (let i = 0; i < 10; i++) await send(channel);
      const opens = Array.from({ length: 6 }, (_, n) => () => app.connect({ pageDelta: n % 2 === 0 }));
      const sockets = [];
      if (how === "at the same moment") sockets.push(...(await Promise.all(opens.map((open) => open()))));
      else for (const open of opens) sockets.push(await open());
      const models = await Promise.all(
        sockets.map(async (socket) => new LiveModel(socket, (await socket.subscribe("messages:list", { channel })).id)),
      );
      const unrelated = await sockets[0].subscribe("counters:get", { name: channel });
      for (let round = 1; round <= 3; round++) {
        await app.evict("hibernate");
        const id = await send(channel, `after sleep ${round}`);
        for (const model of models) {
          const frames = await model.socket.count(model.id, 2 + round);
          assert.equal(frames.length, 2 + round);
          assert.equal(model.now()[0]._id, id);
        }
      }
      await sockets[0].settle(app.rpc);
      for (const model of models) {
        assert.equal(model.socket.of(model.id).length, 5, "exactly once each");
        assert.deepEqual(model.now(), await call("messages:list", { channel }));
      }
      assert.equal(sockets[0].of(unrelated.id).length, 2, "who is not affected hears nothing");
    });
  }

  test("what a socket announced is remembered", async () => {
    const channel = unique("caps");
    for (let i = 0; i < 20; i++) await send(channel);
    const [merging, plain] = [await app.connect({ pageDelta: true }), await app.connect()];
    const subs = [await merging.subscribe("messages:list", { channel }), await plain.subscribe("messages:list", { channel })];
    await app.evict("hibernate");
    await send(channel);
    await merging.count(subs[0].id, 3);
    await send(channel);
    assert.equal((await merging.count(subs[0].id, 4))[3].type, "delta");
    assert.equal((await plain.count(subs[1].id, 4))[3].type, "data");
  });

  test("an unsubscribe while it sleeps, and a subscribe", async () => {
    const name = unique("while");
    const socket = await app.connect();
    const gone = await socket.subscribe("counters:get", { name });
    await app.evict("hibernate");
    await socket.unsubscribe(gone.id);
    await app.evict("hibernate");
    const fresh = await socket.subscribe("counters:get", { name });
    await app.evict("hibernate");
    await call("counters:add", { name, by: 1 });
    assert.equal((await socket.count(fresh.id, 3))[2].data, 1);
    await socket.settle(app.rpc);
    assert.equal(socket.of(gone.id).length, 3);
  });

  test("a socket that is closed while it sleeps is forgotten", async () => {
    const name = unique("asleep");
    const [leaver, stayer] = [await app.connect(), await app.connect()];
    await leaver.subscribe("counters:get", { name });
    const { id } = await stayer.subscribe("counters:get", { name });
    await app.evict("hibernate");
    leaver.close();
    await leaver.closed;
    for (let n = 1; n <= 5; n++) {
      await call("counters:add", { name, by: 1 });
      assert.equal((await stayer.count(id, 2 + n)).at(-1).data, n);
    }
    const rows = () =>
      app.sql(
        'SELECT count(*) AS n FROM "__lunora_subscription" s JOIN "__lunora_live_query" q ON q.number = s.query WHERE q.args LIKE ?',
        `%${name}%`,
      );
    for (let turn = 0; (await rows())[0].n > 1; turn++) {
      assert.ok(turn < 200);
      await call("counters:add", { name, by: 1 });
    }
  });

  test("1,100 subscriptions outlive it", async () => {
    const prefix = unique("many");
    const socket = await app.connect();
    for (let i = 0; i < 1100; i++) {
      socket.send({ type: "subscribe", id: `m${i}`, query: { functionPath: "counters:get", args: { name: `${prefix}${i}` } } });
    }
    await socket.count("m1099", 2);
    await app.evict("hibernate");
    await Promise.all([3, 500, 1099].map((i) => call("counters:add", { name: `${prefix}${i}`, by: i })));
    for (const i of [3, 500, 1099]) assert.equal((await socket.count(`m${i}`, 3))[2].data, i);
    await socket.settle(app.rpc);
    assert.equal(socket.frames.filter((frame) => frame.type === "data" && /^m\d+$/.test(frame.id)).length, 1103);
    socket.close();
  });

  test("nobody is deaf after writes and sleeps at once", async () => {
    const name = unique("mixed");
    const sockets = await Promise.all(Array.from({ length: 4 }, () => app.connect()));
    const subs = await Promise.all(sockets.map((socket) => socket.subscribe("counters:get", { name })));
    for (let round = 0; round < 5; round++) {
      const writes = Array.from({ length: 10 }, () => call("counters:add", { name, by: 1 }));
      await Promise.all([...writes, app.evict("hibernate")]);
    }
    for (const [n, socket] of sockets.entries()) {
      await socket.settle(app.rpc);
      assert.equal(socket.of(subs[n].id).at(-1).data, 50);
    }
  });

  test("pings are answered without waking it", async () => {
    const socket = await app.connect();
    await app.evict("hibernate");
    socket.sendRaw("lunora-ping");
    assert.equal(await socket.frame(() => true), "lunora-pong");
  });
});

describe("sockets closed by the platform", () => {
  test("the client comes back and resumes, or gets the data if it missed something", async () => {
    const [quiet, busy] = [unique("quiet"), unique("busy")];
    await send(quiet);
    await send(busy);
    const first = await app.connect();
    const { first: seeded } = await first.subscribe("messages:list", { channel: busy });
    await app.evict("close");
    await first.closed;
    const since = { sinceSeq: seeded.cursor, sinceEpoch: seeded.epoch };

    const second = await app.connect();
    assert.equal((await second.subscribe("messages:list", { channel: quiet }, since)).first.type, "resume");
    const id = await send(busy);
    const missed = (await second.subscribe("messages:list", { channel: busy }, since)).first;
    assert.equal(missed.type, "data");
    assert.equal(missed.data[0]._id, id);
    second.close();
  });

  test("nothing is left of them", async () => {
    const socket = await app.connect();
    const name = unique("left");
    await socket.subscribe("counters:get", { name });
    await app.evict("close");
    await socket.closed;
    await call("counters:add", { name, by: 1 });
    const other = await app.connect();
    await other.subscribe("system:ping");
    const rows = await app.sql('SELECT count(*) AS n FROM "__lunora_live_query" WHERE args LIKE ?', `%${name}%`);
    assert.equal(rows[0].n, 0);
  });
});
