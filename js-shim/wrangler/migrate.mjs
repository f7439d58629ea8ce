// npx lunora migrate: migrations of rows in all shards of a deployment.
import { Admin, ADMIN_HELP } from "../cli/admin.mjs";
import { choose, CommandError, read } from "../cli/command.mjs";

const HELP = `npx lunora migrate status [ID]
npx lunora migrate run ID [options]
npx lunora migrate rollback ID [options]

Runs a migration of stored rows in every shard, or undoes it. The deployment goes on by itself; the command waits and
shows how far it is; it fails (1) where a shard did.

  --dry-run         goes through the rows, changes none, and says what would be
  --shard KEY       a shard that no registry lists; may be given again
  --no-wait         does not wait for the end

${ADMIN_HELP}`;

const URL_OPTION = { url: { type: "string" } };
const OPTIONS = { ...URL_OPTION, "dry-run": { type: "boolean" }, shard: { type: "string", multiple: true }, "no-wait": { type: "boolean" } };

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

async function status(admin, id) {
  const { migrations } = await admin.json("POST", "migrate/status", id === undefined ? {} : { id });
  for (const migration of migrations) console.log([line(migration), ...failures(migration)].join("\n"));
  if (migrations.length === 0) console.log("the app has no migrations");
  return 0;
}

async function begin(admin, direction, id, { "dry-run": dry = false, shard: shards = [], "no-wait": noWait = false }) {
  const answer = await admin.json("POST", "migrate", { id, direction, dryRun: dry, shardKeys: shards });
  if (dry) {
    const more = answer.shards.some(({ hasMore }) => hasMore) ? ", of more than were tried" : "";
    console.log(`${id} would look at ${answer.processed} rows in ${answer.shards.length} shards and write ${answer.changed} times${more}`);
    for (const text of failures(answer)) console.error(text);
    return answer.status === "failed" ? 1 : 0;
  }
  if (noWait) {
    console.log(`${id} goes ${direction} in ${answer.shards.length} shards`);
    return 0;
  }
  for (let last = ""; ; ) {
    const [migration] = (await admin.json("POST", "migrate/status", { id })).migrations;
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

const COMMANDS = {
  status: { options: URL_OPTION, run: (admin, id) => status(admin, id) },
  run: { options: OPTIONS, run: (admin, id, values) => begin(admin, "up", required(id), values) },
  rollback: { options: OPTIONS, run: (admin, id, values) => begin(admin, "down", required(id), values) },
};

function required(id) {
  if (id === undefined) throw new CommandError("which migration? `npx lunora migrate status` lists them");
  return id;
}

/** The command; gives the exit code. */
export async function migrate([name, ...args]) {
  const command = choose(COMMANDS, name, HELP);
  const given = command && read(args, command.options, HELP, 1);
  return given === undefined ? 0 : command.run(new Admin(given.values.url), given.words[0], given.values);
}
