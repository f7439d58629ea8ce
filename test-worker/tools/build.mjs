// Builds everything that wrangler.jsonc names: the Worker, through Maven, and the page.
//   node test-worker/tools/build.mjs [--target js|wasm]
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "./run.mjs";

export const root = resolve(fileURLToPath(import.meta.url), "../../..");

/** Compiles the app for a target ("js" or "wasm") and bundles the page. Rejects with what failed. */
export async function build(target) {
  if (target !== "js" && target !== "wasm") {
    throw new Error(`target '${target}': use js or wasm`);
  }
  console.log(`Compiling the Worker to ${target === "js" ? "JavaScript" : "WebAssembly GC"} ...`);
  await run("mvn", ["-q", "-B", "-pl", "test-worker", "-am", "-DskipTests", `-Dlunora.target=${target}`, "package"], {
    cwd: root,
    hint: "Maven 3.8 or later and a JDK 17 or later have to be on the PATH.",
  });
  console.log("Bundling the page ...");
  await run(process.execPath, ["test-worker/build-site.mjs"], { cwd: root });
}

/** The module that wrangler.jsonc names. */
export const workerModule = resolve(root, "test-worker/target/worker/worker.mjs");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      target: { type: "string", default: process.env.LUNORA_TARGET ?? "js" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log("node test-worker/tools/build.mjs [--target js|wasm]   (or LUNORA_TARGET)");
  } else {
    await build(values.target);
    if (!existsSync(workerModule)) {
      throw new Error(`the build wrote no ${workerModule}`);
    }
  }
}
