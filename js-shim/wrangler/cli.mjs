#!/usr/bin/env node
// npx lunora: finds the command. See HELP.
import { backup } from "../cli/backup.mjs";
import { CommandError } from "../cli/command.mjs";
import { endLine } from "../cli/progress.mjs";
import { exportRows, importRows } from "../cli/rows.mjs";
import { d1 } from "./d1-command.mjs";
import { ConfigError } from "./document.mjs";
import { migrate } from "./migrate.mjs";
import { schema } from "./schema.mjs";
import { wrangler } from "./wrangler-command.mjs";

const HELP = `npx lunora COMMAND [options]

  wrangler        adds to wrangler.jsonc what the compiled app needs
  schema          compares the app's schema with the one that is committed
  d1              writes the SQL migrations of global tables
  migrate         runs a migration of stored rows in every shard, or undoes it
  backup          makes, lists and restores snapshots
  export          all rows as NDJSON
  import          rows of NDJSON

\`npx lunora COMMAND --help\` says more. The exit code is 0 when all is well, 1 when something was found to be wrong, and 2
when the command could not be carried out.`;

const COMMANDS = { wrangler, schema, d1, migrate, backup, export: exportRows, import: importRows };

async function main([name = "--help", ...args]) {
  if (["help", "--help", "-h"].includes(name)) {
    console.log(HELP);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) throw new CommandError(`there is no command '${name}'\n\n${HELP}`);
  return COMMANDS[name](args);
}

// Whoever reads the output may have enough before its end.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  endLine();
  if (!(error instanceof ConfigError) && !(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
