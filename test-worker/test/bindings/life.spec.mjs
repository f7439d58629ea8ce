import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

/** The text of a request that fails, by a rejection or by a 500. */
async function failure(path) {
  try {
    const response = await worker.fetch(path);
    const text = await response.text();
    assert.equal(response.status, 500, text);
    return text;
  } catch (error) {
    return error.message;
  }
}

test("no request comes in before the constructor's work is done", async () => {
  const answers = await Promise.all([1, 2, 3].map(() => worker.json("/object/order/life/order")));
  for (const { order } of answers) assert.match(order, /^begin end request /);
});

test("blocked work is not interleaved", async () => {
  const names = ["a", "b", "c"];
  await Promise.all(names.map((name) => worker.json(`/object/block/life/block?name=${name}`)));
  const { order } = await worker.json("/object/block/life/order");
  assert.match(order, /^begin end (([abc])< \2> ){3}request $/);
});

test("blocked work that throws resets the object; the next request starts a new one", async () => {
  const before = await worker.json("/object/reset/life/order");
  assert.match(await failure("/object/reset/life/blockFails"), /blocked work broke/);
  const after = await worker.json("/object/reset/life/order");
  assert.notEqual(after.start, before.start);
  assert.equal(after.order, "begin end request ");
});

test("a constructor whose work throws fails the request, and the next start may do", async () => {
  await worker.fetch("/object/poison/life/poison");
  await worker.handle.evictDurableObject("BindingsObject", { name: "poison" });
  assert.match(await failure("/object/poison/life/order"), /poisoned start/);
  assert.equal((await worker.fetch("/object/poison/life/who")).status, 200);
});

test("abort fails the request with its reason; this and every other object go on", async () => {
  const before = await worker.json("/object/abort/life/order");
  assert.match(await failure("/object/abort/life/abort"), /test says stop/);
  const after = await worker.json("/object/abort/life/order");
  assert.notEqual(after.start, before.start);
  assert.equal((await worker.json("/object/bystander/life/order")).order, "begin end request ");
});

test("an evicted object starts again with its storage", async () => {
  await worker.fetch("/object/evict/storage/touch");
  const before = await worker.json("/object/evict/life/order");
  await worker.handle.evictDurableObject("BindingsObject", { name: "evict" });
  const after = await worker.json("/object/evict/life/order");
  assert.notEqual(after.start, before.start);
  assert.deepEqual(await worker.json("/object/evict/storage/touched"), { touched: true });
});
