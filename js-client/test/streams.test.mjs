import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { ack, harness } from "./support/harness.mjs";

async function world(options) {
  const h = harness();
  const stream = h.client.stream("system:count", { to: 3 }, options);
  await settle();
  await h.network.last().open();
  return { ...h, stream, socket: h.network.last() };
}
const chunk = (data, seq, generation = 7) => ({ type: "chunk", id: "stream_1", data, ...(seq ? { seq, generation } : {}) });
const complete = { type: "complete", id: "stream_1" };
const started = (socket) => socket.sent.filter((frame) => frame.type === "stream");

test("chunks arrive in order and the loop ends with the stream", async () => {
  const { stream, socket } = await world({ shardKey: "room" });
  assert.deepEqual(started(socket), [{ type: "stream", id: "stream_1", query: { functionPath: "system:count", args: { to: 3 }, shardKey: "room" } }]);
  await socket.receive(ack("stream_1"), chunk(["$lunora.wire$", "bigint", "1"]), chunk(2));
  const seen = [];
  const loop = (async () => {
    for await (const value of stream) seen.push(value);
  })();
  await settle();
  await socket.receive(chunk(3), complete);
  await loop;
  assert.deepEqual([seen, stream.position], [[1n, 2, 3], undefined]);
  assert.deepEqual(await stream.next(), { done: true, value: undefined });
  assert.equal(socket.sent.some((frame) => frame.type === "unsubscribe"), false);
});

test("leaving the loop cancels, once", async () => {
  const { clock, client, stream, socket } = await world();
  await socket.receive(chunk(1), chunk(2));
  for await (const value of stream) if (value === 1) break;
  await stream.return();
  await socket.receive(ack("stream_1"), chunk(3));
  assert.deepEqual(socket.sent.filter((frame) => frame.type === "unsubscribe"), [{ type: "unsubscribe", id: "stream_1" }]);
  assert.deepEqual(await stream.next(), { done: true, value: undefined });
  await clock.advance(5_000);
  assert.equal(client.connectionState.status, "closed", "the socket is not needed any more");
});

test("an error is thrown after the chunks before it, once", async () => {
  const { stream, socket } = await world();
  await socket.receive(chunk(1), { type: "error", id: "stream_1", error: { code: "NOT_FOUND", message: "stream not registered" } });
  assert.deepEqual(await stream.next(), { done: false, value: 1 });
  await assert.rejects(stream.next(), { code: "NOT_FOUND", origin: "server" });
  assert.deepEqual(await stream.next(), { done: true, value: undefined });
});

test("a durable stream goes on after a loss, without gap or double", async () => {
  const { clock, network, stream, socket } = await world();
  await socket.receive(ack("stream_1"), chunk("a", 1), chunk("b", 2));
  await socket.drop();
  await clock.advance(1000);
  const again = network.last();
  await again.open();
  assert.deepEqual([started(again)[0].sinceChunk, started(again)[0].generation], [2, 7]);
  await again.receive(ack("stream_1"), chunk("b", 2), chunk("c", 3), complete);
  assert.equal(stream.position, undefined, "nothing was read yet");
  const seen = [];
  for await (const value of stream) seen.push([value, stream.position.chunk]);
  assert.deepEqual(seen, [["a", 1], ["b", 2], ["c", 3]]);
});

test("a reader can go on where an earlier one stopped", async () => {
  const { stream, socket } = await world({ resume: { chunk: 4, generation: 7 } });
  assert.deepEqual([started(socket)[0].sinceChunk, started(socket)[0].generation], [4, 7]);
  await socket.receive(chunk("e", 5), complete);
  assert.deepEqual(await stream.next(), { done: false, value: "e" });
  assert.deepEqual(stream.position, { chunk: 5, generation: 7 });
});

test("another generation, or a gap, ends a durable stream", async () => {
  for (const wrong of [chunk("x", 2, 8), chunk("x", 3)]) {
    const { stream, socket } = await world();
    await socket.receive(chunk("a", 1), wrong);
    await stream.next();
    await assert.rejects(stream.next(), { code: "STREAM_INTERRUPTED" });
    assert.deepEqual(socket.sent.at(-1), { type: "unsubscribe", id: "stream_1" });
  }
});

test("a stream that is not durable ends with the connection; one never sent does not", async () => {
  const { client, clock, network, stream, socket } = await world();
  await socket.receive(chunk(1));
  await socket.drop();
  assert.deepEqual(await stream.next(), { done: false, value: 1 });
  await assert.rejects(stream.next(), { code: "STREAM_DISCONNECTED", origin: "transport" });
  const patient = client.stream("system:count");
  await clock.advance(1000);
  await network.last().drop();
  await clock.advance(2000);
  await network.last().open();
  await network.last().receive({ type: "chunk", id: "stream_2", data: 5 });
  assert.deepEqual(await patient.next(), { done: false, value: 5 });
});

test("a slow reader is bounded; an undecodable chunk ends the stream; so does closing the client", async () => {
  const slow = await world();
  for (let n = 0; n < 10_001; n++) slow.socket.onmessage({ data: JSON.stringify(chunk(n)) });
  let read = 0;
  await assert.rejects(async () => {
    for await (const value of slow.stream) assert.equal(value, read++);
  }, { code: "STREAM_QUEUE_OVERFLOW" });
  assert.equal(read, 10_000);
  const bad = await world();
  await bad.socket.receive(chunk(["$lunora.wire$", "set"]));
  await assert.rejects(bad.stream.next(), { code: "WIRE_DECODE_FAILED" });
  const closed = await world();
  const waiting = assert.rejects(closed.stream.next(), { code: "CLIENT_CLOSED" });
  closed.client.close();
  await waiting;
  assert.equal(closed.clock.pending, 0);
  assert.throws(() => closed.client.stream("a:b"), { code: "CLIENT_CLOSED" });
});
