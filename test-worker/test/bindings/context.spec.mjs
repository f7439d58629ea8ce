import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker, until } from "./harness.mjs";

const worker = startWorker();

test("waitUntil runs after the answer, in the Worker and in an object", async () => {
  assert.equal((await worker.fetch("/context/wait?name=late")).status, 202);
  await until(() => worker.json("/object/late/storage/touched"), (answer) => answer.touched === true);
  assert.equal((await worker.fetch("/object/later/life/later")).status, 202);
  await until(() => worker.json("/object/later/storage/touched"), (answer) => answer.touched === true);
});

test("work that fails after the answer harms neither it nor the next one", async () => {
  for (let i = 0; i < 2; i++) {
    const response = await worker.fetch("/context/waitFails");
    assert.deepEqual([response.status, await response.text()], [202, "later"]);
  }
});

test("work goes on beside its starter, and throws to who waits for it", async () => {
  assert.deepEqual(await worker.json("/context/pending"), { order: "go ab", broken: "Java: beside" });
});

test("passThroughOnException is taken; without an origin the error comes out all the same", async () => {
  const outcome = await worker.fetch("/context/pass").then(
    async (response) => `${response.status} ${await response.text()}`,
    (error) => error.message,
  );
  assert.match(outcome, /the handler broke|^5\d\d/);
});
