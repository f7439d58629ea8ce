// Streams over a live socket (protocol section 10), black box: what is refused, what ends them, what is read on.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { crash } from "./support/crash.mjs";
import { servedApp } from "./support/harness.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { refusal, unique } from "./support/rpc.mjs";

const app = servedApp();
const COUNT = "system:count";
const DURABLE = "system:countDurable";

const isEnd = (frame) => frame.type === "complete" || frame.type === "error";
const range = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

/** Asks for a stream, and does not wait for it. */
function start(socket, functionPath, args, more = {}) {
  const id = socket.newId();
  socket.send({ type: "stream", id, query: { functionPath, args }, ...more });
  return id;
}

/** Looks at each frame once: there are tens of thousands of some. */
const last = (socket, matches, what) => socket.until((frames) => matches(frames.at(-1)), what);

/** The frames of a stream, once it has ended. */
async function ended(socket, id) {
  const isOver = (frame) => frame?.id === id && isEnd(frame);
  if (!socket.frames.some(isOver)) await last(socket, isOver, `end of ${id}`);
  return socket.of(id);
}

/** Asks for a stream and waits for its end. */
const run = (socket, functionPath, args, more) => ended(socket, start(socket, functionPath, args, more));

const chunk = (socket, id, data) => socket.frame((frame) => frame.id === id && frame.type === "chunk" && frame.data === data, `chunk ${data} of ${id}`);
const dataOf = (frames) => frames.filter((frame) => frame.type === "chunk").map((frame) => frame.data);

/** A socket of a client with a name of its own: what it starts is no other test's. */
async function client(clientId = unique("client"), url = app.url) {
  const socket = await LiveSocket.open(url);
  socket.send({ type: "connect", id: "connect", clientId });
  return socket;
}

/** The refusal that these frames are. */
function refused(frames, code) {
  assert.deepEqual(frames.map((frame) => frame.type), ["error"], JSON.stringify(frames));
  assert.equal(frames[0].code, code);
  assert.equal(frames[0].error.code, code);
  assert.equal(frames[0].message, frames[0].error.message);
  return frames[0].message;
}

describe("a stream", () => {
  test("is acknowledged, gives its values in order, and completes", async () => {
    const socket = await client();
    const id = start(socket, COUNT, { to: 3 });
    assert.deepEqual(await ended(socket, id), [
      { type: "ack", id },
      ...[1, 2, 3].map((data) => ({ type: "chunk", id, data })),
      { type: "complete", id },
    ]);
    const none = await run(socket, COUNT, { to: 0 });
    assert.deepEqual(none.map((frame) => frame.type), ["ack", "complete"]);
    const began = performance.now();
    assert.deepEqual(dataOf(await run(socket, COUNT, { to: 4, everyMs: 100 })), [1, 2, 3, 4]);
    assert.ok(performance.now() - began >= 295, "three waits of 100 ms");
    socket.close();
  });

  test("runs beside seven others of its socket; a ninth is refused, and an id that is taken", async () => {
    const socket = await client();
    const ids = range(1, 8).map(() => start(socket, COUNT, { to: 5, everyMs: 60 }));
    await Promise.all(ids.map((id) => chunk(socket, id, 1)));
    assert.match(refused(await run(socket, COUNT, { to: 1 }), "TOO_MANY_STREAMS"), /8/);
    socket.send({ type: "stream", id: ids[0], query: { functionPath: COUNT, args: { to: 1 } } });
    const inUse = await socket.frame((frame) => frame.id === ids[0] && frame.type === "error");
    assert.equal(inUse.code, "STREAM_ID_IN_USE");
    for (const id of ids) {
      const frames = await socket.until(() => socket.of(id).some((frame) => frame.type === "complete") && socket.of(id));
      assert.deepEqual(dataOf(frames), [1, 2, 3, 4, 5]);
    }
    const order = socket.frames.filter((frame) => frame.type === "chunk").map((frame) => frame.data);
    assert.notDeepEqual(order, ids.flatMap(() => [1, 2, 3, 4, 5]), "side by side, not one after the other");
    assert.deepEqual(dataOf(await run(socket, COUNT, { to: 1 })), [1], "there is room again");
    socket.close();
  });

  test("that is cancelled is acknowledged and says nothing more", async () => {
    const socket = await client();
    const id = start(socket, COUNT, { to: 3, everyMs: 3_600_000 });
    await chunk(socket, id, 1);
    await socket.unsubscribe(id);
    socket.send({ type: "stream", id, query: { functionPath: COUNT, args: { to: 2 } } });
    const frames = await ended(socket, id);
    assert.deepEqual(frames.map((frame) => frame.type), ["ack", "chunk", "ack", "ack", "chunk", "chunk", "complete"]);
    socket.close();
  });

  test("that cannot be started is refused", async () => {
    const socket = await client();
    const admin = start(socket, "__lunora_admin__:tail", {});
    assert.deepEqual(await socket.count(admin, 1), [{ id: admin, message: "streams must be public", type: "error" }]);
    for (const path of ["system:none", "system:ping", "system:secretInternal", "nonsense"]) {
      assert.equal(refused(await run(socket, path, {}), "NOT_FOUND"), `stream not registered: ${path}`);
    }
    refused(await run(socket, COUNT, { to: ["$lunora.wire$", "set"] }), "BAD_SUBSCRIPTION_ARGS");
    refused(await run(socket, COUNT, [1]), "BAD_SUBSCRIPTION_ARGS");
    assert.match(refused(await run(socket, COUNT, {}), "VALIDATION_ERROR"), /args\.to/);
    assert.match(refused(await run(socket, COUNT, { to: 1, everyMs: -1 }), "VALIDATION_ERROR"), /args\.everyMs/);
    socket.close();
  });

  test("is no query and no function to call", async () => {
    const socket = await client();
    const { first } = await socket.subscribe(COUNT, { to: 1 });
    assert.equal(first.code, "FUNCTION_NOT_FOUND");
    refusal(await app.rpc.send(COUNT, { to: 1 }), 404, "FUNCTION_NOT_FOUND");
    socket.close();
  });

  test("without a pause lets others have their turn, and a cancellation through", async () => {
    const socket = await client();
    const id = start(socket, COUNT, { to: 2_000_000_000 });
    await last(socket, (frame) => frame?.data >= 1000, "chunk 1000");
    const name = unique("beside");
    assert.equal(await app.rpc.call("counters:add", { name, by: 2 }), 2);
    const other = await client();
    assert.equal((await other.subscribe("counters:get", { name })).first.data, 2);
    socket.send({ type: "unsubscribe", id });
    await last(socket, (frame) => frame.type === "ack", "ack");
    const count = socket.of(id).length;
    assert.deepEqual(dataOf(socket.of(id)), range(1, count - 2));
    await other.settle(app.rpc);
    assert.equal(socket.of(id).length, count, "nothing came after the ack");
    for (const each of [socket, other]) each.close();
  });

  test("keeps its shard awake while it waits", { timeout: 30_000 }, async () => {
    const socket = await client();
    // Longer than an object that has nothing to do stays in memory.
    const id = start(socket, COUNT, { to: 2, everyMs: 12_000 });
    await chunk(socket, id, 1);
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    assert.deepEqual(dataOf(await ended(socket, id)), [1, 2]);
    socket.close();
  });
});

