// The example's messages: shapes, limits, pages and refusals, as an outside program sees them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { invalidBy, NOT_INTS, NOT_STRINGS, SQL } from "./support/arguments.mjs";
import { servedApp } from "./support/harness.mjs";
import { messagesOf } from "./support/messages.mjs";
import { seededRandom } from "./support/random.mjs";
import { big, refusal, unique } from "./support/rpc.mjs";

const TAG = "$lunora.wire$";
const app = servedApp();

const call = (path, args) => app.rpc.call(path, args);
const fails = (status, code, path, args) => app.rpc.fails(status, code, path, args);
const invalid = invalidBy(app);
const { send, filled } = messagesOf(app);

describe("messages", () => {
  test("a message has exactly these fields", async () => {
    const channel = unique("shape");
    const before = Date.now() - 1000;
    const id = await send(channel, "hello", "ada");
    assert.equal(typeof id, "string");
    assert.ok(id.length > 0 && id.length <= 64);
    const row = await call("messages:get", { id });
    const { _creationTime: time } = row;
    assert.deepEqual(row, { _id: id, _creationTime: time, channel, author: "ada", body: "hello" });
    assert.ok(typeof time === "number" && time > before && time < Date.now() + 1000, String(time));
    assert.deepEqual(await call("messages:list", { channel }), [row]);
    assert.deepEqual((await call("messages:page", { channel, cursor: null, numItems: 5 })).page, [row]);
  });

  test("list: newest first, 50 unless told, between 1 and 200, one channel only", async () => {
    const channel = unique("list");
    const ids = await filled(channel, 205);
    await filled(unique("other"), 2);
    const listed = async (limit) => (await call("messages:list", { channel, limit })).map((row) => row._id);
    assert.deepEqual(await listed(undefined), ids.slice(0, 50));
    assert.deepEqual(await listed(1), ids.slice(0, 1));
    assert.deepEqual(await listed(200), ids.slice(0, 200));
    assert.deepEqual(await listed(2.0), ids.slice(0, 2));
    for (const limit of [0, -1, 201, ...NOT_INTS]) {
      if (JSON.stringify(limit) !== JSON.stringify([TAG, "undefined"])) await invalid("messages:list", { channel, limit }, "limit");
    }
    const times = (await call("messages:list", { channel, limit: 200 })).map((row) => row._creationTime);
    assert.equal(new Set(times).size, 200, "no two times are equal, so that clients can order by them");
    assert.deepEqual(times, [...times].sort((a, b) => b - a));
  });

  test("an unknown channel is empty", async () => {
    assert.deepEqual(await call("messages:list", { channel: unique("none") }), []);
    assert.deepEqual((await call("messages:page", { channel: unique("none"), cursor: null, numItems: 3 })).page, []);
  });

  test("lengths count UTF-16 units", async () => {
    const channel = unique("lengths");
    await send(channel, "b".repeat(4000), "a".repeat(80));
    await send(channel, "é".repeat(4000), "漢".repeat(80));
    await send(channel, "💥".repeat(2000), "💥".repeat(40));
    await invalid("messages:send", { channel, author: "a".repeat(81), body: "b" }, "author");
    await invalid("messages:send", { channel, author: "💥".repeat(40) + "a", body: "b" }, "author");
    await invalid("messages:send", { channel, author: "", body: "b" }, "author");
    await invalid("messages:send", { channel, author: "a", body: "" }, "body");
    await invalid("messages:send", { channel, author: "a", body: "b".repeat(4001) }, "body");
    await invalid("messages:send", { channel, author: "a", body: "💥".repeat(2000) + "b" }, "body");
    assert.equal((await call("messages:list", { channel })).length, 3);
    const [newest] = await call("messages:list", { channel, limit: 1 });
    await invalid("messages:edit", { id: newest._id, body: "" }, "body");
    await invalid("messages:edit", { id: newest._id, body: "b".repeat(4001) }, "body");
    assert.equal(await call("messages:edit", { id: newest._id, body: "💥".repeat(2000) }), null);
  });

  test("arguments of a wrong type, or missing, are refused by name", async () => {
    const channel = unique("types");
    for (const wrong of NOT_STRINGS) {
      await invalid("messages:send", { channel: wrong, author: "a", body: "b" }, "channel");
      await invalid("messages:send", { channel, author: wrong, body: "b" }, "author");
      await invalid("messages:send", { channel, author: "a", body: wrong }, "body");
      await invalid("messages:get", { id: wrong }, "id");
      await invalid("messages:list", { channel: wrong }, "channel");
    }
    await invalid("messages:send", { channel, author: "a" }, "body");
    await invalid("messages:send", {}, "channel");
    await invalid("messages:list", {}, "channel");
    await invalid("messages:get", {}, "id");
    await invalid("messages:edit", { id: "x" }, "body");
    await invalid("messages:page", { channel, cursor: null }, "numItems");
    assert.deepEqual(await call("messages:list", { channel }), []);
  });

  test("edit and remove answer null, and keep everything else", async () => {
    const channel = unique("edit");
    const [newer, older] = await filled(channel, 2);
    const before = await call("messages:get", { id: older });
    const response = await app.rpc.send("messages:edit", { id: older, body: "changed" });
    assert.equal(response.text, '{"result":null}');
    assert.deepEqual(await call("messages:get", { id: older }), { ...before, body: "changed" });
    assert.deepEqual((await call("messages:list", { channel })).map((row) => row._id), [newer, older]);
    const removed = await app.rpc.send("messages:remove", { id: older });
    assert.equal(removed.text, '{"result":null}');
    assert.equal((await app.rpc.send("messages:get", { id: older })).text, '{"result":null}');
    await fails(404, "NOT_FOUND", "messages:edit", { id: older, body: "again" });
    await fails(404, "NOT_FOUND", "messages:remove", { id: older });
    assert.deepEqual((await call("messages:list", { channel })).map((row) => row._id), [newer]);
  });

  test("ids that are no row's", async () => {
    for (const id of ["", "nope", "x".repeat(65_536), "💥", "\ud800", "00000000-0000-0000-0000-000000000000", ...SQL]) {
      assert.equal(await call("messages:get", { id }), null, id.slice(0, 40));
      await fails(404, "NOT_FOUND", "messages:edit", { id, body: "x" });
      await fails(404, "NOT_FOUND", "messages:remove", { id });
    }
  });

  test("SQL and odd text are data in every argument", async () => {
    for (const text of [...SQL, "\u2028\u2029", "\ufeff", "a\u0000b", "<script>", "💥", "\r\n\t\b\f"]) {
      const channel = unique("sql") + text;
      const id = await send(channel, text, text);
      const [row, ...others] = await call("messages:list", { channel });
      assert.deepEqual(others, []);
      assert.deepEqual([row._id, row.channel, row.author, row.body], [id, channel, text, text]);
      await call("messages:edit", { id, body: `${text}${text}` });
      assert.equal((await call("messages:get", { id })).body, `${text}${text}`);
      assert.equal(await call("counters:add", { name: channel, by: 2 }), 2);
      assert.equal(await call("counters:add", { name: channel, by: 3 }), 5);
      assert.equal(await call("counters:get", { name: channel }), 5);
    }
  });

  test("text of lone surrogates is stored or refused, never a crash", async () => {
    const channel = unique("lone");
    const response = await app.rpc.post(
      `{"functionPath":"messages:send","args":{"channel":"${channel}","author":"\\ud800","body":"a\\udc00"}}`,
    );
    if (response.status === 200) {
      const [row] = await call("messages:list", { channel });
      assert.deepEqual([row.author, row.body], ["\ud800", "a\udc00"]);
    } else {
      refusal(response, 400, "VALIDATION_ERROR");
    }
    const lone = await app.rpc.post(`{"functionPath":"messages:send","args":{"channel":"\\ud800${channel}","author":"a","body":"b"}}`);
    if (lone.status === 200) assert.equal((await call("messages:list", { channel: `\ud800${channel}` })).length, 1);
    else refusal(lone, 400, "VALIDATION_ERROR");
  });
});

