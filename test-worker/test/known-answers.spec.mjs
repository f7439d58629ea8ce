// Queries that are answered from their text (docs/adr/0006-known-answers.md): always what another run would give.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { seededRandom } from "./support/random.mjs";
import { unique } from "./support/rpc.mjs";

describe("known answers", () => {
  const app = servedApp();

  const list = (channel, padding = "") =>
    app.rpc.post(`{"functionPath":"messages:list","args":{"channel":"${channel}","limit":3}}${padding}`);

  test("the same text is answered alike, headers and all", async () => {
    const channel = unique("known");
    await app.rpc.call("messages:send", { channel, author: "Ann", body: "one" });
    const [first, second] = [await list(channel), await list(channel)];
    assert.equal(second.status, 200);
    assert.equal(second.text, first.text);
    for (const name of ["content-type", "cache-control", "x-lunora-shard-key"]) {
      assert.equal(second.headers.get(name), first.headers.get(name), name);
    }
  });

  test("after every write the answer is that of a fresh run", async () => {
    const random = seededRandom("known answers");
    const channels = [unique("known"), unique("known")];
    const ids = [];
    for (let step = 0; step < 150; step++) {
      const channel = random.pick(channels);
      const id = random.pick(ids);
      switch (id === undefined ? 0 : random.below(6)) {
        case 0:
        case 1:
          ids.push(await app.rpc.call("messages:send", { channel, author: "Ann", body: `#${step}` }));
          break;
        case 2:
          await app.rpc.send("messages:edit", { id, body: `edited ${step}` });
          break;
        case 3:
          await app.rpc.send("messages:remove", { id });
          break;
        case 4:
          await app.rpc.fails(409, "CONFLICT", "counters:addThenFail", { name: channel, by: 1 });
          break;
      }
      // Blanks make another text of the same call, which is run.
      const [kept, fresh] = await Promise.all([list(channel), list(channel, " ".repeat(step + 1))]);
      assert.equal(kept.text, fresh.text, `step ${step}`);
    }
  });

  test("readers and writers at once: nobody sees less than what was acknowledged before they asked", async () => {
    const name = unique("known");
    let acknowledged = 0;
    let writing = true;
    const read = async () => {
      for (let reads = 0; writing || reads === 0; reads++) {
        const least = acknowledged;
        assert.ok((await app.rpc.call("counters:get", { name })) >= least);
      }
    };
    const write = async () => {
      for (let i = 0; i < 60; i++) acknowledged = await app.rpc.call("counters:add", { name, by: 1 });
      writing = false;
    };
    await Promise.all([write(), read(), read(), read()]);
    assert.equal(await app.rpc.call("counters:get", { name }), 60);
  });

  test("an answer with a commit cursor is made anew", async () => {
    const name = unique("known");
    const headers = { "x-lunora-mutation-id": unique("m") };
    assert.equal((await app.rpc.send("counters:get", { name })).json.commitCursor, undefined);
    const before = (await app.rpc.send("counters:get", { name }, headers)).json.commitCursor;
    await app.rpc.call("counters:add", { name: unique("other"), by: 1 });
    assert.equal((await app.rpc.send("counters:get", { name }, headers)).json.commitCursor, before + 1);
    assert.deepEqual((await app.rpc.send("counters:get", { name })).json, { result: 0 });
  });
});
