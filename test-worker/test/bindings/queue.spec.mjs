import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker, until } from "./harness.mjs";

const worker = startWorker();

const send = (path, text) => worker.fetch(`/queue/${path}`, { method: "POST", body: text });

/** The deliveries that pass the filter, once there are so many of them. */
async function deliveries(filter, count, ms = 20_000) {
  const { notes } = await until(
    () => worker.json("/object/queue/notes/list"),
    (answer) => answer.notes.filter(filter).length >= count,
    ms,
  );
  return notes.filter(filter);
}

test("a message is delivered once when it is acknowledged", async () => {
  assert.equal((await send("send", "ack one")).status, 204);
  const [{ id, ...note }] = await deliveries(({ text }) => text === "ack one", 1);
  assert.ok(id.length > 0);
  const json = "ack one";
  assert.deepEqual(note, { queue: "bindings-queue", text: "ack one", bytes: null, json, attempts: 1, sent: true });
});

test("JSON values, texts and bytes are told apart", async () => {
  assert.equal((await send("kinds")).status, 204);
  const isMine = ({ text, bytes, json }) => text === "ack text" || bytes === "01ff" || json === null || json?.kind;
  const notes = await deliveries(isMine, 4);
  const byKind = notes.map(({ text, bytes, json }) => ({ text, bytes, json }));
  assert.deepEqual(byKind, [
    { text: null, bytes: null, json: { kind: [1, null, "é"] } },
    { text: null, bytes: null, json: null },
    { text: "ack text", bytes: null, json: "ack text" },
    { text: null, bytes: "01ff", json: null },
  ]);
});

test("a message that is retried comes again, with its id", async () => {
  await send("send", "retry this");
  const notes = await deliveries(({ text }) => text === "retry this", 2);
  assert.deepEqual(notes.map(({ attempts }) => attempts), [1, 2]);
  assert.equal(notes[0].id, notes[1].id);
});

test("when the consumer throws, what it did not speak for comes again", async () => {
  await send("send", "throw this");
  const thrown = await deliveries(({ text }) => text === "throw this", 2);
  assert.deepEqual(thrown.map(({ attempts }) => attempts), [1, 2]);
});

test("a delayed message waits", async () => {
  const begun = Date.now();
  await send("delayed", "ack later");
  await deliveries(({ text }) => text === "ack later", 1);
  assert.ok(Date.now() - begun >= 1_900, `${Date.now() - begun} ms`);
});

test("what is too large, or nothing, is refused", async () => {
  const answer = await worker.json("/queue/refused");
  assert.match(answer.large, /^JsException: /);
  assert.match(answer.none, /^JsException: /);
});
