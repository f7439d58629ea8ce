// The example's other functions: names, shapes, limits and refusals, as an outside program sees them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { invalidBy, NOT_INTS, NOT_STRINGS } from "./support/arguments.mjs";
import { fixture, noFixtures } from "./support/fixtures.mjs";
import { servedApp } from "./support/harness.mjs";
import { big, refusal, unique } from "./support/rpc.mjs";

const TAG = "$lunora.wire$";
const app = servedApp();

const call = (path, args) => app.rpc.call(path, args);
const fails = (status, code, path, args) => app.rpc.fails(status, code, path, args);
const invalid = invalidBy(app);

describe("counters", () => {
  test("add and get", async () => {
    const name = unique("counter");
    assert.equal(await call("counters:get", { name }), 0);
    assert.equal(await call("counters:add", { name, by: 5 }), 5);
    assert.equal(await call("counters:add", { name, by: -7 }), -2);
    assert.equal(await call("counters:add", { name, by: 0 }), -2);
    assert.equal(await call("counters:get", { name }), -2);
    assert.equal(await call("counters:get", { name: `${name} ` }), 0);
    assert.equal(await call("counters:get", { name: "" }), 0);
  });

  test("leaving the range of an int is refused, and changes nothing", async () => {
    for (const [edge, step] of [[2147483647, 1], [-2147483648, -1]]) {
      const name = unique("edge");
      assert.equal(await call("counters:add", { name, by: edge }), edge);
      const response = await app.rpc.send("counters:add", { name, by: step });
      assert.ok(response.status >= 400 && response.status < 500, response.text);
      refusal(response, response.status, response.json.error.code);
      assert.equal(await call("counters:get", { name }), edge);
      assert.equal(await call("counters:add", { name, by: -step }), edge - step);
    }
    for (const by of NOT_INTS) await invalid("counters:add", { name: "x", by }, "by");
  });

  test("addThenFail leaves nothing behind", async () => {
    const name = unique("failing");
    await fails(409, "CONFLICT", "counters:addThenFail", { name, by: 3 });
    assert.equal(await call("counters:get", { name }), 0);
    await call("counters:add", { name, by: 4 });
    const before = await app.sql('SELECT count(*) AS n, max(seq) AS head FROM "__lunora_oplog"');
    await fails(409, "CONFLICT", "counters:addThenFail", { name, by: 3 });
    assert.equal(await call("counters:get", { name }), 4);
    assert.deepEqual(await app.sql('SELECT count(*) AS n, max(seq) AS head FROM "__lunora_oplog"'), before, "nor in the log");
    await fails(400, "VALIDATION_ERROR", "counters:addThenFail", { name });
    assert.equal(await call("counters:add", { name, by: 1 }), 5);
  });

  test("200 adds at once are 200 adds", async () => {
    const name = unique("parallel");
    const values = await Promise.all(Array.from({ length: 200 }, () => call("counters:add", { name, by: 1 })));
    assert.deepEqual(values.sort((a, b) => a - b), Array.from({ length: 200 }, (_, n) => n + 1));
  });
});

describe("ledger", () => {
  const add = (amount) => call("ledger:add", { amount: big(amount) });
  const valueOf = ([tag, kind, digits]) => {
    assert.deepEqual([tag, kind], [TAG, "bigint"]);
    return BigInt(digits);
  };

  test("no digit is ever lost", async () => {
    let total = valueOf(await add(0n));
    const digits = (n) => BigInt("9".repeat(n));
    for (const amount of [1n, 2n ** 53n, 1n, -(2n ** 63n), 2n ** 64n + 1n, digits(1000), -1n, -digits(1000), digits(500), -digits(500)]) {
      total += amount;
      assert.deepEqual(await add(amount), big(total));
    }
  });

  test("a total of more digits than the wire carries is refused, and the ledger goes on", async () => {
    const huge = BigInt("9".repeat(1024));
    const before = valueOf(await add(0n));
    const first = await app.rpc.send("ledger:add", { amount: big(huge - before) });
    assert.equal(first.status, 200, first.text.slice(0, 200));
    const second = await app.rpc.send("ledger:add", { amount: big(1) });
    assert.ok(second.status >= 400 && second.status < 500, second.text.slice(0, 200));
    assert.deepEqual(await add(before - huge), big(before));
  });

  test("what is no bigint", async () => {
    for (const amount of [null, "1", true, [], {}, 1.5, [TAG, "nan"], [TAG, "undefined"]]) await invalid("ledger:add", { amount }, "amount");
    for (const digits of ["", "+1", " 1", "1 ", "0x1", "1.0", "1e3", "١", "9".repeat(1025), 7, null]) {
      await fails(400, "BAD_REQUEST", "ledger:add", { amount: [TAG, "bigint", digits] });
    }
  });
});

