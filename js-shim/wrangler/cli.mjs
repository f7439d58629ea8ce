#!/usr/bin/env node
// npx lunora: wrangler, schema, migrate. See HELP, and those of the others.
import { parseArgs } from "node:util";
import { CommandError } from "../cli/admin.mjs";
import { HELP as BACKUP_HELP, main as backups } from "../cli/commands.mjs";
import { d1 } from "./d1-command.mjs";
import { ConfigError, reconcileFile, report } from "./index.mjs";
import * as migrate from "./migrate.mjs";
import * as schema from "./schema.mjs";

const HELP = `npx lunora wrangler [options]

Adds to wrangler.jsonc what the compiled app needs and it lacks: bindings, migrations, crons, queues. Nothing that is
there is changed, moved or taken away.

  --config FILE   the file (wrangler.jsonc)
  --app FILE      the compiled app's app.mjs, unless the file's alias or main leads to it
  --check         writes nothing; fails and shows what is missing
  --framework     the same, for a file that a framework's adapter owns: what is shown is to be pasted there

npx lunora d1 writes the migrations of global tables: npx lunora d1 --help

${BACKUP_HELP}`;

const BACKUP_COMMANDS = new Set(["backup", "export", "import"]);

const options = {
  config: { type: "string", short: "c" },
  app: { type: "string" },
  check: { type: "boolean" },
  framework: { type: "boolean" },
  file: { type: "string" },
  url: { type: "string" },
  "dry-run": { type: "boolean" },
  "no-wait": { type: "boolean" },
  shard: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
};

async function main() {
  if (process.argv[2] === "d1") return d1(process.argv.slice(3));
  if (BACKUP_COMMANDS.has(process.argv[2])) return backups(process.argv.slice(2));
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const other = { migrate, schema }[positionals[0]];
  if (values.help || positionals.length === 0) {
    console.log(other ? other.HELP : [HELP, schema.HELP, migrate.HELP].join("\n\n"));
    return 0;
  }
  if (other && !(other === schema && positionals.length > 1)) return other.run(values, positionals.slice(1));
  if (positionals.length > 1 || positionals[0] !== "wrangler") throw new ConfigError(`there is no '${positionals.join(" ")}'\n\n${HELP}`);
  const { config, app, check, framework } = values;
  const write = !check && !framework;
  const result = await reconcileFile({ config, app, write });
  const told = report(result, write ? "got" : "lacks");
  if (told === "") {
    console.log(`${result.file} has what the app needs`);
    return 0;
  }
  if (write && result.conflicts.length === 0) {
    console.log(told);
    return 0;
  }
  console.error(told);
  if (result.conflicts.length === 0) {
    console.error(framework ? "Paste these lines into it, or into the file that your framework makes it from." : "Run `npx lunora wrangler` to add them.");
  }
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof CommandError) && !error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
