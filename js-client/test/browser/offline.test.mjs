// The mutation queue in a real browser, with real IndexedDB, locks, tabs and reloads.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { seededRandom } from "../support/random.mjs";
import { launch, skip } from "./chromium.mjs";
import { startServer, staticFile } from "./server.mjs";

const SETTLED_MS = 40_000;

describe("offline in Chromium", { skip, timeout: 240_000 }, () => {
  let browser;
  let server;
  let context;

  before(async () => (browser = await launch()));
  after(() => browser?.close());
  beforeEach(async () => {
    server = await startServer();
    context = await browser.newContext();
    // The page itself comes from "the cache", as that of an app that works offline does; calls never do.
    await context.route("**/*", (route) => {
      const file = route.request().method() === "GET" ? staticFile(new URL(route.request().url()).pathname) : undefined;
      return file === undefined ? route.continue() : route.fulfill({ contentType: file.type, body: file.body });
    });
  });
  afterEach(async () => {
    await context.close();
    await server.close();
  });

  async function open() {
    const tab = await context.newPage();
    await tab.goto(server.url);
    await tab.waitForFunction(() => window.ready);
    return tab;
  }
  const reload = async (tab) => {
    await tab.reload();
    await tab.waitForFunction(() => window.ready);
  };
  const write = (tab, ...numbers) => tab.evaluate((all) => Promise.all(all.map((n) => window.write(n))), numbers);
  async function pending(tab, count) {
    try {
      await tab.waitForFunction((wanted) => window.client.pendingMutations === wanted, count, { timeout: SETTLED_MS, polling: 50 });
    } catch (error) {
      const seen = await tab.evaluate(() => ({ pending: window.client.pendingMutations, ended: window.ended, online: navigator.onLine }));
      throw new Error(`${count} pending mutations wanted, seen ${JSON.stringify(seen)}, server ${JSON.stringify(server.log)}`, { cause: error });
    }
  }
  /** Chromium answers before its network process has heard of it: a call made at once may still go out. */
  async function goOffline(...tabs) {
    await context.setOffline(true);
    for (const tab of tabs) {
      await tab.waitForFunction(() => !navigator.onLine && fetch("/probe").then(() => false, () => true), undefined, { polling: 50 });
    }
  }
  const ended = (tab) => tab.evaluate(() => window.ended);

  test("offline, write, reload, write, online: everything runs once, in order", async () => {
    const tab = await open();
    await write(tab, 1);
    await pending(tab, 0);
    await goOffline(tab);
    await write(tab, 2, 3, 4);
    await pending(tab, 3);
    await reload(tab);
    await pending(tab, 3);
    await write(tab, 5, 6);
    await pending(tab, 5);
    assert.deepEqual(server.log, [1], "nothing reached the server");
    await context.setOffline(false);
    await pending(tab, 0);
    assert.deepEqual(server.log, [1, 2, 3, 4, 5, 6]);
    await tab.waitForFunction(() => window.ended[6] !== undefined);
    assert.deepEqual(await ended(tab), { 5: 5, 6: 6 });
    assert.deepEqual(await tab.evaluate(() => window.dropped), []);
    await reload(tab);
    await pending(tab, 0);
    assert.equal(server.log.length, 6);
  });

  test("an answer lost after the server ran it, then a reload: nothing runs twice", async () => {
    const tab = await open();
    server.trouble = () => "lose";
    await write(tab, 1, 2);
    await tab.waitForTimeout(500);
    await pending(tab, 2);
    assert.deepEqual(server.log, [1, 2]);
    server.trouble = (batch) => (batch % 2 === 0 ? "refuse" : undefined);
    await reload(tab);
    await pending(tab, 0);
    assert.deepEqual(server.log, [1, 2]);
  });

  test("a tab that dies while it sends leaves its work to the others", async () => {
    const dying = await open();
    const other = await open();
    server.trouble = () => 60_000;
    await write(dying, 1, 2);
    while (server.log.length === 0) await dying.waitForTimeout(50);
    await write(other, 3);
    await dying.close({ runBeforeUnload: false });
    server.trouble = () => undefined;
    await pending(other, 0);
    assert.deepEqual(server.log.toSorted(), [1, 2, 3]);
    assert.equal(typeof (await ended(other))[3], "number");
  });

  test("two tabs share the queue: each caller gets its own answer", async () => {
    const tabs = [await open(), await open()];
    await goOffline(...tabs);
    for (let n = 1; n <= 10; n++) await write(tabs[n % 2], n);
    for (const tab of tabs) await pending(tab, 10);
    await context.setOffline(false);
    for (const tab of tabs) await pending(tab, 0);
    assert.deepEqual(server.log, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const [index, tab] of tabs.entries()) {
      await tab.waitForFunction(() => Object.keys(window.ended).length === 5);
      assert.deepEqual(await ended(tab), Object.fromEntries([1, 2, 3, 4, 5].map((k) => [2 * k - 1 + (1 - index), 2 * k - 1 + (1 - index)])));
    }
  });

  test("random faults, reloads and tabs: nothing lost, nothing doubled", async () => {
    const random = seededRandom("browser faults");
    const tabs = [await open(), await open()];
    let made = 0;
    const faults = [
      () => context.setOffline(true),
      () => context.setOffline(false),
      () => (server.trouble = () => (random() < 0.5 ? "lose" : random() < 0.5 ? "refuse" : undefined)),
      () => (server.trouble = () => undefined),
      (tab) => reload(tab),
    ];
    for (let step = 0; step < 40; step++) {
      const tab = tabs[Math.floor(random() * 2)];
      if (random() < 0.6) {
        await write(tab, ++made);
      } else {
        await faults[Math.floor(random() * faults.length)](tab);
      }
    }
    server.trouble = () => undefined;
    await context.setOffline(false);
    for (const tab of tabs) await tab.evaluate(() => window.client.reconnectNow());
    for (const tab of tabs) await pending(tab, 0);
    assert.deepEqual(server.log.toSorted((a, b) => a - b), Array.from({ length: made }, (_, n) => n + 1));
  });

  test("IndexedDB keeps the contract of a storage, with locks and with leases", async () => {
    const tab = await open();
    const report = await tab.evaluate(async () => {
      const entry = (mutationId) => ({ mutationId, clientId: "c", functionPath: "f:f", wireArgs: { mutationId }, queuedAtMs: 1 });
      const told = [];
      const check = async (name) => {
        const one = new window.IndexedDbOutboxStorage(name);
        const two = new window.IndexedDbOutboxStorage(name);
        const stop = two.hear((note) => told.push(note.kind));
        const appended = [];
        for (const id of ["a", "b", "a", "c", "d"]) appended.push(await one.append(entry(id), 3));
        const order = (await two.oldest(2)).map(({ mutationId }) => mutationId);
        await one.remove(["a", "never"]);
        one.tell({ kind: "changed" });
        let inside = 0;
        let most = 0;
        const job = async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 30));
          inside -= 1;
          return "done";
        };
        const never = new AbortController().signal;
        const results = await Promise.all([one.exclusively(job, never), two.exclusively(job, never), one.count()]);
        const failed = await one.exclusively(() => Promise.reject(new Error("mine")), never).catch((error) => error.message);
        const after = await two.exclusively(async () => "free again", never);
        const gone = new AbortController();
        gone.abort();
        const aborted = await one.exclusively(job, gone.signal).then(() => "ran", () => "refused");
        stop();
        one.close();
        two.close();
        return { appended, order, results, most, failed, after, aborted };
      };
      const withLocks = await check("contract-locks");
      Object.defineProperty(navigator, "locks", { value: undefined });
      const withLeases = await check("contract-leases");
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { withLocks, withLeases, told };
    });
    const expected = {
      appended: [true, true, true, true, false],
      order: ["a", "b"],
      results: ["done", "done", 2],
      most: 1,
      failed: "mine",
      after: "free again",
      aborted: "refused",
    };
    assert.deepEqual(report.withLocks, expected);
    assert.deepEqual(report.withLeases, expected);
    assert.deepEqual(report.told, ["changed", "changed"]);
  });
});
