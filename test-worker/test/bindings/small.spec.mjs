import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("a rate limit counts by key", async () => {
  assert.deepEqual((await worker.json("/small/limit?key=a")).outcomes, ["true", "true", "false"]);
  assert.deepEqual((await worker.json("/small/limit?key=b")).outcomes, ["true", "true", "false"]);
});

test("a data point is taken", async () => {
  const { written } = await worker.json("/small/analytics");
  assert.equal(written, "none");
});

test("a secret that the store does not have is refused", async () => {
  assert.match((await worker.json("/small/secret")).absent, /^JsException: .*not found/i);
});

test("the version has an id and a time", async () => {
  const { id, tag, timestamp } = await worker.json("/small/version");
  assert.ok(id.length > 0);
  assert.equal(typeof tag, "string");
  assert.ok(!Number.isNaN(Date.parse(timestamp)), timestamp);
});

test("a binding that is missing, or is another product's, is named", async () => {
  for (const [what, refusal] of Object.entries(await worker.json("/small/missing"))) {
    assert.match(refusal, /^Java: wrangler\.jsonc binds no .* as (GREETING|DB|BUCKET|NONE)$/, what);
  }
});
