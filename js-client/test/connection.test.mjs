// The socket of a shard: keepalive, reconnecting, its state, its end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { ack, data, harness, row } from "./support/harness.mjs";

test("a ping every 30 s; 75 s of silence closes the socket, any message resets it", async () => {
  const { client, clock, network, started } = harness();
  const { socket } = await started();
  const pings = () => socket.sent.filter((text) => text === "lunora-ping").length;
  await clock.advance(60_000);
  assert.equal(pings(), 2);
  await socket.receive("lunora-pong");
  await clock.advance(74_999);
  assert.equal(client.connectionState.status, "open");
  await clock.advance(1);
  assert.equal(client.connectionState.status, "waiting");
  assert.match(client.connectionState.lastError.message, /silent/);
  assert.ok(socket.closedByClient);
  await clock.advance(250);
  assert.equal(network.sockets.length, 2);
});

test("a handshake gets 10 s", async () => {
  const { client, clock, network, follow } = harness();
  follow();
  await clock.advance(9_999);
  assert.equal(client.connectionState.status, "connecting");
  await clock.advance(1);
  assert.equal(client.connectionState.status, "waiting");
  assert.ok(network.sockets[0].closedByClient);
});

test("waits grow until a connection stays up for 5 s", async () => {
  const { client, clock, network, started } = harness();
  let { socket } = await started();
  const waits = [];
  for (let failure = 0; failure < 8; failure++) {
    await socket.drop();
    waits.push(client.connectionState.retryAtMs - clock.now());
    await clock.advance(waits.at(-1));
    socket = network.last();
    await socket.open();
    await clock.advance(4_999);
  }
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000]);
  assert.equal(client.connectionState.attempt, 8);
  await clock.advance(1);
  assert.deepEqual(client.connectionState, { status: "open", attempt: 0, retryAtMs: null, lastError: null });
  await socket.drop();
  assert.equal(client.connectionState.retryAtMs - clock.now(), 250);
});

test("4001 asks the token provider again; other closes do not", async () => {
  let asked = 0;
  const { client, clock, network, started } = harness({ token: () => `t${++asked}` });
  const tokenNow = () => network.last().address.searchParams.get("token");
  const { socket } = await started();
  await socket.drop(1006);
  await clock.advance(1000);
  assert.equal(tokenNow(), "t1");
  await network.last().open();
  const expired = { code: "TOKEN_EXPIRED", message: "expired" };
  await network.last().receive({ type: "error", ...expired, error: expired });
  await network.last().drop(4001, "token_expired");
  assert.equal(client.connectionState.lastError.code, "TOKEN_EXPIRED");
  await clock.advance(1000);
  assert.equal(tokenNow(), "t2");
});

test("4008, closed as too slow, is a loss as any other: it comes back where it stopped", async () => {
  const { client, clock, network, started } = harness();
  const { seen, socket } = await started();
  await socket.receive(ack("sub_1"), data("sub_1", [row("m1")], 7));
  await socket.drop(4008, "slow_consumer");
  assert.equal(client.connectionState.status, "waiting");
  assert.equal(client.connectionState.lastError.code, "NETWORK_ERROR");
  assert.equal(client.connectionState.retryAtMs, clock.now() + 250);
  await clock.advance(250);
  await network.last().open();
  assert.equal(network.last().subscribes[0].query.sinceSeq, 7);
  assert.equal(seen.data.length, 1);
});

test("a token provider that throws is a failed attempt", async () => {
  let fail = true;
  const { client, clock, network, follow } = harness({ token: async () => { if (fail) throw new Error("x"); return "ok"; } });
  follow();
  await settle();
  assert.equal(client.connectionState.lastError.code, "TOKEN_UNAVAILABLE");
  assert.equal(client.connectionState.status, "waiting");
  fail = false;
  await clock.advance(1000);
  assert.equal(network.last().address.searchParams.get("token"), "ok");
});

test("a token that comes too late dials nothing", async () => {
  let give;
  const { client, network, follow } = harness({ token: () => new Promise((resolve) => (give = resolve)) });
  follow();
  client.close();
  give("late");
  await settle();
  assert.equal(network.sockets.length, 0);
});

