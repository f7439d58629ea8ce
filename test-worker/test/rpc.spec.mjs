// The HTTP plane (protocol sections 1, 3 and 4): which requests are calls, and what is said to all others; bodies that are
// large, deep or odd are in rpc-bodies.spec.mjs.
import assert from "node:assert/strict";
import { request } from "node:http";
import { afterEach, describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { refusal, unique } from "./support/rpc.mjs";

const TAG = "$lunora.wire$";
const app = servedApp();

// Whatever a test sent: the next request works.
afterEach(async () => {
  assert.equal(await app.rpc.call("system:ping"), "pong");
});

describe("the envelope", () => {
  const PING = '{"functionPath":"system:ping"}';

  test("a call without args", async () => {
    const response = await app.rpc.post(PING);
    assert.equal(response.status, 200);
    assert.equal(response.text, '{"result":"pong"}');
    assert.match(response.headers.get("content-type"), /^application\/json/);
    assert.equal(response.headers.get("x-lunora-shard-key"), "__root__");
  });

  test("neither the content type nor the order and surplus of fields matter", async () => {
    for (const type of ["text/plain", "application/json; charset=utf-8", "application/x-www-form-urlencoded"]) {
      const response = await app.rpc.post(PING, { "content-type": type });
      assert.equal(response.text, '{"result":"pong"}', type);
    }
    const surplus = await app.rpc.post(' {"x":[1,{"y":null}],"args":{},\n"functionPath":"system:ping"}\r\n\t');
    assert.equal(surplus.text, '{"result":"pong"}');
  });

  test("naming the default shard is as naming none", async () => {
    const response = await app.rpc.post('{"functionPath":"system:ping","shardKey":"__root__"}');
    assert.equal(response.text, '{"result":"pong"}');
    assert.equal(response.headers.get("x-lunora-shard-key"), "__root__");
  });

  const INVALID = {
    "an empty body": "",
    "blanks": "  \n",
    "plain text": "hello",
    "an open object": '{"functionPath":"system:ping"',
    "an open string": '{"functionPath":"system:ping',
    "two documents": PING + PING,
    "a comma too many": '{"functionPath":"system:ping",}',
    "single quotes": "{'functionPath':'system:ping'}",
    "a comment": `/* hi */${PING}`,
    "NaN": '{"functionPath":"system:echo","args":{"value":NaN}}',
    "Infinity": '{"functionPath":"system:echo","args":{"value":-Infinity}}',
    "a leading zero": '{"functionPath":"system:echo","args":{"value":01}}',
    "a bare fraction": '{"functionPath":"system:echo","args":{"value":.5}}',
    "a plus sign": '{"functionPath":"system:echo","args":{"value":+1}}',
    "hexadecimal": '{"functionPath":"system:echo","args":{"value":0x10}}',
    "a raw control character": '{"functionPath":"system:echo","args":{"value":"\u0001"}}',
    "a raw line break in a string": '{"functionPath":"system:echo","args":{"value":"\n"}}',
    "an unknown escape": '{"functionPath":"system:echo","args":{"value":"\\x41"}}',
    "half an escape": '{"functionPath":"system:echo","args":{"value":"\\u12"}}',
    "undefined": '{"functionPath":"system:echo","args":{"value":undefined}}',
  };
  for (const [name, body] of Object.entries(INVALID)) {
    test(`not JSON: ${name}`, async () => {
      const error = refusal(await app.rpc.post(body), 400, "BAD_REQUEST");
      assert.equal(error.message, "RPC body must be valid JSON");
    });
  }

  for (const body of ["null", "true", "12", '"system:ping"', "[]", `[${PING}]`]) {
    test(`not an object: ${body}`, async () => {
      refusal(await app.rpc.post(body), 400, "BAD_REQUEST");
    });
  }

  for (const fields of ["", '"functionPath":null', '"functionPath":1', '"functionPath":["system:ping"]', '"functionPath":{}', '"functionpath":"system:ping"']) {
    test(`no function path: {${fields}}`, async () => {
      const error = refusal(await app.rpc.post(`{${fields}}`), 400, "BAD_REQUEST");
      assert.equal(error.message, "RPC envelope is missing `functionPath`");
    });
  }

  for (const args of ["null", "[]", "[{}]", "1", '""', "true", `["${TAG}","map",[]]`]) {
    test(`args that are no object: ${args}`, async () => {
      refusal(await app.rpc.post(`{"functionPath":"system:ping","args":${args}}`), 400, "BAD_REQUEST");
    });
  }

  for (const key of ["null", "1", "{}", "[]", "true"]) {
    test(`a shard key that is no string: ${key}`, async () => {
      refusal(await app.rpc.post(`{"functionPath":"system:ping","shardKey":${key}}`), 400, "BAD_REQUEST");
    });
  }

  test("fan-out names a table, and excludes a shard key", async () => {
    refusal(await app.rpc.post('{"functionPath":"system:ping","fanOut":{}}'), 400, "BAD_REQUEST");
    refusal(await app.rpc.post('{"functionPath":"system:ping","fanOut":{},"shardKey":"a"}'), 400, "BAD_REQUEST");
  });

  test("the system's own paths are closed", async () => {
    await app.rpc.fails(403, "FORBIDDEN", "__lunora_relation__:messages");
    await app.rpc.fails(403, "ADMIN_FORBIDDEN", "__lunora_admin__:listTables");
    await app.rpc.fails(403, "ADMIN_FORBIDDEN", "__lunora_admin__:");
  });

  test("the last of duplicate keys counts", async () => {
    const response = await app.rpc.post('{"functionPath":"no:such","functionPath":"system:echo","args":{"value":1,"value":2}}');
    assert.equal(response.text, '{"result":2}');
  });

  // The edge looks with the platform's parser whether a call may pass at a glance, the shard reads it with ours.
  const PASSED_OVER = {
    "an internal function": ['"functionPath":"system:ping","functionPath":"system:secretInternal"', 404, "FUNCTION_NOT_FOUND"],
    "an operation": ['"functionPath":"system:ping","functionPath":"__lunora_admin__:listTables"', 403, "ADMIN_FORBIDDEN"],
    "an operation in escapes": ['"functionPath":"system:ping","function\\u0050ath":"\\u005f_lunora_admin__:listTables"', 403, "ADMIN_FORBIDDEN"],
    "a relation": ['"functionPath":"system:ping","functionPath":"__lunora_relation__:messages"', 403, "FORBIDDEN"],
    "a private room": ['"functionPath":"system:ping","shardKey":"__root__","shardKey":"private-x"', 403, "FORBIDDEN_SHARD"],
    "all shards": ['"functionPath":"system:ping","fanOut":null,"fanOut":{"table":"posts","merge":{"kind":"concat"}}', 403, "FORBIDDEN_FANOUT"],
    "no arguments": ['"functionPath":"system:ping","args":{},"args":[]', 400, "BAD_REQUEST"],
    "a prototype": ['"__proto__":{"functionPath":"system:ping"}', 400, "BAD_REQUEST"],
  };
  for (const [name, [fields, status, code]] of Object.entries(PASSED_OVER)) {
    test(`a key that comes twice hides nothing: ${name}`, async () => {
      refusal(await app.rpc.post(`{${fields}}`), status, code);
      const more = Array.from({ length: 20 }, (_, i) => `"x${i}":[],`).join("");
      refusal(await app.rpc.post(`{${more}${fields}}`), status, code);
    });
  }

  test("what a later key takes back is not looked at", async () => {
    for (const first of ['"functionPath":"__lunora_admin__:listTables"', '"functionPath":7', '"args":[]']) {
      const response = await app.rpc.post(`{${first},"functionPath":"system:ping","args":{}}`);
      assert.equal(response.text, '{"result":"pong"}', first);
      assert.equal(response.headers.get("x-lunora-shard-key"), "__root__");
    }
  });
});

describe("functions that cannot be called", () => {
  const NAMES = [
    "nope:nope", "messages", "messages:", ":list", "", ":", "messages:list:x", "messages.list", "Messages:list",
    "messages:LIST", " messages:list", "messages:list ", "messages:list\u0000", "system:secretInternal",
    "toString", "__proto__", "constructor:name", "hasOwnProperty", "messages:__proto__", "messages:constructor",
    "'; DROP TABLE messages; --", 'messages:list"; DELETE FROM "messages', "messages:list' OR '1'='1", "💥", "\ud800",
  ];
  for (const name of NAMES) {
    test(JSON.stringify(name), async () => {
      const error = await app.rpc.fails(404, "FUNCTION_NOT_FOUND", name, {});
      assert.ok(error.message.length < 1000);
    });
  }

  test("a function path of 64 KB", async () => {
    const response = await app.rpc.send("messages:" + "x".repeat(65_536));
    assert.ok(response.status === 404 || response.status === 400, response.text.slice(0, 100));
    refusal(response, response.status, response.status === 404 ? "FUNCTION_NOT_FOUND" : "BAD_REQUEST");
    assert.ok(response.text.length < 4096, "the answer does not repeat a long path");
  });

  test("an internal function looks like one that does not exist", async () => {
    const internal = await app.rpc.send("system:secretInternal");
    const missing = await app.rpc.send("system:secretMissing");
    assert.equal(internal.text.replace("secretInternal", "X"), missing.text.replace("secretMissing", "X"));
  });

  test("headers cannot make a caller the system", async () => {
    const headers = { "x-lunora-system": "1", "x-lunora-userid": "root", "x-lunora-identity": '{"admin":true}' };
    refusal(await app.rpc.send("system:secretInternal", {}, headers), 404, "FUNCTION_NOT_FOUND");
  });
});

describe("shards", () => {
  const NAMED = ["room-1", "", "__ROOT__", "__root__ ", "'; DROP TABLE messages; --", "__proto__", "a::relay::b", "a::replica::eu", "\ud800", "💥", "\u0000"];
  for (const shardKey of NAMED.map((name) => `private-${name}`)) {
    test(`nobody reaches ${JSON.stringify(shardKey)} without a token`, async () => {
      const body = JSON.stringify({ functionPath: "system:ping", args: {}, shardKey });
      refusal(await app.rpc.post(body), 403, "FORBIDDEN_SHARD");
    });
  }

  for (const shardKey of ["a::relay::b", "a::replica::eu"]) {
    test(`${shardKey} is the system's`, async () => {
      refusal(await app.rpc.post(JSON.stringify({ functionPath: "system:ping", shardKey })), 403, "FORBIDDEN_SHARD");
    });
  }

  test("a shard key of 64 KB", async () => {
    const body = JSON.stringify({ functionPath: "system:ping", shardKey: "k".repeat(65_536) });
    const response = await app.rpc.post(body);
    refusal(response, response.status, response.status === 403 ? "FORBIDDEN_SHARD" : "BAD_REQUEST");
  });

  test("a refused shard is never made", async () => {
    const before = await app.shardIds();
    await app.rpc.post(JSON.stringify({ functionPath: "counters:add", args: { name: "x", by: 1 }, shardKey: unique("private-room") }));
    assert.deepEqual(await app.shardIds(), before);
    assert.ok(before.length <= 1);
  });

  test("the shard's answers carry its key, errors too", async () => {
    for (const path of ["system:ping", "no:such", "messages:list"]) {
      const response = await app.rpc.send(path);
      assert.equal(response.headers.get("x-lunora-shard-key"), "__root__", path);
    }
  });

  test("a socket to a private shard is refused", async () => {
    for (const key of ["room-1", "", "%27%3B%20DROP%20TABLE%20messages%3B--", "__root__%00"]) {
      refusal(await upgrade(`/_lunora/ws?shard=private-${key}`), 403, "FORBIDDEN_SHARD");
    }
    assert.equal((await upgrade("/_lunora/ws?shard=__root__")).status, 101);
  });
});

describe("verbs and paths", () => {
  for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
    test(`${method} of the calls' path`, async () => {
      const response = await exchange({ path: "/_lunora/rpc", method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "POST");
      if (method !== "HEAD") refusal(response, 405, "METHOD_NOT_ALLOWED");
    });
  }

  test("the probe", async () => {
    const response = await app.fetch("/_lunora/status");
    assert.equal(response.status, 200);
    assert.equal(await response.text(), '{"ok":true}');
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.match(response.headers.get("content-type"), /^application\/json/);
    const head = await app.fetch("/_lunora/status?x=1", { method: "HEAD" });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get("cache-control"), "no-store");
    assert.equal(await head.text(), "");
  });

  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    test(`${method} of the probe`, async () => {
      const response = await exchange({ path: "/_lunora/status", method, body: method === "POST" ? "{}" : undefined });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "GET, HEAD");
      assert.equal(response.text, "");
    });
  }

  test("a socket path without an upgrade", async () => {
    const response = await exchange({ path: "/_lunora/ws", method: "GET" });
    refusal(response, 426, "BAD_REQUEST");
    const posted = await exchange({ path: "/_lunora/ws", method: "POST", body: "{}" });
    refusal(posted, 405, "METHOD_NOT_ALLOWED");
    assert.equal(posted.headers.get("allow"), "GET");
  });

  for (const path of ["/_lunora/", "/_lunora/rpc/", "/_lunora/RPC", "/_lunora/status/", "/_lunora//rpc", "/_lunora/nope", "/_lunora/%72pc", "/_lunora/rpc%00", "/rpc"]) {
    test(`no such path: ${path}`, async () => {
      const response = await exchange({ path, method: "POST", body: '{"functionPath":"system:ping"}' });
      // An asset server refuses a POST its own way.
      assert.ok(response.status === 404 || response.status === 405, `${response.status} ${response.text}`);
      assert.doesNotMatch(response.text, /pong/);
    });
  }

  test("an unknown path of the plane says so in plain text", async () => {
    const response = await exchange({ path: "/_lunora/nope", method: "GET" });
    assert.equal(response.status, 404);
    assert.equal(response.text, "Not found");
  });
});

