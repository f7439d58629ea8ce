import assert from "node:assert/strict";
import { test } from "node:test";
import { connectFrame, errorOf, subscribeFrame, unsubscribeFrame } from "../dist/frames.js";
import { settle } from "./support/fake-clock.mjs";
import { fixture } from "./support/fixtures.mjs";
import { ack, data, harness, row } from "./support/harness.mjs";

const frames = fixture("ws-frames.json");
if (frames !== undefined) {
  test("fixture: client frames", () => {
    const expected = frames.clientFrames;
    const subscribe = (since) => subscribeFrame("sub_1", "messages:list", { channel: "general" }, since);
    assert.deepEqual(connectFrame("client-test", undefined), expected["connect-with-caps"]);
    assert.deepEqual(subscribe(undefined), expected["subscribe-cold"]);
    assert.deepEqual(subscribe({ seq: 12, epoch: "e1" }), expected["subscribe-resume"]);
    assert.deepEqual(unsubscribeFrame("sub_1"), expected.unsubscribe);
  });

  for (const { name, frame, expect } of frames.serverFrames) {
    test(`fixture: server frame ${name}`, async () => {
      const { started, clock, network } = harness();
      const { seen, socket } = await started();
      await socket.receive(ack("sub_1"), data("sub_1", "before", 1, "e1"), frame);
      if (expect.kind === "data") assert.equal(seen.data.length, 2);
      if (expect.code) assert.deepEqual([seen.errors[0].code, seen.errors[0].message], [expect.code, expect.message]);
      await socket.drop();
      await clock.advance(1000);
      await network.last().open();
      const [{ query }] = network.last().subscribes;
      assert.equal(query.sinceSeq, expect.cursor ?? 1, "the cursor moves only when the frame carries one");
      assert.equal(query.sinceEpoch, "e1");
    });
  }
}

test("connect goes first, then the subscribe; the result arrives", async () => {
  const { started } = harness({ shardKey: "room 1", token: "t&", context: { at: 1n } });
  const { seen, socket } = await started("messages:list", { channel: "general" });
  assert.equal(socket.address.href, "wss://app.example/_lunora/ws?shard=room+1&token=t%26");
  const [connect, subscribe] = socket.sent;
  const context = { at: ["$lunora.wire$", "bigint", "1"] };
  assert.deepEqual(connect, { type: "connect", id: "connect", clientId: "me", caps: ["pageDelta"], context });
  assert.equal(subscribe.query.functionPath, "messages:list");
  assert.equal("sinceSeq" in subscribe.query, false);
  await socket.receive(ack("sub_1"), data("sub_1", ["$lunora.wire$", "bigint", "5"], 1));
  assert.deepEqual(seen.data, [5n]);
});

test("equal subscriptions share one wire subscription; a late one hears the known result", async () => {
  const { started, follow } = harness();
  const { seen, socket } = await started("a:b", { x: 1, y: 2 });
  await socket.receive(data("sub_1", "v1", 1));
  const late = follow("a:b", { y: 2, x: 1 });
  const other = follow("a:b", { y: 2, x: 3 });
  assert.deepEqual(late.data, [], "never before subscribe returned");
  await settle();
  assert.deepEqual(late.data, ["v1"]);
  assert.equal(socket.subscribes.length, 2);
  await socket.receive(data("sub_1", "v2", 2), data("sub_2", "o", 2));
  assert.deepEqual([seen.data, late.data, other.data], [["v1", "v2"], ["v1", "v2"], ["o"]]);

  seen.stop();
  seen.stop();
  await socket.receive(data("sub_1", "v3", 3));
  assert.deepEqual([seen.data.at(-1), late.data.at(-1)], ["v2", "v3"]);
  late.stop();
  assert.deepEqual(socket.sent.at(-1), { type: "unsubscribe", id: "sub_1" });
});

test("a subscriber that throws does not starve the others", async () => {
  const { client, started } = harness();
  const printed = console.error;
  console.error = () => {};
  try {
    const { seen, socket } = await started("a:b", {});
    const thrower = client.subscribe("a:b", {}, { onData: () => { throw new Error("mine"); } });
    await socket.receive(data("sub_1", 1, 1), data("sub_1", 2, 2));
    assert.deepEqual(seen.data, [1, 2]);
    thrower();
  } finally {
    console.error = printed;
  }
});

test("each shard has its own socket and its own results", async () => {
  const { client, network, follow } = harness();
  const a = follow("x:y", {}, { shardKey: "a" });
  const b = follow("x:y", {}, { shardKey: "b" });
  await settle();
  assert.deepEqual(network.sockets.map((s) => s.address.searchParams.get("shard")), ["a", "b"]);
  for (const socket of network.sockets) await socket.open();
  await network.sockets[0].receive(data("sub_1", "from a", 1));
  await network.sockets[1].receive(data("sub_1", "from b", 1));
  assert.deepEqual([a.data, b.data], [["from a"], ["from b"]]);
  await network.sockets[1].drop();
  assert.equal(client.connectionState.status, "waiting", "the state of the socket in most trouble");
});

