// The alias of docs/adr/0014-app-module.md in Vite's bundler, as a framework's own Cloudflare adapter uses it: the bundle
// runs on workerd as it is. That it works in wrangler's esbuild is what every other spec of the fixtures shows.
import assert from "node:assert/strict";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { build } from "vite";
import { servedWorker } from "./support/edge-worker.mjs";
import { root } from "./support/harness.mjs";

const fixtures = join(root, "test-worker/test/fixtures/edge");
const app = join(root, "test-worker/target/worker/app.mjs");
const out = join(root, "test-worker/target/vite");

describe("bundled by Vite", () => {
  before(async () => {
    await build({
      root: fixtures,
      configFile: false,
      logLevel: "warn",
      resolve: { alias: { "@lunora-java/app": app } },
      ssr: { noExternal: true, target: "webworker" },
      build: {
        ssr: join(fixtures, "seed-000.ts"),
        outDir: out,
        emptyOutDir: true,
        rollupOptions: { external: [/^cloudflare:/, /\.wasm$/, /^node:/], output: { entryFileNames: "worker.mjs" } },
      },
    });
    const wasm = app.replace(/\.mjs$/, ".wasm");
    if (existsSync(wasm)) copyFileSync(wasm, join(out, "app.wasm"));
  });

  const worker = servedWorker(join("../../../target/vite", "worker.mjs"), { alias: {} });

  test("calls and pages", async () => {
    assert.equal((await worker.call("system:ping")).json.result, "pong");
    assert.equal((await worker.fetch("/about")).text, "<p>page /about</p>");
  });
});
