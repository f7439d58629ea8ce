// What is measured: our Workers for either target and those written by hand, bundled as for a deployment.
import { readFile, mkdir, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../tools/build.mjs";
import { run } from "../tools/run.mjs";

const OUT = resolve(root, "test-worker/target/bench");

/** Where the things of a side of the comparison lie. */
export function directoryOf(name) {
  return join(OUT, name);
}

/** The Workers that a build for a target writes: the example, and the app of the further workloads. */
export function compiled(target) {
  return { example: join(OUT, `${target}-app`, "worker.mjs"), bench: join(OUT, `${target}-further-app`, "worker.mjs") };
}

/** Compiles what is measured for a target: the example, and what the further workloads need if they are run. */
export async function compile(target, { further, minify = true }) {
  const workers = compiled(target);
  const flags = [`-Dlunora.target=${target}`, `-Dworker.directory=${dirname(workers.example)}`, `-Dlunora.minify=${minify}`];
  const modules = ["test-worker"];
  await rm(dirname(workers.example), { recursive: true, force: true });
  if (further) {
    await rm(dirname(workers.bench), { recursive: true, force: true });
    modules.push("test-worker/bench/app");
    flags.push(`-Dbench.target=${target}`, `-Dbench.directory=${dirname(workers.bench)}`);
  }
  await run("mvn", ["-q", "-B", "-pl", modules.join(","), "-am", "-DskipTests", ...flags, "package"], {
    cwd: root,
    hint: "Maven 3.8 or later and a JDK 17 or later have to be on the PATH.",
  });
}

/** The modules that workerd loads: one script and, beside it, what it imports as WebAssembly. */
export async function bundle(entry, name, minify) {
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
    external: ["cloudflare:*", "node:*"],
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