test("after a loss everything is subscribed again where it stopped", async () => {
  const { client, clock, network, started, follow } = harness();
  const { seen, socket } = await started("a:b", {});
  const cold = follow("c:d");
  await socket.receive(ack("sub_1"), data("sub_1", [row("m1")], 7), ack("sub_2"));
  await socket.receive({ type: "delta", id: "sub_1", delta: { key: "m2", op: "insert", row: row("m2", 2) } });
  assert.equal(seen.data.length, 1, "a step without its last delta is not shown yet");
  await clock.advance(50);
  assert.equal(seen.data.length, 2, "but not kept back for long");
  await socket.drop();
  assert.equal(client.connectionState.status, "waiting");
  assert.equal(client.connectionState.retryAtMs, clock.now() + 250);
  assert.equal(client.connectionState.lastError.code, "NETWORK_ERROR");
  await clock.advance(250);
  const again = network.last();
  assert.notEqual(again, socket);
  await again.open();
  const [first, second] = again.subscribes.map((frame) => frame.query);
  assert.deepEqual([first.sinceSeq, first.sinceEpoch], [7, "e1"], "a delta without cursor did not move it");
  assert.equal("sinceSeq" in second, false);
  await again.receive(ack("sub_1"), { type: "resume", id: "sub_1", cursor: 9, epoch: "e2" });
  assert.equal(seen.data.length, 2, "a resume changes no result");
  await again.drop();
  await clock.advance(2000);
  await network.last().open();
  assert.deepEqual(network.last().subscribes.map((f) => [f.query.sinceSeq, f.query.sinceEpoch])[0], [9, "e2"]);
  cold.stop();
});

test("a late frame of an old socket is ignored", async () => {
  const { clock, network, started } = harness();
  const { seen, socket } = await started();
  const { onmessage, onclose } = socket;
  await socket.drop();
  onmessage({ data: JSON.stringify(data("sub_1", "old", 1)) });
  onclose({ code: 4001 });
  await clock.advance(1000);
  assert.equal(network.sockets.length, 2);
  assert.deepEqual(seen.data, []);
});

test("deltas are merged; one that does not fit asks for a snapshot", async () => {
  const { started } = harness();
  const { seen, socket } = await started();
  const delta = (key, op, inserted, extra) => ({ type: "delta", id: "sub_1", delta: { key, op, row: inserted, table: "t" }, ...extra });
  await socket.receive(ack("sub_1"), data("sub_1", [row("b", 2)], 3));
  await socket.receive(delta("c", "insert", row("c", 3)), delta("b", "delete", undefined, { cursor: 5, epoch: "e1" }));
  assert.deepEqual(seen.data.at(-1), [row("c", 3)]);

  await socket.receive(delta("gone", "update", row("gone")), delta("d", "insert", row("d", 4), { cursor: 6, epoch: "e1" }));
  assert.deepEqual(seen.data.at(-1), [row("c", 3)], "what follows builds on a result this client does not have");
  assert.equal(socket.subscribes.length, 2);
  assert.equal("sinceSeq" in socket.subscribes[1].query, false);
  assert.equal(socket.subscribes[1].id, "sub_1");
  await socket.receive(ack("sub_1"), data("sub_1", [row("z")], 8), delta("z", "update", { ...row("z"), n: 1 }, { cursor: 9, epoch: "e1" }));
  assert.deepEqual(seen.data.at(-1), [{ ...row("z"), n: 1 }]);
});

test("a step of several deltas is shown once, whole; its rest never comes after a loss", async () => {
  const { clock, network, follow, started } = harness();
  const { seen, socket } = await started();
  const insert = (key, time, extra) => ({ type: "delta", id: "sub_1", delta: { key, op: "insert", row: row(key, time) }, ...extra });
  await socket.receive(ack("sub_1"), data("sub_1", [row("a", 1)], 3), insert("b", 2), insert("c", 3));
  const late = follow();
  await settle();
  assert.deepEqual(late.data, [[row("a", 1)]], "a late subscriber sees no half step either");
  await socket.receive(insert("d", 4, { cursor: 4, epoch: "e1" }));
  assert.deepEqual(seen.data.map((rows) => rows.length), [1, 4]);
  await socket.receive(insert("e", 5));
  await socket.drop();
  await clock.advance(1000);
  await network.last().open();
  await network.last().receive(ack("sub_1"), { type: "resume", id: "sub_1", cursor: 4, epoch: "e1" });
  await clock.advance(1000);
  assert.deepEqual(seen.data.map((rows) => rows.length), [1, 4]);
});

