import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker, until } from "./harness.mjs";

const worker = startWorker();

test("an alarm is set, asked for and taken back", async () => {
  assert.deepEqual(await worker.json("/object/far/alarm/far"), { before: null, set: 4_000_000_000_000, after: null });
});

test("an alarm goes off once", async () => {
  assert.deepEqual(await worker.json("/object/once/alarm/soon?fails=0"), { scheduled: true });
  const answer = await until(
    () => worker.json("/object/once/alarm/runs"),
    ({ runs }) => Object.keys(runs).length > 0,
  );
  assert.deepEqual(answer, { runs: { run0: "0 false true" }, scheduled: null });
});

test("an alarm that throws is run again, and knows it", async () => {
  await worker.json("/object/twice/alarm/soon?fails=1");
  const { runs } = await until(
    () => worker.json("/object/twice/alarm/runs"),
    (answer) => Object.keys(answer.runs).length > 1,
  );
  assert.deepEqual(runs, { run0: "0 false true", run1: "1 true true" });
});

test("a time before 1970 is refused", async () => {
  assert.match((await worker.json("/object/far/alarm/refused")).negative, /^JsException: TypeError: setAlarm\(\)/);
});
