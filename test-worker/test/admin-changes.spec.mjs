// What operators copy on workerd: what was written to shards, global tables, files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { root, servedApp } from "./support/harness.mjs";
import { refusal, unique } from "./support/rpc.mjs";
import { ADMIN_VARIABLE, secret, STORAGE_VARIABLE } from "../tools/token.mjs";

// Made before wrangler reads the file that they are in.
secret(root, STORAGE_VARIABLE);
const operator = { authorization: `Bearer ${secret(root, ADMIN_VARIABLE)}` };
const app = servedApp();

async function admin(path, { method = "GET", body } = {}) {
  const given = { method, headers: operator, body: body && JSON.stringify(body) };
  const response = await app.fetch(`/_lunora/admin/${path}`, given);
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith("{") ? JSON.parse(text) : undefined };
}

async function get(path) {
  const answer = await admin(path);
  assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  return answer.json;
}

async function channelOf(...bodies) {
  const channel = unique("admin");
  for (const body of bodies) await app.rpc.call("messages:send", { channel, author: "ada", body });
  return channel;
}

test("tells what was written after a cursor", async () => {
  const post = async (path, body) => {
    const answer = await admin(path, { method: "POST", body });
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    return answer.json;
  };
  const rootOf = ({ shards }) => shards.find(({ shardKey }) => shardKey === "__root__");
  const { cursor, epoch } = rootOf(await post("sync", { tables: [] }));
  const channel = await channelOf("one", "two");
  const since = { cursors: { __root__: cursor }, epochs: { __root__: epoch }, tables: ["messages"] };
  const own = ({ doc }) => doc?.channel === channel;
  const { changes } = rootOf(await post("sync", since));
  assert.deepEqual(changes.filter(own).map(({ op, doc }) => [op, doc.body]), [["insert", "one"], ["insert", "two"]]);
  const restored = rootOf(await post("sync", { ...since, epochs: { __root__: "another" } }));
  assert.deepEqual([restored.reset, restored.changes], [true, []]);

  let { nextCursor, hasMore } = await post("connector/sync", { tables: ["messages"] });
  while (hasMore) ({ nextCursor, hasMore } = await post("connector/sync", { cursor: nextCursor, tables: ["messages"] }));
  await app.rpc.call("messages:send", { channel, author: "ada", body: "three" });
  const next = await post("connector/sync", { cursor: nextCursor, tables: ["messages"] });
  assert.deepEqual(next.changes.filter(own).map(({ table, doc }) => [table, doc.body]), [["messages", "three"]]);
  refusal(await admin("connector/sync", { method: "POST", body: { cursor: "bm90" } }), 400, "INVALID_INPUT");
});

test("applies changes to a shard, and the same once more", async () => {
  const channel = unique("admin-copy");
  const doc = { _id: channel, _creationTime: 5, channel, author: "ada", body: "copied" };
  const changes = [{ table: "messages", id: channel, op: "insert", doc }];
  const apply = async (...given) =>
    (await admin("apply", { method: "POST", body: { batches: [{ shardKey: "__root__", changes: given }] } })).json;
  for (let time = 0; time < 2; time++) {
    assert.deepEqual(await apply(...changes), { applied: 1, ok: 1, failed: 0, errors: [] });
    assert.deepEqual((await app.rpc.call("messages:list", { channel })).map(({ body }) => body), ["copied"]);
  }
  const refused = await apply(...changes, { table: "nothing", op: "delete", id: "x" });
  assert.deepEqual([refused.applied, refused.failed], [0, 1]);
  await apply({ table: "messages", id: channel, op: "delete" });
  assert.deepEqual(await app.rpc.call("messages:list", { channel }), []);
});

test("shows its global tables, and says what it has none of", async () => {
  const name = unique("admin");
  await app.rpc.call("profiles:put", { name, bio: name });
  const { tables } = await get("global/tables");
  assert.ok(tables.find((table) => table.name === "profiles").rows >= 1);
  const { rows, total } = await get("global/table?table=profiles&limit=500");
  assert.ok(total > 500 || rows.some((row) => row.name === name));
  const { values } = await get("global/facet?table=profiles&column=bio&limit=500");
  assert.ok(values.length === 500 || values.some(({ value, count }) => value === name && count === 1));
  refusal(await admin("global/table?table=messages"), 404, "UNKNOWN_TABLE");
  refusal(await admin("kv/namespaces"), 400, "KV_NOT_CONFIGURED");
  refusal(await admin("export-tap/run", { method: "POST", body: {} }), 400, "EXPORT_TAP_NOT_CONFIGURED");
});

test("takes and gives files", async () => {
  const key = `${unique("admin")}/a b.txt`;
  const path = `/_lunora/admin/storage?key=${encodeURIComponent(key)}`;
  const headers = { ...operator, "content-type": "text/plain" };
  const stored = await app.fetch(path, { method: "PUT", headers, body: "hello" });
  assert.equal(stored.status, 200, await stored.clone().text());
  assert.equal((await stored.json()).size, 5);
  const object = (more) =>
    app.fetch(`/_lunora/admin/storage/object?key=${encodeURIComponent(key)}`, { headers: { ...operator, ...more } });
  assert.equal(await (await object()).text(), "hello");
  assert.equal(await (await object({ range: "bytes=1-2" })).text(), "el");
  const { url } = await get(`storage/url?key=${encodeURIComponent(key)}&expiresIn=60`);
  assert.equal(await (await fetch(url)).text(), "hello");
  const gone = await app.fetch(path, { method: "DELETE", headers: operator });
  assert.equal(gone.status, 200);
  assert.equal((await object()).status, 404);
});
