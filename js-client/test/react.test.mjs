import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { closeDom } from "./support/dom.mjs";
import { act, createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import {
  LunoraProvider,
  useConnectionState,
  useMutation,
  usePaginatedQuery,
  usePendingMutations,
  useQuery,
} from "../dist/react/index.js";
import { PaginatedWatch } from "../dist/react/paginated-watch.js";
import { settle } from "./support/fake-clock.mjs";
import { ack, data, harness, row } from "./support/harness.mjs";

const roots = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await act(async () => root.unmount());
});
after(closeDom);

/** Renders `use` (a hook call) and records what it returned; `render(other)` renders again. */
async function mounted(h, use, { strict = true } = {}) {
  const seen = [];
  const Probe = ({ hook }) => {
    seen.push(hook());
    return null;
  };
  const root = createRoot(document.createElement("div"));
  roots.push(root);
  const render = (hook) => {
    const tree = createElement(LunoraProvider, { client: h.client }, createElement(Probe, { hook }));
    return act(async () => root.render(strict ? createElement(StrictMode, null, tree) : tree));
  };
  await render(use);
  const unmount = () => act(async () => roots.splice(roots.indexOf(root), 1)[0].unmount());
  return { seen, now: () => seen.at(-1), render, unmount };
}

const opened = async (h) => {
  await act(async () => {
    await settle();
    await h.network.last().open();
  });
  return h.network.last();
};
const receive = (socket, ...frames) => act(() => socket.receive(...frames));
/** Subscriptions the server serves now, by id. */
const live = (socket) => {
  const open = new Map();
  for (const frame of socket.sent) {
    if (frame.type === "subscribe") open.set(frame.id, frame.query.args);
    if (frame.type === "unsubscribe") open.delete(frame.id);
  }
  return open;
};
const idFor = (socket, args) => [...live(socket)].find(([, have]) => JSON.stringify(have) === JSON.stringify(args))?.[0];

test("useQuery: loading, data, error as a value, data again; one subscription under StrictMode", async () => {
  const h = harness();
  const { now, unmount } = await mounted(h, () => useQuery("messages:list", { channel: "x" }));
  assert.deepEqual(now(), { status: "loading", data: undefined, error: undefined });
  const socket = await opened(h);
  assert.equal(live(socket).size, 1);
  const id = idFor(socket, { channel: "x" });
  await receive(socket, ack(id), data(id, ["a"], 1));
  assert.deepEqual(now(), { status: "success", data: ["a"], error: undefined });
  await receive(socket, { type: "error", id, error: { code: "FORBIDDEN", message: "no" } });
  assert.deepEqual([now().status, now().data, now().error.code], ["error", ["a"], "FORBIDDEN"]);
  await receive(socket, data(id, ["b"], 2));
  assert.deepEqual(now(), { status: "success", data: ["b"], error: undefined });
  await unmount();
  assert.equal(live(socket).size, 0);
  await act(() => h.clock.advance(5_000));
  assert.equal(h.client.connectionState.status, "closed");
});

test("after setToken hooks are loading, with no row of before, until the new answers", async () => {
  const h = harness({ token: "a" });
  const query = await mounted(h, () => useQuery("messages:list", { channel: "x" }));
  const pages = await mounted(h, () => usePaginatedQuery("m:page", { channel: "x" }, { pageSize: 2 }));
  const socket = await opened(h);
  const [id, first] = [idFor(socket, { channel: "x" }), idFor(socket, pageArgs(null))];
  await receive(socket, data(id, ["a"], 1), data(first, pageOf([row("a"), row("b")], "c1"), 1));
  await act(async () => pages.now().loadMore());
  await receive(socket, data(idFor(socket, pageArgs("c1")), pageOf([row("c")], null), 1));
  assert.equal(pages.now().rows.length, 3);
  await act(async () => h.client.setToken("b"));
  assert.deepEqual([query.now().status, query.now().data], ["loading", undefined]);
  assert.deepEqual([pages.now().status, pages.now().rows], ["loading", []]);
  const next = await opened(h);
  await receive(next, data(id, ["b"], 1), data(first, pageOf([row("d")], null), 1));
  assert.deepEqual([query.now().data, pages.now().rows.map((r) => r._id)], [["b"], ["d"]]);
});

test("pages that nobody follows while the token changes show nothing of the user before", async () => {
  const h = harness({ token: "a" });
  const pages = new PaginatedWatch(h.client, { functionPath: "m:page", pageArgs: (cursor, numItems) => ({ cursor, numItems }), pageSize: 2, options: {} });
  const stop = pages.subscribe(() => {});
  const socket = await opened(h);
  await receive(socket, data(live(socket).keys().next().value, pageOf([row("of a")], null), 1));
  assert.equal(pages.snapshot().rows.length, 1);
  stop();
  h.client.setToken("b");
  assert.deepEqual([pages.snapshot().status, pages.snapshot().rows], ["loading", []]);
  assert.equal(pages.snapshot(), pages.snapshot());
  const again = pages.subscribe(() => {});
  assert.deepEqual([pages.snapshot().status, pages.snapshot().rows], ["loading", []]);
  again();
});

