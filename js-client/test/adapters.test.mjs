// The adapters of the frameworks: what a server's loader read is shown at once and on the server, then the live result.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { closeDom } from "./support/dom.mjs";
import { createElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { act } from "react";
import { createApp, createSSRApp, h as element, nextTick, ref } from "vue";
import { renderToString as renderVue } from "vue/server-renderer";
import { LunoraClient } from "../dist/index.js";
import { LunoraProvider, useQuery } from "../dist/react/index.js";
import { liveQuery } from "../dist/svelte/index.js";
import { useQuery as useVueQuery } from "../dist/vue/index.js";
import { settle } from "./support/fake-clock.mjs";
import { ack, data, harness } from "./support/harness.mjs";

const ARGS = { channel: "x" };
const cleanups = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
after(closeDom);

/** The open socket, once something asks, and the id of its only subscription. */
async function opened(h) {
  await settle();
  await h.network.last().open();
  const socket = h.network.last();
  return { socket, id: socket.sent.find(({ type }) => type === "subscribe").id };
}

test("a client is made where nothing random is to be had, as while a Worker's module loads", (t) => {
  t.mock.method(crypto, "getRandomValues", () => {
    throw new Error("Disallowed operation called within global scope");
  });
  const client = new LunoraClient({ url: "https://server.invalid" });
  t.mock.restoreAll();
  assert.match(client.clientId, /^[0-9a-f]{32}$/);
  assert.equal(client.clientId, client.clientId);
});

test("React: a hydrated page shows the loader's result without a flash, then the live one", async () => {
  const h = harness();
  const shown = [];
  const List = () => {
    const { status, data: rows } = useQuery("messages:list", ARGS, { initial: ["loaded"] });
    shown.push(`${status} ${rows}`);
    return createElement("p", null, rows);
  };
  const tree = createElement(LunoraProvider, { client: h.client }, createElement(List));
  const container = document.createElement("div");
  container.innerHTML = renderToString(tree);
  assert.equal(container.innerHTML, "<p>loaded</p>");
  const complaints = [];
  let root;
  await act(async () => (root = hydrateRoot(container, tree, { onRecoverableError: (error) => complaints.push(error) })));
  cleanups.push(() => act(async () => root.unmount()));
  let live;
  await act(async () => (live = await opened(h)));
  await act(() => live.socket.receive(ack(live.id), data(live.id, ["live"], 1)));
  assert.equal(container.innerHTML, "<p>live</p>");
  assert.deepEqual([...new Set(shown)], ["success loaded", "success live"]);
  assert.deepEqual(complaints, []);
});

test("Svelte: a store that asks while it has subscribers", async () => {
  const h = harness();
  const seen = [];
  const store = liveQuery(h.client, "messages:list", ARGS, { initial: ["loaded"] });
  const stop = store.subscribe(({ data: rows }) => seen.push(rows[0]));
  const { socket, id } = await opened(h);
  await socket.receive(ack(id), data(id, ["live"], 1));
  assert.deepEqual(seen, ["loaded", "live"]);
  stop();
  assert.equal(socket.sent.at(-1).type, "unsubscribe");
  assert.equal(await h.client.close(), undefined);
});

test("Svelte: a store left before setToken shows nothing of the user before", async () => {
  const h = harness({ token: "a" });
  const store = liveQuery(h.client, "messages:list", {});
  const seen = [];
  let stop = store.subscribe((result) => seen.push(result.data));
  await settle();
  await h.network.last().open();
  await h.network.last().receive(data("sub_1", ["of a"], 1));
  assert.deepEqual(seen, [undefined, ["of a"]]);
  stop();
  h.client.setToken("b");
  stop = store.subscribe((result) => seen.push(result.data));
  assert.deepEqual(seen, [undefined, ["of a"], undefined]);
  stop();
});

test("Svelte: what a loader read for the user before goes at setToken, also before anything live came", async () => {
  const h = harness({ token: "a" });
  const seen = [];
  const stop = liveQuery(h.client, "messages:list", ARGS, { initial: ["of a"] }).subscribe(({ status, data: rows }) => seen.push([status, rows]));
  await settle();
  h.client.setToken("b");
  const { socket, id } = await opened(h);
  await socket.receive({ type: "error", id, code: "FORBIDDEN", message: "no" });
  assert.deepEqual(seen, [["success", ["of a"]], ["loading", undefined], ["error", undefined]]);
  stop();
});

test("Vue: rendered on the server with the loader's result; live once mounted; new arguments ask anew", async () => {
  const h = harness();
  const args = ref(ARGS);
  const shown = [];
  const List = {
    setup() {
      const result = useVueQuery(h.client, "messages:list", args, { initial: ["loaded"] });
      return () => {
        shown.push(String(result.value.data));
        return element("p", String(result.value.data));
      };
    },
  };
  assert.equal(await renderVue(createSSRApp(List)), "<p>loaded</p>");
  assert.equal(h.network.sockets?.length ?? 0, 0, "a server does not connect");
  const app = createApp(List);
  const container = document.createElement("div");
  app.mount(container);
  const { socket, id } = await opened(h);
  await socket.receive(ack(id), data(id, ["live"], 1));
  await nextTick();
  assert.equal(container.innerHTML, "<p>live</p>");
  assert.deepEqual([...new Set(shown)], ["loaded", "live"]);
  args.value = { channel: "y" };
  await nextTick();
  assert.equal(container.innerHTML, "<p>undefined</p>", "the loader read it for other arguments");
  await settle();
  assert.deepEqual(socket.sent.slice(-2).map(({ type, query }) => query?.args.channel ?? type).toSorted(), ["unsubscribe", "y"]);
  app.unmount();
  await settle();
  assert.equal(socket.sent.at(-1).type, "unsubscribe");
});
