import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("values are kept with metadata, read in every form and taken away", async () => {
  assert.deepEqual(await worker.json("/kv/values"), {
    text: "é",
    bytes: "01ff",
    streamed: 2,
    metadata: { a: [1] },
    noMetadata: null,
    texts: { "v/1": "é" },
    gone: null,
    none: null,
    noBytes: null,
    noEntry: null,
  });
});

test("a listing has pages, metadata and expirations", async () => {
  assert.deepEqual(await worker.json("/kv/list"), {
    first: "l/a",
    metadata: 7,
    expires: true,
    sizes: [2, 1],
    end: null,
  });
});

test("short lives, long and empty keys and large pages are refused", async () => {
  const answer = await worker.json("/kv/refused");
  for (const [what, refusal] of Object.entries(answer)) assert.match(refusal, /^JsException: /, what);
});
