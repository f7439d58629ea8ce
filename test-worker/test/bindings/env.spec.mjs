import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("variables, JSON variables, secrets and bindings are found", async () => {
  assert.deepEqual(await worker.json("/env/found"), {
    greeting: "héllo",
    settings: { depth: 3, tags: ["a", "b"] },
    secret: "s3cret",
    raw: true,
  });
});

test("what is missing is null, or names what to do", async () => {
  const { secret, objects, notObjects, ...nothing } = await worker.json("/env/missing");
  assert.deepEqual(nothing, { variable: null, inherited: null, notText: null, json: null, raw: false });
  assert.equal(secret, "Java: no secret NOT_THERE: wrangler secret put NOT_THERE");
  assert.match(objects, /wrangler.jsonc binds no Durable Object class as NOT_THERE/);
  assert.match(notObjects, /as GREETING/);
});
