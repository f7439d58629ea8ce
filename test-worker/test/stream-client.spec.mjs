// The client's streams against the real server.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LunoraClient } from "../../js-client/dist/index.js";
import { CutProxy } from "./support/cut-proxy.mjs";
import { servedApp } from "./support/harness.mjs";
import { crash } from "./support/crash.mjs";
import { unique } from "./support/rpc.mjs";

describe("the client's streams", () => {
  const app = servedApp();
  const clients = [];
  let proxy;

  before(async () => {
    proxy = await CutProxy.start(app.url);
  });
  after(async () => {
    for (const client of clients) client.close();
    await proxy.stop();
  });

  /** A client whose network can be lost. */
  function open() {
    const client = new LunoraClient({ url: proxy.url, clientId: unique("client") });
    clients.push(client);
    return client;
  }

  test("are read to their end, several at once", async () => {
    const client = open();
    const read = async (to) => {
      const values = [];
      for await (const value of client.stream("system:count", { to, everyMs: 5 })) values.push(value);
      return values;
    };
    const all = await Promise.all([3, 5, 7, 0].map(read));
    assert.deepEqual(all, [[1, 2, 3], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7], []]);
  });

  test("are cancelled by leaving the loop, as often as one likes", async () => {
    const client = open();
    // More than a socket may have at once: each has to be let go of.
    for (let n = 0; n < 20; n++) {
      for await (const value of client.stream("system:count", { to: 9, everyMs: 60_000 })) {
        assert.equal(value, 1);
        break;
      }
    }
  });

  test("throw what the server says", async () => {
    const client = open();
    await assert.rejects(client.stream("system:nothing").next(), { code: "NOT_FOUND", origin: "server" });
    await assert.rejects(client.stream("system:count", { to: "x" }).next(), { code: "VALIDATION_ERROR" });
    const streams = Array.from({ length: 9 }, () => client.stream("system:count", { to: 2, everyMs: 500 }));
    const first = await Promise.allSettled(streams.map((stream) => stream.next()));
    assert.deepEqual(first.map((each) => each.reason?.code ?? each.value.value), [1, 1, 1, 1, 1, 1, 1, 1, "TOO_MANY_STREAMS"]);
  });

  test("that are durable go on after a lost connection, without gap or double", async () => {
    const client = open();
    const values = [];
    const stream = client.stream("system:countDurable", { to: 60, everyMs: 30 });
    for await (const value of stream) {
      values.push(value);
      if (value === 5 || value === 50) proxy.cut();
    }
    assert.deepEqual(values, Array.from({ length: 60 }, (_, i) => i + 1));
    assert.equal(stream.position.chunk, 60);
  });

  test("that are durable are read on by a later reader, and one that is not ends", async () => {
    const client = open();
    const args = { to: 6, everyMs: 20 };
    const early = client.stream("system:countDurable", args);
    for await (const value of early) if (value === 2) break;
    const later = [];
    for await (const value of client.stream("system:countDurable", args, { resume: early.position })) later.push(value);
    assert.deepEqual(later, [3, 4, 5, 6]);
    const live = client.stream("system:count", { to: 9, everyMs: 5_000 });
    assert.equal((await live.next()).value, 1);
    proxy.cut();
    await assert.rejects(live.next(), { code: "STREAM_DISCONNECTED" });
  });

  test("that lost their producer are told so", async () => {
    const client = open();
    const stream = client.stream("system:countDurable", { to: 1000, everyMs: 20 });
    assert.equal((await stream.next()).value, 1);
    await crash(app);
    await assert.rejects(async () => {
      let last = 1;
      for await (const value of stream) assert.equal(value, ++last);
    }, { code: "STREAM_INTERRUPTED", origin: "server" });
  });
});
