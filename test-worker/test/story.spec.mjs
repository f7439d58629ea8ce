// One story of everything outside the shards: a picture, messages in three shards, a job, a queue, a nightly backup, a crash,
// a shard that is lost and comes back from the bucket. Every count and byte agrees.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { secret, STORAGE_VARIABLE, token } from "../tools/token.mjs";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { root } from "./support/harness.mjs";

secret(root);
secret(root, STORAGE_VARIABLE);

const ADMIN = randomBytes(32).toString("base64url");
const SHARDS = ["__root__", "red", "blue"];
const PICTURE = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 251);
const directory = mkdtempSync(join(tmpdir(), "lunora-story-"));
const bearer = `Bearer ${token({ user: "ann", role: "admin" })}`;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let port;
let server;

const start = async () => (server = await DevServer.start(port, directory, { flags: ["--var", `LUNORA_ADMIN_TOKEN:${ADMIN}`] }));

before(async () => {
  port = await freePort();
  await start();
}, { timeout: 90_000 });
after(async () => {
  await server?.kill();
  rmSync(directory, { recursive: true, force: true });
});

async function call(functionPath, args, shardKey) {
  const response = await fetch(`${server.url}/_lunora/rpc`, {
    method: "POST",
    headers: { authorization: bearer, "content-type": "application/json" },
    body: JSON.stringify({ functionPath, args, ...(shardKey && shardKey !== "__root__" && { shardKey }) }),
  });
  const body = await response.json();
  assert.equal(response.status, 200, `${functionPath}: ${JSON.stringify(body)}`);
  return body.result;
}

async function admin(method, path, body) {
  const response = await fetch(`${server.url}/_lunora/admin/${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN}` },
    body: typeof body === "object" ? JSON.stringify(body) : body,
  });
  return { status: response.status, text: await response.text() };
}

/** Runs the command: its exit code and what it said. */
const lunora = (...args) =>
  new Promise((resolve) => {
    const env = { ...process.env, LUNORA_ADMIN_TOKEN: ADMIN, LUNORA_URL: server.url };
    execFile(process.execPath, [join(root, "js-shim/wrangler/cli.mjs"), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, text: stdout + stderr }),
    );
  });

async function eventually(what, expected, withinMs = 30_000) {
  const deadline = Date.now() + withinMs;
  let seen;
  do {
    seen = await what();
    if (seen === expected) return;
    await pause(100);
  } while (Date.now() < deadline);
  assert.equal(seen, expected);
}

const messages = (shard) => call("messages:list", { channel: "story", limit: 200 }, shard);
const counter = (name) => call("counters:get", { name });
const manifests = async () => JSON.parse((await admin("GET", "backups")).text).backups.map(({ manifest }) => manifest);

/** What everybody sees: all rows of all shards, the counters, the picture. */
async function everything() {
  const picture = await fetch(await call("files:downloadUrl", { name: "picture" }));
  return {
    messages: Object.fromEntries(await Promise.all(SHARDS.map(async (shard) => [shard, await messages(shard)]))),
    counters: [await counter("job"), await counter("queue")],
    picture: createHash("sha256").update(new Uint8Array(await picture.arrayBuffer())).digest("hex"),
  };
}

let then;
let snapshot;

test("a busy day, and the backup of the night", { timeout: 120_000 }, async () => {
  const url = await call("files:uploadUrl", { name: "picture", contentType: "image/png", size: PICTURE.length });
  assert.equal((await fetch(url, { method: "PUT", body: PICTURE, headers: { "content-type": "image/png" } })).status, 200);
  for (const shard of SHARDS) {
    for (let i = 0; i < 25; i++) await call("messages:send", { channel: "story", author: "ann", body: `é${shard} ${i}` }, shard);
  }
  await call("jobs:later", { key: "job", delayMs: 300, failTimes: 1 });
  await call("jobs:enqueue", { key: "queue" });
  await eventually(() => counter("job"), 1);
  await eventually(() => counter("queue"), 1);
  then = await everything();
  assert.equal(then.picture, createHash("sha256").update(PICTURE).digest("hex"));

  const fired = await fetch(`${server.url}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent("0 3 * * *")}&time=1780315200000`);
  assert.equal(fired.status, 200, await fired.text());
  await eventually(async () => (await manifests()).length, 1);
  [snapshot] = (await manifests()).map((key) => key.replace(/\.manifest\.json$/, ""));
  assert.match(snapshot, /^backups\/lunora-backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.ndjson$/);
});

