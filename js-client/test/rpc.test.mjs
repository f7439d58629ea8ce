import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeWire, LunoraClient, LunoraError } from "../dist/index.js";
import { encodeBody, readAnswer } from "../dist/rpc.js";
import { TokenSource } from "../dist/token.js";
import { FakeClock, settle } from "./support/fake-clock.mjs";
import { fixture } from "./support/fixtures.mjs";
import { jwt } from "./support/jwt.mjs";

const rpc = fixture("rpc.json");
for (const { name, functionPath, args, argsWire, shardKey, body } of rpc?.request.cases ?? []) {
  test(`fixture request: ${name}`, () => {
    assert.deepEqual(JSON.parse(encodeBody({ functionPath, args: args ?? decodeWire(argsWire), shardKey })), body);
  });
}
for (const { name, response } of rpc?.responseOk ?? []) {
  test(`fixture answer: ${name}`, () => {
    const answer = readAnswer({ ok: true, status: 200 }, JSON.stringify(response));
    assert.deepEqual(answer.value, decodeWire(response.result));
    assert.equal(answer.commitCursor, response.commitCursor);
    assert.equal(answer.lastMutationId, response.lastMutationId);
  });
}
for (const { name, response, code, message, dataWire } of rpc?.responseError ?? []) {
  test(`fixture refusal: ${name}`, () => {
    assert.throws(() => readAnswer({ ok: false, status: 400 }, JSON.stringify(response)), (error) => {
      assert.deepEqual([error.code, error.message, error.data], [code, message, dataWire && decodeWire(dataWire)]);
      return true;
    });
  });
}

/** A client whose fetch records requests and answers from a list of `[status, body, headers?]`. */
function clientAnswering(answers, options = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push({ url, ...init });
    const [status, body, headers = {}] = answers.shift();
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  };
  return { requests, client: new LunoraClient({ url: "https://app.example", fetch, ...options }) };
}

test("a query posts its arguments and decodes its value", async () => {
  const { client, requests } = clientAnswering([[200, { result: ["$lunora.wire$", "bigint", "9"] }]], { token: "t" });
  assert.equal(await client.query("a:b", { at: new Date(1) }), 9n);
  const [{ url, method, headers, body }] = requests;
  assert.equal(url, "https://app.example/_lunora/rpc");
  assert.equal(method, "POST");
  assert.deepEqual(headers, { "content-type": "application/json", authorization: "Bearer t" });
  assert.deepEqual(JSON.parse(body), { args: { at: ["$lunora.wire$", "date", 1] }, functionPath: "a:b" });
});

test("a mutation carries its idempotency headers, a query and an action do not", async () => {
  const ok = [200, { result: null, commitCursor: 4 }];
  const { client, requests } = clientAnswering([ok, ok, ok, ok], { clientId: "me", shardKey: "room" });
  await client.mutation("a:b", {}, { mutationId: "m1" });
  await client.mutation("a:b");
  await client.action("a:b", {}, { shardKey: "other" });
  await client.query("a:b");
  assert.equal(requests[0].headers["x-lunora-mutation-id"], "m1");
  assert.equal(requests[0].headers["x-lunora-client-id"], "me");
  assert.match(requests[1].headers["x-lunora-mutation-id"], /^[0-9a-f]{32}$/);
  assert.equal(requests[2].headers["x-lunora-mutation-id"], undefined);
  assert.deepEqual(requests.map((r) => JSON.parse(r.body).shardKey), ["room", "room", "other", "room"]);
});

test("an empty shard key is no shard key", async () => {
  const { client, requests } = clientAnswering([[200, { result: 1 }]], { shardKey: "" });
  await client.query("a:b");
  assert.equal("shardKey" in JSON.parse(requests[0].body), false);
});

test("a refusal becomes a LunoraError with everything the server said", async () => {
  const error = { code: "RATE_LIMITED", message: "slow", data: { retryAfterMs: 5 }, hint: ["wait"], docsUrl: "d" };
  const { client } = clientAnswering([[429, { error }]]);
  await assert.rejects(client.query("a:b"), (thrown) => {
    assert.ok(thrown instanceof LunoraError);
    const expected = { ...error, status: 429, origin: "server", name: "LunoraError" };
    assert.deepEqual({ ...thrown, message: thrown.message }, expected);
    return true;
  });
});

test("an answer that is not the protocol's is an INTERNAL transport error", async () => {
  const { client } = clientAnswering([[502, "<html>"], [200, "[]"], [500, { error: "text" }], [200, { result: ["$lunora.wire$", "set"] }]]);
  for (const [code, status] of [["INTERNAL", 502], ["INTERNAL", 200], ["INTERNAL", 500], ["WIRE_DECODE_FAILED", 200]]) {
    await assert.rejects(client.query("a:b"), { code, status, origin: "transport" });
  }
});

