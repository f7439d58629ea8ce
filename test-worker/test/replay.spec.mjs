// What may be sent twice, and what was sent in order (protocol section 9): mutation ids, client sequences.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { servedWithoutEdge } from "./support/harness.mjs";
import { refusal, Rpc, unique } from "./support/rpc.mjs";

const app = servedWithoutEdge();
const call = (path, args) => app.rpc.call(path, args);
const named = (mutationId, clientId) => ({
  ...(mutationId !== undefined && { "x-lunora-mutation-id": mutationId }),
  ...(clientId !== undefined && { "x-lunora-client-id": clientId }),
});
const add = (name, mutationId, clientId) => app.rpc.send("counters:add", { name, by: 1 }, named(mutationId, clientId));

describe("a mutation id", () => {
  test("the same id is answered again, with today's cursor, without running", async () => {
    const [name, id] = [unique("again"), unique("m")];
    const first = await add(name, id, "c");
    assert.deepEqual(Object.keys(first.json).sort(), ["commitCursor", "result"]);
    await add(name, unique("m"), "c");
    const again = await add(name, id, "c");
    assert.equal(again.status, 200);
    assert.equal(again.json.result, first.json.result);
    assert.ok(again.json.commitCursor > first.json.commitCursor);
    assert.equal(await call("counters:get", { name }), 2);
  });

  test("the answer outlives sleep", async () => {
    const [name, id] = [unique("sleep"), unique("m")];
    await add(name, id, "c");
    for (const how of ["hibernate", "close"]) {
      await app.evict(how);
      assert.equal((await add(name, id, "c")).json.result, 1);
    }
    assert.equal(await call("counters:get", { name }), 1);
  });

  test("50 duplicates at once run once and say the same", async () => {
    const [name, id] = [unique("at-once"), unique("m")];
    const answers = await Promise.all(Array.from({ length: 50 }, () => add(name, id, "c")));
    for (const each of answers) assert.equal(each.json.result, 1, each.text);
    assert.equal(await call("counters:get", { name }), 1);
  });

  test("ids of two anonymous clients are apart; without a client id nothing is remembered", async () => {
    const [name, id] = [unique("apart"), unique("m")];
    assert.equal((await add(name, id, "one")).json.result, 1);
    assert.equal((await add(name, id, "two")).json.result, 2);
    for (const result of [3, 4]) {
      const { json } = await add(name, id);
      assert.equal(json.result, result);
      assert.ok(Number.isInteger(json.commitCursor));
    }
    assert.equal((await add(name, id, "one")).json.result, 1);
  });

  test("a user's ids are the user's, whatever client sends them; an anonymous client of that name is somebody else", async () => {
    const [name, id, user] = [unique("user"), unique("m"), unique("u")];
    const body = { functionPath: "counters:add", args: { name, by: 1 } };
    const as = async (userId, clientId) => {
      const headers = { ...named(id, clientId), ...(userId && { "x-lunora-userid": userId }) };
      return (await app.direct("/rpc", body, { headers })).json.result;
    };
    assert.equal(await as(user, "phone"), 1);
    assert.equal(await as(user, "laptop"), 1);
    assert.equal(await as(`${user}2`, "phone"), 2);
    assert.equal(await as(undefined, user), 3);
    assert.equal(await as(undefined, `user:${user}`), 4);
    assert.equal(await as(user), 1);
  });

  test("no client can name itself a user", async () => {
    const [name, id, user] = [unique("forged"), unique("m"), unique("u")];
    const body = { functionPath: "counters:add", args: { name, by: 1 } };
    await app.direct("/rpc", body, { headers: { ...named(id), "x-lunora-userid": user } });
    const forged = await app.rpc.send("counters:add", { name, by: 1 }, { ...named(id, "c"), "x-lunora-userid": user, "x-lunora-system": "1" });
    assert.equal(forged.json.result, 2);
  });

  test("an error is not remembered", async () => {
    const [name, id] = [unique("error"), unique("m")];
    refusal(await app.rpc.send("counters:addThenFail", { name, by: 1 }, named(id, "c")), 409, "CONFLICT");
    assert.equal((await add(name, id, "c")).json.result, 1);
  });

  test("queries carry the cursor and run each time", async () => {
    const [name, headers] = [unique("query"), named(unique("m"), "c")];
    assert.equal((await app.rpc.send("counters:get", { name }, headers)).json.result, 0);
    await call("counters:add", { name, by: 5 });
    const { json } = await app.rpc.send("counters:get", { name }, headers);
    assert.equal(json.result, 5);
    assert.ok(Number.isInteger(json.commitCursor));
  });

  test("sendMany: all or nothing, and once", async () => {
    const [channel, id] = [unique("many"), unique("m")];
    const many = (bodies, headers = {}) => app.rpc.send("messages:sendMany", { channel, author: "ada", bodies }, headers);
    const first = await many(["one", "two", "three"], named(id, "c"));
    const again = await many(["one", "two", "three"], named(id, "c"));
    assert.equal(first.json.result.length, 3);
    assert.deepEqual(again.json.result, first.json.result);
    refusal(await many(["fine", ""]), 400, "VALIDATION_ERROR");
    refusal(await many(["fine", 7]), 400, "VALIDATION_ERROR");
    refusal(await many(Array.from({ length: 1001 }, () => "x")), 400, "VALIDATION_ERROR");
    const rows = await call("messages:list", { channel });
    assert.deepEqual(rows.map(({ body }) => body), ["three", "two", "one"]);
    assert.deepEqual(rows.map(({ _id }) => _id).reverse(), first.json.result);
    assert.deepEqual((await many([])).json.result, []);
  });
});