describe("a durable stream", () => {
  const numbers = (frames) => frames.filter((frame) => frame.type === "chunk").map((frame) => frame.seq);
  const since = (frame) => ({ sinceChunk: frame.seq, generation: frame.generation });

  test("numbers its chunks and names its run", async () => {
    const socket = await client();
    const before = Date.now();
    const frames = await run(socket, DURABLE, { to: 3 });
    assert.deepEqual(frames.map((frame) => frame.type), ["ack", "chunk", "chunk", "chunk", "complete"]);
    assert.deepEqual([dataOf(frames), numbers(frames)], [[1, 2, 3], [1, 2, 3]]);
    const { generation } = frames[1];
    assert.ok(Number.isInteger(generation) && Math.abs(generation - before) < 60_000);
    assert.ok(frames.slice(1, 4).every((frame) => frame.generation === generation));
    socket.close();
  });

  test("goes on while its client is away, and is read on", async () => {
    const name = unique("client");
    const args = { to: 12, everyMs: 50 };
    const socket = await client(name);
    const third = await chunk(socket, start(socket, DURABLE, args), 3);
    socket.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const again = await client(name);
    const frames = await run(again, DURABLE, args, since(third));
    assert.deepEqual(numbers(frames), range(4, 12));
    assert.equal(frames.at(-1).type, "complete");
    const replayed = await run(again, DURABLE, args, since(frames.at(-2)));
    assert.deepEqual(replayed.map((frame) => frame.type), ["ack", "complete"]);
    again.close();
  });

  test("that is cancelled is only let go of", async () => {
    const socket = await client();
    const args = { to: 6, everyMs: 40 };
    const id = start(socket, DURABLE, args);
    const second = await chunk(socket, id, 2);
    await socket.unsubscribe(id);
    const frames = await run(socket, DURABLE, args, since(second));
    assert.deepEqual([numbers(frames), frames.at(-1).type], [[3, 4, 5, 6], "complete"]);
    assert.ok(!socket.of(id).some(isEnd), "the one that was cancelled did not complete");
    socket.close();
  });

  test("is one run for all sockets of a client, each from where it is, and another for other clients", async () => {
    const name = unique("client");
    const args = { to: 8, everyMs: 40 };
    const sockets = [await client(name), await client(name)];
    const first = start(sockets[0], DURABLE, args);
    await chunk(sockets[0], first, 3);
    const second = await run(sockets[1], DURABLE, { everyMs: 40, to: 8 });
    const frames = await ended(sockets[0], first);
    assert.deepEqual(second.slice(1, 9).map((frame) => [frame.seq, frame.generation]), frames.slice(1, 9).map((frame) => [frame.seq, frame.generation]));
    const other = await client();
    const own = await run(other, DURABLE, { to: 1 });
    refused(await run(other, DURABLE, args, since(frames[1])), "STREAM_INTERRUPTED");
    assert.equal(own.length, 3);
    for (const socket of [...sockets, other]) socket.close();
  });

  test("that is over is started anew by who does not read on, which ends what was read before", async () => {
    const socket = await client();
    const first = await run(socket, DURABLE, { to: 3 });
    const second = await run(socket, DURABLE, { to: 3 });
    assert.deepEqual(numbers(second), [1, 2, 3]);
    assert.ok(second[1].generation > first[1].generation);
    refused(await run(socket, DURABLE, { to: 3 }, since(first[1])), "STREAM_INTERRUPTED");
    refused(await run(socket, DURABLE, { to: 3 }, { ...since(second[1]), sinceChunk: 4 }), "STREAM_INTERRUPTED");
    const odd = await run(socket, DURABLE, { to: 3 }, { sinceChunk: 1, generation: 0.5 });
    assert.deepEqual(numbers(odd), [2, 3], "a generation that is none is ignored");
    socket.close();
  });

  test("ends at 50,000 chunks, and all of them can be read again", { timeout: 120_000 }, async () => {
    const socket = await client();
    const frames = await run(socket, DURABLE, { to: 50_001 });
    assert.equal(frames.length, 50_002);
    assert.equal(frames.at(-1).code, "STREAM_TOO_LONG");
    const replayed = await run(socket, DURABLE, { to: 50_001 }, since(frames[1]));
    assert.deepEqual(numbers(replayed), range(2, 50_000));
    assert.equal(replayed.at(-1).code, "STREAM_TOO_LONG");
    socket.close();
  });

  test("whose shard crashes is read as far as it got, or started anew", async () => {
    const name = unique("client");
    const args = { to: 10_000, everyMs: 10 };
    const socket = await client(name);
    const id = start(socket, DURABLE, args);
    const fifth = await chunk(socket, id, 5);
    await chunk(socket, id, 20);
    await crash(app);
    assert.equal((await socket.closed).code, 1006);
    const seen = Math.max(...numbers(socket.of(id)));
    const again = await client(name);
    const frames = await run(again, DURABLE, args, since(fifth));
    assert.equal(frames.at(-1).code, "STREAM_INTERRUPTED");
    const stored = numbers(frames);
    assert.deepEqual(stored, range(6, stored.at(-1)));
    assert.ok(stored.at(-1) >= seen, `${seen} were seen and ${stored.at(-1)} stored`);
    const fresh = start(again, DURABLE, args);
    assert.ok((await chunk(again, fresh, 1)).generation > fifth.generation);
    await again.unsubscribe(fresh);
    again.close();
  });

  test("keeps its shard in memory until it is over, and is there when the shard wakes again", async () => {
    // Ends what the tests before have left running: that would keep the shard in memory as well.
    await crash(app);
    const socket = await client();
    const args = { to: 50, everyMs: 20 };
    const id = start(socket, DURABLE, args);
    const third = await chunk(socket, id, 3);
    await app.evict("hibernate");
    assert.deepEqual(numbers(await ended(socket, id)), range(1, 50));
    assert.deepEqual(numbers(await run(socket, DURABLE, args, since(third))), range(4, 50));
    socket.close();
  });

  test("survives kill -9: what a client saw can be read again, and then it is interrupted", { timeout: 120_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), "lunora-streams-"));
    const port = await freePort();
    let server = await DevServer.start(port, directory);
    try {
      const args = { to: 100_000, everyMs: 1 };
      const socket = await client("killed", server.url);
      const id = start(socket, DURABLE, args);
      const fifth = await chunk(socket, id, 5);
      await chunk(socket, id, 120);
      await server.kill();
      await socket.closed;
      const seen = Math.max(...numbers(socket.of(id)));
      server = await DevServer.start(port, directory);
      const again = await client("killed", server.url);
      const frames = await run(again, DURABLE, args, since(fifth));
      const stored = numbers(frames);
      assert.deepEqual(stored, range(6, stored.at(-1)));
      assert.ok(stored.at(-1) >= seen, `${seen} were seen and ${stored.at(-1)} stored`);
      assert.equal(frames.at(-1).code, "STREAM_INTERRUPTED");
      const fresh = await chunk(again, start(again, DURABLE, args), 1);
      assert.ok(fresh.generation > fifth.generation);
      again.close();
    } finally {
      await server.kill();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
