// lunora backup, export and import: see HELP.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { Admin, CommandError } from "./admin.mjs";
import { Progress } from "./progress.mjs";
import { groups, MANIFEST, manifestOf, save, verify } from "./snapshot.mjs";

export const HELP = `npx lunora backup create [--out FILE]     makes a snapshot in the bucket, and a copy of it in FILE
npx lunora backup list                    the snapshots in the bucket
npx lunora backup restore WHICH           puts one back: a file with its manifest, or the key or id of one in the bucket
  --replace         what is in the snapshot's tables goes (without it they must be empty)
  --append          what is there stays, and goes before rows of the same id
  --to TIME         replays the log up to this time, such as 2026-06-01T12:00:00Z; with --replace
  --dry-run         does everything but change rows
npx lunora export [FILE] [--tables A,B]   all rows as NDJSON; to standard output unless a file is given
npx lunora import FILE                    rows of NDJSON; existing ids are skipped
  --replace         the rows of the tables in FILE go first; all rows or none are put in place
  --shard KEY       the shard of all rows, rather than the one each row's field names

  --url URL         the deployment: LUNORA_URL or http://127.0.0.1:8787 unless given
The admin token is LUNORA_ADMIN_TOKEN, of the environment or of .dev.vars.`;

const OPTIONS = {
  url: { type: "string" },
  out: { type: "string" },
  tables: { type: "string" },
  shard: { type: "string" },
  to: { type: "string" },
  replace: { type: "boolean" },
  append: { type: "boolean" },
  "dry-run": { type: "boolean" },
  help: { type: "boolean", short: "h" },
};

/** Runs a command; gives the exit code. */
export async function main(args) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const name = positionals[0] === "backup" ? `backup ${positionals[1] ?? ""}` : positionals[0];
  const command = COMMANDS[name];
  if (!command) throw new CommandError(`there is no '${name}'\n\n${HELP}`);
  await command(new Admin(values.url), values, positionals.slice(positionals[0] === "backup" ? 2 : 1));
  return 0;
}

