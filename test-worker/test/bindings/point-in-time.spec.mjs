import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("the current bookmark is there, though zeros on workerd", async () => {
  const { bookmark } = await worker.json("/object/time/pitr/current");
  assert.equal(bookmark, "00000000-00000000-00000000-00000000000000000000000000000000");
});

test("workerd refuses bookmarks of a time and restores", async () => {
  const refusal = "JsException: Error: This Durable Object's storage back-end does not implement point-in-time recovery.";
  assert.deepEqual(await worker.json("/object/time/pitr/refused"), { at: refusal, restore: refusal });
});
