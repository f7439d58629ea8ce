// The migrations of the global database as files: numbered SQL, which wrangler applies, and a journal of what was written
// for which tables. A file that was written is never changed, since it may be applied.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { ConfigError } from "./document.mjs";
import { plan } from "./tables.mjs";

const JOURNAL = "journal.json";
const MARK = /^-- lunora: settles (\S+)\s*$/gm;

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** The directory that wrangler takes the migrations of a database from. */
export function directoryOf(configFile, binding) {
  const { d1_databases: databases = [] } = parse(readFileSync(configFile, "utf8").replace(/^\uFEFF/, "")) ?? {};
  const found = databases.find((each) => each.binding === binding);
  if (found === undefined) throw new ConfigError(`${configFile} has no database ${binding}: run \`npx lunora wrangler\` first`);
  return resolve(dirname(configFile), found.migrations_dir ?? "migrations");
}

/**
 * Compares a directory with the app's global tables: `{file, text, journal, open}`; without a file there is no SQL to
 * write. Throws a ConfigError for a journal that is not true.
 */
export function nextMigration(directory, tables, name) {
  const journal = readJournal(join(directory, JOURNAL));
  const files = existsSync(directory) ? readdirSync(directory).filter((each) => each.endsWith(".sql")).sort() : [];
  check(directory, journal, files);
  const written = new Set(journal.files.map((each) => each.name));
  const byHand = files.filter((each) => !written.has(each)).map((each) => ({ name: each, text: readFileSync(join(directory, each), "utf8") }));
  const settled = new Set(byHand.flatMap(({ text }) => [...text.matchAll(MARK)].map((match) => match[1])));
  const { statements, open } = plan(journal.tables, tables, settled);
  const entries = [...journal.files, ...byHand.map((each) => ({ name: each.name, sha256: sha256(each.text) }))];
  const isNext = JSON.stringify(journal.tables) !== JSON.stringify(tables) || byHand.length > 0;
  if (statements.length === 0 || open.length > 0) {
    return { open, next: number(files), journal: isNext ? { version: 1, files: entries, tables } : undefined };
  }
  const file = `${number(files)}_${slug(name ?? changed(journal.tables, tables))}.sql`;
  const text = statements.map((statement) => `${statement};\n`).join("");
  return { file, text, open, next: number(files), journal: { version: 1, files: [...entries, { name: file, sha256: sha256(text) }], tables } };
}

/** Writes what `nextMigration` found. */
export function writeMigration(directory, { file, text, journal }) {
  mkdirSync(directory, { recursive: true });
  if (file !== undefined) writeFileSync(join(directory, file), text);
  writeFileSync(join(directory, JOURNAL), `${JSON.stringify(journal, null, 2)}\n`);
}

function readJournal(path) {
  if (!existsSync(path)) return { version: 1, files: [], tables: [] };
  try {
    const journal = JSON.parse(readFileSync(path, "utf8"));
    if (journal.version === 1 && Array.isArray(journal.files) && Array.isArray(journal.tables)) return journal;
  } catch {
    // Said below.
  }
  throw new ConfigError(`${path} is no journal of this version: get it back from your repository`);
}

function check(directory, journal, files) {
  for (const { name, sha256: expected } of journal.files) {
    const path = join(directory, name);
    if (!files.includes(name)) throw new ConfigError(`${path} is in the journal and not there: get it back from your repository`);
    if (sha256(readFileSync(path, "utf8")) !== expected) {
      throw new ConfigError(`${path} was changed after it was written, and may be applied already: put it back, and write the change into a new file`);
    }
  }
}

/** The number after the highest that is there. */
function number(files) {
  const last = Math.max(0, ...files.map((each) => Number.parseInt(each, 10) || 0));
  return String(last + 1).padStart(4, "0");
}

function changed(before, after) {
  const former = new Map(before.map((table) => [table.name, JSON.stringify(table)]));
  return after.filter((table) => former.get(table.name) !== JSON.stringify(table)).map((table) => table.name).join("_");
}

const slug = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").slice(0, 60);

/** What a person reads of changes that he has to settle. */
export function openText(directory, { open, next }) {
  const path = relative(process.cwd(), join(directory, `${next}_settle.sql`));
  const blocks = open.map(({ what, why, sql }) => `${why}\n\n    -- lunora: settles ${what}\n    ${sql.replaceAll("\n", "\n    ")}\n`);
  return `Nothing was written. To go on write ${path} with these lines, as you mean them, and run this again:\n\n${blocks.join("\n")}`;
}
