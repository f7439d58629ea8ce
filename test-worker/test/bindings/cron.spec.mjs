import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("a cron trigger runs with its expression and time", async () => {
  const scheduledTime = new Date("2026-02-03T04:05:00Z");
  const { outcome } = await worker.handle.scheduled({ cron: "*/5 * * * *", scheduledTime });
  assert.equal(outcome, "ok");
  const { notes } = await worker.json("/object/cron/notes/list");
  assert.deepEqual(notes, [{ cron: "*/5 * * * *", scheduledMs: scheduledTime.getTime() }]);
});

test("what a run throws makes it a failed one, which asks for no other", async () => {
  const { outcome, noRetry } = await worker.handle.scheduled({ cron: "0 0 1 1 *", scheduledTime: new Date() });
  assert.equal(outcome, "exception");
  assert.equal(noRetry, true);
});
