import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker, until } from "./harness.mjs";

const worker = startWorker();

const status = (id) => worker.json(`/workflow/status?id=${id}`);

test("a workflow in Java runs its steps, waits for an event and tries again", async () => {
  assert.deepEqual(await worker.json("/workflow/create?id=one"), { id: "one" });
  await until(() => status("one"), ({ name }) => name === "waiting" || name === "running");
  // Until the run waits for it, an event is kept.
  assert.equal((await worker.fetch("/workflow/event?id=one")).status, 204);
  const done = await until(() => status("one"), ({ name }) => name === "complete" || name === "errored", 30_000);
  assert.deepEqual(done, {
    name: "complete",
    output: { first: { got: { n: [1, "é"] } }, event: { approved: true }, tried: { notes: [1, 1] } },
    error: null,
  });
});

test("a run is terminated", async () => {
  await worker.json("/workflow/create?id=two");
  await until(() => status("two"), ({ name }) => name === "waiting" || name === "running");
  assert.equal((await worker.fetch("/workflow/terminate?id=two")).status, 204);
  await until(() => status("two"), ({ name }) => name === "terminated");
});

test("a run that is not there is refused", async () => {
  assert.match((await worker.json("/workflow/refused")).unknown, /^JsException: .*not.found/i);
});
