// The life of a socket: whispers (protocol section 11), presence and hooks (12), expiry (6.2).
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedWithoutEdge } from "./support/harness.mjs";
import { refusal, unique } from "./support/rpc.mjs";

const app = servedWithoutEdge();
const call = (path, args) => app.rpc.call(path, args);
const whispersOf = (socket) => socket.frames.filter(({ type }) => type === "whisper");

/** Sends frames and waits until the shard has acted on them. */
async function sent(socket, ...frames) {
  for (const frame of frames) socket.send(frame);
  await socket.unsubscribe("nothing");
}

const join = (topic) => ({ type: "whisper_subscribe", topic });
const leave = (topic) => ({ type: "whisper_unsubscribe", topic });
const whisper = (topic, data) => ({ type: "whisper", topic, data });

describe("whispers", () => {
  test("to every other socket of the topic, as they were written; the sender need not have joined", async () => {
    const topic = unique("topic");
    const [ann, bob, cid, outside] = await Promise.all([1, 2, 3, 4].map(() => app.connect()));
    for (const socket of [ann, bob, cid]) await sent(socket, join(topic));
    ann.sendRaw(`{"data" : {"x": 1.0 ,"data":["}\\""]} ,"type":"whisper","topic":${JSON.stringify(topic)}}`);
    await sent(ann);
    await sent(outside, whisper(topic, ["out", null]), whisper(topic));
    for (const socket of [bob, cid]) {
      await socket.until(() => whispersOf(socket).length >= 3, "3 whispers");
      assert.deepEqual(whispersOf(socket).map(({ data }) => data), [{ x: 1, data: ['}"'] }, ["out", null], null]);
      for (const frame of whispersOf(socket)) assert.deepEqual(Object.keys(frame).sort(), ["data", "topic", "type"]);
    }
    await ann.until(() => whispersOf(ann).length >= 2, "2 whispers");
    assert.equal(whispersOf(ann).length, 2);
    assert.equal(whispersOf(outside).length, 0);
  });

  test("they say which user they are from", async () => {
    const topic = unique("topic");
    const [ann, bob] = [await app.connectAs({ userId: "ann" }), await app.connect()];
    await sent(bob, join(topic));
    await sent(ann, whisper(topic, 1));
    assert.equal((await bob.frame(({ type }) => type === "whisper")).from, "ann");
  });

  test("memberships outlive sleep, and end with a leave", async () => {
    const topic = unique("topic");
    const [ann, bob] = [await app.connect(), await app.connect()];
    await sent(ann, join(topic));
    await app.evict("hibernate");
    await sent(bob, whisper(topic, 1));
    await ann.until(() => whispersOf(ann).length === 1, "a whisper");
    await sent(ann, leave(topic));
    await app.evict("hibernate");
    await sent(bob, whisper(topic, 2));
    await ann.settle(app.rpc);
    assert.equal(whispersOf(ann).length, 1);
  });

  test("payloads of 4,096 units, not one more", async () => {
    const topic = unique("topic");
    const [ann, bob] = [await app.connect(), await app.connect()];
    await sent(bob, join(topic));
    await sent(ann, whisper(topic, "x".repeat(4095)), whisper(topic, "x".repeat(4094)), whisper(topic, "last"));
    await bob.until(() => whispersOf(bob).at(-1)?.data === "last", "the last whisper");
    assert.deepEqual(whispersOf(bob).map(({ data }) => data.length), [4094, 4]);
  });

  test("64 topics a socket", async () => {
    const topic = unique("topic");
    const [ann, bob] = [await app.connect(), await app.connect()];
    await sent(ann, ...Array.from({ length: 65 }, (_, n) => join(`${topic}.${n}`)));
    await sent(bob, whisper(`${topic}.64`, "dropped"), whisper(`${topic}.63`, "heard"));
    await ann.until(() => whispersOf(ann).length === 1, "a whisper");
    assert.equal(whispersOf(ann)[0].data, "heard");
    await sent(ann, leave(`${topic}.0`), join(`${topic}.64`));
    await sent(bob, whisper(`${topic}.64`, "now"));
    await ann.until(() => whispersOf(ann).at(-1).data === "now", "a whisper");
  });

  test("50 at once; then 25 a second", async () => {
    const topic = unique("topic");
    const [ann, bob] = [await app.connect(), await app.connect()];
    await sent(bob, join(topic));
    const started = Date.now();
    await sent(ann, ...Array.from({ length: 200 }, (_, n) => whisper(topic, n)));
    const seconds = (Date.now() - started) / 1000;
    await bob.settle(app.rpc);
    const heard = whispersOf(bob).length;
    assert.ok(heard >= 50 && heard <= 51 + 25 * seconds && heard < 200, `${heard} in ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await sent(ann, whisper(topic, "later"));
    await bob.until(() => whispersOf(bob).at(-1).data === "later", "the later whisper");
  });

  test("what is no topic is dropped, and the socket lives", async () => {
    const socket = await app.connect();
    await sent(socket, join(7), join("x".repeat(513)), { type: "whisper" }, whisper(null, 1), leave({}));
    assert.equal(socket.frames.filter(({ type }) => type === "error").length, 0);
  });
});

describe("presence", () => {
  const beat = (roomId, sessionId, more = {}) => call("presence:heartbeat", { roomId, sessionId, ...more });
  const present = (roomId) => call("presence:listPresent", { roomId });

  test("a heartbeat is seen, newest first, without its session id", async () => {
    const room = unique("room");
    const { lastSeen } = await beat(room, "a", { data: { mood: "fine" } });
    assert.ok(Math.abs(lastSeen - Date.now()) < 60_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await beat(room, "b");
    const members = await present(room);
    assert.deepEqual(members.map(({ data }) => data), [undefined, { mood: "fine" }]);
    for (const member of members) {
      assert.equal(member.roomId, room);
      assert.equal(member.sessionId, undefined);
      assert.equal(member.userId, undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    await beat(room, "a", { data: 2 });
    assert.deepEqual((await present(room)).map(({ data }) => data), [2, undefined]);
  });

  test("data of 4,096 bytes, not one more", async () => {
    const room = unique("room");
    await beat(room, "a", { data: "ü".repeat(2047) });
    refusal(await app.rpc.send("presence:heartbeat", { roomId: room, sessionId: "a", data: "ü".repeat(2048) }), 400, "BAD_REQUEST");
    refusal(await app.rpc.send("presence:heartbeat", { roomId: room }), 400, "VALIDATION_ERROR");
    assert.equal((await present(room))[0].data.length, 2047);
  });

  test("a session belongs to who began it; a user's sessions are one member", async () => {
    const room = unique("room");
    const as = (userId, sessionId) =>
      app.direct("/rpc", { functionPath: "presence:heartbeat", args: { roomId: room, sessionId } }, { headers: userId ? { "x-lunora-userid": userId } : {} });
    assert.equal((await as("ann", "a")).status, 200);
    for (const other of ["bob", undefined]) {
      const refused = await as(other, "a");
      assert.equal(refused.status, 403);
      assert.equal(refused.json.error.code, "FORBIDDEN");
    }
    await as("ann", "b");
    await as("bob", "c");
    assert.deepEqual((await present(room)).map(({ userId }) => userId).sort(), ["ann", "bob"]);
  });

  test("sweep is internal", async () => {
    refusal(await app.rpc.send("presence:sweep"), 404, "FUNCTION_NOT_FOUND");
  });

  for (const sleeps of [false, true]) {
    test(`a session ends with its socket${sleeps ? ", also when it sleeps" : ""}; a live list hears of it`, async () => {
      const room = unique("room");
      const watcher = await app.connect();
      const { id } = await watcher.subscribe("presence:listPresent", { roomId: room });
      const member = await app.connect({ context: { roomId: room, sessionId: "s" } });
      await beat(room, "s");
      await watcher.until(() => watcher.of(id).at(-1).data?.length === 1, "one member");
      if (sleeps) await app.evict("hibernate");
      member.close();
      await watcher.until(() => watcher.of(id).at(-1).data?.length === 0, "no member");
      assert.deepEqual(await present(room), []);
    });
  }

  test("a hook's context is the first connect's; the hook runs as the socket's user", async () => {
    const [room, other] = [unique("room"), unique("room")];
    const context = { roomId: room, sessionId: "s" };
    const member = await app.connectAs({ userId: "ann", connect: { context } });
    member.send({ type: "connect", id: "connect", context: { roomId: other, sessionId: "s" } });
    const headers = { "x-lunora-userid": "ann" };
    for (const roomId of [room, other]) {
      await app.direct("/rpc", { functionPath: "presence:heartbeat", args: { roomId, sessionId: "s" } }, { headers });
    }
    const thief = await app.connectAs({ userId: "bob", connect: { context: { roomId: other, sessionId: "s" } } });
    await sent(thief);
    const watcher = await app.connect();
    const { id } = await watcher.subscribe("presence:listPresent", { roomId: room });
    thief.close();
    member.close();
    await watcher.until(() => watcher.of(id).at(-1).data?.length === 0, "no member");
    assert.equal((await present(other)).length, 1, "neither the second context nor another's counts");
  });
});

describe("an identity that expires", () => {
  const soon = () => Date.now() + 1500;
  const refused = {
    type: "error",
    code: "TOKEN_EXPIRED",
    message: "authentication token expired",
    error: { code: "TOKEN_EXPIRED", message: "authentication token expired" },
  };
  const expired = async (socket) => {
    const { code, reason } = await socket.closed;
    assert.deepEqual([code, reason], [4001, "token_expired"]);
    assert.deepEqual(socket.frames.at(-1), refused);
  };

  test("is told with the next frame it sends, the next push and the next whisper, also after sleep", async () => {
    const [name, topic] = [unique("expiry"), unique("topic")];
    const connect = (expiresAt) => app.connectAs({ userId: "ann", expiresAt });
    const at = soon();
    const [talking, listening, whispered, forever] = [await connect(at), await connect(at), await connect(at), await connect()];
    for (const socket of [listening, forever]) await socket.subscribe("counters:get", { name });
    await sent(whispered, join(topic));
    await call("counters:add", { name, by: 1 });
    await listening.frame((frame) => frame.data === 1);
    await new Promise((resolve) => setTimeout(resolve, at - Date.now() + 20));
    await app.evict("hibernate");
    talking.send({ type: "unsubscribe", id: "x" });
    await expired(talking);
    await sent(forever, whisper(topic, 1));
    await expired(whispered);
    await call("counters:add", { name, by: 1 });
    await expired(listening);
    await forever.frame((frame) => frame.data === 2);
    assert.equal(listening.frames.some((frame) => frame.data === 2), false, "nothing is told after the end");
  });
});
