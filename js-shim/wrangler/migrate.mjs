// npx lunora migrate: migrations of rows in all shards of a deployment.
import { ConfigError } from "./document.mjs";
import { post } from "./operator.mjs";

export const HELP = `npx lunora migrate status [ID]
npx lunora migrate run ID [options]
npx lunora migrate rollback ID [options]

Runs a migration of stored rows in every shard, or undoes it. The deployment goes on by itself; the command waits and
shows how far it is. The admin token comes from LUNORA_ADMIN_TOKEN, or from .dev.vars for a local server.

  --url URL       the deployment (http://127.0.0.1:8787)
  --dry-run       goes through the rows, changes none, and says what would be
  --shard KEY     a shard that no registry lists; may be given again
  --no-wait       does not wait for the end`;

const EVERY_MS = 500;

function line({ id, table, reversible, status, shards }) {
  const ended = shards.filter(({ status }) => status === "done" || status === "pending").length;
  const rows = shards.reduce((sum, shard) => sum + shard.processed, 0);
  const where = shards.length === 0 ? "" : `  ${ended} of ${shards.length} shards, ${rows} rows`;
  return `${id}  ${table}  ${status}${where}${reversible ? "" : "  (no rollback)"}`;
}

function failures({ shards }) {
  return shards.filter(({ error }) => error !== undefined).map(({ shardKey, error }) => `  shard ${shardKey}: ${error}`);
}

async function status(url, id) {
  const { migrations } = await post(url, "/_lunora/migrate/status", id === undefined ? {} : { id });
  for (const migration of migrations) console.log([line(migration), ...failures(migration)].join("\n"));
  if (migrations.length === 0) console.log("the app has no migrations");
  return 0;
}

async function begin(url, direction, id, { dry, shards, wait }) {
  const answer = await post(url, "/_lunora/migrate", { id, direction, dryRun: dry, shardKeys: shards });
  if (dry) {
    const more = answer.shards.some(({ hasMore }) => hasMore) ? ", of more than were tried" : "";
    console.log(`${id} would look at ${answer.processed} rows in ${answer.shards.length} shards and write ${answer.changed} times${more}`);
    for (const text of failures(answer)) console.error(text);
    return answer.status === "failed" ? 1 : 0;
  }
  if (!wait) {
    console.log(`${id} goes ${direction} in ${answer.shards.length} shards`);
    return 0;
  }
  for (let last = ""; ; ) {
    const [migration] = (await post(url, "/_lunora/migrate/status", { id })).migrations;
    const now = line(migration);
    if (now !== last) console.log(now);
    last = now;
    if (migration.status !== "running") {
      for (const text of failures(migration)) console.error(text);
      return migration.status === "failed" ? 1 : 0;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

/** The command; gives the exit code. */
export async function run({ url = "http://127.0.0.1:8787", "dry-run": dry = false, shard: shards = [], "no-wait": noWait = false }, [verb, id, ...more]) {
  if (more.length > 0) throw new ConfigError(HELP);
  if (verb === "status") return status(url, id);
  if (!["run", "rollback"].includes(verb) || id === undefined) throw new ConfigError(HELP);
  return begin(url, verb === "run" ? "up" : "down", id, { dry, shards, wait: !noWait });
}
