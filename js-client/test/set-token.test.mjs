import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { ack, data, harness } from "./support/harness.mjs";
import { jwt } from "./support/jwt.mjs";

test("setToken reconnects at once and resumes", async () => {
  const { client, network, started } = harness({ token: "old" });
  const { socket } = await started();
  await socket.receive(data("sub_1", 1, 4));
  client.setToken("new");
  await settle();
  assert.ok(socket.closedByClient);
  assert.equal(network.last().address.searchParams.get("token"), "new");
  await network.last().open();
  assert.equal(network.last().subscribes[0].query.sinceSeq, 4);
});

test("after setToken nobody is shown the result of before until the server confirms it", async () => {
  const { client, network, follow, started } = harness({ token: "a" });
  const { seen, socket } = await started();
  await socket.receive(data("sub_1", ["of a"], 4));
  client.setToken("b");
  assert.equal(client.peek("messages:list", {}), undefined);
  const late = follow();
  await settle();
  await network.last().open();
  assert.deepEqual([late.data, seen.resets], [[], 1]);
  await network.last().receive(ack("sub_1"), data("sub_1", ["of b"], 4));
  assert.deepEqual([seen.data, late.data], [[["of a"], ["of b"]], [["of b"]]]);
  client.setToken("c");
  await settle();
  await network.last().open();
  const later = follow();
  await network.last().receive(ack("sub_1"), { type: "resume", id: "sub_1", cursor: 4, epoch: "e1" });
  assert.deepEqual([late.data.at(-1), later.data, late.resets], [["of b"], [["of b"]], 1]);
  client.setToken("d");
  await settle();
  await network.last().open();
  await network.last().receive({ type: "error", id: "sub_1", code: "FORBIDDEN", message: "no" });
  assert.equal(client.peek("messages:list", {}), undefined);
});

test("who unsubscribes another on hearing of setToken has silenced it", async () => {
  const { client, follow, started } = harness({ token: "a" });
  let other;
  client.subscribe("messages:list", {}, { onData: () => {}, onReset: () => other.stop() });
  other = follow();
  const { socket } = await started();
  await socket.receive(data("sub_1", ["of a"], 4));
  client.setToken("b");
  assert.equal(other.resets, 0);
});

test("a fresh token of the same user takes nothing off the screen", async () => {
  const { client, network, started } = harness({ token: jwt({ iss: "i", sub: "ann", exp: 1 }) });
  const { seen, socket } = await started();
  await socket.receive(data("sub_1", ["of ann"], 4));
  for (const [token, resets] of [[jwt({ iss: "i", sub: "ann", exp: 2 }), 0], [jwt({ iss: "other", sub: "ann" }), 1], [jwt({ iss: "other", sub: "bob" }), 2]]) {
    client.setToken(token);
    assert.equal(seen.resets, resets);
    assert.deepEqual(client.peek("messages:list", {})?.value, resets === 0 ? ["of ann"] : undefined);
    await settle();
    assert.equal(network.last().address.searchParams.get("token"), token);
    await network.last().open();
    await network.last().receive(ack("sub_1"), data("sub_1", ["of ann"], 5 + resets));
  }
});

test("setToken takes optimistic updates of before off", async () => {
  const { client, network, started } = harness({ token: "a", fetch: () => new Promise(() => {}) });
  const { seen, socket } = await started();
  await socket.receive(data("sub_1", [], 1));
  void client.mutation("messages:send", {}, { optimistic: (store) => store.set("messages:list", {}, ["of a"]) });
  assert.deepEqual(seen.data.at(-1), ["of a"]);
  client.setToken("b");
  await settle();
  await network.last().open();
  await network.last().receive(ack("sub_1"), data("sub_1", [], 2));
  assert.deepEqual(seen.data.at(-1), []);
});
