import { createHash } from "node:crypto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("an object is stored with metadata and checksum, read and deleted", async () => {
  assert.deepEqual(await worker.json("/r2/object"), {
    text: "héllo",
    size: 6,
    type: "text/plain",
    language: "de",
    metadata: { owner: "Ann" },
    sum: createHash("sha256").update("héllo").digest("hex"),
    noSum: true,
    etag: true,
    uploaded: true,
    headBody: false,
    version: false,
    gone: true,
  });
});

test("ranges are read", async () => {
  const { outside, ...rest } = await worker.json("/r2/ranges");
  assert.deepEqual(rest, { middle: "234", offset: 2, rest: "789", end: "6789", endOffset: 6, size: 10 });
  assert.match(outside, /^JsException: .*\(10039\)/);
});

test("conditions decide about reading and writing", async () => {
  const { noBody, ...rest } = await worker.json("/r2/conditions");
  assert.deepEqual(rest, {
    made: true,
    again: false,
    holds: true,
    kept: false,
    modified: false,
    before: false,
    after: true,
  });
  assert.equal(noBody, "Java: no body of c/new");
});

test("a listing has pages, folders and metadata", async () => {
  assert.deepEqual(await worker.json("/r2/list"), {
    first: ["l/a/1", "l/a/2", "l/b/1"],
    second: ["l/c"],
    end: null,
    folders: ["l/a/", "l/b/"],
    files: ["l/c"],
    metadata: { n: "1" },
    type: "a/b",
  });
});

test("parts become an object; an aborted upload is gone", async () => {
  const { aborted, noParts, ...rest } = await worker.json("/r2/multipart");
  assert.deepEqual(rest, { size: 5 * 1024 * 1024 + 3, type: "a/b" });
  assert.match(aborted, /^JsException: .*\(10024\)/);
  assert.match(noParts, /^JsException: /);
});

test("wrong checksums, long keys and endless streams are refused", async () => {
  const answer = await worker.json("/r2/refused");
  assert.match(answer.checksum, /^JsException: .*\(10037\)$/s);
  assert.match(answer.longKey, /^JsException: /);
  // Cloudflare takes 1,000 keys at most; local R2 takes more.
  assert.equal(answer.many, "none");
  assert.match(answer.endless, /^JsException: TypeError: .*length/);
});

test("a request's body goes to R2 when it has the length that was announced", async () => {
  const post = (length) => worker.json(`/blob/body?length=${length}`, { method: "POST", body: Buffer.alloc(70_000) });
  assert.deepEqual(await post(70_000), { refusal: "none", size: 70_000 });
  for (const length of [69_999, 70_001, 0]) {
    const { refusal, size } = await post(length);
    assert.match(refusal, /^Java: .*announced/, String(length));
    assert.equal(size, -1);
  }
});

test("a range is answered as a response", async () => {
  const response = await worker.fetch("/blob/download?offset=8");
  assert.equal(response.status, 206);
  assert.equal(response.headers.get("content-type"), "text/x-part");
  assert.equal(await response.text(), "89");
});
