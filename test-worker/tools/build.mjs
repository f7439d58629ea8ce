// Builds everything that wrangler.jsonc names: the Worker, through Maven, and the page.
//   node test-worker/tools/build.mjs [--target js|wasm] [--if-stale]
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "./run.mjs";

export const root = resolve(fileURLToPath(import.meta.url), "../../..");

/**
 * Compiles the app for a target ("js" or "wasm") and bundles the page. Rejects with what failed.
 * More Maven modules than the example can be named.
 */
export async function build(target, modules = ["test-worker"]) {
  if (target !== "js" && target !== "wasm") {
    throw new Error(`target '${target}': use js or wasm`);
  }
  console.log(`Compiling the Worker to ${target === "js" ? "JavaScript" : "WebAssembly GC"} ...`);
  await run("mvn", ["-q", "-B", "-pl", modules.join(","), "-am", "-DskipTests", `-Dlunora.target=${target}`, "package"], {
    cwd: root,
    hint: "Maven 3.8 or later and a JDK 17 or later have to be on the PATH.",
  });
  await bundlePage(target);
}

/** Completes a build of which Maven's part is done. */
export async function bundlePage(target) {
  console.log("Bundling the page ...");
  await run(process.execPath, ["test-worker/build-site.mjs"], { cwd: root });
  writeFileSync(builtTarget, target);
}

/** The module that wrangler.jsonc names, and which target the build beside it was made for. */
export const workerModule = resolve(root, "test-worker/target/worker/worker.mjs");
const builtTarget = resolve(root, "test-worker/target/worker/target.txt");

const SOURCES = ["pom.xml", "worker-java", "wasm-bridge", "js-shim", "js-client", "test-worker"];
const NOT_SOURCES = new Set(["target", "dist", "node_modules", "bench", "test", "tools", "wrangler", ".wrangler"]);

/** What the last build was for; JavaScript when there was none. */
export function lastTarget() {
  return existsSync(builtTarget) ? readFileSync(builtTarget, "utf8") : "js";
}

/** Whether the build for the target is missing or older than a source. */
export function isStale(target) {
  if (!existsSync(builtTarget) || lastTarget() !== target) return true;
  return newest(SOURCES.map((name) => resolve(root, name))) > statSync(builtTarget).mtimeMs;
}

function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const stats = statSync(path);
    const below = stats.isDirectory()
      ? newest(readdirSync(path).filter((name) => !NOT_SOURCES.has(name)).map((name) => resolve(path, name)))
      : stats.mtimeMs;
    latest = Math.max(latest, below);
  }
  return latest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      target: { type: "string" },
      "if-stale": { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(`node test-worker/tools/build.mjs [--target js|wasm] [--if-stale]

  --target    what the Worker is compiled to; LUNORA_TARGET does the same (js is the default)
  --if-stale  only when a source is newer than the last build (of the same target, unless one is named);
              never when LUNORA_BUILT is set: tests run what was built before them`);
  } else {
    const asked = values.target ?? process.env.LUNORA_TARGET;
    const target = asked ?? (values["if-stale"] ? lastTarget() : "js");
    const wanted = !values["if-stale"] || (process.env.LUNORA_BUILT === undefined && isStale(target));
    if (wanted) await build(target);
  }
}