describe("system", () => {
  test("ping", async () => {
    assert.equal((await app.rpc.send("system:ping", {})).text, '{"result":"pong"}');
    assert.equal((await app.rpc.send("system:ping", { surplus: 1 })).text, '{"result":"pong"}');
  });

  test("secretInternal cannot be called", async () => {
    await fails(404, "FUNCTION_NOT_FOUND", "system:secretInternal", {});
  });

  test("echo gives back every value of the fixtures", { skip: noFixtures }, async () => {
    const { cases, rejected } = fixture("wire-codec.json");
    assert.ok(cases.length > 30 && rejected.length > 20);
    for (const { name, encoded, reencoded } of cases) {
      const response = await app.rpc.send("system:echo", { value: encoded });
      assert.equal(response.status, 200, `${name}: ${response.text}`);
      assert.deepEqual(response.json.result, reencoded ?? encoded, name);
    }
    for (const { name, encoded } of rejected) {
      const response = await app.rpc.send("system:echo", { value: encoded });
      assert.equal(response.status, 400, `${name}: ${response.text}`);
      refusal(response, 400, "BAD_REQUEST");
      await fails(400, "BAD_REQUEST", "system:echo", { value: [{ deep: encoded }] });
    }
  });

  test("the fixtures' calls are understood", { skip: noFixtures }, async () => {
    for (const { name, body } of fixture("rpc.json").request.cases) {
      const response = await app.rpc.post(JSON.stringify(body));
      assert.equal(response.status, 200, `${name}: ${response.text}`);
    }
  });

  const DEPLOYED = [["/", 200], ["/_lunora/status", 200], ["/_lunora/status?x=1", 200], ["/_lunora/nope", 404], ["/no-such-page", 404], ["/_lunora/rpc", 405]];
  for (const [path, status] of DEPLOYED) {
    test(`fetchStatus of ${path}`, async () => {
      assert.equal(await call("system:fetchStatus", { path }), status);
    });
  }

  const ELSEWHERE = [
    "http://example.com/", "https://example.com", "//example.com/", "///example.com", "/\\example.com/", "\\\\example.com", "example.com", "",
    "status", "./", "../", "?x", "#x", "@example.com/", ":80/", ".example.com/", " /", "\t//example.com", "/\t/example.com", "/\n/example.com",
    "javascript:alert(1)", "data:text/plain,x", "file:///etc/passwd", "\u0000/", "http:/example.com", "http:example.com",
  ];
  for (const path of ELSEWHERE) {
    test(`fetchStatus refuses ${JSON.stringify(path)}`, async () => {
      const response = await app.rpc.send("system:fetchStatus", { path });
      assert.equal(response.status, 400, response.text);
      refusal(response, 400, response.json.error.code);
    });
  }

  test("fetchStatus wants text", async () => {
    for (const path of NOT_STRINGS) await invalid("system:fetchStatus", { path }, "path");
  });

  test("many actions at once, with queries and mutations between them", async () => {
    const name = unique("between");
    const jobs = Array.from({ length: 30 }, (_, n) =>
      n % 3 === 0
        ? call("system:fetchStatus", { path: n % 2 ? "/_lunora/status" : "/_lunora/nope" }).then((status) => assert.equal(status, n % 2 ? 200 : 404))
        : n % 3 === 1
          ? call("counters:add", { name, by: 1 })
          : call("system:ping").then((pong) => assert.equal(pong, "pong")),
    );
    await Promise.all(jobs);
    assert.equal(await call("counters:get", { name }), 10);
  });
});
