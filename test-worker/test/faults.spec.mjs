// Clients against real workerd while it is killed, evicted and cut off; what they saw is checked by the rules of the
// simulator (docs/TESTING.md).
//   npm run faults        50 rounds of kill -9; LUNORA_KILL_ROUNDS and LUNORA_SEED choose others
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { BareWorkerd } from "./support/faults/bare-workerd.mjs";
import { check } from "./support/faults/checker.mjs";
import { Subscriber, Writer } from "./support/faults/clients.mjs";
import { CuttingProxy } from "./support/faults/cutting-proxy.mjs";
import { History } from "./support/faults/history.mjs";
import { freePort } from "./support/dev-server.mjs";
import { servedApp } from "./support/harness.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { seededRandom } from "./support/random.mjs";
import { Rpc } from "./support/rpc.mjs";

const KILL_ROUNDS = Number(process.env.LUNORA_KILL_ROUNDS ?? 3);
const EVICTION_ROUNDS = Number(process.env.LUNORA_EVICTION_ROUNDS ?? 6);
const WRITERS = 6;
const LOG = "SELECT seq, tbl, id, op, doc FROM __lunora_oplog ORDER BY seq";
const TABLES = ["messages", "counters"].map((name) => `SELECT _id, _doc FROM ${name}`);
const REGISTRY = ["__lunora_subscription", "__lunora_live_query"].map((name) => `SELECT * FROM ${name}`);

const WATCHED = [
  ...["c0", "c1", "c2"].map((channel) => ["messages:list", { channel, limit: 20 }]),
  ["messages:page", { channel: "c1", cursor: null, numItems: 5 }],
  ["counters:get", { name: "all" }],
  ["counters:get", { name: "pushed" }],
];
const MARKS = [
  ...["c0", "c1", "c2"].map((channel) => ["messages:send", { channel, author: "a" }]),
  ["counters:add", { name: "all", by: 1 }],
  ["counters:push", { name: "pushed", by: 1 }],
];

/** Writers and subscribers, some of them behind a proxy that breaks things. */
class Crowd {
  directory = mkdtempSync(join(tmpdir(), "lunora-history-"));
  file = join(this.directory, "history.jsonl");
  history = new History(this.file);
  subscribers = [];
  #writers = [];
  #marks = 0;

  constructor(url, brokenUrl, random) {
    Object.assign(this, { url, random });
    for (const [name, at, pageDelta] of [["s0", url, true], ["s1", brokenUrl, true], ["s2", brokenUrl, false], ["s3", brokenUrl, true]]) {
      this.subscribers.push(new Subscriber(name, () => at, this.history, pageDelta, WATCHED));
    }
    for (let n = 0; n < WRITERS; n++) {
      this.#writers.push(new Writer(`w${n}`, () => (n % 2 ? url : brokenUrl), this.history, random));
    }
  }

