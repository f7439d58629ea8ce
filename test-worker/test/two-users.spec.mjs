// One client, two users one after the other: what the first saw or queued is nothing to the second.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { LunoraClient } from "@lunora-java/client";
import { secret, token } from "../tools/token.mjs";
import { servedApp } from "./support/harness.mjs";
import { unique } from "./support/rpc.mjs";
import { bearer } from "./support/tokens.mjs";

secret();
const app = servedApp();
const clients = [];
after(() => clients.forEach((client) => client.close()));

const as = (user) => (functionPath, args) => app.rpc.call(functionPath, args, bearer(user));
const texts = (rows) => rows?.map(({ text }) => text);

async function until(condition, what) {
  for (const deadline = Date.now() + 10_000; !condition(); await wait(10)) {
    assert.ok(Date.now() < deadline, `within 10 s: ${what}`);
  }
}

function clientOf(user, options = {}) {
  const sent = [];
  const Recorded = class extends WebSocket {
    send(text) {
      sent.push(JSON.parse(text));
      super.send(text);
    }
  };
  const client = new LunoraClient({ url: app.url, token: token({ user }), WebSocket: Recorded, ...options });
  clients.push(client);
  return { client, sent };
}

test("after setToken the live query and the shape are the new user's, from a snapshot", async () => {
  const [ann, bob] = [unique("ann"), unique("bob")];
  await as(ann)("notes:add", { text: "of ann" });
  await as(bob)("notes:add", { text: "of bob" });
  const { client, sent } = clientOf(ann);
  const seen = { query: [], shape: [], late: [] };
  const following = (told) => ({ onData: (rows) => told.push(texts(rows)), onRows: (rows) => told.push(texts(rows)), onReset: () => told.push("reset") });
  client.subscribe("notes:mine", {}, following(seen.query));
  client.subscribeShape("myNotes", {}, following(seen.shape));
  await until(() => seen.query.length > 0 && seen.shape.length > 0, "the results of ann");
  sent.length = 0;

  client.setToken(token({ user: bob }));
  assert.equal(client.peek("notes:mine"), undefined);
  client.subscribe("notes:mine", {}, following(seen.late));
  await until(() => seen.query.length > 2 && seen.shape.length > 2 && seen.late.length > 0, "the results of bob");
  const whole = [["of ann"], "reset", ["of bob"]];
  assert.deepEqual(seen, { query: whole, shape: whole, late: [["of bob"]] });
  // It did ask to resume: it is the server that refused.
  assert.equal(typeof sent.find(({ type }) => type === "subscribe").query.sinceSeq, "number");
  assert.equal(typeof sent.find(({ type }) => type === "shape_subscribe").sinceCheckpoint, "number");

  await as(bob)("notes:add", { text: "more" });
  await as(ann)("notes:add", { text: "hidden" });
  await until(() => seen.query.length > 3 && seen.shape.length > 3, "the next note of bob");
  assert.deepEqual([seen.query.at(-1).toSorted(), seen.shape.at(-1).toSorted()], [["more", "of bob"], ["more", "of bob"]]);
});

test("a query that is the same for everyone resumes, and is told again", async () => {
  const channel = unique("all");
  await app.rpc.call("messages:send", { channel, author: "x", body: "hi" });
  const { client } = clientOf(unique("ann"));
  const seen = [];
  client.subscribe("messages:list", { channel, limit: 5 }, { onData: (rows) => seen.push(rows), onReset: () => seen.push("reset") });
  await until(() => seen.length > 0, "the result");
  client.setToken(token({ user: unique("bob") }));
  await until(() => seen.length > 2, "the same result");
  assert.equal(seen[1], "reset");
  assert.equal(seen[2], seen[0], "the very object: the server sent no rows");
});

for (const [how, subjectOf] of [["by what the tokens name", () => undefined], ["by the subject the app tells", (user) => () => user.now]]) {
  test(`what one user queued without a network is not run as another: ${how}`, async () => {
    const [ann, bob] = [unique("ann"), unique("bob")];
    const user = { now: ann };
    let online = false;
    const reach = async (...call) => {
      if (!online) throw new TypeError("no network");
      return fetch(...call);
    };
    const { client } = clientOf(ann, { fetch: reach, offline: { subject: subjectOf(user) } });
    const ofAnn = client.mutation("notes:add", { text: "of ann" }).then(() => "ran", (error) => error.code);
    await until(() => client.pendingMutations === 1, "ann's note is queued");
    user.now = bob;
    client.setToken(token({ user: bob }));
    const ofBob = client.mutation("notes:add", { text: "of bob" });
    online = true;
    client.reconnectNow();
    assert.equal(await ofAnn, "OFFLINE_IDENTITY_CHANGED");
    await ofBob;
    assert.deepEqual([texts(await as(ann)("notes:mine")), texts(await as(bob)("notes:mine"))], [[], ["of bob"]]);
  });
}
