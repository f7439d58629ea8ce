import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

async function failure(path) {
  try {
    const response = await worker.fetch(path);
    assert.equal(response.status, 500);
    return await response.text();
  } catch (error) {
    return `${error.message}\n${error.stack}`;
  }
}

test("a rejection keeps message, code, stack, cause and the object", async () => {
  assert.deepEqual(await worker.json("/error/js"), {
    message: "TypeError: outer",
    code: "E_OUTER",
    hasStack: true,
    cause: "Error: inner",
    kept: true,
    primitive: "just text",
    nothing: "undefined",
    sync: "JsException: RangeError: at once",
  });
});

test("a Java exception is the same object after a promise, and an Error with stack and cause outside", async () => {
  const { same, seen, trace } = await worker.json("/error/roundTrip");
  assert.equal(same, true);
  assert.equal(seen, "Error|java.lang.IllegalStateException: mine|java.lang.IllegalArgumentException: why|true");
  assert.match(trace, /^Error: java.lang.IllegalStateException: mine\n +at [^]*\nCaused by: Error: java.lang.IllegalArgumentException: why\n +at /);
});

test("what an object throws reaches the caller of its stub; the object goes on", async () => {
  assert.deepEqual(await worker.json("/error/fromObject"), {
    refusal: "JsException: Error: java.lang.IllegalArgumentException: thrown in the object: throw",
    next: 200,
  });
});

test("uncaught exceptions and a null dereference come out with their class", async () => {
  assert.match(await failure("/error/uncaught"), /java.lang.IllegalStateException: nobody catches this/);
  assert.match(await failure("/error/nullPointer"), /java.lang.NullPointerException/);
});

test("a stack overflow fails its request only", async () => {
  assert.match(await failure("/error/deep"), /Maximum call stack size exceeded/);
  assert.equal((await worker.json("/error/js")).code, "E_OUTER");
});
