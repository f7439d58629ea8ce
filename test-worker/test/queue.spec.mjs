// Queues: a mutation's message arrives if it committed, and adds once, however often it comes.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { crash } from "./support/crash.mjs";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { servedApp } from "./support/harness.mjs";
import { Rpc } from "./support/rpc.mjs";

const INT_MAX = 2 ** 31 - 1;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when the counter has the value; fails when it has not after a while. */
async function counts(rpc, key, value, withinMs = 20_000) {
  const deadline = Date.now() + withinMs;
  let seen;
  do {
    seen = await rpc.call("counters:get", { name: key });
    if (seen === value) return;
    await pause(50);
  } while (Date.now() < deadline);
  assert.equal(seen, value, `${key} after ${withinMs} ms`);
}

describe("queues", () => {
  const app = servedApp();
  const enqueue = (key, more = {}) => app.rpc.call("jobs:enqueue", { key, ...more });
  const outbox = () => app.sql("SELECT id FROM __lunora_outbox");

  test("a message adds once, and leaves nothing behind", async () => {
    await enqueue("one");
    await counts(app.rpc, "one", 1);
    await pause(1500);
    await counts(app.rpc, "one", 1);
    assert.deepEqual(await outbox(), []);
  });

  test("a mutation that fails sends nothing", async () => {
    await app.rpc.fails(409, "CONFLICT", "jobs:enqueue", { key: "failed", fail: true });
    await enqueue("after");
    await counts(app.rpc, "after", 1);
    await counts(app.rpc, "failed", 0);
  });

  test("a mutation that is sent again sends its message once", async () => {
    const headers = { "x-lunora-mutation-id": "same", "x-lunora-client-id": "queue-spec" };
    for (let i = 0; i < 3; i++) await app.rpc.call("jobs:enqueue", { key: "same" }, headers);
    await counts(app.rpc, "same", 1);
    await pause(1500);
    await counts(app.rpc, "same", 1);
  });

  test("two hundred messages at once add two hundred", async () => {
    await Promise.all(Array.from({ length: 200 }, () => enqueue("many")));
    await counts(app.rpc, "many", 200);
  });

  test("a message that fails comes again by itself, and the others of its batch do not", async () => {
    await app.rpc.call("counters:add", { name: "full", by: INT_MAX });
    await enqueue("full");
    await Promise.all(Array.from({ length: 10 }, () => enqueue("beside")));
    await counts(app.rpc, "beside", 10);
    await app.rpc.call("counters:add", { name: "full", by: -1 });
    await counts(app.rpc, "full", INT_MAX, 40_000);
    await pause(1500);
    await counts(app.rpc, "full", INT_MAX);
    await counts(app.rpc, "beside", 10);
  });

  test("a message that fails every time ends among the dead letters, once, and holds up no other", { timeout: 120_000 }, async () => {
    await app.rpc.call("counters:add", { name: "poison", by: INT_MAX });
    await enqueue("poison");
    await enqueue("healthy");
    await counts(app.rpc, "healthy", 1);
    assert.equal(await app.rpc.call("counters:get", { name: "dead:poison" }), 0);
    // Six tries: the last is 31 seconds after the first.
    await counts(app.rpc, "dead:poison", 1, 75_000);
    await pause(3000);
    await counts(app.rpc, "dead:poison", 1);
    await counts(app.rpc, "poison", INT_MAX);
    await counts(app.rpc, "dead:healthy", 0);
  });

  test("a shard that is reset right after its answer loses no message", async () => {
    for (let i = 0; i < 3; i++) {
      await enqueue("reset");
      await crash(app);
    }
    await counts(app.rpc, "reset", 3);
  });

  test("the consumer is no function of clients", async () => {
    await app.rpc.fails(404, "FUNCTION_NOT_FOUND", "jobs:added", { key: "one" });
  });
});

describe("queues and kill -9", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-queue-"));
  let server;
  after(async () => {
    await server?.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  // What local workerd's queue has taken is in its memory and dies with it: only the outbox's part is ours.
  test("what the outbox still held is sent after, and nothing twice", { timeout: 180_000 }, async () => {
    const port = await freePort();
    server = await DevServer.start(port, directory);
    const rpc = new Rpc(server.url);
    const asked = 20;
    for (let i = 0; i < asked; i++) await rpc.call("jobs:enqueue", { key: "killed" });
    await server.kill();
    server = await DevServer.start(port, directory);
    const again = new Rpc(server.url);
    await again.call("jobs:enqueue", { key: "killed" });
    await pause(8000);
    const seen = await again.call("counters:get", { name: "killed" });
    assert.ok(seen >= 1 && seen <= asked + 1, `${seen} of ${asked + 1}`);
    console.log(`# ${seen} of ${asked + 1} messages: the rest had been taken by the queue that was killed`);
  });
});