test("a shard nobody uses any more is forgotten", async () => {
  const { client, clock, network, follow } = harness({ fetch: async () => Response.json({ result: 1, commitCursor: 1 }) });
  for (let n = 0; n < 3; n++) {
    follow("messages:list", {}, { shardKey: `s${n}` }).stop();
    await settle();
    await client.mutation("m:m", {}, { shardKey: `t${n}`, optimistic: () => {} });
  }
  await clock.advance(5_000);
  assert.deepEqual([clock.pending, client.connectionState.status], [0, "closed"]);
  const again = follow("messages:list", {}, { shardKey: "s0" });
  await settle();
  await network.last().open();
  // Ids are counted per link: this one is new.
  await network.last().receive(data("sub_1", 7, 1));
  assert.deepEqual(again.data, [7]);
});

test("who subscribes on hearing that the connection is open does so once, after connect", async () => {
  const { client, follow, started } = harness();
  client.onConnectionState(({ status }) => {
    if (status === "open") follow("late:one");
  });
  const { socket } = await started();
  assert.deepEqual(socket.sent.map(({ type, id }) => `${type} ${id}`), ["connect connect", "subscribe sub_1", "subscribe sub_2"]);
});

test("reconnectNow ends the wait", async () => {
  const { client, network, started } = harness();
  const { socket } = await started();
  await socket.drop();
  client.reconnectNow();
  await settle();
  assert.equal(network.sockets.length, 2);
  client.reconnectNow();
  await settle();
  assert.equal(network.sockets.length, 2, "nothing to do while connecting");
});

test("an unused socket closes after a while, a used one again opens", async () => {
  const { client, clock, network, started, follow } = harness();
  const { seen, socket } = await started();
  seen.stop();
  await clock.advance(4_999);
  const next = follow("c:d");
  await clock.advance(5_000);
  assert.equal(client.connectionState.status, "open");
  next.stop();
  await clock.advance(5_000);
  assert.equal(client.connectionState.status, "closed");
  assert.ok(socket.closedByClient);
  assert.equal(clock.pending, 0);
  follow("c:d");
  await settle();
  assert.equal(network.sockets.length, 2);
});

test("every change of state is told once, in order", async () => {
  const { client, clock, network, follow } = harness();
  const told = [];
  const stop = client.onConnectionState((state) => told.push(state));
  follow();
  await settle();
  await network.last().open();
  await network.last().drop();
  await clock.advance(250);
  assert.deepEqual(told.map((s) => s.status), ["connecting", "open", "waiting", "connecting"]);
  assert.equal(told.at(-1), client.connectionState);
  assert.equal(told.at(-1).attempt, 1);
  stop();
  client.close();
  assert.equal(told.length, 4);
});

test("close ends sockets and timers, in every state", async () => {
  for (const phase of ["connecting", "open", "waiting"]) {
    const { client, clock, network, follow } = harness();
    const seen = follow();
    await settle();
    if (phase !== "connecting") await network.last().open();
    if (phase === "waiting") await network.last().drop();
    client.close();
    seen.stop();
    await clock.advance(100_000);
    assert.equal(network.sockets.length, 1, phase);
    assert.equal(clock.pending, 0, phase);
    assert.equal(client.connectionState.status, "closed");
  }
});

test("a listener may close the client from any state change", async () => {
  for (const phase of ["connecting", "open", "waiting"]) {
    const { client, clock, network, follow } = harness();
    client.onConnectionState((state) => state.status === phase && client.close());
    follow();
    await settle();
    await network.last()?.open();
    await network.last()?.drop();
    await clock.advance(100_000);
    assert.equal(clock.pending, 0, phase);
    assert.ok(network.sockets.length <= 1, phase);
  }
});

test("addresses: path prefixes, ws schemes, and none", () => {
  const at = async (url) => {
    const { network, follow } = harness({ url });
    follow();
    await settle();
    return network.last().address.href;
  };
  return Promise.all([
    at("http://127.0.0.1:8787").then((a) => assert.equal(a, "ws://127.0.0.1:8787/_lunora/ws")),
    at("wss://app.example/base?x#y").then((a) => assert.equal(a, "wss://app.example/base/_lunora/ws")),
    assert.rejects(at("/relative"), TypeError),
  ]);
});
