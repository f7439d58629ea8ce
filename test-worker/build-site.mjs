// Builds the chat page into target/site: compiles js-client, type-checks the page, bundles it and copies the rest.
// Needs no network; run it from anywhere with `node test-worker/build-site.mjs`.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const client = join(here, "..", "js-client");
const site = join(here, "src", "main", "site");
const output = join(here, "target", "site");
const STATIC_FILES = ["index.html", "moon.svg", "_headers"];

/** Runs the TypeScript compiler js-client pins, wherever npm placed it. */
function compile(project) {
  const manifest = createRequire(join(client, "package.json")).resolve("typescript/package.json");
  const run = spawnSync(process.execPath, [join(dirname(manifest), "bin", "tsc"), "-p", project], { stdio: "inherit" });
  if (run.error) throw run.error;
  if (run.status !== 0) process.exit(run.status ?? 1);
}

compile(client);
compile(site);
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
await build({
  entryPoints: [join(site, "chat.ts"), join(site, "chat.css")],
  outdir: output,
  bundle: true,
  format: "esm",
  target: ["es2023", "chrome120", "firefox121", "safari17"],
  minify: true,
  sourcemap: true,
  alias: { "@lunora-java/client": join(client, "dist", "index.js") },
  logLevel: "warning",
});
for (const file of STATIC_FILES) cpSync(join(site, file), join(output, file));
console.log(`site built: ${output}`);
