// kill -9 at random moments while eight writers write: what was acknowledged is there after the restart.
//   LUNORA_KILL_ROUNDS=100 node --test test-worker/test/durability.spec.mjs
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { seededRandom } from "./support/random.mjs";
import { big, Rpc } from "./support/rpc.mjs";

const ROUNDS = Number(process.env.LUNORA_KILL_ROUNDS ?? 4);
const WRITERS = 8;

describe("kill -9", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-durability-"));
  const random = seededRandom("kill -9");
  const acked = new Map();
  let port;
  let server;
  let added = 0;
  let attempted = 0;
  let lastCursor = 0;
  let epoch;
  let onAck = () => {};

  before(async () => {
    port = await freePort();
  });
  afterEach(() => server.kill());
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** Resolves when that many messages are acknowledged. */
  async function reached(count) {
    while (acked.size < count) await new Promise((resolve) => (onAck = resolve));
  }

  /** Writes until the server is gone. A write of a writer is a message and a step of its counter, by turns. */
  async function writer(rpc, round, number) {
    for (let n = 0; ; n++) {
      try {
        if (n % 2 === 0) {
          const body = `round ${round} writer ${number} message ${n}`;
          const id = await rpc.call("messages:send", { channel: `w${number}`, author: "a", body });
          acked.set(id, body);
          onAck();
        } else {
          attempted++;
          await rpc.call("counters:add", { name: "all", by: 1 });
          added++;
        }
      } catch (error) {
        if (error.name === "AssertionError") throw error;
        return;
      }
    }
  }

  for (let round = 1; round <= ROUNDS; round++) {
    test(`round ${round}`, { timeout: 120_000 }, async () => {
      server = await DevServer.start(port, directory);
      assert.ok(server.workerds().length > 0, "there is a workerd to kill");
      const rpc = new Rpc(server.url);
      if (round > 1) await check(rpc);

      const socket = await LiveSocket.open(server.url);
      const since = lastCursor > 0 ? { sinceSeq: lastCursor, sinceEpoch: epoch } : {};
      const { id, first } = await socket.subscribe("counters:get", { name: "all" }, since);
      assert.ok(first.cursor >= lastCursor, "no cursor that a client has seen is ahead of the log");
      if (epoch) assert.equal(first.epoch, epoch, "so the timeline goes on");

      const before = acked.size;
      const writers = Array.from({ length: WRITERS }, (_, number) => writer(rpc, round, number));
      // The moment is random in writes, not in time: that holds on a slow machine too.
      const moment = before + 20 + random.below(150);
      await reached(moment);
      await server.kill();
      await Promise.all(writers);
      const last = socket.of(id).at(-1);
      lastCursor = last.cursor ?? lastCursor;
      epoch = last.epoch ?? epoch;
      console.log(`# round ${round}: killed after ${acked.size - before} messages`);
    });
  }

  test("after the last restart", { timeout: 120_000 }, async () => {
    server = await DevServer.start(port, directory);
    await check(new Rpc(server.url));
  });

  async function check(rpc) {
    const stored = new Map();
    for (let number = 0; number < WRITERS; number++) {
      for (let cursor = null, isDone = false; !isDone; ) {
        const page = await rpc.call("messages:page", { channel: `w${number}`, cursor, numItems: 500 });
        for (const row of page.page) {
          assert.deepEqual(Object.keys(row).sort(), ["_creationTime", "_id", "author", "body", "channel"], "no half rows");
          assert.equal(stored.has(row._id), false);
          stored.set(row._id, row.body);
        }
        ({ continueCursor: cursor, isDone } = page);
      }
    }
    for (const [id, body] of acked) assert.equal(stored.get(id), body, "an acknowledged message is lost");
    const unacked = stored.size - acked.size;
    assert.ok(unacked <= WRITERS, `${unacked} messages that nobody was told of`);
    const value = await rpc.call("counters:get", { name: "all" });
    assert.ok(value >= added && value <= attempted, `the counter is ${value}, ${added} were acknowledged of ${attempted}`);
    assert.deepEqual(await rpc.call("ledger:add", { amount: big(0) }), big(0));
    // From here on what is stored is known.
    for (const [id, body] of stored) acked.set(id, body);
    added = attempted = value;
  }
});