test("useQuery: equal arguments in a new object change nothing; other arguments ask anew; skip asks nothing", async () => {
  const h = harness();
  const use = (args) => () => useQuery("a:b", args);
  const { seen, now, render } = await mounted(h, use({ x: 1, y: 2 }));
  const socket = await opened(h);
  const id = idFor(socket, { x: 1, y: 2 });
  await receive(socket, ack(id), data(id, "v1", 1));
  const before = socket.sent.length;
  await render(use({ y: 2, x: 1 }));
  assert.deepEqual([now().data, socket.sent.length], ["v1", before]);
  await render(use({ x: 2 }));
  assert.equal(now().status, "loading", "never the data of other arguments");
  assert.deepEqual([...live(socket).values()], [{ x: 2 }]);
  await render(use("skip"));
  assert.deepEqual([now().status, live(socket).size], ["loading", 0]);
  assert.ok(seen.length > 3);
});

test("useQuery: a component that comes later shows the known result at once", async () => {
  const h = harness();
  await mounted(h, () => useQuery("a:b"));
  const socket = await opened(h);
  const id = idFor(socket, {});
  await receive(socket, ack(id), data(id, "v", 1));
  const late = await mounted(h, () => useQuery("a:b"));
  assert.equal(late.seen[0].data, "v");
  assert.equal(live(socket).size, 1);
});

test("useQuery: arguments without a wire form, or a closed client, are an error and not a crash", async () => {
  const h = harness();
  const { seen, now } = await mounted(h, () => useQuery("a:b", { f: () => 1 }));
  assert.equal(now().status, "error");
  assert.match(now().error.message, /function/);
  assert.ok(seen.length < 10, "and no endless rendering");
  await act(async () => h.client.close());
  const closed = await mounted(h, () => useQuery("a:b"));
  assert.equal(closed.now().error.code, "CLIENT_CLOSED");
});

test("useMutation: idle, pending, result; errors are values; mutate is stable; the latest call counts", async () => {
  const answers = [];
  const h = harness({ fetch: () => new Promise((resolve) => answers.push((status, body) => resolve(new Response(JSON.stringify(body), { status })))) });
  const { seen, now } = await mounted(h, () => useMutation("w:w"));
  assert.deepEqual([now().status, now().data, now().error], ["idle", undefined, undefined]);
  let first;
  await act(async () => void (first = now().mutate({ n: 1 })));
  assert.equal(now().status, "pending");
  await act(async () => { await settle(); answers[0](409, { error: { code: "CONFLICT", message: "taken" } }); await first; });
  assert.equal((await first).error.code, "CONFLICT");
  assert.deepEqual([now().status, now().error.code], ["error", "CONFLICT"]);
  let calls;
  await act(async () => void (calls = [now().mutate(), now().mutate()]));
  await act(async () => { await settle(); answers[1](200, { result: "old" }); await calls[0]; });
  assert.deepEqual([(await calls[0]).data, now().status], ["old", "pending"]);
  await act(async () => { answers[2](200, { result: "new" }); await calls[1]; });
  assert.deepEqual([now().status, now().data], ["success", "new"]);
  assert.equal(new Set(seen.map((hook) => hook.mutate)).size, 1);
  await act(async () => void (await now().mutate({ f: () => 1 })));
  assert.equal(now().error.code, "BAD_REQUEST");
});

test("useMutation: an optimistic update shows in useQuery and is rolled back", async () => {
  let refuse;
  const h = harness({ fetch: () => new Promise((resolve) => (refuse = () => resolve(new Response(JSON.stringify({ error: { code: "NO", message: "" } }), { status: 400 })))) });
  const list = await mounted(h, () => useQuery("w:list"));
  const socket = await opened(h);
  const id = idFor(socket, {});
  await receive(socket, ack(id), data(id, [1], 1));
  const add = await mounted(h, () => useMutation("w:add", { optimistic: (store, { n }) => store.set("w:list", {}, [...store.get("w:list"), n]) }));
  let done;
  await act(async () => void (done = add.now().mutate({ n: 2 })));
  assert.deepEqual(list.now().data, [1, 2]);
  await act(async () => { await settle(); refuse(); await done; });
  assert.deepEqual(list.now().data, [1]);
});

const pageOf = (rows, continueCursor) => ({ page: rows, isDone: continueCursor === null, continueCursor });
const pageArgs = (cursor) => ({ channel: "x", cursor, numItems: 2 });

