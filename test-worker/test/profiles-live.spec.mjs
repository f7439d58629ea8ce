// Live queries over global tables: a write anywhere reaches whoever watches, in whatever shard.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { unique } from "./support/rpc.mjs";

const WATCHERS = 8;

describe("live queries over global tables", () => {
  const app = servedApp();

  const put = async (name, bio, shardKey) => {
    const { status, text, headers } = await app.rpc.post(JSON.stringify({ functionPath: "profiles:put", args: { name, bio }, shardKey }));
    assert.equal(status, 200, text);
    return headers.get("x-d1-bookmark");
  };
  const bioOf = (name) => (frame) => frame.data?.bio === name;

  test("in the same shard and in others, by one write from a third", async () => {
    const name = unique("live");
    const sockets = await Promise.all([undefined, unique("a"), unique("b")].map((key) => app.connect({ query: key && `?shard=${key}` })));
    const subscribed = await Promise.all(sockets.map((socket) => socket.subscribe("profiles:get", { name })));
    for (const { first } of subscribed) assert.equal(first.data, null, JSON.stringify(first));
    await put(name, "one", unique("c"));
    await Promise.all(sockets.map((socket) => socket.frame(bioOf("one"), "the first bio")));
    await put(name, "two");
    await Promise.all(sockets.map((socket) => socket.frame(bioOf("two"), "the second bio")));
  });

  test("lists as deltas for who merges them; nothing for who is not concerned", async () => {
    const [name, other] = [unique("delta"), unique("other")];
    const socket = await app.connect({ pageDelta: true, query: `?shard=${unique("d")}` });
    for (let n = 0; n < 5; n++) await put(`${name}-${n}`, "x".repeat(300));
    const list = await socket.subscribe("profiles:list", {});
    const single = await socket.subscribe("profiles:get", { name: other });
    await put(`${name}-3`, "late");
    const { delta } = await socket.frame((frame) => frame.id === list.id && frame.type === "delta", "a delta");
    assert.equal(delta.op, "update");
    assert.equal(delta.table, "profiles");
    assert.equal(delta.row.bio, "late");
    assert.equal(socket.of(single.id).length, 2, "an ack and a first result, no more");
    await socket.unsubscribe(list.id);
    const frames = socket.of(list.id).length;
    await put(other, "now");
    await socket.frame((frame) => frame.id === single.id && frame.data?.bio === "now", "what concerns it");
    assert.equal(socket.of(list.id).length, frames);
  });

  test("after hibernation of watchers and boards", async () => {
    const [name, key] = [unique("asleep"), unique("sleeper")];
    const socket = await app.connect({ query: `?shard=${key}` });
    await socket.subscribe("profiles:get", { name });
    await app.evict("hibernate", key);
    await app.evict("hibernate", "__lunora_board__:profiles", "ShardRegistryDO");
    await put(name, "awake");
    await socket.frame(bioOf("awake"), "the push after sleep");
  });

  test("a shard that nobody watches in any more leaves the board", async () => {
    const [name, key] = [unique("gone"), unique("leaver")];
    const socket = await app.connect({ query: `?shard=${key}` });
    const { id } = await socket.subscribe("profiles:get", { name });
    const onBoard = () => app.sqlOf("ShardRegistryDO", "__lunora_board__:profiles", "SELECT 1 FROM __lunora_board_shard WHERE shard_key = ?", key);
    assert.equal((await onBoard()).length, 1);
    await socket.unsubscribe(id);
    await put(name, "unheard");
    for (let tries = 0; (await onBoard()).length > 0; tries++) {
      assert.ok(tries < 100, "still on the board");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const again = await socket.subscribe("profiles:get", { name });
    assert.equal(again.first.data.bio, "unheard");
    await put(name, "heard");
    await socket.frame(bioOf("heard"), "a push after coming back");
  });

  test("what a call refuses a subscription refuses", async () => {
    const socket = await app.connect();
    assert.equal((await socket.subscribe("profiles:get", { name: 1 })).first.code, "VALIDATION_ERROR");
    assert.equal((await socket.subscribe("profiles:put", { name: "a", bio: "" })).first.type, "error");
  });

  test("many writers at once: every watcher ends with the last state", async () => {
    const name = unique("storm");
    const sockets = await Promise.all(Array.from({ length: WATCHERS }, (_, n) => app.connect({ query: `?shard=${name}-${n}` })));
    const subscribed = await Promise.all(sockets.map((socket) => socket.subscribe("profiles:get", { name })));
    await put(name, "begin");
    await Promise.all(Array.from({ length: 20 }, (_, n) => app.rpc.post(JSON.stringify({ functionPath: "profiles:put", args: { name, bio: `${n}` } }))));
    const started = performance.now();
    await put(name, "end");
    await Promise.all(sockets.map((socket) => socket.frame(bioOf("end"), "the end")));
    console.log(`a write was with ${WATCHERS} shards after ${(performance.now() - started).toFixed(0)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    sockets.forEach((socket, n) => assert.equal(socket.of(subscribed[n].id).findLast((frame) => frame.data)?.data.bio, "end"));
  });
});
