// The library call: a wrangler.jsonc on disk and the app that it deploys.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { appOf, needsOf } from "./app.mjs";
import { ConfigError } from "./document.mjs";
import { reconcile } from "./reconcile.mjs";

export { ConfigError, needsOf, reconcile };
export { schemaFile } from "./schema.mjs";

/** Compares a file with its app; with `write`, completes it. Rejects with a ConfigError where either is not there. */
export async function reconcileFile({ config = "wrangler.jsonc", app, write = false } = {}) {
  const file = resolve(config);
  if (!existsSync(file)) throw new ConfigError(absent(file));
  const text = readFileSync(file, "utf8");
  const result = reconcile(text, await needsOf(app === undefined ? appOf(file) : resolve(app)));
  if (write && result.text !== text) writeFileSync(file, result.text);
  return { file, ...result };
}

function absent(file) {
  const toml = join(dirname(file), "wrangler.toml");
  return existsSync(toml)
    ? `${toml} is not read by this command: turn it into a ${basename(file)}, which wrangler reads as well`
    : `${file} is not there`;
}

/** What a person reads of a result: conflicts, else what is missing or was added; nothing where all is well. */
export function report({ file, missing, conflicts }, verb = "lacks") {
  if (conflicts.length > 0) return [`${file} and the app contradict each other; nothing was written:`, ...conflicts.map((text) => `  ${text}`)].join("\n");
  if (missing.length === 0) return "";
  const lines = [`${file} ${verb}:`];
  for (const path of new Set(missing.map((entry) => entry.path))) {
    lines.push(`  ${path}`, ...missing.filter((entry) => entry.path === path).map(({ line }) => `    + ${line}`));
  }
  return lines.join("\n");
}
