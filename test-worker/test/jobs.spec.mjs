// Jobs: what a mutation schedules happens once, when it is due, whatever fails or is killed meanwhile.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { crash } from "./support/crash.mjs";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { servedApp } from "./support/harness.mjs";
import { Rpc } from "./support/rpc.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let keys = 0;
const freshKey = () => `job-${++keys}`;

/** Resolves when the counter has the value; fails when it has not after a while. */
async function counts(rpc, key, value, withinMs = 15_000) {
  const deadline = Date.now() + withinMs;
  let seen;
  do {
    seen = await rpc.call("counters:get", { name: key });
    if (seen === value) return;
    await pause(50);
  } while (Date.now() < deadline);
  assert.equal(seen, value, `${key} after ${withinMs} ms`);
}

describe("jobs", () => {
  const app = servedApp();
  const later = (args) => app.rpc.call("jobs:later", args);
  const jobs = () => app.sqlOf("SchedulerDO", "default", "SELECT id, state, attempts FROM __lunora_job");

  test("a job runs when it is due, once, and is forgotten", async () => {
    const key = freshKey();
    const begun = Date.now();
    assert.equal(typeof (await later({ key, delayMs: 700 })), "string");
    assert.equal(await app.rpc.call("counters:get", { name: key }), 0);
    await counts(app.rpc, key, 1);
    assert.ok(Date.now() - begun >= 690, `after ${Date.now() - begun} ms`);
    await pause(500);
    await counts(app.rpc, key, 1);
    assert.deepEqual(await jobs(), []);
  });

  test("a job that fails at first is tried again, on a ladder of 200 ms, and adds once", async () => {
    const key = freshKey();
    const begun = Date.now();
    await later({ key, delayMs: 0, failTimes: 3 });
    await counts(app.rpc, key, 1);
    assert.ok(Date.now() - begun >= 1390, `200 + 400 + 800 ms, and it took ${Date.now() - begun}`);
    await pause(300);
    await counts(app.rpc, key, 1);
  });

  test("a job that never succeeds is a dead letter and stops no other", async () => {
    const [bad, good] = [freshKey(), freshKey()];
    const id = await later({ key: bad, delayMs: 0, failTimes: 1000 });
    await later({ key: good, delayMs: 300 });
    await counts(app.rpc, good, 1);
    const deadline = Date.now() + 20_000;
    let state;
    while (state !== "dead" && Date.now() < deadline) {
      await pause(200);
      state = (await jobs()).find((job) => job.id === id)?.state;
    }
    assert.deepEqual((await jobs()).filter((job) => job.id === id), [{ id, state: "dead", attempts: 6 }]);
    await counts(app.rpc, bad, 0);
  });

  test("a job that was taken back does not run", async () => {
    const key = freshKey();
    const id = await later({ key, delayMs: 600 });
    assert.equal(await app.rpc.call("jobs:cancel", { id }), true);
    assert.equal(await app.rpc.call("jobs:cancel", { id }), false);
    await pause(1000);
    await counts(app.rpc, key, 0);
  });

  test("fifty jobs due at once all run, each once", async () => {
    const key = freshKey();
    await Promise.all(Array.from({ length: 50 }, () => later({ key, delayMs: 400 })));
    await counts(app.rpc, key, 50);
    await pause(500);
    await counts(app.rpc, key, 50);
  });

  test("bad delays have a code", async () => {
    for (const delayMs of [-1, 1e16, -1e300]) {
      await app.rpc.fails(400, "INVALID_INPUT", "jobs:later", { key: freshKey(), delayMs });
    }
  });

  test("scheduler and shard are evicted, and the job runs", async () => {
    const key = freshKey();
    await later({ key, delayMs: 1500, failTimes: 1 });
    await pause(200);
    await app.evict("hibernate", "default", "SchedulerDO");
    await app.evict("hibernate");
    await counts(app.rpc, key, 1);
  });

  test("a shard that is reset right after its answer loses no job", async () => {
    const key = freshKey();
    for (let i = 0; i < 3; i++) {
      await later({ key, delayMs: 0 });
      await crash(app);
    }
    await counts(app.rpc, key, 3, 20_000);
    await pause(500);
    await counts(app.rpc, key, 3);
  });

  test("a cron trigger makes a job of its time, and of a second firing none", async () => {
    const time = new Date("2026-03-01T04:00:00Z");
    assert.equal((await app.scheduled("0 4 * * *", time)).outcome, "ok");
    await counts(app.rpc, "nights", 1);
    assert.equal((await app.scheduled("0 4 * * *", time)).outcome, "ok");
    await app.scheduled("0 4 * * *", new Date("2026-03-02T04:00:00Z"));
    await counts(app.rpc, "nights", 2);
    await pause(500);
    await counts(app.rpc, "nights", 2);
  });

  test("the way in from outside is closed", async () => {
    const body = JSON.stringify({ functionPath: "counters:add", args: { name: "closed", by: 1 } });
    const answer = await app.fetch("/_lunora/scheduler/dispatch", { method: "POST", body });
    assert.equal(answer.status, 403);
    assert.equal((await answer.json()).error.code, "DISPATCH_UNAUTHENTICATED");
    assert.equal((await app.fetch("/_lunora/scheduler/dispatch")).status, 405);
    await counts(app.rpc, "closed", 0);
  });
});

describe("jobs and kill -9", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-jobs-"));
  let server;
  after(async () => {
    await server?.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  test("what was scheduled before runs after, once each", { timeout: 180_000 }, async () => {
    const port = await freePort();
    server = await DevServer.start(port, directory);
    const rpc = new Rpc(server.url);
    for (let i = 0; i < 20; i++) {
      await rpc.call("jobs:later", { key: "killed", delayMs: i * 100, failTimes: i % 3 });
    }
    await server.kill();
    await pause(500);
    server = await DevServer.start(port, directory);
    await counts(new Rpc(server.url), "killed", 20, 40_000);
    await pause(2000);
    await counts(new Rpc(server.url), "killed", 20);
  });
});
