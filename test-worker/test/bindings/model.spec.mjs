// Against the doubles of test-worker/bindings/src/main/shim/doubles.mjs, which answer as the reference says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("vectors are written, read and deleted", async () => {
  assert.deepEqual(await worker.json("/vectors/write"), {
    inserted: "insert 1 1,0 {\"kind\":\"a\"}",
    upserted: "upsert 2 0.5,0.5 undefined",
    found: 1,
    values: [1, 0],
    metadata: { kind: "a" },
    deleted: "delete 2",
    described: { dimensions: 2, vectorCount: 1 },
  });
});

test("a query gives matches with scores, and passes its options on", async () => {
  assert.deepEqual((await worker.json("/vectors/query")).matches, [
    '1 0.75 {"vector":[1,0.25],"options":{"topK":2,"returnMetadata":"all","filter":{"kind":{"$eq":"a"}}}}',
    "2 0.5 null",
  ]);
  assert.match((await worker.json("/vectors/refused")).size, /^JsException: Error: VECTOR_QUERY_ERROR/);
});

test("a model answers with JSON or a stream", async () => {
  assert.deepEqual((await worker.json("/ai/run")).answer, { response: "é" });
  assert.equal((await worker.json("/ai/stream")).text, 'data: {"response":"é"}\n\n');
  const { unknown, noStream } = await worker.json("/ai/refused");
  assert.match(unknown, /^JsException: .*5007/);
  assert.equal(noStream, "Java: @cf/test/echo does not answer with a stream");
});