describe("messages:page", () => {
  const page = (channel, cursor, numItems) => call("messages:page", { channel, cursor, numItems });

  for (const size of [1, 7, 60, 61, 1000]) {
    test(`all of 60 rows by ${size}, without a gap or a duplicate`, async () => {
      const channel = unique("page");
      const ids = await filled(channel, 60);
      const seen = [];
      let cursor = null;
      for (let turn = 0; ; turn++) {
        assert.ok(turn <= 61, "it ends");
        const result = await page(channel, cursor, size);
        assert.deepEqual(Object.keys(result).sort(), ["continueCursor", "isDone", "page"]);
        assert.ok(result.page.length <= size);
        assert.equal(typeof result.isDone, "boolean");
        seen.push(...result.page.map((row) => row._id));
        if (result.isDone) break;
        assert.equal(typeof result.continueCursor, "string");
        assert.ok(result.page.length > 0, "a page that is not the last has rows");
        cursor = result.continueCursor;
      }
      assert.deepEqual(seen, ids);
    });
  }

  test("while others write", async () => {
    const random = seededRandom("page while others write");
    const channel = unique("busy");
    const ids = await filled(channel, 40);
    const removed = new Set();
    const seen = [];
    let cursor = null;
    for (let isDone = false; !isDone; ) {
      const result = await page(channel, cursor, 1 + random.below(6));
      seen.push(...result.page.map((row) => row._id));
      ({ isDone, continueCursor: cursor } = result);
      const kind = random.below(3);
      if (kind === 0) await send(channel);
      else {
        const id = random.pick(ids);
        if (kind === 1 && !removed.has(id)) await call("messages:edit", { id, body: "edited" });
        // Also the row a cursor stands on.
        if (kind === 2 && !removed.has(id)) {
          removed.add(id);
          await call("messages:remove", { id });
        }
      }
    }
    assert.equal(new Set(seen).size, seen.length, "no row comes twice");
    const left = ids.filter((id) => !removed.has(id));
    assert.deepEqual(seen.filter((id) => !removed.has(id)), left, "no row is left out");
  });

  test("the row that a cursor stands on may go", async () => {
    const channel = unique("standing");
    const ids = await filled(channel, 6);
    const first = await page(channel, null, 3);
    await call("messages:remove", { id: ids[2] });
    const second = await page(channel, first.continueCursor, 3);
    assert.deepEqual(second.page.map((row) => row._id), ids.slice(3));
  });

  test("a cursor that is none, or another query's", async () => {
    const channel = unique("garbage");
    await filled(channel, 3);
    const { continueCursor } = await page(channel, null, 1);
    const b64 = (text) => Buffer.from(text).toString("base64url");
    const garbage = [
      "", "x", "garbage", "null", "0", "====", "💥", "\ud800", "\u0000", "x".repeat(100_000), continueCursor.slice(1),
      continueCursor.slice(0, -2), `${continueCursor}x`, `${continueCursor}${continueCursor}`, ` ${continueCursor}`,
      b64("null"), b64("[]"), b64("{}"), b64("[1]"), b64("[null,null]"), b64("[1,2,3,4,5,6,7,8]"), b64("[".repeat(5000)),
      b64('{"__proto__":1}'), b64('["a","b"]'), b64("\xff\xfe"), b64(`["${TAG}","bigint","1"]`), b64(`[["${TAG}","map",[]],1]`),
      ...SQL, ...SQL.map(b64),
    ];
    for (const cursor of garbage) {
      const response = await app.rpc.send("messages:page", { channel, cursor, numItems: 2 });
      // A changed character may still give a place; it then is a page, and never a crash.
      if (response.status === 200 && cursor.length > 20 && cursor !== "x".repeat(100_000)) continue;
      refusal(response, 400, response.json?.error?.code === "VALIDATION_ERROR" ? "VALIDATION_ERROR" : "BAD_REQUEST");
    }
    for (const cursor of [0, 1, true, [], {}, big(1)]) await invalid("messages:page", { channel, cursor, numItems: 2 }, "cursor");
  });

  test("a cursor of another channel stays inside the channel that is asked for", async () => {
    const [one, other] = [unique("one"), unique("other")];
    await filled(one, 4);
    const ids = await filled(other, 4);
    const { continueCursor } = await page(one, null, 2);
    const response = await app.rpc.send("messages:page", { channel: other, cursor: continueCursor, numItems: 10 });
    if (response.status === 200) for (const row of response.json.result.page) assert.ok(ids.includes(row._id));
    else refusal(response, 400, "BAD_REQUEST");
  });

  test("the number of items", async () => {
    const channel = unique("items");
    for (const numItems of [0, -1, 1e9, ...NOT_INTS]) await invalid("messages:page", { channel, cursor: null, numItems }, "numItems");
  });
});
