import { createHash, createHmac } from "node:crypto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();
const message = Buffer.from("the message é");

test("digests are Node's", async () => {
  const digests = await worker.json("/crypto/digest", { method: "POST", body: message });
  assert.deepEqual(Object.keys(digests), ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"]);
  for (const [name, digest] of Object.entries(digests)) {
    assert.equal(digest, createHash(name.replace("-", "")).update(message).digest("hex"), name);
  }
});

test("a digest of parts is that of the whole, and ends once", async () => {
  const answer = await worker.json("/crypto/stream", { method: "POST", body: message });
  assert.equal(answer.digest, createHash("sha512").update(message).digest("hex"));
  assert.match(answer.late, /^JsException: TypeError/);
  assert.match(answer.again, /^JsException: TypeError/);
});

test("an HMAC is Node's; only it is verified", async () => {
  assert.deepEqual(await worker.json("/crypto/hmac", { method: "POST", body: message }), {
    code: createHmac("sha256", "the secret").update(message).digest("hex"),
    verified: true,
    wrongCode: false,
    wrongMessage: false,
    shortCode: false,
    sha512: 64,
  });
});

test("randomness differs; comparison is right", async () => {
  const { a, b, uuid, ...rest } = await worker.json("/crypto/random");
  assert.match(a, /^[0-9a-f]{64}$/);
  assert.notEqual(a, b);
  assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(rest, { most: 65_536, equal: true, unequal: false, shorter: false });
});

test("an empty key and wrong counts are refused", async () => {
  const answer = await worker.json("/crypto/refused");
  assert.match(answer.emptyKey, /^JsException: DataError/);
  assert.match(answer.noKey, /^JsException: /);
  assert.equal(answer.none, "Java: 1 to 65536 random bytes, not 0");
  assert.equal(answer.many, "Java: 1 to 65536 random bytes, not 65537");
});