  /** Lets all write while `disturb` runs, and until their last calls are answered. */
  async write(disturb) {
    const writing = this.#writers.map((writer) => writer.resume());
    await disturb();
    for (const writer of this.#writers) writer.stop();
    await Promise.all(writing);
  }

  answers() {
    return this.history.events.filter(({ type }) => type === "answer").length;
  }

  /** Resolves when that many more calls were answered. */
  async answered(count) {
    for (const enough = this.answers() + count; this.answers() < enough; ) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** Everybody is subscribed and has heard of a last write to all that is watched. */
  async rest() {
    await eventually(() => this.subscribers.every((each) => each.seeded), "every subscriber has its results");
    this.#marks++;
    let cursor = 0;
    for (const [path, args] of MARKS) {
      const { n: op } = this.history.add("invoke", { path, args: { ...args, ...("channel" in args && { body: `mark ${this.#marks} ${args.channel}` }) } });
      const call = this.history.events[op];
      const headers = { "x-lunora-client-id": "marker", ...(path === "counters:push" ? { "x-lunora-client-seq": String(this.#marks) } : { "x-lunora-mutation-id": `mark ${op}` }) };
      const { status, json } = await new Rpc(this.url).send(path, call.args, headers);
      assert.equal(status, 200, JSON.stringify(json));
      this.history.add("answer", { op, ...json });
      cursor = Math.max(cursor, json.commitCursor ?? 0);
    }
    const heard = () => this.subscribers.every((each) => each.hasSeen(cursor - MARKS.length + 2));
    // What did not arrive by then is for the checker to name.
    await eventually(heard, "").catch(() => {});
    this.history.add("rest", {});
  }

  close() {
    for (const each of this.subscribers) each.close();
  }

  /** Checks it all; a history that breaks a rule is left where the message says. */
  check(changes, tables) {
    try {
      check(this.history.events, changes, tables);
    } catch (error) {
      error.message += `\nhistory: ${this.file}`;
      throw error;
    }
    rmSync(this.directory, { recursive: true });
  }
}

async function eventually(holds, what) {
  for (const deadline = Date.now() + 20_000; !holds(); ) {
    if (Date.now() > deadline) throw new Error(`not in 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("faults", { concurrency: 1 }, () => {
  test(`${KILL_ROUNDS} rounds of kill -9, behind a cutting proxy`, { timeout: 60_000 + KILL_ROUNDS * 30_000 }, async () => {
    const random = seededRandom("faults");
    const port = await freePort();
    const server = new BareWorkerd(port);
    const proxy = await new CuttingProxy(port, random).listen();
    await server.start();
    const crowd = new Crowd(server.url, proxy.url, random);
    try {
      for (let round = 1; round <= KILL_ROUNDS; round++) {
        proxy.faulty = 1;
        await crowd.write(async () => {
          await crowd.answered(20 + random.below(60));
          crowd.history.add("kill", { round });
          await server.kill();
          await server.start();
          await crowd.answered(10);
        });
        proxy.faulty = 0;
        await crowd.rest();
      }
      crowd.close();
      await server.kill();
      const [changes, messages, counters] = server.read(LOG, ...TABLES);
      crowd.check(changes, { messages, counters });
      console.log(`# ${crowd.answers()} calls, ${changes.length} rows, ${crowd.history.events.length} events; the proxy: ${JSON.stringify(proxy.counts)}`);
      assert.ok(proxy.counts.cut > 0 && proxy.counts.doubled > 0 && proxy.counts.dropped > 0, "the proxy broke something");
      await emptied(server);
    } finally {
      crowd.close();
      proxy.close();
      await server.remove();
    }
  });

  /** Rule 11: the next socket finds out that all those before it are gone, and leaves nothing itself. */
  async function emptied(server) {
    await server.start();
    const socket = await LiveSocket.open(server.url);
    await socket.subscribe("counters:get", { name: "all" });
    socket.close();
    await socket.closed;
    await new Rpc(server.url).call("messages:send", { channel: "c0", author: "a", body: "to nobody" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.kill();
    for (const rows of server.read(...REGISTRY)) assert.deepEqual(rows, []);
  }

  describe("forced eviction", () => {
    const app = servedApp();
    let proxy;
    after(() => proxy?.close());

    test(`${EVICTION_ROUNDS} rounds of both kinds`, { timeout: 60_000 + EVICTION_ROUNDS * 20_000 }, async () => {
      const random = seededRandom("evictions");
      proxy = await new CuttingProxy(Number(new URL(app.url).port), random).listen();
      const crowd = new Crowd(app.url, proxy.url, random);
      try {
        for (let round = 1; round <= EVICTION_ROUNDS; round++) {
          proxy.faulty = 1;
          await crowd.write(async () => {
            for (let i = 0; i < 3; i++) {
              await crowd.answered(5 + random.below(20));
              const how = random.pick(["hibernate", "close"]);
              crowd.history.add("evict", { how });
              await app.evict(how);
            }
            await crowd.answered(10);
          });
          proxy.faulty = 0;
          await crowd.rest();
        }
        const [changes, messages, counters] = await Promise.all([LOG, ...TABLES].map((statement) => app.sql(statement)));
        crowd.check(changes, { messages, counters });
        console.log(`# ${crowd.answers()} calls, ${changes.length} rows, ${crowd.history.events.length} events; the proxy: ${JSON.stringify(proxy.counts)}`);
      } finally {
        crowd.close();
      }
    });
  });
});
