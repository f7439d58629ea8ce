import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { harness } from "./support/harness.mjs";

async function world() {
  const h = harness();
  const heard = [];
  const leave = h.client.onWhisper("cursors", (data, from) => heard.push([data, from]));
  await settle();
  await h.network.last().open();
  const sent = () => h.network.last().sent.filter((frame) => String(frame.type).startsWith("whisper"));
  return { ...h, heard, leave, sent, socket: h.network.last() };
}

test("join, hear, send, leave", async () => {
  const { client, clock, heard, leave, sent, socket } = await world();
  assert.deepEqual(sent(), [{ type: "whisper_subscribe", topic: "cursors" }]);
  await socket.receive({ type: "whisper", topic: "cursors", data: { at: ["$lunora.wire$", "bigint", "1"] }, from: "u1" });
  await socket.receive({ type: "whisper", topic: "cursors", data: null }, { type: "whisper", topic: "other", data: 1 }, { type: "whisper", topic: "cursors", data: ["$lunora.wire$", "set"] });
  assert.deepEqual(heard, [[{ at: 1n }, "u1"], [null, undefined]]);
  assert.equal(client.whisper("cursors", { x: 1n }), true);
  assert.deepEqual(sent().at(-1), { type: "whisper", topic: "cursors", data: { x: ["$lunora.wire$", "bigint", "1"] } });
  leave();
  leave();
  assert.deepEqual(sent().at(-1), { type: "whisper_unsubscribe", topic: "cursors" });
  assert.equal(sent().length, 3);
  await clock.advance(5_000);
  assert.equal(client.connectionState.status, "closed");
});

test("several listeners share one join, and joining again follows a reconnect", async () => {
  const { client, clock, network, heard, leave, sent, socket } = await world();
  const second = [];
  const leaveSecond = client.onWhisper("cursors", (data) => second.push(data));
  leave();
  assert.deepEqual(sent().length, 1);
  await socket.drop();
  await clock.advance(1000);
  await network.last().open();
  assert.deepEqual(sent(), [{ type: "whisper_subscribe", topic: "cursors" }]);
  await network.last().receive({ type: "whisper", topic: "cursors", data: 5 });
  assert.deepEqual([heard, second], [[], [5]]);
  leaveSecond();
});

test("without a connection nothing is sent or kept; too long or unencodable is refused", async () => {
  const { client, clock, network, sent, socket } = await world();
  assert.equal(client.whisper("cursors", 1, { shardKey: "elsewhere" }), false);
  await socket.drop();
  assert.equal(client.whisper("cursors", 1), false);
  await clock.advance(1000);
  await network.last().open();
  assert.equal(sent().length, 1);
  assert.throws(() => client.whisper("cursors", "x".repeat(4_095)), { code: "BAD_REQUEST" });
  assert.equal(client.whisper("cursors", "x".repeat(4_094)), true);
  assert.throws(() => client.whisper("cursors", () => 1), { code: "BAD_REQUEST" });
});
