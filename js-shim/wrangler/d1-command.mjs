// npx lunora d1: see HELP.
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { read } from "../cli/command.mjs";
import { appOf, needsOf } from "./app.mjs";
import { ConfigError } from "./document.mjs";
import { directoryOf, nextMigration, openText, writeMigration } from "./sql-files.mjs";

const HELP = `npx lunora d1 [options]

Writes the next migration of the global database as a numbered file of SQL into the migrations_dir of wrangler.jsonc, and
into its journal.json what was written for which tables. \`wrangler d1 migrations apply DB\` applies it. A change that
would lose data is refused, with what to write.

  --config FILE   the configuration (wrangler.jsonc)
  --app FILE      the compiled app's app.mjs, unless the file's alias or main leads to it
  --name NAME     what the file is named after its number; the changed tables unless set
  --check         writes nothing; fails where a migration is missing`;

const options = {
  config: { type: "string", short: "c" },
  app: { type: "string" },
  name: { type: "string" },
  check: { type: "boolean" },
};

/** Runs the command; gives the exit code. Throws a ConfigError for what a person has to put right first. */
export async function d1(args) {
  const given = read(args, options, HELP);
  if (given === undefined) return 0;
  const { values } = given;
  const config = resolve(values.config ?? "wrangler.jsonc");
  if (!existsSync(config)) throw new ConfigError(`${config} is not there`);
  const needs = await needsOf(values.app === undefined ? appOf(config) : resolve(values.app));
  const need = needs.find(({ kind }) => kind === "database");
  if (need === undefined) {
    console.log("the app has no global tables");
    return 0;
  }
  const directory = directoryOf(config, need.binding);
  const migration = nextMigration(directory, need.tables, values.name);
  return tell(directory, migration, values.check === true);
}

function tell(directory, migration, check) {
  if (migration.open.length > 0) {
    console.error(openText(directory, migration));
    return 1;
  }
  if (migration.journal === undefined) {
    console.log(`${directory} makes the tables that the app has`);
    return 0;
  }
  const what = migration.file === undefined ? "an entry of the journal" : relative(process.cwd(), join(directory, migration.file));
  if (check) {
    console.error(`missing: ${what}\n${migration.text ?? ""}\nRun \`npx lunora d1\` to write it.`);
    return 1;
  }
  writeMigration(directory, migration);
  console.log(`written: ${what}`);
  return 0;
}
