import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("every type is bound and read back", async () => {
  const { wrongType, wrongName, ...values } = await worker.json("/object/sql/sql/values");
  assert.deepEqual(values, {
    text: 'é"',
    whole: 7,
    fraction: -0.5,
    big: 2 ** 53,
    bytes: "00ff",
    absent: null,
    isNull: true,
    json: '{"a":1}',
  });
  assert.equal(wrongType, "Java: column whole is not text");
  assert.equal(wrongName, "Java: no column toString");
});

test("a cursor goes row by row, in one list, or raw", async () => {
  assert.deepEqual(await worker.json("/object/sql/sql/cursor"), {
    seen: "123",
    atEnd: true,
    left: 2,
    names: ["a", "a"],
    raw: [[1, "x"]],
    rows: [
      [1, "a"],
      [2, "b"],
      [3, null],
    ],
    empty: 0,
  });
});

test("rows read and written are counted as billed", async () => {
  const { size, ...counted } = await worker.json("/object/sql/sql/billing");
  assert.deepEqual(counted, { written: 4, read: 2 });
  assert.ok(size > 0);
});

test("a transaction commits, rolls back SQL and keys, and does not nest", async () => {
  assert.deepEqual(await worker.json("/object/sql/sql/transaction"), {
    committed: "kept",
    same: true,
    nested: "Java: transactions do not nest",
    rows: 1,
    goneKey: null,
    after: 5,
  });
  const storage = await worker.handle.getDurableObjectStorage("BindingsObject", { name: "sql" });
  assert.deepEqual(await storage.exec("SELECT k, v FROM t"), [{ k: 1, v: "kept" }]);
});

test("refusals are SQLite's, with their code; our own limits come first", async () => {
  const answer = await worker.json("/object/sql/sql/refused");
  assert.match(answer.syntax, /^SqlException: Error: near "SELEKT": syntax error/);
  assert.match(answer.constraint, /^SqlException: Error: UNIQUE constraint failed: t.k/);
  assert.equal(answer.code, "SQLITE_CONSTRAINT");
  assert.match(answer.begin, /^SqlException: .*transactionSync/);
  assert.match(answer.pragma, /SQLITE_AUTH/);
  assert.match(answer.internal, /^SqlException/);
  assert.match(answer.paramCount, /Wrong number of parameter bindings/);
  assert.equal(answer.manyParams, "Java: at most 100 SQL parameters");
  assert.equal(answer.paramType, "Java: no SQL type for java.lang.Character");
  assert.equal(answer.bigLong, "Java: integer beyond 2^53: 9007199254740993");
  assert.match(answer.oneOfNone, /got no results/);
  assert.match(answer.oneOfTwo, /got multiple results/);
});