test("while a snapshot is awaited no frame of the old result moves the cursor", async () => {
  const { clock, network, started } = harness();
  const { socket } = await started();
  const misfit = { type: "delta", id: "sub_1", delta: { key: "x", op: "update", row: row("x") }, cursor: 4, epoch: "e1" };
  await socket.receive(ack("sub_1"), data("sub_1", [row("a")], 3), misfit, { type: "settled", id: "sub_1", cursor: 5, epoch: "e1" });
  await socket.drop();
  await clock.advance(1000);
  await network.last().open();
  assert.equal("sinceSeq" in network.last().subscribes[0].query, false);
});

test("a delta on a scalar result, or before any result, asks for a snapshot", async () => {
  const { started } = harness();
  const { socket } = await started();
  await socket.receive(ack("sub_1"), data("sub_1", 5, 1), { type: "delta", id: "sub_1", delta: { key: "a", op: "delete" } });
  assert.equal(socket.subscribes.length, 2);
});

test("an error reaches onError; a new subscriber or a new connection tries again", async () => {
  const { clock, network, started, follow } = harness();
  const { seen, socket } = await started();
  await socket.receive(ack("sub_1"), { type: "error", id: "sub_1", code: "FORBIDDEN", error: { code: "FORBIDDEN", message: "no" } });
  assert.deepEqual(seen.errors.map((e) => [e.code, e.message, e.origin]), [["FORBIDDEN", "no", "server"]]);
  follow();
  assert.equal(socket.subscribes.length, 2);
  await socket.receive({ type: "error", id: "sub_1", message: "only text" });
  assert.equal(seen.errors.at(-1).message, "only text");
  await socket.drop();
  await clock.advance(1000);
  await network.last().open();
  assert.equal(network.last().subscribes.length, 1);
});

test("after an error was told, a recovery is told too, even without a new result", async () => {
  const { clock, network, started } = harness();
  const { seen, socket } = await started();
  await socket.receive(ack("sub_1"), data("sub_1", ["a"], 1), { type: "error", id: "sub_1", code: "INTERNAL", message: "once" });
  await socket.drop();
  await clock.advance(1000);
  await network.last().open();
  await network.last().receive(ack("sub_1"), { type: "resume", id: "sub_1", cursor: 2, epoch: "e1" });
  assert.deepEqual([seen.data, seen.errors.length], [[["a"], ["a"]], 1]);
});

test("an error frame is read in every shape", () => {
  const shape = (frame) => [errorOf({ type: "error", ...frame }).code, errorOf({ type: "error", ...frame }).message];
  assert.deepEqual(shape({ error: { code: "A", message: "m" } }), ["A", "m"]);
  assert.deepEqual(shape({ code: "B", message: "m" }), ["B", "m"]);
  assert.deepEqual(shape({ error: { message: "m" } }), ["INTERNAL", "m"]);
  assert.deepEqual(shape({ message: "m" }), ["INTERNAL", "m"]);
  assert.equal(shape({})[0], "INTERNAL");
});

test("a result that does not decode is an error, and is never resumed from", async () => {
  const { clock, network, started } = harness();
  const { seen, socket } = await started();
  await socket.receive(data("sub_1", [row("a")], 1), data("sub_1", ["$lunora.wire$", "set"], 2));
  assert.equal(seen.errors[0].code, "WIRE_DECODE_FAILED");
  await socket.receive({ type: "delta", id: "sub_1", delta: { key: "a", op: "delete" }, cursor: 3, epoch: "e1" });
  await socket.drop();
  await clock.advance(1000);
  await network.last().open();
  assert.equal("sinceSeq" in network.last().subscribes[0].query, false);
});

test("unknown frames, pongs, binary and broken text are ignored", async () => {
  const { client, started } = harness();
  const { seen, socket } = await started();
  const noise = ["lunora-pong", "{broken", "[]", "{}", '{"type":1}', { type: "poem", id: "sub_1" }, { type: "data", id: 7 }, { type: "data", id: "sub_99", data: 1 }];
  await socket.receive(...noise);
  socket.onmessage({ data: new ArrayBuffer(4) });
  assert.deepEqual([seen.data, seen.errors, client.connectionState.status], [[], [], "open"]);
});

test("a query that is to be asked again, and is given up before, is unsubscribed", async () => {
  const { started, follow } = harness();
  const { seen, socket } = await started("a:b", {});
  await socket.receive(data("sub_1", [row("a")], 1));
  for (const n of [2, 3, 4]) follow("a:b", { n });
  // No slot is free for the snapshot that this delta makes necessary.
  await socket.receive({ type: "delta", id: "sub_1", delta: { key: "x", op: "update", row: row("x") }, cursor: 2 });
  seen.stop();
  assert.ok(socket.sent.some((frame) => frame.type === "unsubscribe" && frame.id === "sub_1"));
});