describe("a client's sequence", () => {
  const push = (name, client, seq, more = {}) =>
    app.rpc.send("counters:push", { name, by: 1 }, { "x-lunora-client-id": client, "x-lunora-client-seq": String(seq), ...more });

  test("next, already, gap; and the same after sleep", async () => {
    const [name, client] = [unique("seq"), unique("client")];
    assert.deepEqual((await push(name, client, 1)).json, { lastMutationId: 1, result: 1 });
    assert.deepEqual((await push(name, client, 1)).json, { lastMutationId: 1, result: null });
    const gap = await push(name, client, 3);
    assert.equal(gap.status, 409);
    assert.equal(gap.json.error.code, "OUT_OF_ORDER");
    assert.equal(gap.json.error.expectedMutationId, 2);
    assert.equal(gap.json.error.message, "out-of-order mutation; expected sequence 2");
    assert.deepEqual((await push(name, client, 2)).json, { lastMutationId: 2, result: 2 });
    for (const how of ["hibernate", "close"]) {
      await app.evict(how);
      assert.deepEqual((await push(name, client, 1)).json, { lastMutationId: 2, result: null });
      assert.equal((await push(name, client, 4)).json.error.expectedMutationId, 3);
    }
    assert.deepEqual((await push(name, client, 3)).json, { lastMutationId: 3, result: 3 });
    assert.equal(await call("counters:get", { name }), 3);
  });

  test("the same number 20 times at once is applied once", async () => {
    const [name, client] = [unique("seq"), unique("client")];
    const answers = await Promise.all(Array.from({ length: 20 }, () => push(name, client, 1)));
    assert.deepEqual(answers.map(({ json }) => json.lastMutationId), Array(20).fill(1));
    assert.equal(answers.filter(({ json }) => json.result === 1).length, 1);
    assert.equal(await call("counters:get", { name }), 1);
  });

  test("clients and users have sequences of their own; one that failed is still the next", async () => {
    const [name, client] = [unique("seq"), unique("client")];
    const bad = await app.rpc.send(
      "counters:push",
      { name, by: "x" },
      { "x-lunora-client-id": client, "x-lunora-client-seq": "1" },
    );
    refusal(bad, 400, "VALIDATION_ERROR");
    assert.equal((await push(name, client, 1)).json.result, 1);
    assert.equal((await push(name, `${client}-other`, 1)).json.result, 2);
    const headers = { "x-lunora-client-id": client, "x-lunora-client-seq": "1", "x-lunora-userid": unique("u") };
    const body = { functionPath: "counters:push", args: { name, by: 1 } };
    assert.equal((await app.direct("/rpc", body, { headers })).json.result, 3);
  });

  test("no number, or no client: an ordinary mutation, with its id", async () => {
    const [name, client] = [unique("seq"), unique("client")];
    for (const seq of ["one", "", "1.5", "NaN"]) {
      const { json } = await push(name, client, seq, { "x-lunora-mutation-id": `m${seq}` });
      assert.ok(Number.isInteger(json.commitCursor) && json.lastMutationId === undefined, `${seq}: ${JSON.stringify(json)}`);
    }
    const { json } = await app.rpc.send("counters:push", { name, by: 1 }, { "x-lunora-client-seq": "1" });
    assert.deepEqual(json, { result: 5 });
  });

  test("a number means nothing to a plain mutation", async () => {
    const name = unique("plain");
    for (const result of [1, 2]) {
      const headers = { "x-lunora-client-id": "c", "x-lunora-client-seq": "1" };
      assert.deepEqual((await app.rpc.send("counters:add", { name, by: 1 }, headers)).json, { result });
    }
  });

  test("frames to the client's sockets say how far it got, also after sleep; others hear nothing of it", async () => {
    const [name, client] = [unique("seq"), unique("client")];
    const [own, other] = [await app.connect({ clientId: client }), await app.connect({ clientId: `${client}-other` })];
    const ids = [(await own.subscribe("counters:get", { name })).id, (await other.subscribe("counters:get", { name })).id];
    await push(name, client, 1);
    assert.equal((await own.count(ids[0], 3))[2].lastMutationId, 1);
    assert.equal((await other.count(ids[1], 3))[2].lastMutationId, undefined);
    await app.evict("hibernate");
    await push(name, client, 2);
    assert.equal((await own.count(ids[0], 4))[3].lastMutationId, 2);
    const late = await own.subscribe("counters:get", { name });
    assert.equal(late.first.lastMutationId, 2);
  });
});