test("what is in the bucket is what the manifest says", async () => {
  const object = (key) => admin("GET", `backup/object?key=${encodeURIComponent(key)}`);
  const manifest = JSON.parse((await object(`${snapshot}.manifest.json`)).text);
  const { text } = await object(snapshot);
  assert.equal(Buffer.byteLength(text), manifest.bytes);
  assert.equal(createHash("sha256").update(text).digest("hex"), manifest.sha256);
  const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.length, manifest.rows);
  assert.equal(lines.filter(({ table }) => table === "messages").length, 75);
  assert.equal(manifest.cron, "0 3 * * *");
  assert.deepEqual(manifest.shards.map(({ shardKey }) => shardKey).sort(), [...SHARDS].sort());
  for (const { shardKey, rows, position, epoch } of manifest.shards) {
    assert.ok(rows >= 25 && position >= rows && epoch.length === 36, shardKey);
  }
});

test("after kill -9 everything is there", { timeout: 120_000 }, async () => {
  await server.kill();
  await start();
  assert.deepEqual(await everything(), then);
});

test("an edited, a cut and a foreign file are refused before the first row", { timeout: 60_000 }, async () => {
  const file = join(directory, "copy.ndjson");
  const { code, text } = await lunora("backup", "create", "--out", file);
  assert.equal(code, 0, text);
  const whole = readFileSync(file);
  for (const [what, bytes, told] of [
    ["edited", Buffer.from(whole.toString().replace("red 3", "red 4")), /another SHA-256/],
    ["cut", whole.subarray(0, whole.length - 10), /bytes and its manifest says/],
  ]) {
    writeFileSync(file, bytes);
    const refused = await lunora("backup", "restore", file, "--replace");
    assert.equal(refused.code, 2, `${what}: ${refused.text}`);
    assert.match(refused.text, told);
  }
  writeFileSync(file, whole);
  const full = await lunora("backup", "restore", file);
  assert.equal(full.code, 2, full.text);
  assert.match(full.text, /CONFLICT.*has rows/);
  rmSync(`${file}.manifest.json`);
  const bare = await lunora("backup", "restore", file, "--replace");
  assert.match(bare.text, /no manifest/);
  assert.deepEqual(await everything(), then, "nothing was changed");
});

test("a shard that is lost comes back from the bucket", { timeout: 60_000 }, async () => {
  for (const { _id: id } of await messages("red")) await call("messages:remove", { id }, "red");
  await call("messages:send", { channel: "story", author: "eve", body: "not in the backup" }, "blue");
  assert.equal((await messages("red")).length, 0);
  const dry = await lunora("backup", "restore", snapshot, "--replace", "--dry-run");
  assert.equal(dry.code, 0, dry.text);
  assert.equal((await messages("red")).length, 0);
  const { code, text } = await lunora("backup", "restore", snapshot, "--replace");
  assert.equal(code, 0, text);
  assert.match(text, /messages 75/);
  assert.deepEqual(await everything(), then);
  const exported = await lunora("export", "--tables", "messages");
  assert.equal(exported.text.trimEnd().split("\n").length, 75);
});

test("the log leads to any time after the snapshot", { timeout: 60_000 }, async () => {
  const file = join(directory, "later.ndjson");
  assert.equal((await lunora("backup", "create", "--out", file)).code, 0);
  await call("messages:send", { channel: "story", author: "ann", body: "kept" }, "red");
  const at = new Date().toISOString();
  const kept = await messages("red");
  await pause(20);
  await call("messages:send", { channel: "story", author: "eve", body: "undone" }, "red");
  const { code, text } = await lunora("backup", "restore", file, "--replace", "--to", at);
  assert.equal(code, 0, text);
  assert.deepEqual(await messages("red"), kept);
  const again = await lunora("backup", "restore", file, "--replace", "--to", at);
  assert.match(again.text, /PITR_UNAVAILABLE/, "the timeline is another one now");
});

test("import tells what it could not take", async () => {
  const file = join(directory, "rows.ndjson");
  const row = (doc, table = "counters") => `${JSON.stringify({ table, doc })}\n`;
  writeFileSync(file, row({ _id: "c1", name: "imported", value: 5 }));
  appendFileSync(file, row({ name: 7 }) + "no json\n" + row({}, "nothing"));
  const { code, text } = await lunora("import", file);
  assert.equal(code, 2);
  assert.match(text, /counters 1/);
  for (const line of ["line 2", "line 3", "line 4"]) assert.match(text, new RegExp(line));
  assert.equal(await counter("imported"), 5);
  const again = JSON.parse((await admin("POST", "import", row({ _id: "c1", name: "imported", value: 6 }))).text);
  assert.deepEqual([again.received, again.inserted, again.conflicts], [1, {}, 1]);
  assert.equal((await admin("POST", "import/commit", { session: "of nobody" })).status, 404);
});

test("without the token nobody exports", async () => {
  const response = await fetch(`${server.url}/_lunora/admin/export`, { method: "POST" });
  assert.equal(response.status, 403);
  await response.text();
});
