// Crons of createWorker climb the scheduler's ladder: what fails is run again in the Worker, what fires twice runs once.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedWorker } from "./support/edge-worker.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const WITH_SCHEDULER = {
  durable_objects: {
    bindings: [
      { name: "SHARD", class_name: "ShardDO" },
      { name: "SCHEDULER", class_name: "SchedulerDO" },
    ],
  },
  migrations: [{ tag: "v1", new_sqlite_classes: ["ShardDO", "SchedulerDO"] }],
};

describe("crons of JavaScript", () => {
  const worker = servedWorker("crons.ts", WITH_SCHEDULER);
  let time = Date.UTC(2026, 0, 1);
  const fails = (failures) => worker.fetch("/fail", { method: "POST", body: JSON.stringify(failures) });
  const runs = async () => (await worker.fetch("/runs")).json;
  const names = async () => (await runs()).map(({ name }) => name);
  const fire = (cron, at) => worker.handle.scheduled({ cron, scheduledTime: new Date(at) }).catch((error) => ({ outcome: String(error) }));

  /** Waits until as many runs were made, and a little longer, for one that is too many. */
  async function made(count) {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await pause(50)) if ((await runs()).length >= count) break;
    await pause(500);
    assert.equal((await runs()).length, count, JSON.stringify(await runs()));
  }

  test("one that ends well runs once, in order, and leaves no job", async () => {
    await fails({});
    assert.equal((await fire("15 7 * * *", (time += 1000))).outcome, "ok");
    assert.deepEqual(await names(), ["first", "second", "clean"]);
    assert.deepEqual((await worker.fetch("/jobs")).json.records, []);
  });

  test("a failed tick is retried until it ends well, and the others are left alone", async () => {
    await fails({ second: 2, clean: 1 });
    assert.notEqual((await fire("15 7 * * *", (time += 1000))).outcome, "ok");
    assert.deepEqual((await names()).slice(0, 3), ["first", "second", "clean"]);
    await made(6);
    const again = (await runs()).slice(3);
    assert.deepEqual(again.map(({ name }) => name).sort(), ["clean", "second", "second"]);
    for (const run of again) assert.deepEqual({ ...run, name: "" }, { name: "", cron: "15 7 * * *", scheduledTime: time, hasEnv: true });
    assert.deepEqual((await worker.fetch("/jobs")).json.records, []);
  });

  test("the one error is thrown as it is, several as one AggregateError of them", async () => {
    await fails({ second: 1 });
    await fire("15 7 * * *", (time += 1000));
    const one = { name: "Error", isAggregate: false, message: "the secret of second", errors: [] };
    assert.deepEqual((await worker.fetch("/thrown")).json, one);
    // A retry is no business of what follows.
    await made(4);
    await fails({ first: 1, clean: 1 });
    await fire("15 7 * * *", (time += 1000));
    const errors = ["Error: the secret of first", "Error: the secret of clean"];
    const several = { name: "AggregateError", isAggregate: true, message: "2 tasks of the cron 15 7 * * * failed", errors };
    assert.deepEqual((await worker.fetch("/thrown")).json, several);
    await made(5);
  });

  test("a tick that is delivered twice is one job", async () => {
    await fails({ first: 2 });
    time += 1000;
    await fire("15 7 * * *", time);
    assert.equal((await fire("15 7 * * *", time)).outcome, "ok");
    const { records } = (await worker.fetch("/jobs")).json;
    // On a busy machine the ladder may be done already.
    assert.ok(records.length <= 1, JSON.stringify(records));
    for (const { functionPath } of records) assert.equal(functionPath, "__lunora_cron__:crons:0");
    await made(5);
    assert.equal((await fire("15 7 * * *", time)).outcome, "ok");
    await made(5);
  });

  test("one that never ends well is a dead letter, without a word of its secret in an answer", async () => {
    await fails({ poison: 1000 });
    await fire("16 7 * * *", (time += 1000));
    await made(6);
    let records = [];
    for (const deadline = Date.now() + 10_000; records.length === 0 && Date.now() < deadline; await pause(50)) ({ records } = (await worker.fetch("/dead")).json);
    assert.deepEqual(records.map(({ functionPath, attempts, scheduledFor }) => [functionPath, attempts, scheduledFor]), [["__lunora_cron__:cronJobs:poison", 6, time]]);
    assert.match(records[0].error, /CRON_JOB_FAILED/);
    assert.doesNotMatch(records[0].error, /secret/);
  });

  test("nobody from outside runs one", async () => {
    await fails({});
    const body = { id: "cron-x", functionPath: "__lunora_cron__:crons:0", args: { cron: "15 7 * * *", scheduledTime: 1 }, ticket: "guess" };
    const { status, json } = await worker.fetch("/_lunora/scheduler/dispatch", { method: "POST", body: JSON.stringify(body) });
    assert.deepEqual([status, json.error.code], [403, "DISPATCH_UNAUTHENTICATED"]);
    assert.deepEqual(await runs(), []);
  });
});

describe("crons of the app's Java around a framework", () => {
  const worker = servedWorker("framework-crons.ts", WITH_SCHEDULER);

  const fire = async (cron) => {
    const { outcome } = await worker.handle.scheduled({ cron, scheduledTime: new Date(Date.UTC(2026, 0, 1, 4)) });
    assert.equal(outcome, "ok");
  };

  test("run although the framework has a handler of its own", async () => {
    await fire("0 4 * * *");
    const nights = async () => (await worker.call("counters:get", { args: { name: "nights" } })).json.result;
    for (const deadline = Date.now() + 20_000; Date.now() < deadline && (await nights()) === 0; ) await pause(50);
    assert.equal(await nights(), 1);
    assert.equal((await worker.fetch("/")).json, 0);
  });

  test("and the framework's handler for what is not the app's", async () => {
    await fire("*/5 * * * *");
    assert.equal((await worker.fetch("/")).json, 1);
  });
});
