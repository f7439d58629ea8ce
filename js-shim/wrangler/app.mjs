// Asks a compiled app what it needs of its deployment. That runs the app's main in Node, which only registers things.
import { readFileSync, statSync } from "node:fs";
import module from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "jsonc-parser";
import { ConfigError } from "./document.mjs";

/** The name that stands for the app's module: docs/adr/0014-app-module.md. */
export const APP = "@lunora-java/app";

/** The app's module that a wrangler.jsonc names: by its alias, or beside its entry. */
export function appOf(configFile) {
  const { alias, main } = parse(readFileSync(configFile, "utf8").replace(/^\uFEFF/, "")) ?? {};
  const named = alias?.[APP] ?? (typeof main === "string" ? resolve(dirname(resolve(dirname(configFile), main)), "app.mjs") : undefined);
  if (named === undefined) throw new ConfigError(`${configFile} names no app: it has neither an alias "${APP}" nor a main`);
  return resolve(dirname(configFile), named);
}

/** What the app of a module needs: a list of `{kind, ...}`. Rejects with a ConfigError where there is no such module. */
export async function needsOf(appFile) {
  return JSON.parse((await entryOf(appFile)).needs());
}

/** The entry of a compiled app, once its main has run. */
export async function entryOf(appFile) {
  const modified = statSync(appFile, { throwIfNoEntry: false })?.mtimeMs;
  if (modified === undefined) throw new ConfigError(`${appFile} is not there: build the app first, or name it (--app)`);
  loadWasm();
  // A version of its own for each build, as a server that goes on running asks again.
  const app = await import(`${pathToFileURL(appFile)}?built=${modified}`);
  if (typeof app.WorkerEntry?.needs !== "function") throw new ConfigError(`${appFile} is not a compiled app, or one of an older version`);
  app.main([]);
  return app.WorkerEntry;
}

let hooked = false;

/** Makes `import module from "./app.wasm"` give a compiled module, as wrangler's rules do. */
function loadWasm() {
  if (hooked || module.registerHooks === undefined) return;
  hooked = true;
  module.registerHooks({
    load(url, context, next) {
      if (!url.endsWith("/app.wasm")) return next(url, context);
      const source = `import { readFileSync } from "node:fs";
export default new WebAssembly.Module(readFileSync(new URL(${JSON.stringify(url)})));`;
      return { format: "module", shortCircuit: true, source };
    },
  });
}
