// `npx lunora wrangler` with the compiled app: our own configurations have what it needs, and wrangler takes what is written.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { needsOf, reconcileFile } from "@lunora-java/worker/wrangler";
import { lunora } from "@lunora-java/worker/vite";
import { resolveConfig } from "vite";
import { unstable_readConfig } from "wrangler";
import { root } from "./support/harness.mjs";

const app = join(root, "test-worker/target/worker/app.mjs");
const command = join(root, "js-shim/wrangler/cli.mjs");

/** Runs the command: its exit code and what it said. */
const run = (...args) =>
  new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: root }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, text: stdout + stderr }));
  });

test("the app tells what it needs", async () => {
  const needs = await needsOf(app);
  assert.deepEqual(needs[0], { kind: "object", binding: "SHARD", class: "ShardDO" });
  assert.ok(needs.some(({ binding }) => binding === "SCHEDULER"));
});

for (const config of ["wrangler.jsonc", "examples/two-workers/app/wrangler.jsonc", "examples/two-workers/backend/wrangler.jsonc"]) {
  test(`${config} has what the app needs`, async () => {
    const { code, text } = await run("wrangler", "--check", "--config", config);
    assert.equal(code, 0, text);
  });
}

test("the migrations of the global tables are all written", async () => {
  const { code, text } = await run("d1", "--check");
  assert.equal(code, 0, text);
});

describe("a file of its own", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-wrangler-"));
  const file = join(directory, "wrangler.jsonc");
  const begun = `{\n  // The name.\n  "name": "chat",\n  "main": "worker.mjs",\n  "compatibility_date": "2026-10-01",\n}\n`;
  const flags = ["--config", file, "--app", app];
  const read = () => readFileSync(file, "utf8");
  const bare = (more = {}) => lunora({ app, config: file, ...more });
  const resolved = (plugin, kind) => resolveConfig({ root: directory, configFile: false, logLevel: "silent", plugins: [plugin] }, kind);

  before(() => {
    writeFileSync(file, begun);
    writeFileSync(join(directory, "worker.mjs"), "export default {};\n");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  test("--check and --framework show the difference, fail and write nothing", async () => {
    for (const flag of ["--check", "--framework"]) {
      const { code, text } = await run("wrangler", flag, ...flags);
      assert.equal(code, 1);
      assert.match(text, /durable_objects\.bindings\n    \+ \{ "name": "SHARD", "class_name": "ShardDO" \}/);
      assert.equal(read(), begun);
    }
  });

  test("Vite beside a framework: a build fails, a server starts", async () => {
    await assert.rejects(resolved(bare({ cloudflare: false }), "build"), /lacks:/);
    const { resolve } = await resolved(bare({ cloudflare: false }), "serve");
    assert.ok(resolve.alias.some(({ find, replacement }) => find === "@lunora-java/app" && replacement === app));
    assert.equal(read(), begun);
  });

  test("Vite alone completes it, and wrangler reads it", async () => {
    await resolved(bare(), "build");
    assert.ok(read().startsWith(begun.slice(0, -3)), read());
    const config = unstable_readConfig({ config: file });
    assert.ok(config.durable_objects.bindings.some(({ name }) => name === "SHARD"));
    assert.ok(config.migrations[0].new_sqlite_classes.includes("ShardDO"));
  });

  test("the command then has nothing to do, and neither has a framework's build", async () => {
    const completed = read();
    assert.equal((await run("wrangler", ...flags)).code, 0);
    assert.equal((await run("wrangler", "--framework", ...flags)).code, 0);
    await resolved(bare({ cloudflare: false }), "build");
    assert.equal(read(), completed);
  });

  test("a contradiction is refused by all of them", async () => {
    writeFileSync(file, '{ "durable_objects": { "bindings": [{ "name": "SHARD", "class_name": "Mine" }] } }');
    const refused = read();
    const { code, text } = await run("wrangler", ...flags);
    assert.equal(code, 1);
    assert.match(text, /SHARD is of class Mine/);
    await assert.rejects(resolved(bare(), "build"), /SHARD is of class Mine/);
    assert.equal(read(), refused);
  });

  test("what is not there is named", async () => {
    const nowhere = join(directory, "no.jsonc");
    await assert.rejects(reconcileFile({ config: nowhere, app }), /no\.jsonc is not there/);
    await assert.rejects(reconcileFile({ config: file, app: join(directory, "app.mjs") }), /build the app first/);
    writeFileSync(join(directory, "wrangler.toml"), "");
    await assert.rejects(reconcileFile({ config: nowhere, app }), /wrangler\.toml is not read/);
    assert.deepEqual(await run("wrangler", "--config", nowhere).then(({ code }) => code), 2);
    assert.deepEqual(await run("deploy").then(({ code }) => code), 2);
    assert.deepEqual(await run("wrangler", "--chekc").then(({ code }) => code), 2);
  });
});