describe("kill -9", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-replay-"));
  after(() => rmSync(directory, { recursive: true, force: true }));

  test("what was answered before is answered the same after", { timeout: 120_000 }, async () => {
    const port = await freePort();
    let server = await DevServer.start(port, directory);
    let rpc = new Rpc(server.url);
    const sent = (n) => rpc.send("counters:add", { name: "kill", by: 1 }, named(`m${n}`, "c"));
    const pushed = (seq) => rpc.send("counters:push", { name: "push", by: 1 }, { "x-lunora-client-id": "c", "x-lunora-client-seq": String(seq) });
    try {
      for (let n = 1; n <= 20; n++) assert.equal((await sent(n)).json.result, n);
      for (let seq = 1; seq <= 5; seq++) assert.equal((await pushed(seq)).json.lastMutationId, seq);
      // Those on their way when it dies may have happened or not: sent again, each has, once.
      const cut = Array.from({ length: 8 }, (_, n) => sent(21 + n).catch(() => undefined));
      await server.kill();
      await Promise.all(cut);
      server = await DevServer.start(port, directory);
      rpc = new Rpc(server.url);
      for (let n = 1; n <= 20; n++) assert.equal((await sent(n)).json.result, n);
      for (let n = 21; n <= 28; n++) assert.equal((await sent(n)).status, 200);
      assert.equal(await rpc.call("counters:get", { name: "kill" }), 28);
      assert.deepEqual((await pushed(5)).json, { lastMutationId: 5, result: null });
      assert.deepEqual((await pushed(6)).json, { lastMutationId: 6, result: 6 });
    } finally {
      await server.kill();
    }
  });
});
