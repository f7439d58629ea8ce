// What operators watch on workerd: operations of the admin plane on a socket that was opened with an admin's token.
import assert from "node:assert/strict";
import { test } from "node:test";
import { root, servedApp } from "./support/harness.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { unique } from "./support/rpc.mjs";
import { ADMIN_VARIABLE, secret } from "../tools/token.mjs";

const TOKEN = secret(root, ADMIN_VARIABLE);
const operator = { authorization: `Bearer ${TOKEN}` };
const app = servedApp();
const op = (name) => `__lunora_admin__:${name}`;

async function minted() {
  const response = await app.fetch("/_lunora/admin/ws-token", { method: "POST", headers: operator });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("cache-control"), "no-store");
  const { token, expiresAtMs } = await response.json();
  assert.match(token, /^v1\.\d+\.[\w-]{43}$/);
  assert.ok(Math.abs(expiresAtMs - Date.now() - 60_000) < 10_000);
  return token;
}

const watching = async (query = "") => LiveSocket.open(app.url, `?token=${await minted()}${query}`);
const send = (channel, body) => app.rpc.call("messages:send", { channel, author: "ada", body });

test("an operator watches rows, and each write to their table", async (t) => {
  const socket = await watching();
  t.after(() => socket.close());
  const channel = unique("watched");
  const filters = [{ column: "channel", op: "eq", value: channel }];
  const { id, first } = await socket.subscribe(op("readTablePage"), { table: "messages", filters });
  assert.equal(first.type, "data");
  assert.deepEqual(first.data.rows, []);
  assert.equal(first.epoch, undefined);
  await send(channel, "one");
  const next = await socket.frame((frame) => frame.id === id && frame.data?.rows.length === 1, "the row");
  assert.equal(next.data.rows[0].body, "one");
  for (let n = 0; n < 20; n++) await send(channel, `more ${n}`);
  await socket.frame((frame) => frame.id === id && frame.data?.rows.length === 21, "all rows");
  assert.ok(socket.of(id).length < 20, `${socket.of(id).length} frames of 21 writes`);
  await send(unique("elsewhere"), "other");
  await socket.frame((frame) => frame.id === id && frame.type === "settled", "that nothing has changed");
  await socket.unsubscribe(id);
});

test("and what has no table: counts, SQL, sockets, metrics", async (t) => {
  const socket = await watching();
  t.after(() => socket.close());
  const sql = "SELECT count(*) AS n FROM messages WHERE channel = 'nobody'";
  for (const [name, args] of [["listTables", {}], ["runSql", { sql }], ["listConnections", {}], ["getMetrics", {}], ["migrationStatus", {}]]) {
    const { first } = await socket.subscribe(op(name), args);
    assert.equal(first.type, "data", `${name}: ${JSON.stringify(first)}`);
  }
});

test("a user's socket may not, nor may an operator watch what writes", async (t) => {
  const user = await LiveSocket.open(app.url);
  t.after(() => user.close());
  user.send({ type: "subscribe", id: "s", query: { functionPath: op("listTables"), args: {} } });
  const [refusal] = await user.count("s", 1);
  assert.deepEqual(refusal, { id: "s", message: "admin subscription requires admin authorization", type: "error" });

  const socket = await watching();
  t.after(() => socket.close());
  for (const name of ["writeRow", "clearTable", "noSuchOp"]) {
    const { first } = await socket.subscribe(op(name), { table: "messages" });
    assert.deepEqual([first.type, first.code, first.error.code], ["error", "UNKNOWN_ADMIN_OP", "UNKNOWN_ADMIN_OP"]);
  }
  const { first } = await socket.subscribe(op("readTablePage"), { table: "nothing" });
  assert.equal(first.error.code, "UNKNOWN_TABLE");
});

test("it is in the record of operators", async (t) => {
  const socket = await watching();
  t.after(() => socket.close());
  await socket.subscribe(op("facetColumn"), { table: "messages", column: "author" });
  const { entries } = await (await app.fetch("/_lunora/admin/audit", { headers: operator })).json();
  assert.ok(entries.some((entry) => entry.operation === "subscribe facetColumn" && entry.target === "messages"));
});

test("the admin token itself opens a socket in a header, and not in a URL", async (t) => {
  await assert.rejects(LiveSocket.open(app.url, `?token=${encodeURIComponent(TOKEN)}`));
  const socket = await LiveSocket.at(`${app.url}/_lunora/ws`, operator);
  t.after(() => socket.close());
  const { first } = await socket.subscribe(op("listTables"));
  assert.equal(first.type, "data");
  const ordinary = await socket.subscribe("counters:get", { name: unique("counter") });
  assert.equal(ordinary.first.data, 0);
});
