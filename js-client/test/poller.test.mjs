import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { FakeServer, refused } from "./support/fake-server.mjs";
import { data, harness, row } from "./support/harness.mjs";

/** A harness whose sockets fail until `network.last().open()`. */
async function blocked(options = {}) {
  const server = new FakeServer();
  const h = harness({ fetch: server.fetch, ...options });
  const seen = h.follow("messages:list", { channel: "x" });
  await settle();
  const fail = async (times) => {
    for (let n = 0; n < times; n++) {
      await h.network.last().drop();
      if (n < times - 1) await h.clock.advance(h.client.connectionState.retryAtMs - h.clock.now());
    }
    await settle();
  };
  return { ...h, server, seen, fail };
}

test("after three failed connects queries are read over HTTP every 5 s, until the socket opens", async () => {
  const { clock, network, server, seen, fail } = await blocked({ token: "t", shardKey: "room" });
  server.queries["messages:list"] = [row("a")];
  await fail(2);
  assert.equal(server.calls.length, 0);
  await clock.advance(500);
  await fail(1);
  await settle();
  assert.deepEqual(server.calls[0].args, { channel: "x" });
  assert.deepEqual([server.calls[0].shardKey, server.calls[0].headers.authorization], ["room", "Bearer t"]);
  assert.deepEqual(seen.data, [[row("a")]]);
  await clock.advance(1_000);
  assert.equal(server.calls.length, 1);
  await clock.advance(4_000);
  assert.equal(server.calls.length, 2);
  assert.equal(seen.data.length, 1, "an unchanged result is not told again");
  server.queries["messages:list"] = [row("a"), row("b")];
  await clock.advance(5_000);
  assert.equal(seen.data.length, 2);
  await network.last().open();
  const { length } = server.calls;
  await clock.advance(20_000);
  assert.equal(server.calls.length, length);
  await network.last().receive(data("sub_1", [row("c")], 3));
  assert.deepEqual(seen.data.at(-1), [row("c")]);
});

test("an answer that comes after the socket opened does not replace newer results", async () => {
  const server = new FakeServer();
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  server.queries["messages:list"] = ["old"];
  const h = harness({ fetch: async (...call) => { const response = await server.fetch(...call); await held; return response; } });
  const late = h.follow("messages:list");
  await settle();
  for (let n = 0; n < 3; n++) {
    await h.network.last().drop();
    await h.clock.advance(n < 2 ? 2_000 : 0);
  }
  await h.clock.advance(2_000);
  await h.network.last().open();
  await h.network.last().receive(data("sub_1", ["new"], 2));
  answer();
  await settle();
  assert.deepEqual(late.data, [["new"]]);
});

test("what was being read when the token changed is not shown to whoever comes", async () => {
  const server = new FakeServer();
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  server.queries["messages:list"] = ["of the one before"];
  const h = harness({ token: "old", fetch: async (...call) => { const response = await server.fetch(...call); if (call[1].headers.authorization === "Bearer old") await held; return response; } });
  const seen = h.follow("messages:list");
  await settle();
  for (let n = 0; n < 3; n++) {
    await h.network.last().drop();
    await h.clock.advance(n < 2 ? 2_000 : 0);
  }
  server.queries["messages:list"] = ["of the next"];
  h.client.setToken("new");
  await settle();
  assert.deepEqual(seen.data, [["of the next"]]);
  answer();
  await settle();
  assert.deepEqual(seen.data, [["of the next"]]);
});

test("a refusal is told once, a lost answer not at all; the next good answer is shown", async () => {
  const { clock, server, seen, fail } = await blocked();
  server.slot = () => refused("FORBIDDEN", 403);
  await fail(3);
  await clock.advance(12_000);
  assert.deepEqual(seen.errors.map((error) => error.code), ["FORBIDDEN"]);
  server.online = false;
  await clock.advance(10_000);
  server.online = true;
  server.queries["messages:list"] = ["fine"];
  await clock.advance(10_000);
  assert.deepEqual([seen.errors.length, seen.data], [1, [["fine"]]]);
  delete server.queries["messages:list"];
  await clock.advance(5_000);
  server.queries["messages:list"] = ["fine"];
  await clock.advance(5_000);
  assert.deepEqual([seen.errors.length, seen.data], [2, [["fine"], ["fine"]]]);
});

test("a committed optimistic update leaves with the first poll that began after the commit", async () => {
  const { client, clock, server, seen, fail } = await blocked();
  server.queries["messages:list"] = ["a"];
  await fail(3);
  await settle();
  assert.deepEqual(seen.data.at(-1), ["a"]);
  await client.mutation("w:w", {}, { optimistic: (store) => store.set("messages:list", { channel: "x" }, ["a", "b?"]) });
  assert.deepEqual(seen.data.at(-1), ["a", "b?"]);
  server.queries["messages:list"] = ["a", "b"];
  await clock.advance(5_000);
  assert.deepEqual(seen.data.at(-1), ["a", "b"]);
  client.close();
  assert.equal(clock.pending, 0);
});

test("few queries are read at once, and none that is no longer followed", async () => {
  const server = new FakeServer();
  server.queries["a:b"] = 1;
  let open = 0;
  let most = 0;
  const h = harness({
    fetch: async (...call) => {
      most = Math.max(most, ++open);
      await settle();
      open -= 1;
      return server.fetch(...call);
    },
  });
  const all = Array.from({ length: 20 }, (_, n) => h.follow("a:b", { n }));
  all[3].stop();
  for (let n = 0; n < 3; n++) {
    await settle();
    await h.network.last().drop();
    if (n < 2) await h.clock.advance(2_000);
  }
  for (let n = 0; n < 30; n++) await settle();
  assert.equal(most, 4);
  assert.deepEqual(all.map((seen) => seen.data.length), Array.from({ length: 20 }, (_, n) => (n === 3 ? 0 : 1)));
  h.client.close();
  assert.equal(h.clock.pending, 0);
});
