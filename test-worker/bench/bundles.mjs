// What is measured: our Worker for either target and the baseline, bundled as for a deployment.
import { readFile, mkdir, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../tools/build.mjs";
import { run } from "../tools/run.mjs";

const OUT = resolve(root, "test-worker/target/bench");
const BASELINE = fileURLToPath(new URL("baseline/worker.mjs", import.meta.url));

/** Where the things of a side of the comparison lie. */
export function directoryOf(name) {
  return join(OUT, name);
}

/** Compiles the app for a target; gives its modules, bundled. */
export async function ours(target, { minify = true } = {}) {
  const compiled = join(OUT, `${target}-app`);
  await rm(compiled, { recursive: true, force: true });
  const flags = [`-Dlunora.target=${target}`, `-Dworker.directory=${compiled}`, `-Dlunora.minify=${minify}`];
  await run("mvn", ["-q", "-B", "-pl", "test-worker", "-am", "-DskipTests", ...flags, "package"], {
    cwd: root,
    hint: "Maven 3.8 or later and a JDK 17 or later have to be on the PATH.",
  });
  return bundle(join(compiled, "worker.mjs"), target, minify);
}

/** The modules of the hand-written Worker, bundled. */
export function baseline({ minify = true } = {}) {
  return bundle(BASELINE, "baseline", minify);
}

/** The modules that workerd loads: one script and, beside it, what it imports as WebAssembly. */
async function bundle(entry, name, minify) {
  const outfile = join(OUT, name, "worker.mjs");
  await mkdir(join(OUT, name), { recursive: true });
  const wasm = [];
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:*"],
    logLevel: "warning",
    plugins: [
      {
        name: "wasm",
        setup(step) {
          step.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
            wasm.push({ name: basename(path), kind: "wasm", path: resolve(resolveDir, path) });
            return { path: `./${basename(path)}`, external: true };
          });
        },
      },
    ],
  });
  return [{ name: "worker.mjs", kind: "esModule", path: outfile }, ...wasm];
}

/** The date that wrangler.jsonc sets. */
export async function compatibilityDate() {
  const config = await readFile(resolve(root, "wrangler.jsonc"), "utf8");
  return /"compatibility_date": *"([^"]+)"/.exec(config)[1];
}

/** The size of all modules together, in bytes. */
export async function sizes(modules) {
  let raw = 0;
  let gzip = 0;
  for (const { path } of modules) {
    const bytes = await readFile(path);
    raw += bytes.length;
    gzip += gzipSync(bytes, { level: 9 }).length;
  }
  return { raw, gzip };
}