test("usePaginatedQuery: loads page by page, every page stays live, the end is known", async () => {
  const h = harness();
  const { now } = await mounted(h, () => usePaginatedQuery("m:page", { channel: "x" }, { pageSize: 2 }));
  const socket = await opened(h);
  const shown = () => now().rows.map((r) => r._id).join("");
  assert.equal(now().status, "loading");
  const first = idFor(socket, pageArgs(null));
  await receive(socket, ack(first), data(first, pageOf([row("a"), row("b")], "c1"), 1));
  assert.deepEqual([now().status, shown()], ["more", "ab"]);
  await act(async () => now().loadMore());
  assert.deepEqual([now().status, shown()], ["loadingMore", "ab"]);
  const second = idFor(socket, pageArgs("c1"));
  await receive(socket, ack(second), data(second, pageOf([row("c"), row("d")], "c2"), 1));
  await act(async () => now().loadMore());
  const third = idFor(socket, pageArgs("c2"));
  await receive(socket, ack(third), data(third, pageOf([row("e")], null), 1));
  assert.deepEqual([now().status, shown()], ["done", "abcde"]);
  await act(async () => now().loadMore());
  assert.equal(live(socket).size, 3);

  await receive(socket, { type: "delta", id: first, delta: { key: "a", op: "update", row: { ...row("a"), n: 1 } }, cursor: 2, epoch: "e1" });
  assert.deepEqual([now().rows[0].n, shown()], [1, "abcde"]);
  await receive(socket, data(first, pageOf([row("z"), row("a")], "c0"), 3));
  assert.deepEqual([now().status, shown()], ["loadingMore", "zacde"], "old pages stay until the new ones are there");
  const moved = idFor(socket, pageArgs("c0"));
  await receive(socket, ack(moved), data(moved, pageOf([row("b"), row("c")], "c1b"), 3));
  assert.equal(shown(), "zabce", "a row that moved into an earlier page is there once");
  const last = idFor(socket, pageArgs("c1b"));
  await receive(socket, ack(last), data(last, pageOf([row("d"), row("e")], null), 3));
  assert.deepEqual([now().status, shown(), live(socket).size], ["done", "zabcde", 3]);
  await receive(socket, data(first, pageOf([row("z")], null), 4));
  assert.deepEqual([now().status, shown(), live(socket).size], ["done", "z", 1]);
});

test("usePaginatedQuery: errors are values and recover; a query without pages says so; skip; own arguments", async () => {
  const h = harness();
  const { now, render } = await mounted(h, () => usePaginatedQuery("m:page", {}, { pageSize: 2, pageArgs: (after, limit) => ({ after, limit }) }));
  const socket = await opened(h);
  const id = idFor(socket, { after: null, limit: 2 });
  await receive(socket, ack(id), { type: "error", id, error: { code: "FORBIDDEN", message: "no" } });
  assert.deepEqual([now().status, now().error.code], ["error", "FORBIDDEN"]);
  await receive(socket, data(id, pageOf([row("a")], null), 1));
  assert.deepEqual([now().status, now().rows.length], ["done", 1]);
  await receive(socket, data(id, [row("a")], 2));
  assert.deepEqual([now().status, now().error.code], ["error", "NOT_PAGINATED"]);
  await render(() => usePaginatedQuery("m:page", "skip", { pageSize: 2 }));
  assert.deepEqual([now().status, live(socket).size], ["loading", 0]);
  const broken = await mounted(h, () => usePaginatedQuery("m:page", { f: () => 1 }, { pageSize: 2 }));
  assert.equal(broken.now().status, "error");
  assert.ok(broken.seen.length < 12);
});

test("useConnectionState and usePendingMutations follow the client", async () => {
  const h = harness({ offline: true, fetch: () => Promise.reject(new TypeError("offline")) });
  const { now } = await mounted(h, () => [useConnectionState().status, usePendingMutations()]);
  assert.deepEqual(now(), ["closed", 0]);
  await act(async () => {
    h.follow();
    h.client.mutation("w:w").catch(() => {});
    for (let n = 0; n < 10; n++) await settle();
  });
  assert.deepEqual(now(), ["connecting", 1]);
  await opened(h);
  assert.deepEqual(now(), ["open", 1]);
  await act(async () => h.client.close());
});

test("on a server everything is loading, and a missing provider says what to do", async () => {
  const h = harness();
  const Probe = () => JSON.stringify([useQuery("a:b"), usePaginatedQuery("a:b", {}, { pageSize: 1 }).status, useConnectionState().status]);
  const html = renderToString(createElement(LunoraProvider, { client: h.client }, createElement(Probe)));
  assert.match(html, /loading.*loading.*closed/);
  assert.equal(h.network.sockets.length, 0);
  assert.throws(() => renderToString(createElement(Probe)), /LunoraProvider/);
});
