// npx lunora backup: see HELP.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Admin, ADMIN_HELP } from "./admin.mjs";
import { choose, CommandError, read } from "./command.mjs";
import { MANIFEST, manifestOf, save, verify } from "./snapshot.mjs";
import { staged } from "./staged.mjs";

const HELP = `npx lunora backup create [--out FILE]     makes a snapshot in the bucket, and a copy of it in FILE
npx lunora backup list                    the snapshots in the bucket
npx lunora backup restore WHICH           puts one back: a file with its manifest, or the key or id of one in the bucket
  --replace         what is in the snapshot's tables goes, in the shards that it names (without it they must be empty)
  --append          what is there stays, and goes before rows of the same id
  --to TIME         replays the log up to this time, such as 2026-06-01T12:00:00Z; with --replace
  --dry-run         does everything but change rows

${ADMIN_HELP}`;

const URL_OPTION = { url: { type: "string" } };

const COMMANDS = {
  create: { options: { ...URL_OPTION, out: { type: "string" } }, words: 0, run: create },
  list: { options: URL_OPTION, words: 0, run: list },
  restore: {
    options: { ...URL_OPTION, replace: { type: "boolean" }, append: { type: "boolean" }, to: { type: "string" }, "dry-run": { type: "boolean" } },
    words: 1,
    run: restoreWhich,
  },
};

/** The command; gives the exit code. */
export async function backup([name, ...args]) {
  const command = choose(COMMANDS, name, HELP);
  if (command === undefined) return 0;
  const given = read(args, command.options, HELP, command.words);
  if (given !== undefined) await command.run(given.values, given.words);
  return 0;
}

async function create({ url, out }) {
  const admin = new Admin(url);
  const manifest = await admin.json("POST", "backup/create");
  console.log(`${manifest.file}: ${manifest.rows} rows, ${manifest.bytes} bytes, sha256 ${manifest.sha256}`);
  if (out) await download(admin, manifest.file, out);
}

async function list({ url }) {
  const { backups } = await new Admin(url).json("GET", "backups");
  for (const { manifest, cron } of backups) console.log(`${manifest.slice(0, -MANIFEST.length)}${cron && `  (${cron})`}`);
  if (backups.length === 0) console.log("there are no backups");
}

async function restoreWhich(values, [which]) {
  if (!which) throw new CommandError("which? A file, or a key or id of `lunora backup list`");
  const { replace, append, to } = values;
  if (replace && append) throw new CommandError("--replace or --append, not both");
  if (to !== undefined && !replace) throw new CommandError("--to goes with --replace");
  if (to !== undefined && Number.isNaN(Date.parse(to))) throw new CommandError(`'${to}' is no time such as 2026-06-01T12:00:00Z`);
  const admin = new Admin(values.url);
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
}

/** The manifest comes last: a file that has one beside it is whole. */
async function download(admin, key, file) {
  const object = (name) => admin.fetch("GET", `backup/object?key=${encodeURIComponent(name)}`);
  const manifest = await (await object(key + MANIFEST)).text();
  await save(await object(key), file, "downloading");
  writeFileSync(file + MANIFEST, manifest);
}

/** The key of a snapshot in the bucket by its key, its id or what its key ends in. */
async function find(admin, which) {
  const { backups } = await admin.json("GET", "backups");
  const keys = backups.map(({ manifest }) => manifest.slice(0, -MANIFEST.length));
  const dashed = which.replaceAll(/[:.]/g, "-");
  const found = keys.filter((key) => key === which || key.endsWith(`/${which}`) || key.endsWith(`lunora-backup-${dashed}.ndjson`));
  if (found.length !== 1) throw new CommandError(`${which} is neither a file nor one of the bucket's snapshots: see \`npx lunora backup list\``);
  return found[0];
}

/** Nothing is sent before the whole file is known to be the one that was written. */
async function restore(admin, file, { replace, append, to, "dry-run": dryRun }) {
  const manifest = manifestOf(file);
  if (!manifest) throw new CommandError(`${file} has no manifest beside it, so nobody can tell that it is whole: use \`npx lunora import\` for other files`);
  await verify(file, manifest);
  const mode = replace ? "replace" : append ? "append" : "empty";
  await staged(admin, file, { manifest, mode, dryRun, tables: manifest.tables ?? "", to: to && replayed(manifest, Date.parse(to)) });
}

const replayed = (manifest, untilMs) =>
  Object.fromEntries(manifest.shards.filter(({ position }) => position >= 0).map(({ shardKey, position, epoch }) => [shardKey, { position, epoch, untilMs }]));
