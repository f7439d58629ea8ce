// How many subscribes wait for their answers at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SubscribePacer } from "../dist/pacer.js";
import { FakeClock, settle } from "./support/fake-clock.mjs";
import { ack, data, harness } from "./support/harness.mjs";
import { seededRandom } from "./support/random.mjs";

test("at most three subscribes are outstanding; any frame with the id, or 10 s, frees a slot", async () => {
  const { clock, network, follow } = harness();
  const all = Array.from({ length: 8 }, (_, n) => follow("a:b", { n }));
  await settle();
  const socket = network.last();
  await socket.open();
  const asked = () => socket.subscribes.map((frame) => frame.id);
  assert.deepEqual(asked(), ["sub_1", "sub_2", "sub_3"]);
  await socket.receive(ack("sub_2"));
  assert.deepEqual(asked().slice(3), ["sub_4"]);
  await socket.receive(ack("sub_2"), data("sub_2", 1, 1), ack("sub_99"));
  assert.equal(asked().length, 4, "a slot is freed once");
  all[4].stop();
  assert.equal(socket.sent.some((frame) => frame.type === "unsubscribe"), false, "sub_5 was never asked for");
  all[0].stop();
  assert.deepEqual(asked().slice(4), ["sub_6"], "giving up an outstanding one frees its slot");
  await clock.advance(10_000);
  assert.deepEqual(asked().slice(5), ["sub_7", "sub_8"]);
});

test("what was outstanding on a lost socket holds no slot on the next", async () => {
  const { clock, network, follow } = harness();
  for (let n = 0; n < 4; n++) follow("a:b", { n });
  await settle();
  await network.last().open();
  await network.last().drop();
  await clock.advance(1000);
  await network.last().open();
  assert.deepEqual(network.last().subscribes.map((frame) => frame.id), ["sub_1", "sub_2", "sub_3"]);
});

test("an answered subscribe leaves no timer behind", () => {
  const clock = new FakeClock();
  const sent = [];
  const pacer = new SubscribePacer(clock, (id) => sent.push(id));
  pacer.enqueue("a");
  pacer.release("a");
  assert.deepEqual(sent, ["a"]);
  assert.equal(clock.pending, 0);
});

test("pacing holds for a random crowd: never more than three unanswered, all served", async () => {
  const random = seededRandom("pacing");
  const { network, follow } = harness();
  for (let n = 0; n < 200; n++) follow("a:b", { n });
  await settle();
  const socket = network.last();
  await socket.open();
  const answered = new Set();
  for (;;) {
    const open = socket.subscribes.map((f) => f.id).filter((id) => !answered.has(id));
    assert.ok(open.length <= 3);
    if (open.length === 0) break;
    const id = open[Math.floor(random() * open.length)];
    answered.add(id);
    await socket.receive(random() < 0.5 ? ack(id) : data(id, 1, 1));
  }
  assert.equal(answered.size, 200);
});
