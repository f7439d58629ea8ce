import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("a request reaches the other Worker", async () => {
  const response = await worker.fetch("/service/fetch");
  assert.equal(response.status, 201);
  assert.equal(await response.text(), "POST https://other.test/x?y=1 é");
});

test("methods are called with JSON values", async () => {
  assert.deepEqual(await worker.json("/service/call"), { sum: 3.5, echo: { a: [null, "é"] }, nothing: null });
});

test("a method that is not there or throws comes out as an exception", async () => {
  const answer = await worker.json("/service/refused");
  assert.match(answer.missing, /^JsException: TypeError: .*notThere/);
  assert.match(answer.thrown, /^JsException: RangeError: failed as asked/);
});
