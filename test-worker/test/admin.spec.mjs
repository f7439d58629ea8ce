// The admin plane on workerd: who is let in, what they can ask, what is recorded of it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { refusal, unique } from "./support/rpc.mjs";
import { bearer } from "./support/tokens.mjs";
import { secret } from "../tools/token.mjs";

const TOKEN = secret(undefined, "LUNORA_ADMIN_TOKEN");
const operator = { authorization: `Bearer ${TOKEN}` };
const app = servedApp();

async function admin(path, { method = "GET", body, headers = operator } = {}) {
  const response = await app.fetch(`/_lunora/admin/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json };
}

async function get(path) {
  const answer = await admin(path);
  assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  return answer.json;
}

const op = (name, args, more) =>
  app.rpc.post(JSON.stringify({ functionPath: `__lunora_admin__:${name}`, args, ...more }), operator);

async function result(name, args, more) {
  const answer = await op(name, args, more);
  assert.equal(answer.status, 200, `${name}: ${answer.text}`);
  return answer.json.result;
}

async function channelOf(...bodies) {
  const channel = unique("admin");
  for (const body of bodies) await app.rpc.call("messages:send", { channel, author: "ada", body });
  return channel;
}

describe("who is let in", () => {
  test("whoever has the token, and nobody else", async () => {
    refusal(await admin("functions", { headers: {} }), 403, "ADMIN_FORBIDDEN");
    refusal(await admin("functions", { headers: { authorization: "Bearer no" } }), 403, "ADMIN_FORBIDDEN");
    refusal(await admin("functions", { headers: bearer("ann", { role: "admin" }) }), 403, "ADMIN_FORBIDDEN");
    refusal(await admin("other", { headers: {} }), 403, "ADMIN_FORBIDDEN");
    assert.equal((await admin("other")).status, 404);
    refusal(await admin("ws-token"), 405, "METHOD_NOT_ALLOWED");
    refusal(await app.rpc.send("__lunora_admin__:listTables"), 403, "ADMIN_FORBIDDEN");
    refusal(await op("noSuchOp", {}), 404, "UNKNOWN_ADMIN_OP");
    const fanOut = { fanOut: { table: "posts", merge: { kind: "concat" } } };
    refusal(await op("listTables", {}, fanOut), 403, "FORBIDDEN_FANOUT");
  });

  test("what a client calls itself does not count", async () => {
    const forged = { "x-lunora-admin": "1", "x-lunora-system": "1" };
    refusal(await app.rpc.send("__lunora_admin__:listTables", {}, forged), 403, "ADMIN_FORBIDDEN");
    assert.equal((await app.fetch("/admin", { method: "POST", headers: forged, body: "{}" })).status, 404);
  });
});

describe("a shard", () => {
  test("shows its tables, their columns and rows", async () => {
    const channel = await channelOf("one", "two", "three");
    const { tables } = await result("listTables", {});
    assert.ok(tables.find(({ name }) => name === "messages").rows >= 3);
    const { columns } = await result("describeTable", { table: "messages" });
    assert.deepEqual(columns.find(({ name }) => name === "channel").indexed, true);
    const { indexes } = await result("listTableIndexes", { table: "messages" });
    assert.ok(indexes.some((index) => index.columns.includes("channel")));
    const filters = [{ column: "channel", op: "eq", value: channel }];
    const page = await result("readTablePage", { table: "messages", filters, limit: 2, orderBy: "-_creationTime" });
    assert.deepEqual([page.rows.map(({ body }) => body), page.total, page.hasMore], [["three", "two"], 3, true]);
    const { values } = await result("facetColumn", { table: "messages", column: "body", filters });
    assert.deepEqual(values.map(({ count }) => count), [1, 1, 1]);
    refusal(await op("readTablePage", { table: "nothing" }), 404, "UNKNOWN_TABLE");
    refusal(await op("readTablePage", { table: "messages", orderBy: 'x"; DROP TABLE messages' }), 404, "UNKNOWN_COLUMN");
  });

  test("answers SQL that reads, and no other", async () => {
    const channel = await channelOf("a", "b");
    const sql = `SELECT json_extract(_doc, '$.body') AS body, 1 AS one FROM messages WHERE channel = '${channel}'`;
    assert.deepEqual(await result("runSql", { sql }), {
      columns: ["body", "one"],
      rows: [["a", 1], ["b", 1]],
      truncated: false,
    });
    const many = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 5000) SELECT x FROM c";
    const capped = await result("runSql", { sql: many });
    assert.deepEqual([capped.rows.length, capped.truncated], [1000, true]);
    for (const writing of [
      "DELETE FROM messages",
      "DELETE FROM messages RETURNING _id",
      "SELECT 1; DELETE FROM messages",
      "SELECT 1); DELETE FROM messages; SELECT (1",
      "WITH a AS (SELECT 1) DELETE FROM messages",
      "PRAGMA foreign_keys = OFF",
      "CREATE TABLE x (y)",
      "ATTACH 'x' AS y",
      "SELECT nothing FROM nowhere",
      "SELECT * FROM _cf_KV",
      // What may take long, and could not be stopped.
      "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
      "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 9999) SELECT count(*) FROM c, c AS d",
    ]) {
      refusal(await op("runSql", { sql: writing }), 400, "INVALID_INPUT");
    }
    assert.equal((await result("runSql", { sql })).rows.length, 2);
    const left = await app.sql("SELECT name FROM sqlite_master WHERE name LIKE '%run_sql%'");
    assert.deepEqual(left, []);
    assert.equal(await app.rpc.call("system:ping"), "pong");
  });

  test("is copied and put back", async () => {
    const channel = await channelOf("kept");
    const { rows } = await result("exportShard", { tables: ["messages"] });
    const own = rows.filter(({ doc }) => doc.channel === channel);
    assert.deepEqual(own.map(({ table, doc }) => [table, doc.body]), [["messages", "kept"]]);
    await result("writeRow", { table: "messages", op: "delete", id: own[0].doc._id });
    const bad = { table: "messages", doc: { body: 7 } };
    const put = await result("importShard", { rows: [...own, ...own, bad], startLine: 10 });
    assert.deepEqual([put.inserted, put.conflicts, put.errors.map(({ code, line }) => [code, line])], [{ messages: 1 }, 1, [["BAD_ROW", 12]]]);
    const [again] = (await result("exportShard", { tables: ["messages"] })).rows.filter(({ doc }) => doc.channel === channel);
    assert.deepEqual(again, own[0]);
  });

  test("takes rows as a mutation's, and those who watch see them", async () => {
    const channel = await channelOf("first");
    const socket = await app.connect();
    const { id: subscription } = await socket.subscribe("messages:list", { channel });
    const doc = { channel, author: "op", body: "written" };
    const { id } = await result("writeRow", { table: "messages", op: "insert", doc });
    const [, data] = await socket.count(subscription, 3).then((frames) => frames.slice(1));
    assert.equal(data.data.length, 2);
    await result("writeRow", { table: "messages", op: "patch", id, doc: { body: "patched" } });
    assert.deepEqual((await app.rpc.call("messages:list", { channel })).map(({ body }) => body).sort(), ["first", "patched"]);
    refusal(await op("writeRow", { table: "messages", op: "patch", id, doc: { body: 7 } }), 400, "VALIDATION_ERROR");
    assert.deepEqual(await result("deleteRows", { table: "messages", ids: [id, "none"] }), { count: 1, hasMore: false });
    assert.equal((await app.rpc.call("messages:list", { channel })).length, 1);
  });

  test("shows its sockets and what they watch", async () => {
    const channel = await channelOf();
    const socket = await app.connect({ clientId: channel });
    await socket.subscribe("messages:list", { channel });
    const { connections } = await get("shards/connections");
    const own = connections.find(({ clientId }) => clientId === channel);
    const { subscriptions } = await get(`shards/subscriptions?connectionId=${own.connectionId}`);
    assert.deepEqual(subscriptions.map(({ functionPath, args }) => [functionPath, args.channel]), [["messages:list", channel]]);
  });

  test("runs functions as somebody", async () => {
    const ann = await result("runAs", { functionPath: "system:whoami", userId: "ann", identity: { role: "x" } });
    assert.deepEqual(ann, { userId: "ann", role: "x" });
    assert.equal(await result("runAs", { functionPath: "system:whoami" }), null);
    refusal(await op("runAs", { functionPath: "no:such" }), 404, "FUNCTION_NOT_FOUND");
  });
});

describe("the deployment", () => {
  test("describes its functions", async () => {
    const { functions } = await get("functions");
    const send = functions.find(({ path }) => path === "messages:send");
    assert.deepEqual([send.kind, send.args.map(({ name }) => name)], ["mutation", ["channel", "author", "body"]]);
    const openapi = await get("openapi");
    assert.equal(openapi.openapi, "3.1.0");
    const { post } = openapi.paths["/_lunora/rpc#messages:list"];
    assert.equal(post.operationId, "messages:list");
    const openrpc = await get("openrpc");
    assert.ok(openrpc.methods.some(({ name, params }) => name === "messages:send" && params.length === 3));
  });

  test("shows and cancels jobs, and those watching hear of it", async () => {
    const { token } = (await admin("ws-token", { method: "POST" })).json;
    const url = `${app.url}/_lunora/admin/scheduled/ws`;
    await assert.rejects(LiveSocket.at(url));
    const watching = await LiveSocket.at(`${url}?token=${token}`);
    const id = await app.rpc.call("jobs:later", { key: unique("admin-job"), delayMs: 600_000 });
    const seen = (frames) => frames.find((frame) => frame.records?.some((job) => job.id === id));
    await watching.until(seen, "the job");
    watching.close();
    const { records } = await get("scheduled");
    assert.equal(records.find((job) => job.id === id).functionPath, "jobs:run");
    assert.equal((await get(`scheduled/get?id=${id}`)).record.id, id);
    assert.ok((await get("scheduled/status")).backlog >= 1);
    const cancelled = await admin("scheduled/cancel", { method: "POST", body: { id } });
    assert.deepEqual(cancelled.json, { cancelled: true });
    assert.deepEqual(await get(`scheduled/get?id=${id}`), {});
    assert.deepEqual((await admin("scheduled/dead/retry", { method: "POST", body: { id } })).json, { retried: false });
    refusal(await admin("scheduled/cancel", { method: "POST", body: {} }), 400, "INVALID_INPUT");
  });

  test("shows its shards, how they do, its queues, crons and files", async () => {
    const { shards } = await get("shards");
    assert.ok(shards.some(({ shardKey }) => shardKey === "__root__"));
    const metrics = await get("metrics");
    assert.equal(metrics.failed, 0);
    const root = metrics.shards.find(({ shardKey }) => shardKey === "__root__");
    assert.ok(root.databaseSize > 0 && root.functions.some(({ path }) => path === "messages:send"));
    assert.ok((await get("shard-traffic")).shards[0].requests > 0);
    assert.ok((await get("queues")).queues.some(({ name }) => name === "lunora-jobs"));
    const { cronJobs } = await get("cron-jobs");
    assert.ok(cronJobs.length > 0);
    refusal(await admin("cron-jobs/run", { method: "POST", body: { name: "none" } }), 404, "CRON_JOB_NOT_FOUND");
    assert.ok(Array.isArray((await get("storage?limit=5")).objects));
  });

  test("says whether it works", async () => {
    const health = await (await app.fetch("/_lunora/health")).json();
    assert.equal(health.status, "ok");
    assert.deepEqual(health.checks.map(({ name, status }) => [name, status]), [["shards", "up"], ["scheduler", "up"], ["registry", "up"]]);
    assert.equal((await app.fetch("/_lunora/health/ready")).status, 200);
    assert.equal((await app.fetch("/_lunora/health", { method: "POST" })).status, 405);
  });
});

describe("the record", () => {
  const TABLE = '"__lunora_admin_audit"';
  const registry = (sql) => app.sqlOf("ShardRegistryDO", "__lunora_shard_registry__", sql);

  test("has every call and no secret, and is only added to", async () => {
    const before = (await get("audit?limit=1")).entries[0].seq;
    await result("runSql", { sql: "SELECT 'a secret'" });
    await op("describeTable", { table: "nothing" });
    const { entries } = await get("audit");
    const since = entries.filter(({ seq }) => seq > before).map((entry) => [entry.operation, entry.target, entry.status]);
    assert.deepEqual(since.slice(1), [["describeTable", "nothing", 404], ["runSql", undefined, 200]]);
    const all = JSON.stringify(await registry(`SELECT * FROM ${TABLE}`));
    assert.ok(!all.includes(TOKEN) && !all.includes("a secret"));
    await assert.rejects(registry(`DELETE FROM ${TABLE}`), /only added to/);
    await assert.rejects(registry(`UPDATE ${TABLE} SET status = 1`), /only added to/);
  });
});

test("who guesses is slowed down, and who knows is not", async () => {
  const statuses = [];
  for (let n = 0; n < 40; n++) {
    statuses.push((await admin("functions", { headers: { authorization: `Bearer guess-${n}` } })).status);
  }
  assert.ok(statuses.includes(429), statuses.join(" "));
  await get("functions");
});
