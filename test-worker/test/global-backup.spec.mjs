// Global tables in the nightly backup, and back: D1's rows are the last lines of a snapshot, and a restore is one batch.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { secret } from "../tools/token.mjs";
import { root, servedApp } from "./support/harness.mjs";

const ADMIN = secret(root, "LUNORA_ADMIN_TOKEN");
const directory = mkdtempSync(join(tmpdir(), "lunora-global-backup-"));
const app = servedApp();
after(() => rmSync(directory, { recursive: true, force: true }));

async function admin(method, path, body) {
  const headers = { authorization: `Bearer ${ADMIN}` };
  const response = await fetch(`${app.url}/_lunora/admin/${path}`, { method, headers, body: typeof body === "object" ? JSON.stringify(body) : body });
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith("{") ? JSON.parse(text.split("\n")[0]) : undefined };
}

const lunora = (...args) =>
  new Promise((resolve) => {
    const env = { ...process.env, LUNORA_ADMIN_TOKEN: ADMIN, LUNORA_URL: app.url };
    execFile(process.execPath, [join(root, "js-shim/wrangler/cli.mjs"), ...args], { env }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, text: stdout + stderr }));
  });

const profiles = () => app.rpc.call("profiles:list", {});
const put = (name, bio) => app.rpc.call("profiles:put", { name, bio });
const file = join(directory, "snapshot.ndjson");
let then;

test("a snapshot ends in the global rows, and its manifest counts them", { timeout: 60_000 }, async () => {
  for (let i = 0; i < 60; i++) await put(`p${i}`, `é"\\ ${"x".repeat(i * 40)}`);
  await app.rpc.call("messages:send", { channel: "backup", author: "ann", body: "hello" });
  then = await profiles();
  const { code, text } = await lunora("backup", "create", "--out", file);
  assert.equal(code, 0, text);
  const manifest = JSON.parse(readFileSync(`${file}.manifest.json`, "utf8"));
  const content = readFileSync(file);
  assert.equal(manifest.sha256, createHash("sha256").update(content).digest("hex"));
  const lines = content.toString().trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.length, manifest.rows);
  assert.equal(manifest.global.rows, 60);
  assert.match(manifest.global.bookmark, /^[0-9a-z-]{1,200}$/i);
  const last = lines.slice(-60);
  assert.deepEqual(new Set(last.map(({ table }) => table)), new Set(["profiles"]));
  assert.deepEqual(last.map(({ doc }) => doc).sort((a, b) => a.name.localeCompare(b.name)), [...then].sort((a, b) => a.name.localeCompare(b.name)));
});

test("onto rows it is refused unless it is told to replace them; then all is as it was", { timeout: 60_000 }, async () => {
  const refused = await lunora("backup", "restore", file);
  assert.notEqual(refused.code, 0);
  assert.match(refused.text, /409 CONFLICT/);
  await put("p1", "changed");
  await put("later", "is not in it");
  const dry = await lunora("backup", "restore", file, "--replace", "--dry-run");
  assert.equal(dry.code, 0, dry.text);
  assert.equal((await profiles()).length, 61);
  const done = await lunora("backup", "restore", file, "--replace");
  assert.equal(done.code, 0, done.text);
  assert.match(done.text, /profiles 60/);
  assert.deepEqual(await profiles(), then);
});

test("an import of rows: existing ids are skipped, bad ones named, a broken unique index changes nothing", async () => {
  const line = (doc) => `${JSON.stringify({ table: "profiles", doc })}\n`;
  const known = then[0];
  const socket = await app.connect();
  const { id } = await socket.subscribe("profiles:list", {});
  const mixed = await admin("POST", "import", line(known) + line({ name: "new", bio: "n" }) + line({ name: 7 }));
  assert.equal(mixed.status, 200, mixed.text);
  assert.deepEqual([mixed.json.received, mixed.json.inserted, mixed.json.conflicts], [3, { profiles: 1 }, 1]);
  assert.deepEqual(mixed.json.errors.map(({ code, line: number, table }) => [code, number, table]), [["BAD_ROW", 3, "profiles"]]);
  const broken = await admin("POST", "import", line({ name: "fresh", bio: "" }) + line({ name: known.name, bio: "" }));
  assert.equal(broken.status, 207);
  assert.equal((await profiles()).length, 61);
  const all = await admin("POST", "import?mode=replace", line({ name: "only", bio: "one" }));
  assert.deepEqual([all.json.inserted, all.json.deleted], [{ profiles: 1 }, 61]);
  assert.deepEqual((await profiles()).map(({ name }) => name), ["only"]);
  // Who watches hears of both imports that changed something.
  await socket.frame((frame) => frame.id === id && frame.type === "data" && frame.data.length === 61, "the import of a row");
  await socket.frame((frame) => frame.id === id && frame.type === "data" && frame.data.length === 1, "the import that replaces");
});

test("an edited file is refused before the first row", async () => {
  const edited = join(directory, "edited.ndjson");
  writeFileSync(edited, readFileSync(file, "utf8").replace("p1", "q1"));
  writeFileSync(`${edited}.manifest.json`, readFileSync(`${file}.manifest.json`));
  const { code, text } = await lunora("backup", "restore", edited, "--replace");
  assert.notEqual(code, 0);
  assert.match(text, /SHA-256/);
  assert.deepEqual((await profiles()).map(({ name }) => name), ["only"]);
});

test("an export of the table alone is its rows", async () => {
  const { text } = await admin("POST", "export", { tables: ["profiles"] });
  assert.deepEqual(text.trimEnd().split("\n").map((each) => JSON.parse(each)), (await profiles()).map((doc) => ({ table: "profiles", doc })));
});

test("a commit whose answer was lost is answered as it was", async () => {
  const session = "lost-answer";
  const line = `${JSON.stringify({ table: "profiles", doc: { name: "anew", bio: "b" } })}\n`;
  const staged = await admin("POST", `import?mode=replace&stage=${session}&tables=profiles`, line);
  assert.equal(staged.status, 200, staged.text);
  const done = await admin("POST", "import/commit", { session });
  assert.equal(done.status, 200, done.text);
  assert.deepEqual([done.json.result.inserted, done.json.result.deleted], [{ profiles: 1 }, 1]);
  const rows = await profiles();
  const again = await admin("POST", "import/commit", { session });
  assert.deepEqual([again.status, again.json], [200, done.json]);
  assert.deepEqual(await profiles(), rows);
  assert.equal((await admin("POST", "import/commit", { session: "nobody-knows" })).status, 404);
});