test("no network, no answer in time, and arguments without a wire form", async () => {
  const down = new LunoraClient({ url: "https://app.example", fetch: () => Promise.reject(new TypeError("fetch failed")) });
  await assert.rejects(down.query("a:b"), { code: "NETWORK_ERROR", status: 0, origin: "transport" });
  await assert.rejects(down.query("a:b", { f: () => 1 }), { code: "BAD_REQUEST", origin: "client" });

  const clock = new FakeClock();
  const hang = (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const slow = new LunoraClient({ url: "https://app.example", fetch: hang, clock, rpcTimeoutMs: 100 });
  const call = assert.rejects(slow.query("a:b"), { code: "RPC_TIMEOUT", origin: "transport" });
  await settle();
  await clock.advance(100);
  await call;
  assert.equal(clock.pending, 0);
});

test("a refused token is renewed once; the provider is asked no more often than that", async () => {
  const expired = [401, { error: { code: "TOKEN_EXPIRED", message: "old" } }];
  const ok = [200, { result: 1 }];
  let asked = 0;
  const token = async () => `t${++asked}`;
  const { client, requests } = clientAnswering([expired, ok, ok, expired, expired, expired], { token });
  assert.equal(await client.mutation("a:b"), 1);
  await client.query("a:b");
  assert.deepEqual(requests.map((r) => r.headers.authorization), ["Bearer t1", "Bearer t2", "Bearer t2"]);
  assert.equal(requests[0].headers["x-lunora-mutation-id"], requests[1].headers["x-lunora-mutation-id"]);
  await assert.rejects(client.query("a:b"), { code: "TOKEN_EXPIRED" });
  await assert.rejects(client.action("a:b"), { code: "TOKEN_EXPIRED" });
  assert.equal(requests.length, 6, "an action is not repeated");
});

test("after setToken a refused call is not repeated as the next user", async () => {
  const expired = [401, { error: { code: "TOKEN_EXPIRED", message: "expired" } }];
  const { client, requests } = clientAnswering([expired, [200, { result: 1 }]], { token: () => "of ann" });
  const done = client.mutation("a:b");
  client.setToken(() => "of bob");
  await assert.rejects(done, { code: "TOKEN_EXPIRED" });
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer of ann"]);
});

test("a refused call is not repeated under a token that names somebody else", async () => {
  const expired = [401, { error: { code: "TOKEN_EXPIRED", message: "expired" } }];
  for (const [next, requestsMade] of [["bob", 1], ["ann", 2]]) {
    const tokens = ["ann", next].map((sub, exp) => jwt({ iss: "x", sub, exp }));
    const { client, requests } = clientAnswering([expired, [200, { result: 1 }]], { token: () => tokens.shift() });
    await client.mutation("a:b").catch((error) => assert.equal(error.code, "TOKEN_EXPIRED"));
    assert.equal(requests.length, requestsMade, next);
  }
});

test("a provider that is set again: what it was asked for the user before does not name the next", async () => {
  const answers = [];
  const provider = () => new Promise((resolve) => answers.push(resolve));
  const token = new TokenSource(provider);
  const asked = [token.current()];
  token.replace(provider);
  asked.push(token.current());
  answers[1]("of bob");
  answers[0]("of ann");
  assert.deepEqual([await Promise.all(asked), token.last], [["of ann", "of bob"], "of bob"]);
});

test("a failing token provider is reported and asked again", async () => {
  let fail = true;
  const token = () => {
    if (fail) throw new Error("no session");
    return null;
  };
  const { client, requests } = clientAnswering([[200, { result: 1 }]], { token });
  await assert.rejects(client.query("a:b"), { code: "TOKEN_UNAVAILABLE" });
  fail = false;
  assert.equal(await client.query("a:b"), 1);
  assert.equal(requests[0].headers.authorization, undefined);
});

test("the database bookmark of one answer goes with the next call", async () => {
  const { client, requests } = clientAnswering([[200, { result: 1 }, { "x-d1-bookmark": "b1" }], [200, { result: 1 }]]);
  await client.mutation("a:b");
  await client.query("a:b");
  assert.equal(requests[1].headers["x-d1-bookmark"], "b1");
});

test("a closed client refuses calls", async () => {
  const { client } = clientAnswering([]);
  client.close();
  await assert.rejects(client.query("a:b"), { code: "CLIENT_CLOSED" });
  assert.throws(() => client.subscribe("a:b", {}, { onData() {} }), { code: "CLIENT_CLOSED" });
});
