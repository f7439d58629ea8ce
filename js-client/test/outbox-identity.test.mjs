import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { refused } from "./support/fake-server.mjs";
import { jwt } from "./support/jwt.mjs";
import { envelope, ran, rounds, world, write } from "./support/outbox-world.mjs";

const tokenOf = (sub) => jwt({ iss: "x", sub });

for (const code of ["UNAUTHORIZED", "TOKEN_EXPIRED", "UNAUTHENTICATED"]) {
  test(`${code} holds the queue until there is another token`, async () => {
    const { clock, server, tab } = world();
    server.before = ({ headers }) => (headers.authorization === "Bearer good" ? undefined : [401, envelope(code)]);
    const client = tab({ token: "bad" });
    const writes = [1, 2].map((n) => write(client, n));
    await rounds();
    await clock.advance(600_000);
    assert.equal(server.batches.length, 1, "the same token is not tried again");
    assert.equal(client.pendingMutations, 2);
    write(client, 3);
    await rounds();
    client.setToken("good");
    await rounds();
    assert.deepEqual(ran(server), [1, 2, 3]);
    assert.deepEqual(writes.map((w) => w.value), [1, 2]);
  });
}

test("a token provider is asked again by itself, ever more rarely", async () => {
  const { clock, server, tab } = world();
  let token = "old";
  let asked = 0;
  server.slot = () => (token === "good" ? undefined : refused("TOKEN_EXPIRED", 401));
  const client = tab({ token: () => { asked += 1; return token; } });
  const done = write(client, 1);
  await clock.advance(120_000);
  assert.ok(asked < 20, `asked ${asked} times`);
  assert.equal(server.batches.length, 1);
  token = "good";
  await clock.advance(30_000);
  assert.equal(done.value, 1);
});

test("a provider whose every token is refused does not become a storm", async () => {
  const { clock, server, tab } = world();
  let asked = 0;
  server.before = () => [401, envelope("TOKEN_EXPIRED")];
  const client = tab({ token: () => `t${++asked}` });
  write(client, 1);
  await clock.advance(120_000);
  assert.ok(server.batches.length < 20, `${server.batches.length} batches`);
  client.close();
});

test("a token that arrives while the refusal of the old one is under way is used", async () => {
  const { server, tab } = world();
  let client;
  server.before = ({ headers }) => {
    if (headers.authorization === "Bearer good") return undefined;
    client.setToken("good");
    return [401, envelope("UNAUTHORIZED")];
  };
  client = tab({ token: "bad" });
  const done = write(client, 1);
  await rounds();
  assert.equal(done.value, 1);
});

test("a cookie sign-in while a refusal is under way is not missed", async () => {
  const { server, tab } = world();
  let client;
  let signedIn = false;
  server.before = () => {
    if (signedIn) return undefined;
    signedIn = true;
    client.setToken(null);
    return [401, envelope("UNAUTHENTICATED")];
  };
  client = tab();
  const done = write(client, 1);
  await rounds(20);
  assert.equal(done.value, 1);
});

test("the subject is sent when the app tells it, and entries of two subjects never share a batch", async () => {
  const { clock, server, tab } = world();
  let subject = "ädä";
  server.online = false;
  const client = tab({ offline: { subject: () => subject } });
  write(client, 1);
  await settle();
  subject = null;
  const second = write(client, 2);
  await rounds();
  server.online = true;
  const decode = (text) => JSON.parse(Buffer.from(text, "base64url").toString());
  server.before = ({ headers }) => (decode(headers["x-lunora-expect-subject"]).subject === null ? undefined : [409, envelope("IDENTITY_MISMATCH")]);
  await clock.advance(60_000);
  assert.deepEqual(server.batches.map(({ headers }) => decode(headers["x-lunora-expect-subject"]).subject).slice(-2), ["ädä", null]);
  assert.match(server.batches[0].headers["x-lunora-expect-subject"], /^[A-Za-z0-9_-]+$/);
  assert.deepEqual(ran(server), [2]);
  assert.equal(second.value, 1);
  const plain = world();
  await plain.tab().mutation("w:w", { n: 1 });
  assert.equal("x-lunora-expect-subject" in plain.server.batches[0].headers, false);
});

test("after setToken of another user, queued mutations of the one before are not sent", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab({ token: tokenOf("ann") });
  const first = write(client, 1);
  await rounds();
  server.online = true;
  const used = [];
  server.before = ({ headers }) => void used.push(headers.authorization);
  client.setToken(null);
  await clock.advance(60_000);
  assert.deepEqual([used, first.code, client.pendingMutations], [[], undefined, 1]);
  client.setToken(tokenOf("bob"));
  const second = write(client, 2);
  await rounds();
  await clock.advance(60_000);
  assert.deepEqual([first.code, second.value, ran(server)], ["OFFLINE_IDENTITY_CHANGED", 1, [2]]);
  assert.deepEqual(used, [`Bearer ${tokenOf("bob")}`]);
});

test("setToken between two sendings of one batch: all of it is sent as who made it", async () => {
  const { server, tab } = world();
  server.online = false;
  const client = tab({ token: tokenOf("ann") });
  const writes = [1, 2].map((n) => write(client, n));
  await rounds();
  server.online = true;
  const used = [];
  server.before = ({ calls, headers }) => {
    used.push(headers.authorization);
    if (calls.length === 1) return undefined;
    client.setToken(tokenOf("bob"));
    return [413, ""];
  };
  client.reconnectNow();
  await rounds();
  assert.deepEqual(writes.map((w) => w.value), [1, 2]);
  assert.deepEqual(used, Array(3).fill(`Bearer ${tokenOf("ann")}`));
});

test("setToken while a provider is asked: what it then gives sends nothing as the next user", async () => {
  const { server, tab } = world();
  let give;
  let asked = 0;
  const client = tab({ token: () => (asked++ === 0 ? tokenOf("ann") : new Promise((resolve) => (give = resolve))) });
  server.slot = ({ functionPath }) => (functionPath === "q:q" ? refused("TOKEN_EXPIRED", 401) : undefined);
  const used = [];
  server.before = ({ headers }) => void used.push(headers.authorization);
  client.query("q:q").catch(() => {});
  await rounds();
  const done = write(client, 1);
  await rounds();
  client.setToken(tokenOf("bob"));
  give(tokenOf("ann"));
  await rounds();
  assert.deepEqual([used, done.value], [[`Bearer ${tokenOf("ann")}`], 1]);
});

test("another token of the same user sends what was queued", async () => {
  const { clock, server, tab } = world();
  server.online = false;
  const client = tab({ token: tokenOf("ann") });
  const write1 = write(client, 1);
  await rounds();
  server.online = true;
  client.setToken(`${tokenOf("ann")}2`);
  await rounds();
  await clock.advance(60_000);
  assert.equal(write1.value, 1);
});
