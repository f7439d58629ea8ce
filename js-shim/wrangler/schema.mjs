// npx lunora schema: the app's schema beside the snapshot that is committed. What loses data is for the app to say, in Java.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { read } from "../cli/command.mjs";
import { appOf, entryOf } from "./app.mjs";
import { ConfigError } from "./document.mjs";

const HELP = `npx lunora schema [options]

Compares the compiled app's schema with the committed snapshot, and refuses one under which stored rows would be lost or
could not be read any more. Otherwise the snapshot is written.

  --file FILE     the snapshot (lunora.schema.json)
  --check         writes nothing; fails unless the snapshot is the app's schema
  --config FILE   the wrangler.jsonc that leads to the app (wrangler.jsonc)
  --app FILE      the compiled app's app.mjs, if it does not`;

/** Compares a snapshot with its app; with `write`, brings it up to date. Gives `{file, losses, changed}`. */
export async function schemaFile({ file = "lunora.schema.json", config = "wrangler.jsonc", app, write = false } = {}) {
  const path = resolve(file);
  const entry = await entryOf(app === undefined ? appOf(resolve(config)) : resolve(app));
  const text = `${JSON.stringify(JSON.parse(entry.schema()), null, 2)}\n`;
  const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const losses = before === undefined ? [] : JSON.parse(lossesOf(entry, path, before));
  const changed = before !== text;
  if (write && changed && losses.length === 0) writeFileSync(path, text);
  return { file: path, losses, changed };
}

function lossesOf(entry, path, before) {
  try {
    return entry.schemaLosses(JSON.stringify(JSON.parse(before)));
  } catch (error) {
    throw new ConfigError(`${path} is no snapshot of a schema: ${error.message}`);
  }
}

const OPTIONS = { file: { type: "string" }, check: { type: "boolean" }, config: { type: "string", short: "c" }, app: { type: "string" } };

/** The command; gives the exit code. */
export async function schema(args) {
  const given = read(args, OPTIONS, HELP);
  if (given === undefined) return 0;
  const { file, check, config, app } = given.values;
  const result = await schemaFile({ file, config, app, write: !check });
  if (result.losses.length > 0) {
    console.error(`The app's schema would lose data that ${result.file} says is stored:`);
    for (const { what, write } of result.losses) console.error(`  ${what}\n    -> ${write}`);
    return 1;
  }
  if (check && result.changed) {
    console.error(`${result.file} is not the app's schema: run \`npx lunora schema\` and commit it`);
    return 1;
  }
  console.log(`${result.file} ${result.changed ? "written" : "is the app's schema"}`);
  return 0;
}
