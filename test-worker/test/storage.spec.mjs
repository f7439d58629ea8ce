// Files in R2: URLs that the functions of the example give, uploads and downloads by them, deletes after the commit.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ADMIN_VARIABLE, secret, STORAGE_VARIABLE } from "../tools/token.mjs";
import { refusal } from "./support/rpc.mjs";
import { root, servedApp } from "./support/harness.mjs";

// Made before wrangler reads the file that it is in.
secret(root, STORAGE_VARIABLE);
secret(root, ADMIN_VARIABLE);

const app = servedApp();
const DEADLINE_MS = 10_000;

const PICTURE = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 251);
const PNG = { "content-type": "image/png" };

async function upload(name, bytes = PICTURE, contentType = "image/png") {
  const url = await app.rpc.call("files:uploadUrl", { name, contentType, size: bytes.length });
  assert.match(url, /[?&]sig=/);
  const response = await fetch(url, { method: "PUT", body: bytes, headers: { "content-type": contentType } });
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

const urlOf = (name) => app.rpc.call("files:downloadUrl", { name });

async function refused(response, status, code) {
  const text = await response.text();
  refusal({ status: response.status, text, json: JSON.parse(text) }, status, code);
}

test("what was uploaded is downloaded, byte for byte", async () => {
  const stored = await upload("a picture");
  assert.equal(stored.size, PICTURE.length);
  const url = await urlOf("a picture");
  assert.equal(new URL(url).origin, app.url);
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "image/png");
  assert.equal(response.headers.get("content-disposition"), "inline");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), PICTURE);
});

test("a file may be larger than a call", async () => {
  const large = new Uint8Array(3_000_000).fill(7);
  await upload("large", large);
  const response = await fetch(await urlOf("large"));
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), large);
});

test("a page that somebody uploads is saved, not shown", async () => {
  await upload("a page", new TextEncoder().encode("<script>alert(1)</script>"), "text/html");
  const response = await fetch(await urlOf("a page"));
  assert.equal(response.headers.get("content-disposition"), "attachment");
  await response.arrayBuffer();
});

test("ranges", async () => {
  await upload("ranges");
  const url = await urlOf("ranges");
  for (const [range, from, to] of [["bytes=0-0", 0, 1], ["bytes=5-99", 5, 100], ["bytes=99990-", 99_990, 100_000], ["bytes=-7", 99_993, 100_000]]) {
    const response = await fetch(url, { headers: { range } });
    assert.equal(response.status, 206, range);
    assert.equal(response.headers.get("content-range"), `bytes ${from}-${to - 1}/100000`);
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), PICTURE.slice(from, to), range);
  }
  const beyond = await fetch(url, { headers: { range: "bytes=100000-" } });
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers.get("content-range"), "bytes */100000");
  const head = await fetch(url, { method: "HEAD" });
  assert.equal(head.status, 200);
});

test("an upload that is not what was announced stores nothing", async () => {
  const url = await app.rpc.call("files:uploadUrl", { name: "pinned", contentType: "image/png", size: 10 });
  const put = (body, headers = PNG, to = url) => fetch(to, { method: "PUT", body, headers });
  await refused(await put("0123456789x"), 400, "INVALID_INPUT");
  await refused(await put("012345678"), 400, "INVALID_INPUT");
  await refused(await put("0123456789", { "content-type": "text/html" }), 400, "INVALID_INPUT");
  await refused(await put("0123456789x", PNG, url.replace("size=10", "size=11")), 403, "FORBIDDEN");
  await refused(await fetch(await urlOf("pinned")), 404, "STORAGE_OBJECT_NOT_FOUND");
  assert.equal((await put("0123456789")).status, 200);
});

test("a URL allows its method on its object, and nothing else", async () => {
  await upload("mine");
  await upload("other");
  const url = await urlOf("mine");
  const other = new URL(await urlOf("other"));
  const path = new URL(url);
  path.pathname = other.pathname;
  for (const forged of [path.href, url.replace(/sig=.{4}/, "sig=AAAA"), url.replace(/exp=\d+/, "exp=9999999999"), url.replace(/[?].*/, "")]) {
    await refused(await fetch(forged), 403, "FORBIDDEN");
  }
  await refused(await fetch(url, { method: "PUT", body: "x", headers: PNG }), 403, "FORBIDDEN");
  await refused(await fetch(url, { method: "DELETE" }), 403, "FORBIDDEN");
});

test("a removal that fails deletes nothing; one that does not deletes the object too", async () => {
  await upload("to go");
  const url = await urlOf("to go");
  await app.rpc.fails(409, "CONFLICT", "files:remove", { name: "to go", fail: true });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const still = await fetch(await urlOf("to go"));
  assert.equal(still.status, 200);
  await still.arrayBuffer();
  await app.rpc.call("files:remove", { name: "to go" });
  await app.rpc.fails(404, "NOT_FOUND", "files:downloadUrl", { name: "to go" });
  const deadline = Date.now() + DEADLINE_MS;
  let response = await fetch(url);
  while (response.status === 200 && Date.now() < deadline) {
    await response.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    response = await fetch(url);
  }
  await refused(response, 404, "STORAGE_OBJECT_NOT_FOUND");
  await app.rpc.fails(404, "NOT_FOUND", "files:remove", { name: "to go" });
});

