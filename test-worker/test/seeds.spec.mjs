// The code samples of seeds 000 and 001, type-checked against the package and run on workerd.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";
import { secret } from "../tools/token.mjs";
import { servedWorker } from "./support/edge-worker.mjs";
import { root } from "./support/harness.mjs";
import { refusal } from "./support/rpc.mjs";

test("tsc accepts the samples and every name of the package", () => {
  const tsc = join(root, "node_modules/.bin/tsc");
  try {
    execFileSync(tsc, ["-p", join(root, "test-worker/test/fixtures/edge")], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout || String(error));
  }
});

async function answersCalls(worker) {
  const name = `seed-${process.pid}`;
  assert.equal((await worker.call("counters:add", { args: { name, by: 2 } })).json.result, 2);
  refusal(await worker.call("system:ping", { shardKey: "private-other" }), 403, "FORBIDDEN_SHARD");
}

describe("seed 000: a framework's pages in the same Worker", () => {
  const worker = servedWorker("seed-000.ts");

  test("calls and pages", async () => {
    await answersCalls(worker);
    assert.equal((await worker.fetch("/about")).text, "<p>page /about</p>");
  });

  test("a page that fails leaves the calls working", async () => {
    const broken = await worker.fetch("/broken");
    assert.deepEqual([broken.status, broken.text], [500, "Internal Server Error"]);
    await worker.call("system:ping").then(({ status }) => assert.equal(status, 200));
  });
});

describe("seed 001: a Worker that is made by the first request", () => {
  const worker = servedWorker("seed-001-lazy.ts");

  test("calls", () => answersCalls(worker));

  test("nothing else is there", async () => {
    const answer = await worker.fetch("/about");
    assert.deepEqual([answer.status, answer.text], [404, "Not found"]);
  });
});

describe("seed 001: mounted in Hono", () => {
  const worker = servedWorker("seed-001-hono.ts");

  test("calls", () => answersCalls(worker));

  test("an envelope is what a client sends", async () => {
    const { json } = await worker.fetch("/envelope");
    assert.deepEqual(json, { functionPath: "messages:send", args: { body: "hi" } });
  });

  test("a request that is passed on does not speak for the Worker", async () => {
    const forged = { "x-lunora-userid": "root", "x-lunora-system": "1", "content-type": "application/json" };
    const answer = await worker.fetch("/passed-on/room", { headers: forged });
    assert.deepEqual([answer.status, answer.text], [404, "Not found"]);
  });
});

describe("seed 001: scheduled backups", () => {
  const token = secret(root, "LUNORA_ADMIN_TOKEN");
  const worker = servedWorker("seed-001-backup.ts", {
    r2_buckets: [{ binding: "BACKUPS", bucket_name: "lunora-backups" }],
    triggers: { crons: ["0 3 * * *"] },
  });

  test("calls", () => answersCalls(worker));

  test("its cron puts every row and a manifest into the bucket", async () => {
    const run = await worker.handle.scheduled({ cron: "0 3 * * *", scheduledTime: new Date(1_780_315_200_000) });
    assert.equal(run.outcome, "ok");
    const ask = (path) => worker.fetch(`/_lunora/admin/${path}`, { headers: { authorization: `Bearer ${token}` } });
    const { text } = await ask("backups");
    const key = /backups\/[\w-]+\.ndjson/.exec(text)?.[0];
    assert.ok(key, text);
    const lines = (await ask(`backup/object?key=${encodeURIComponent(key)}`)).text.trimEnd().split("\n");
    assert.ok(lines.some((line) => JSON.parse(line).doc.name === `seed-${process.pid}`), lines.join().slice(0, 500));
  });
});