const COMMANDS = {
  async "backup create"(admin, { out }) {
    const manifest = await admin.json("POST", "backup/create");
    console.log(`${manifest.file}: ${manifest.rows} rows, ${manifest.bytes} bytes, sha256 ${manifest.sha256}`);
    if (out) await download(admin, manifest.file, out);
  },

  async "backup list"(admin) {
    const { backups } = await admin.json("GET", "backups");
    for (const { manifest, cron } of backups) console.log(`${manifest.slice(0, -MANIFEST.length)}${cron && `  (${cron})`}`);
    if (backups.length === 0) console.log("there are no backups");
  },

  async "backup restore"(admin, values, [which]) {
    if (!which) throw new CommandError("which? A file, or a key or id of `lunora backup list`");
    if (existsSync(which)) return restore(admin, which, values);
    const directory = mkdtempSync(join(tmpdir(), "lunora-restore-"));
    try {
      const key = await find(admin, which);
      const file = join(directory, basename(key));
      await download(admin, key, file);
      await restore(admin, file, values);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },

  async export(admin, { tables }, [file]) {
    const response = await admin.fetch("POST", "export", tables ? { tables: tables.split(",") } : {});
    if (file) return save(response, file, "exporting");
    for await (const chunk of response.body) process.stdout.write(chunk);
  },

  async import(admin, { replace, shard }, [file]) {
    if (!file || !existsSync(file)) throw new CommandError(`there is no file ${file ?? "given"}`);
    if (replace) return staged(admin, file, undefined, { mode: "replace", shard, tables: await tablesOf(file) });
    const progress = new Progress("importing", statSync(file).size);
    const total = new Total();
    for await (const { first, text } of groups(file)) {
      total.add(await admin.json("POST", `import${shard ? `?shard=${encodeURIComponent(shard)}` : ""}`, text), first);
      progress.add(Buffer.byteLength(text));
    }
    progress.end();
    total.tell();
  },
};

async function download(admin, key, file) {
  const object = (name) => admin.fetch("GET", `backup/object?key=${encodeURIComponent(name)}`);
  const manifest = await object(key + MANIFEST);
  writeFileSync(file + MANIFEST, await manifest.text());
  await save(await object(key), file, "downloading");
}

/** The key of a snapshot in the bucket by its key, its id or what its key ends in. */
async function find(admin, which) {
  const { backups } = await admin.json("GET", "backups");
  const keys = backups.map(({ manifest }) => manifest.slice(0, -MANIFEST.length));
  const dashed = which.replaceAll(/[:.]/g, "-");
  const found = keys.filter((key) => key === which || key.endsWith(`/${which}`) || key.endsWith(`lunora-backup-${dashed}.ndjson`));
  if (found.length !== 1) throw new CommandError(`${which} is neither a file nor one of the bucket's snapshots`);
  return found[0];
}

/** Nothing is sent before the whole file is known to be the one that was written. */
async function restore(admin, file, { replace, append, to, "dry-run": dryRun }) {
  if (replace && append) throw new CommandError("--replace or --append, not both");
  if (to && !replace) throw new CommandError("--to goes with --replace");
  const manifest = manifestOf(file);
  if (!manifest) throw new CommandError(`${file} has no manifest beside it, so nobody can tell that it is whole: use \`lunora import\` for other files`);
  await verify(file, manifest);
  const mode = replace ? "replace" : append ? "append" : "empty";
  await staged(admin, file, manifest, { mode, dryRun, tables: manifest.tables ?? "", to: to && replayed(manifest, to) });
}

function replayed(manifest, to) {
  const untilMs = Date.parse(to);
  if (Number.isNaN(untilMs)) throw new CommandError(`${to} is no time`);
  return Object.fromEntries(manifest.shards.filter(({ position }) => position >= 0).map(({ shardKey, position, epoch }) => [shardKey, { position, epoch, untilMs }]));
}

/** Stages all rows and puts them in place at the end, or forgets them. */
async function staged(admin, file, manifest, { mode, shard, tables, to, dryRun }) {
  const session = randomUUID();
  const shards = manifest?.shards?.map(({ shardKey }) => shardKey);
  const end = { session, ...(shards && { shards }) };
  const progress = new Progress("sending", statSync(file).size);
  const total = new Total();
  try {
    const begin = (shardKey, text, more = {}) => {
      const query = new URLSearchParams({ mode, stage: session, tables, ...(shardKey !== undefined && { shard: shardKey }), ...more });
      return admin.json("POST", `import?${query}`, text);
    };
    // Shards without a row in the snapshot are to have none afterwards.
    for (const { shardKey, rows } of manifest?.shards ?? []) if (rows === 0 && mode === "replace") await begin(shardKey, "");
    if (manifest?.global?.rows === 0 && mode === "replace") await begin(undefined, "", { global: "true" });
    for await (const { shardKey = shard, first, text } of groups(file, manifest)) {
      total.add(await begin(shardKey, text), first);
      progress.add(Buffer.byteLength(text));
    }
    progress.end();
    total.require();
    const { result } = await admin.json("POST", "import/commit", { ...end, ...(to && { to }), ...(dryRun && { dryRun }) });
    if (dryRun) {
      await admin.json("POST", "import/abort", end);
      console.log("nothing was changed; it would have been:");
      total.tell();
    } else {
      new Total().add(result, 1).tell();
    }
  } catch (error) {
    await admin.json("POST", "import/abort", end).catch(() => {});
    throw error;
  }
}

/** The tables that a file has rows of. */
async function tablesOf(file) {
  const names = new Set();
  for await (const { text } of groups(file)) for (const line of text.split("\n")) names.add(JSON.parse(line).table);
  return [...names].join(",");
}

/** What came of several requests. */
class Total {
  #inserted = {};
  #conflicts = 0;
  #deleted = 0;
  #errors = [];

  /** @param first the line of the file that the request's first is */
  add({ inserted, conflicts, deleted = 0, errors, failed }, first) {
    for (const [table, rows] of Object.entries(inserted)) this.#inserted[table] = (this.#inserted[table] ?? 0) + rows;
    this.#conflicts += conflicts;
    this.#deleted += deleted;
    for (const { line, message } of errors) this.#errors.push(`line ${line + first - 1}: ${message}`);
    for (const { shardKey, message } of failed) this.#errors.push(`shard ${shardKey}: ${message}`);
    return this;
  }

  /** Throws when a row was refused. */
  require() {
    if (this.#errors.length > 0) throw new CommandError(`nothing was changed:\n${this.#errors.slice(0, 10).join("\n")}`);
  }

  tell() {
    const rows = Object.entries(this.#inserted).map(([table, count]) => `${table} ${count}`);
    console.log(`rows put in place: ${rows.join(", ") || "none"}${this.#deleted ? `; deleted: ${this.#deleted}` : ""}${this.#conflicts ? `; there already: ${this.#conflicts}` : ""}`);
    if (this.#errors.length > 0) throw new CommandError(`${this.#errors.length} lines were refused:\n${this.#errors.slice(0, 10).join("\n")}`);
  }
}