describe("the sweep", () => {
  const DAY_MS = 86_400_000;
  const operator = { authorization: `Bearer ${secret(root, ADMIN_VARIABLE)}` };
  const registry = (sql, ...params) => app.sqlOf("ShardRegistryDO", "__lunora_shard_registry__", sql, ...params);
  const rows = () => registry("SELECT key, state, size, content_type FROM __lunora_file ORDER BY key");
  const sweep = async (body) => {
    const response = await app.fetch("/_lunora/admin/storage/sweep", { method: "POST", headers: operator, body: JSON.stringify(body) });
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  };
  // The trigger's time is what ages are counted from: this one is due in nine days.
  const fire = async () => assert.equal((await app.scheduled("0 5 * * *", new Date(Date.now() + 9 * DAY_MS))).outcome, "ok");
  const keyOf = (url) => decodeURIComponent(new URL(url).pathname).replace("/_lunora/storage/", "");
  const announced = (name) => app.rpc.call("files:uploadUrl", { name, contentType: "image/png", size: PICTURE.length });

  test("an upload is a row that is awaited, stored, and gone with its object", async () => {
    const url = await announced("a row");
    const row = async () => (await rows()).find(({ key }) => key === keyOf(url));
    assert.deepEqual(await row(), { key: keyOf(url), state: "awaited", size: PICTURE.length, content_type: "image/png" });
    assert.equal((await fetch(url, { method: "PUT", body: PICTURE, headers: PNG })).status, 200);
    assert.equal((await row()).state, "stored");
    const listed = await (await app.fetch("/_lunora/admin/storage/files?limit=1000", { headers: operator })).json();
    const shown = listed.files.find(({ key }) => key === keyOf(url));
    assert.equal(shown.state, "stored");
    assert.ok(shown.etag.length > 0 && shown.uploaded >= shown.announced, JSON.stringify(shown));
    await app.rpc.call("files:remove", { name: "a row" });
    const deadline = Date.now() + DEADLINE_MS;
    while ((await row()) !== undefined && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await row(), undefined);
  });

  test("deletes what nothing names, and only that", async () => {
    const bucket = await app.binding("FILES");
    const has = async (key) => (await bucket.head(key)) !== null;
    await upload("kept");
    const kept = keyOf(await urlOf("kept"));
    const named = keyOf(await announced("only the app knows it"));
    await registry("DELETE FROM __lunora_file WHERE key = ?", named);
    const never = keyOf(await announced("never came"));
    const direct = keyOf(await announced("came straight"));
    for (const key of [named, direct, "files/orphan", "elsewhere/orphan"]) await bucket.put(key, "bytes");

    // Nothing is older than the rows and the week for which URLs of before are good.
    await fire();
    assert.ok(await has("files/orphan"));
    await registry("UPDATE __lunora_file_sweep SET since = 0");
    // Nothing is a day old.
    const young = await sweep({ dryRun: false });
    assert.equal(young.deleted, 0);
    assert.equal(young.young, young.listed);
    assert.ok(await has("files/orphan"));

    const operate = (name) => app.rpc.post(JSON.stringify({ functionPath: `__lunora_admin__:${name}`, args: {} }), operator);
    const shown = await operate("storageOrphans");
    assert.deepEqual([shown.status, shown.json.result], [200, { orphans: [] }], shown.text);
    const { files } = (await operate("storageReferences")).json.result;
    assert.ok(files.some(({ key, state }) => key === kept && state === "stored"));

    await fire();
    assert.ok(!(await has("files/orphan")));
    for (const key of [kept, named, direct, "elsewhere/orphan"]) assert.ok(await has(key), key);
    const states = Object.fromEntries((await rows()).map(({ key, state }) => [key, state]));
    assert.equal(states[kept], "stored");
    assert.equal(states[direct], "stored");
    assert.equal(states[never], undefined);
    assert.ok(!Object.values(states).includes("doomed"));
    const picture = await fetch(await urlOf("kept"));
    assert.deepEqual(new Uint8Array(await picture.arrayBuffer()), PICTURE);
  });

  test("a run without a token is refused, and one that is asked for nothing else only counts", async () => {
    const response = await app.fetch("/_lunora/admin/storage/sweep", { method: "POST", body: "{}" });
    await refused(response, 403, "ADMIN_FORBIDDEN");
    const dry = await sweep({});
    assert.equal(dry.dryRun, true);
    assert.equal(dry.deleted, 0);
  });
});

test("what cannot be is refused", async () => {
  const ask = (args) => app.rpc.fails(400, "VALIDATION_ERROR", "files:uploadUrl", { name: "n", contentType: "image/png", size: 1, ...args });
  await ask({ size: 0 });
  await ask({ size: 1e9 });
  await ask({ contentType: "" });
  await ask({ contentType: "text/plain\nGET" });
  await ask({ name: "" });
});
