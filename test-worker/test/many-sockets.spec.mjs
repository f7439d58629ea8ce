// Thousands of sockets on one object, on workerd by itself: it hibernates with them after ten idle seconds.
//   LUNORA_SOCKETS=10000 node --test test-worker/test/many-sockets.spec.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openCounted } from "./support/counted-socket.mjs";
import { freePort } from "./support/dev-server.mjs";
import { BareWorkerd } from "./support/faults/bare-workerd.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { Rpc } from "./support/rpc.mjs";

const GROUPS = 100;
const IDLE_MS = 12_000;

/** File descriptors of a process that are for other things than sockets. */
const OTHER_FILES = 200;

const wanted = Number(process.env.LUNORA_SOCKETS ?? 5000);
const allowed = Number(/Max open files +(\d+)/.exec(readFileSync("/proc/self/limits", "latin1"))[1]) - OTHER_FILES;
const SOCKETS = Math.min(wanted, allowed);
if (SOCKETS < wanted) console.log(`# only ${SOCKETS} of ${wanted} sockets: a process may not open more files here`);

test(`${SOCKETS} sockets on one object: each hears what is for it, before and after sleep`, { timeout: 600_000 }, async (t) => {
  const port = await freePort();
  const server = new BareWorkerd(port);
  t.after(() => server.remove());
  await server.start();
  const rpc = new Rpc(server.url);
  const subscribe = (name) => JSON.stringify({ type: "subscribe", id: "own", query: { functionPath: "counters:get", args: { name } } });

  const witness = await Witness.open(server.url, rpc);
  const started = Date.now();
  const sockets = await openCounted(t, port, SOCKETS, (n) => [subscribe(`group-${n % GROUPS}`)]);
  console.log(`# ${SOCKETS} sockets with a subscription each in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  const inGroup = (group) => sockets.filter((_, n) => n % GROUPS === group);
  const add = async (group, what) => {
    const before = Date.now();
    assert.equal(await rpc.call("counters:add", { name: `group-${group}`, by: 1 }), 1);
    const answeredMs = Date.now() - before;
    await Promise.all(inGroup(group).map((socket) => socket.reached('"data":1,')));
    console.log(`# ${what}: answered in ${answeredMs} ms, told ${inGroup(group).length} in ${Date.now() - before} ms`);
    assert.ok(answeredMs < 2000, `answered after ${answeredMs} ms`);
  };

  await add(7, "awake");
  assert.equal(await witness.next(), "delta", "awake, it knows what it sent last");
  await sleep(IDLE_MS);
  await add(42, "woken");
  assert.equal(await witness.next(), "data", "it had slept");
  for (const [n, socket] of sockets.entries()) {
    assert.equal(socket.frames, [7, 42].includes(n % GROUPS) ? 3 : 2, `socket ${n}`);
  }

  for (const socket of sockets) socket.close();
  witness.close();
  const rows = () => {
    const [[{ n }]] = server.read('SELECT (SELECT count(*) FROM "__lunora_subscription") + (SELECT count(*) FROM "__lunora_live_query") AS n');
    return n;
  };
  const closed = Date.now();
  for (let left = rows(); left > 0; left = rows()) {
    assert.ok(Date.now() - closed < 180_000, `${left} rows of closed sockets are left`);
    await sleep(500);
  }
  console.log(`# all closed and forgotten in ${((Date.now() - closed) / 1000).toFixed(1)} s`);
});

/** A socket that gets deltas as long as the object remembers what it sent last. */
class Witness {
  #socket;
  #rpc;
  #id;
  #seen = 2;

  static async open(url, rpc) {
    const witness = new Witness();
    witness.#rpc = rpc;
    witness.#socket = await LiveSocket.open(url);
    witness.#socket.send({ type: "connect", id: "connect", caps: ["pageDelta"] });
    for (let n = 0; n < 3; n++) await witness.#write();
    witness.#id = (await witness.#socket.subscribe("messages:list", { channel: "witness" })).id;
    return witness;
  }

  #write() {
    return this.#rpc.call("messages:send", { channel: "witness", author: "ada", body: "what a delta is shorter than" });
  }

  /** The type of the frame that the next write brings. */
  async next() {
    await this.#write();
    return (await this.#socket.count(this.#id, ++this.#seen)).at(-1).type;
  }

  close() {
    this.#socket.close();
  }
}
