import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("values come back as what they were", async () => {
  assert.deepEqual(await worker.json("/d1/values"), {
    text: "é",
    number: 1.5,
    blob: "0102ff",
    nothing: true,
    first: "0102ff",
    none: true,
    raw: [1, "b", "é"],
  });
});

test("a statement has figures", async () => {
  const { written, ...figures } = await worker.json("/d1/figures");
  assert.ok(written >= 2, String(written));
  assert.deepEqual(figures, { changes: 2, lastRowId: 8, read: 2, size: true, duration: true });
});

test("a batch is one transaction", async () => {
  const { refusal, ...rest } = await worker.json("/d1/batch");
  assert.deepEqual(rest, { changes: 1, read: "x", left: 1 });
  assert.match(refusal, /^SqlException: .*UNIQUE constraint failed: b\.k/);
});

test("exec runs lines; locally none of them when one is refused", async () => {
  const { refusal, ...rest } = await worker.json("/d1/exec");
  assert.deepEqual(rest, { count: 2, rows: 2 });
  assert.match(refusal, /^SqlException: .*D1_EXEC_ERROR/);
});

test("a session has a bookmark, by which another one resumes", async () => {
  const { bookmark, invalid, ...rest } = await worker.json("/d1/session");
  assert.deepEqual(rest, { before: null, read: "mine", near: 1 });
  assert.match(bookmark, /^[0-9a-f]{8}-[0-9a-f]{8}-/);
  assert.equal(invalid, "none", "a local D1 takes any text for a bookmark");
});

test("wrong statements and parameters are refused", async () => {
  const answer = await worker.json("/d1/refused");
  assert.match(answer.syntax, /^SqlException: .*syntax error/);
  assert.match(answer.twice, /^SqlException: .*UNIQUE constraint failed: r\.k/);
  assert.match(answer.unbound, /^SqlException: /);
  assert.match(answer.type, /^Java: no SQL type/);
});
