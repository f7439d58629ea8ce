// Migrations of rows: on shards that are older than the app, killed and evicted between batches, by the command line.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { secret } from "../tools/token.mjs";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { DEFAULT_SHARD, root, servedApp } from "./support/harness.mjs";
import { bearer } from "./support/tokens.mjs";

const ID = "2026-11-note-words";
const TOKEN = secret(root, "LUNORA_ADMIN_TOKEN");
secret(); // of the users' tokens, before a server reads it
const CLI = join(root, "js-shim/wrangler/cli.mjs");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const run = promisify(execFile);

async function operator(url, path, body) {
  const response = await fetch(`${url}/_lunora/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

/** Resolves with the migration's state when it has the status. */
async function reaches(url, status, withinMs = 20_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { json } = await operator(url, "migrate/status", { id: ID });
    if (json.migrations[0].status === status) return json.migrations[0];
    assert.ok(Date.now() < deadline, JSON.stringify(json));
    await pause(100);
  }
}

/** Command line: gives exit code and output. */
async function lunora(...args) {
  try {
    const { stdout } = await run(process.execPath, [CLI, ...args], { cwd: root, env: { ...process.env, LUNORA_ADMIN_TOKEN: TOKEN } });
    return { code: 0, out: stdout };
  } catch (error) {
    return { code: error.code, out: error.stdout + error.stderr };
  }
}

describe("a shard that is older than the app", () => {
  const app = servedApp();
  const words = async (shard = DEFAULT_SHARD) =>
    (await app.sqlOf("ShardDO", shard, "SELECT json_extract(_doc, '$.words') AS words FROM notes ORDER BY _seq")).map(({ words }) => words);

  /** Makes a shard look as an app before `words` left it, with notes, and puts it to sleep. */
  async function age(shard, notes) {
    await app.sqlOf("ShardDO", shard, "DELETE FROM __lunora_meta WHERE key = 'born_with_migrations'");
    const [{ value }] = await app.sqlOf("ShardDO", shard, "SELECT value FROM __lunora_meta WHERE key = 'schema'");
    const schema = JSON.parse(value.split("\n")[0]);
    delete schema.tables.notes.fields.words;
    await app.sqlOf("ShardDO", shard, "UPDATE __lunora_meta SET value = ? WHERE key = 'schema'", JSON.stringify(schema));
    for (let i = 0; i < notes; i++) {
      const doc = JSON.stringify({ _id: `old-${i}`, _creationTime: i + 1, owner: "ann", text: "a b c".slice(0, 1 + 2 * (i % 3)) });
      await app.sqlOf("ShardDO", shard, "INSERT INTO notes (_id, _creationTime, _doc, owner) VALUES (?, ?, ?, 'ann')", `old-${i}`, i + 1, doc);
    }
    await app.evict("close", shard);
  }

  test("gets what is new, is listed, and its rows are migrated once it is asked for", async () => {
    await age(DEFAULT_SHARD, 45);
    const token = bearer("ann");
    const mine = await app.rpc.call("notes:mine", {}, token);
    assert.equal(mine.length, 45);

    const tried = await operator(app.url, "migrate", { id: ID, dryRun: true });
    assert.equal(tried.status, 200, JSON.stringify(tried.json));
    assert.equal(tried.json.processed, 45);
    assert.equal(tried.json.changed, 45);
    assert.deepEqual(new Set(await words()), new Set([null]), "a dry run leaves nothing");

    const begun = await operator(app.url, "migrate", { id: ID });
    assert.equal(begun.json.status, "running");
    const done = await reaches(app.url, "done");
    assert.deepEqual(done.shards.map(({ shardKey, processed, changed }) => ({ shardKey, processed, changed })), [
      { shardKey: DEFAULT_SHARD, processed: 45, changed: 45 },
    ]);
    assert.deepEqual((await words()).slice(0, 4), [1, 2, 3, 1]);
  });

  test("one shard alone tells how far it is, as an operation of the admin plane", async () => {
    const { json } = await operator(app.url, "rpc", { functionPath: "__lunora_admin__:migrationStatus", args: { id: ID } });
    assert.deepEqual(json.result.migrations, [
      { id: ID, table: "notes", reversible: true, direction: "up", status: "done", processed: 45, changed: 45 },
    ]);
  });

  test("it is rolled back although it is evicted again and again, by the command line", { timeout: 120_000 }, async () => {
    const command = lunora("migrate", "rollback", ID, "--url", app.url);
    for (let i = 0; i < 5; i++) {
      await pause(30);
      await app.evict("hibernate").catch(() => {});
    }
    const { code, out } = await command;
    assert.equal(code, 0, out);
    assert.match(out, /notes {2}pending/);
    assert.deepEqual(new Set(await words()), new Set([null]));
    const status = await lunora("migrate", "status", "--url", app.url);
    assert.match(status.out, /2026-11-note-words {2}notes {2}pending/);
    const tried = await lunora("migrate", "run", ID, "--dry-run", "--url", app.url);
    assert.match(tried.out, /would look at 45 rows/);
  });

  test("what cannot be is refused with a code", async () => {
    assert.equal((await operator(app.url, "migrate", {})).json.error.code, "MIGRATION_ID_REQUIRED");
    assert.equal((await operator(app.url, "migrate", { id: "no-such" })).json.error.code, "MIGRATION_NOT_FOUND");
    const stranger = await app.fetch("/_lunora/migrate", { method: "POST", body: JSON.stringify({ id: ID }) });
    assert.equal(stranger.status, 403);
    const { code, out } = await lunora("migrate", "run", "no-such", "--url", app.url);
    assert.equal(code, 2);
    assert.match(out, /MIGRATION_NOT_FOUND/);
  });

  test("a schema under which its rows are lost is refused, and the rows are left alone", async () => {
    const shard = DEFAULT_SHARD;
    const [{ value }] = await app.sqlOf("ShardDO", shard, "SELECT value FROM __lunora_meta WHERE key = 'schema'");
    const schema = JSON.parse(value.split("\n")[0]);
    schema.tables.notes.fields.color = "string";
    await app.sqlOf("ShardDO", shard, "UPDATE __lunora_meta SET value = ? WHERE key = 'schema'", JSON.stringify(schema));
    await app.evict("close");
    const response = await app.fetch("/_lunora/rpc", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ functionPath: "counters:get", args: { name: "x" } }),
    });
    assert.equal(response.status, 503);
    const { error } = await response.json();
    assert.equal(error.code, "SERVICE_UNAVAILABLE");
    assert.match(error.message, /notes\.color is gone.*accept = "drop notes\.color"/);
    delete schema.tables.notes.fields.color;
    await app.sqlOf("ShardDO", shard, "UPDATE __lunora_meta SET value = ? WHERE key = 'schema'", JSON.stringify(schema));
    await app.evict("close");
    assert.equal(await app.rpc.call("counters:get", { name: "x" }), 0);
    assert.equal((await words()).length, 45);
  });
});

describe("a server that is killed between batches", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-migrations-"));
  let server;
  after(async () => {
    await server?.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  test("goes on where it was, and every row once", { timeout: 240_000 }, async () => {
    const port = await freePort();
    server = await DevServer.start(port, directory);
    const headers = { "content-type": "application/json", ...bearer("ann") };
    const call = async (functionPath, args) => {
      const response = await fetch(`${server.url}/_lunora/rpc`, { method: "POST", headers, body: JSON.stringify({ functionPath, args }) });
      return (await response.json()).result;
    };
    for (let i = 0; i < 200; i++) await call("notes:add", { text: `note ${i}` });
    await operator(server.url, "migrate", { id: ID, direction: "down" });
    for (let round = 0; round < 2; round++) {
      await pause(40);
      await server.kill();
      server = await DevServer.start(port, directory);
    }
    const state = await reaches(server.url, "pending", 60_000);
    assert.deepEqual(state.shards.map(({ processed, changed }) => [processed, changed]), [[200, 200]]);
    assert.ok((await call("notes:mine", {})).every((note) => note.words === undefined));
    await operator(server.url, "migrate", { id: ID });
    assert.equal((await reaches(server.url, "done", 60_000)).shards[0].changed, 200);
    assert.ok((await call("notes:mine", {})).every((note) => note.words === 2));
  });
});

describe("the committed snapshot", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-schema-"));
  const file = join(directory, "lunora.schema.json");
  after(() => rmSync(directory, { recursive: true, force: true }));
  const schema = (...more) => lunora("schema", "--file", file, ...more);

  test("of the example is the example's", async () => {
    const { code, out } = await lunora("schema", "--check", "--file", "test-worker/lunora.schema.json");
    assert.equal(code, 0, out);
  });

  test("is written, and checked", async () => {
    assert.equal((await schema("--check")).code, 1);
    assert.equal((await schema()).code, 0);
    assert.equal((await schema("--check")).code, 0);
  });

  test("is not written over when rows would be lost: the command says what to write", async () => {
    const before = JSON.parse(readFileSync(file, "utf8"));
    before.tables.notes.fields.color = "string";
    before.tables.counters.fields.value = "string";
    before.tables.gone = { fields: { a: "string" }, indexes: {} };
    delete before.tables.messages.fields.body;
    before.tables.counters.indexes.by_name = { fields: ["name"] };
    writeFileSync(file, JSON.stringify(before));
    const { code, out } = await schema();
    assert.equal(code, 1);
    assert.match(out, /notes\.color is gone[^\n]*\n[^\n]*@App\(accept = "drop notes\.color"\)/);
    assert.match(out, /gone is gone/);
    assert.match(out, /counters\.value was string and is integer\n[^\n]*@Migration/);
    assert.match(out, /messages\.body is new and required[^\n]*\n[^\n]*Optional/);
    assert.match(out, /counters\.by_name is unique now/);
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), before);
  });

  test("that is no JSON is said to be none", async () => {
    writeFileSync(file, "nonsense");
    const { code, out } = await schema();
    assert.equal(code, 2);
    assert.match(out, /is no snapshot of a schema/);
  });
});