describe("mutation ids", () => {
  test("an answer carries the commit cursor when asked by header", async () => {
    const name = unique("cursor");
    const first = await app.rpc.send("counters:add", { name, by: 1 }, { "x-lunora-mutation-id": "m1" });
    assert.ok(Number.isInteger(first.json.commitCursor), first.text);
    const second = await app.rpc.send("counters:add", { name, by: 1 }, { "x-lunora-mutation-id": "m2" });
    assert.ok(second.json.commitCursor > first.json.commitCursor);
    const without = await app.rpc.send("counters:add", { name, by: 1 });
    assert.deepEqual(Object.keys(without.json), ["result"]);
  });
});

/** A request by hand: any verb, any header, an upgrade. */
function exchange({ path, method, headers = {}, body }) {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers }, (incoming) => {
      const parts = [];
      incoming.on("data", (part) => parts.push(part));
      incoming.on("end", () => {
        const text = Buffer.concat(parts).toString();
        let json;
        try {
          json = JSON.parse(text);
        } catch {
          json = undefined;
        }
        outgoing.destroy();
        resolve({ status: incoming.statusCode, headers: new Headers(incoming.headers), text, json });
      });
    });
    outgoing.on("upgrade", (incoming, socket) => {
      socket.destroy();
      resolve({ status: 101, headers: new Headers(incoming.headers), text: "" });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function upgrade(path) {
  const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" };
  return exchange({ path, method: "GET", headers });
}
