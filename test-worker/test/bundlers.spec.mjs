// The alias of docs/adr/0014-app-module.md in Vite's bundler, as a framework's own Cloudflare adapter uses it: the bundle
// runs on workerd as it is. That it works in wrangler's esbuild is what every other spec of the fixtures shows.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { build } from "vite";
import { servedWorker } from "./support/edge-worker.mjs";
import { root, target } from "./support/harness.mjs";

const fixtures = join(root, "test-worker/test/fixtures/edge");
const app = join(root, "test-worker/target/worker/app.mjs");
const out = join(root, "test-worker/target/vite");

// Seen with Vite 8.3.8: it rewrites the path of the module that is left outside of the bundle to one that leads nowhere.
const noWasm = target === "wasm" && "the WebAssembly module needs Cloudflare's Vite plugin, which is not part of this build";

describe("bundled by Vite", { skip: noWasm }, () => {
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
        rollupOptions: { external: [/^cloudflare:/, /^node:/], output: { entryFileNames: "worker.mjs" } },
      },
    });
  });

  const worker = servedWorker(join("../../../target/vite", "worker.mjs"), { alias: {} });

  test("calls and pages", async () => {
    assert.equal((await worker.call("system:ping")).json.result, "pong");
    assert.equal((await worker.fetch("/about")).text, "<p>page /about</p>");
  });
});
