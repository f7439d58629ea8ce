import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("a response is kept, found and dropped", async () => {
  assert.deepEqual(await worker.json("/cache/shared?key=1"), {
    before: false,
    found: "kept é",
    header: "1",
    post: "none",
    ignoringMethod: true,
    deleted: true,
    deletedAgain: false,
    after: false,
  });
});

test("named caches are apart", async () => {
  assert.deepEqual(await worker.json("/cache/named?key=2"), { mine: true, other: false, shared: false });
});

test("other verbs, status 206 and Vary: * are refused", async () => {
  const answer = await worker.json("/cache/refused?key=3");
  assert.match(answer.post, /^JsException: TypeError: Cannot cache response to non-GET/);
  assert.match(answer.partial, /^JsException: TypeError: .*206/);
  assert.match(answer.vary, /^JsException: TypeError: .*Vary/);
});
