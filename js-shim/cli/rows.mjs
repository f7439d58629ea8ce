// npx lunora export and import: see their HELP.
import { existsSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Admin, ADMIN_HELP } from "./admin.mjs";
import { CommandError, read } from "./command.mjs";
import { Progress } from "./progress.mjs";
import { brokenOff, groups, save } from "./snapshot.mjs";
import { staged } from "./staged.mjs";
import { Total } from "./total.mjs";

const EXPORT_HELP = `npx lunora export [FILE]                  all rows as NDJSON; to standard output unless a file is given
  --tables A,B      the rows of these tables only

${ADMIN_HELP}`;

const IMPORT_HELP = `npx lunora import FILE                    rows of NDJSON; existing ids are skipped
  --replace         the rows of the tables in FILE go first; all rows or none are put in place
  --shard KEY       the shard of all rows, and with --replace the only one that is changed; otherwise each row's field names it

${ADMIN_HELP}`;

/** The command; gives the exit code. */
export async function exportRows(args) {
  const given = read(args, { url: { type: "string" }, tables: { type: "string" } }, EXPORT_HELP, 1);
  if (given === undefined) return 0;
  const { values, words: [file] } = given;
  const response = await new Admin(values.url).fetch("POST", "export", values.tables ? { tables: values.tables.split(",") } : {});
  if (file) await save(response, file, "exporting");
  else await print(response);
  return 0;
}

/** Whoever reads may have enough before the end, as `head` does. */
async function print(response) {
  try {
    await pipeline(response.body, process.stdout, { end: false });
  } catch (error) {
    if (error.code !== "EPIPE") throw brokenOff(error);
  }
}

/** The command; gives the exit code. */
export async function importRows(args) {
  const options = { url: { type: "string" }, replace: { type: "boolean" }, shard: { type: "string" } };
  const given = read(args, options, IMPORT_HELP, 1);
  if (given === undefined) return 0;
  const { values: { url, replace, shard }, words: [file] } = given;
  if (file === undefined) throw new CommandError(IMPORT_HELP);
  if (!existsSync(file)) throw new CommandError(`${file} is not there`);
  const admin = new Admin(url);
  if (replace) await staged(admin, file, { mode: "replace", shard, tables: await tablesOf(file) });
  else await append(admin, file, shard);
  return 0;
}

async function append(admin, file, shard) {
  const progress = new Progress("importing", statSync(file).size);
  const total = new Total();
  for await (const { first, text } of groups(file)) {
    try {
      total.add(await admin.json("POST", `import${shard === undefined ? "" : `?shard=${encodeURIComponent(shard)}`}`, text), first);
    } catch (error) {
      throw new CommandError(`${error.message}\nThe rows before line ${first} are in place; those after it perhaps not.`);
    }
    progress.add(Buffer.byteLength(text));
  }
  progress.end();
  total.tell();
}

/** The tables that a file has rows of. Nothing goes before all of it can be read. */
async function tablesOf(file) {
  const names = new Set();
  for await (const { first, text } of groups(file)) for (const [n, line] of text.split("\n").entries()) if (line !== "") names.add(tableOf(line, first + n));
  if (names.size === 0) throw new CommandError(`${file} has no rows: nothing was changed`);
  return [...names].join(",");
}

function tableOf(line, number) {
  try {
    const { table } = JSON.parse(line);
    if (typeof table === "string") return table;
  } catch {
    // Said below.
  }
  throw new CommandError(`nothing was changed:\nline ${number}: a line is {"table":...,"doc":{...}}`);
}
