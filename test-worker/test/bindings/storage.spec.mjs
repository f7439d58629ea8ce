import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("values of each type are stored, found, deleted", async () => {
  assert.deepEqual(await worker.json("/object/values/storage/values"), {
    text: "é",
    number: 7,
    long: 2 ** 40,
    flag: false,
    bytes: "0102c8",
    missing: null,
    many: { number: 7, text: "é" },
    deleted: true,
    deletedAgain: false,
    deletedMany: 2,
    after: null,
  });
});

test("lists have a prefix, bounds, a direction and a limit", async () => {
  assert.deepEqual(await worker.json("/object/lists/storage/lists"), {
    prefix: { a1: "a1!", a2: "a2!", a3: "a3!" },
    reverse: ["a3", "a2", "a1"],
    limit: ["a1", "a2"],
    from: ["a2", "a3"],
    after: ["b1", "é"],
    nothing: {},
    sync: { a3: "a3!" },
  });
});

test("the synchronous calls see what the others see", async () => {
  assert.deepEqual(await worker.json("/object/sync/storage/sync"), {
    s: "é",
    n: 1.5,
    b: "09",
    missing: null,
    seenByAsync: "é",
    deleted: true,
    deletedAgain: false,
    left: { b: "09", n: 1.5 },
  });
});

test("options are taken; a transaction that throws is taken back; deleteAll leaves nothing", async () => {
  assert.deepEqual(await worker.json("/object/options/storage/options"), { read: "x", later: "x" });
  assert.deepEqual(await worker.json("/object/tx/storage/transaction"), { kept: 1, failed: "Java: mine", gone: null });
  const { keys, table } = await worker.json("/object/all/storage/deleteAll");
  assert.deepEqual(keys, {});
  assert.match(table, /no such table: gone/);
});

test("wrong types and lists are refused; workerd does not enforce the limits on keys", async () => {
  const answer = await worker.json("/object/refused/storage/refused");
  assert.match(answer.type, /^Java: no stored form of java.util/);
  assert.match(answer.syncType, /^Java: no stored form of java.util/);
  assert.match(answer.bothStarts, /^JsException: TypeError: list\(\)/);
  assert.match(answer.negativeLimit, /^JsException: TypeError: List limit must be positive/);
  assert.deepEqual([answer.manyKeys, answer.longKey], ["none", "none"]);
});
