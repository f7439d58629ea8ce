import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("a static file is answered with its type", async () => {
  const response = await worker.fetch("/assets/found");
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type"), /^text\/plain/);
  assert.equal(await response.text(), "héllo\n");
});

test("a file that is not there is a 404, another verb a 405", async () => {
  assert.equal((await worker.fetch("/assets/missing")).status, 404);
  assert.equal((await worker.fetch("/assets/post")).status, 405);
});
