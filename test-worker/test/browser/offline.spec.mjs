// The client's offline queue in a real browser against the real server: offline, write, reload, online; and a server
// that is killed while a page writes. Nothing may be lost, doubled or out of order.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { launch, skip } from "../../../js-client/test/browser/chromium.mjs";
import { DevServer, freePort } from "../support/dev-server.mjs";
import { root } from "../support/harness.mjs";
import { Rpc, unique } from "../support/rpc.mjs";

const SETTLED_MS = 60_000;
const KILL_ROUNDS = 3;
const TYPES = { ".js": "text/javascript", ".map": "application/json" };

const PAGE = `<!doctype html><title>offline</title><script type="module">
import { LunoraClient } from "/client/index.js";
window.ended = {};
window.dropped = [];
window.shown = [];
window.client = new LunoraClient({ url: "/", offline: { onDropped: (mutation, error) => dropped.push(error.code) } });
const channel = location.hash.slice(1);
const list = { channel, limit: 200 };
client.subscribe("messages:list", list, { onData: (rows) => (window.shown = rows.map((row) => row.body).reverse()) });
const optimistic = (body) => (store) => {
  const rows = store.get("messages:list", list);
  if (rows) store.set("messages:list", list, [{ _id: "new " + body, channel, author: "page", body }, ...rows]);
};
/** Resolves when the write is durable in the browser. */
window.write = (n) => new Promise((onQueued) => {
  client.mutation("messages:send", { channel, author: "page", body: String(n) }, { onQueued, optimistic: optimistic(String(n)) })
    .then((id) => (ended[n] = id), (error) => (ended[n] = error.code));
});
window.add = () => new Promise((onQueued) => {
  client.mutation("counters:add", { name: channel, by: 1 }, { onQueued }).catch(() => {});
});
window.ready = true;
</script>`;

/** What an offline-first page would have in its cache: the page and the client; calls always go to the network. */
function cached(pathname) {
  if (pathname === "/offline") return { contentType: "text/html", body: PAGE };
  if (!pathname.startsWith("/client/") || pathname.includes("..")) return undefined;
  const file = join(root, "js-client/dist", pathname.slice("/client/".length));
  return { contentType: TYPES[extname(file)] ?? "application/octet-stream", body: readFileSync(file) };
}

describe("the offline queue against workerd", { skip, timeout: 300_000 }, () => {
  let browser;
  let context;
  let server;
  let port;
  let directory;
  let channel;

  before(async () => {
    port = await freePort();
    directory = mkdtempSync(join(tmpdir(), "lunora-offline-"));
    server = await DevServer.start(port, directory);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(async () => {
    channel = unique("offline");
    context = await browser.newContext();
    await context.route("**/*", (route) => {
      const file = route.request().method() === "GET" ? cached(new URL(route.request().url()).pathname) : undefined;
      return file === undefined ? route.continue() : route.fulfill(file);
    });
  });
  afterEach(() => context.close());

  async function open() {
    const tab = await context.newPage();
    await tab.goto(`${server.url}/offline#${channel}`);
    await tab.waitForFunction(() => window.ready);
    return tab;
  }
  const reload = async (tab) => {
    await tab.reload();
    await tab.waitForFunction(() => window.ready);
  };
  const write = (tab, ...numbers) => tab.evaluate((all) => Promise.all(all.map((n) => window.write(n))), numbers);
  const pending = (tab, count) =>
    tab.waitForFunction((wanted) => window.client.pendingMutations === wanted, count, { timeout: SETTLED_MS, polling: 50 });
  /** Chromium answers before its network process has heard of it: a call made at once may still go out. */
  async function goOffline(...tabs) {
    await context.setOffline(true);
    for (const tab of tabs) {
      await tab.waitForFunction(() => !navigator.onLine && fetch("/probe").then(() => false, () => true), undefined, { polling: 50 });
    }
  }
  const shows = (tab, bodies) =>
    tab.waitForFunction((wanted) => JSON.stringify(window.shown) === wanted, JSON.stringify(bodies), { timeout: SETTLED_MS, polling: 50 });
  /** Bodies in the server's order, oldest first. */
  const stored = async () =>
    (await new Rpc(server.url).call("messages:list", { channel, limit: 200 })).map((row) => row.body).reverse();
  const upTo = (last) => Array.from({ length: last }, (_, index) => String(index + 1));

  test("offline, write, reload, write, online: each once, in order, and the live list agrees", async () => {
    const tab = await open();
    await write(tab, 1);
    await shows(tab, ["1"]);
    await pending(tab, 0);
    await goOffline(tab);
    await write(tab, 2, 3);
    await shows(tab, ["1", "2", "3"]);
    await reload(tab);
    await pending(tab, 2);
    await write(tab, 4);
    assert.deepEqual(await stored(), ["1"], "nothing reached the server");
    await context.setOffline(false);
    await pending(tab, 0);
    assert.deepEqual(await stored(), upTo(4));
    await shows(tab, upTo(4));
    assert.equal(typeof (await tab.evaluate(() => window.ended[4])), "string");
    assert.deepEqual(await tab.evaluate(() => window.dropped), []);
    await reload(tab);
    await pending(tab, 0);
    await shows(tab, upTo(4));
  });

  test("a server killed while the page writes: nothing is lost or doubled", async () => {
    const tab = await open();
    let made = 0;
    let added = 0;
    for (let round = 0; round < KILL_ROUNDS; round++) {
      const writing = (async () => {
        for (let n = 0; n < 12; n++) {
          await write(tab, ++made);
          await tab.evaluate(() => window.add());
          added += 1;
        }
      })();
      await new Promise((resolve) => setTimeout(resolve, 30 + 60 * round));
      await server.kill();
      await writing;
      if (round === 1) await reload(tab);
      server = await DevServer.start(port, directory);
      await pending(tab, 0);
    }
    assert.deepEqual(await stored(), upTo(made));
    assert.equal(await new Rpc(server.url).call("counters:get", { name: channel }), added);
    await shows(tab, upTo(made));
    assert.deepEqual(await tab.evaluate(() => window.dropped), []);
  });

  test("two tabs write offline and share one queue", async () => {
    const tabs = [await open(), await open()];
    await goOffline(...tabs);
    for (let n = 1; n <= 6; n++) await write(tabs[n % 2], n);
    for (const tab of tabs) await pending(tab, 6);
    await context.setOffline(false);
    for (const tab of tabs) await pending(tab, 0);
    assert.deepEqual(await stored(), upTo(6));
    for (const tab of tabs) await shows(tab, upTo(6));
  });
});
