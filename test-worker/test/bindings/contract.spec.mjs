import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

for (const [name, path, least] of [
  ["SqlStorage", "/object/contract-sql/contract/sql", 40],
  ["JsonTexts", "/texts/all", 30],
  ["Crypto", "/contract/crypto", 30],
  ["GlobalDatabase", "/contract/database", 12],
  ["BlobBucket", "/contract/bucket", 17],
  ["MessageQueue", "/contract/queue", 10],
  ["Alarm", "/object/contract-alarm/contract/alarm", 9],
]) {
  test(`${name} keeps its contract inside workerd`, async (t) => {
    const outcomes = await worker.json(path);
    assert.ok(Object.keys(outcomes).length >= least, `only ${Object.keys(outcomes).length} cases`);
    for (const [rule, outcome] of Object.entries(outcomes)) {
      await t.test(rule, () => assert.equal(outcome, "ok"));
    }
  });
}

test("Sockets keeps its contract inside workerd", async (t) => {
  const { cases } = await worker.json("/object/contract-count/contract/socket?number=0");
  assert.ok(cases >= 10, `only ${cases} cases`);
  for (let number = 0; number < cases; number++) {
    const { name, outcome } = await worker.json(`/object/contract-fresh-${number}/contract/socket?number=${number}`);
    await t.test(name, () => assert.equal(outcome, "ok"));
  }
});

test("a binding that is missing is named", async () => {
  const { variable, greeting, ...refused } = await worker.json("/contract/missing");
  assert.equal(variable, null);
  assert.equal(greeting, "héllo");
  assert.deepEqual(refused, {
    shards: "Java: wrangler.jsonc binds no SHARD",
    database: "Java: wrangler.jsonc binds no NONE",
    bucket: "Java: wrangler.jsonc binds no NONE",
    queue: "Java: wrangler.jsonc binds no NONE",
  });
});
