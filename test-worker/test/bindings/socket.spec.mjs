import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker, until } from "./harness.mjs";

const worker = startWorker();

const path = (object, name) => `/object/${object}/socket/open?name=${name}`;
const list = (object, query = "") => worker.json(`/object/${object}/socket/list${query}`);

test("a hibernating socket has its tags, its attachment and its events", async () => {
  const socket = await worker.socket(path("events", "a"));
  assert.deepEqual(await list("events"), {
    names: ["a"],
    tags: ["all", "name:a"],
    states: ["OPEN"],
    responded: [false],
    messages: 0,
  });
  socket.send("hé");
  assert.equal(await socket.next(), "a:hé:1");
  socket.send(Uint8Array.of(1, 255));
  assert.deepEqual(new Uint8Array(await socket.next()), Uint8Array.of(1, 255));
  socket.send("attach b");
  socket.send("again");
  assert.equal(await socket.next(), "b:again:3");
  await socket.close();
});

test("sockets are found by tag", async () => {
  await worker.socket(path("tags", "a"));
  await worker.socket(path("tags", "b"));
  assert.deepEqual((await list("tags", "?tag=name:b")).names, ["b"]);
  assert.deepEqual((await list("tags", "?tag=all")).names.sort(), ["a", "b"]);
  assert.deepEqual((await list("tags", "?tag=other")).names, []);
});

test("either side closes, with its code and reason", async () => {
  const ours = await worker.socket(path("close", "a"));
  await ours.close(4002, "enough");
  await until(
    () => worker.json("/object/close/storage/closed"),
    ({ closed }) => closed === "4002 enough a",
  );
  const theirs = await worker.socket(path("close", "b"));
  theirs.send("close me");
  assert.deepEqual(await theirs.closed, { code: 4001, reason: "as you wish" });
  await until(() => list("close"), ({ names, states }) => !names.includes("b") || states.every((s) => s !== "OPEN"));
});

test("sockets opened at the same moment hibernate, and wake the object with their attachments", async () => {
  const sockets = await Promise.all(["a", "b", "c"].map((name) => worker.socket(path("sleep", name))));
  sockets[0].send("one");
  assert.equal(await sockets[0].next(), "a:one:1");
  const before = await worker.json("/object/sleep/life/order");
  await worker.handle.evictDurableObject("BindingsObject", { name: "sleep", webSockets: "hibernate" });
  assert.ok(sockets.every((socket) => socket.isOpen));
  sockets[1].send("two");
  // The count began anew: it is another Java object.
  assert.equal(await sockets[1].next(), "b:two:1");
  const after = await worker.json("/object/sleep/life/order");
  assert.notEqual(after.start, before.start);
  const woken = await list("sleep");
  assert.deepEqual(woken.names.sort(), ["a", "b", "c"]);
  assert.equal(woken.tags.length, 6);
});

test("an eviction that closes sockets is seen by their clients", async () => {
  const socket = await worker.socket(path("evicted", "a"));
  await worker.handle.evictDurableObject("BindingsObject", { name: "evicted", webSockets: "close" });
  assert.equal((await socket.closed).code, 1006);
  assert.deepEqual((await list("evicted")).names, []);
});

test("the platform answers a frame by itself, and says when", async () => {
  assert.deepEqual(await worker.json("/object/auto/socket/respond"), {
    before: false,
    request: "ping",
    response: "pong é",
  });
  const socket = await worker.socket(path("auto", "a"));
  socket.send("ping");
  assert.equal(await socket.next(), "pong é");
  const answered = await list("auto");
  assert.deepEqual([answered.responded, answered.messages], [[true], 0]);
  assert.deepEqual(await worker.json("/object/auto/socket/silence"), { none: true });
  socket.send("ping");
  assert.equal(await socket.next(), "a:ping:1");
});

test("the event timeout is set, read, taken back, and has a limit", async () => {
  const { tooLong, ...answer } = await worker.json("/object/timeout/socket/timeout");
  assert.deepEqual(answer, { before: null, set: 5000, after: null });
  assert.match(tooLong, /^JsException: Error: Event timeout should not exceed 604800000 ms/);
});

test("bytes that wait are counted", async () => {
  const socket = await worker.socket(path("buffer", "a"));
  const { before, after } = await worker.json("/object/buffer/socket/push?name=a");
  assert.equal(before, 0);
  assert.ok(after >= 100_000, `${after} bytes`);
  assert.equal((await socket.next()).length, 100_000);
});

test("what the platform refuses arrives as its error", async () => {
  const answer = await worker.json("/object/refused/socket/refused");
  assert.match(answer.manyTags, /^JsException: Error: .*more than 10 tags/);
  assert.match(answer.longTag, /^JsException: Error: .*256 characters/);
  assert.match(answer.twice, /^JsException: Error: .*already accepted/);
  assert.match(answer.tagsOfOther, /^JsException: Error/);
  assert.match(answer.attachment, /^JsException: Error: .*larger than 16384 bytes/);
  assert.equal(answer.noAttachment, null);
  assert.match(answer.closeCode, /^JsException: InvalidAccessError/);
  assert.match(answer.closeReason, /^JsException: SyntaxError/);
  assert.match(answer.longPair, /^JsException: RangeError/);
  assert.match(answer.sendAfterClose, /^JsException: TypeError/);
});

test("a Worker without an object keeps a socket awake", async () => {
  const socket = await worker.socket("/socket/echo");
  socket.send("hé");
  assert.equal(await socket.next(), "echo hé");
  socket.send(Uint8Array.of(7));
  assert.deepEqual(new Uint8Array(await socket.next()), Uint8Array.of(7));
});

test("a Worker is the client of an object's socket; no upgrade is an error", async () => {
  assert.deepEqual(await worker.json("/socket/client"), {
    events: ["text served:hé:1", "bytes 0102", "closed 4001 as you wish"],
    noUpgrade: "Java: no upgrade: the server answered 200",
  });
});
