// The SQL that brings a global database from one version of an app's tables to the next, on real SQLite.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, test } from "node:test";
import { ConfigError } from "../wrangler/document.mjs";
import { nextMigration, openText, writeMigration } from "../wrangler/sql-files.mjs";

const TYPES = { bio: "string", age: "number", serial: "bigint" };
const create = (columns) => `CREATE TABLE "people" ("_seq" INTEGER PRIMARY KEY, "_id" TEXT NOT NULL UNIQUE, "_creationTime" REAL NOT NULL, "_doc" TEXT NOT NULL${columns.map((name) => `, "${name}"`).join("")})`;
const index = (name, column, unique = "") => `CREATE ${unique}INDEX "people.${name}" ON "people" ("${column}"${unique ? "" : ', "_creationTime"'})`;

/** The table `people` as the compiled app describes it. */
const people = (fields, ...indexes) => {
  const columns = indexes.map(([, column]) => column);
  return {
    name: "people",
    fields: fields.map((name) => ({ name: name.replace("?", ""), type: TYPES[name.replace("?", "")], optional: name.endsWith("?") })),
    columns,
    statements: [create(columns), ...indexes.map(([name, column, unique]) => index(name, column, unique))],
  };
};

describe("migrations of the global database", () => {
  let directory;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "lunora-d1-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const write = (...tables) => {
    const migration = nextMigration(directory, tables);
    assert.deepEqual(migration.open, []);
    if (migration.journal !== undefined) writeMigration(directory, migration);
    return migration;
  };
  const settle = (name, text) => writeFileSync(join(directory, name), text);
  const openOf = (...tables) => nextMigration(directory, tables).open;
  const files = () => readdirSync(directory).filter((name) => name.endsWith(".sql")).sort();

  /** A database with the files up to a number, two rows, and then the rest: what wrangler does over two deploys. */
  const applied = (before) => {
    const database = new DatabaseSync(":memory:");
    const apply = (name) => database.exec(readFileSync(join(directory, name), "utf8"));
    files().slice(0, before).forEach(apply);
    const docs = [{ bio: "b", age: 2 }, { bio: "a" }];
    docs.forEach((doc, n) => database.exec(`INSERT INTO people ("_id", "_creationTime", "_doc") VALUES ('${n}', ${n}, '${JSON.stringify(doc)}')`));
    files().slice(before).forEach(apply);
    return database;
  };

  test("the first makes everything, and a second run nothing", () => {
    const first = write(people(["bio"], ["by_bio", "bio"]));
    assert.equal(first.file, "0001_people.sql");
    assert.equal(write(people(["bio"], ["by_bio", "bio"])).journal, undefined);
    assert.deepEqual(files(), ["0001_people.sql"]);
  });

  test("an index over rows that are there is filled; one less is dropped", () => {
    write(people(["bio", "age?"], ["by_bio", "bio"]));
    const { file, text } = write(people(["bio", "age?"], ["by_age", "age"]));
    assert.equal(file, "0002_people.sql");
    assert.match(text, /^DROP INDEX "people.by_bio";\nALTER TABLE "people" DROP COLUMN "bio";/);
    const rows = applied(1).prepare('SELECT age FROM people ORDER BY "_seq"').all();
    assert.deepEqual(rows.map(({ age }) => age), [2, null]);
  });

  test("a field more that rows may lack needs no SQL, and is kept in the journal", () => {
    write(people(["bio"]));
    const migration = write(people(["bio", "age?"]));
    assert.equal(migration.file, undefined);
    assert.equal(write(people(["bio", "age?"])).journal, undefined);
  });

  test("what loses data is refused with what to write, which then goes through", () => {
    write(people(["bio", "age?"], ["by_age", "age"]));
    const [open, ...more] = openOf(people(["bio"]));
    assert.deepEqual(more, []);
    assert.match(open.why, /values would be lost/);
    assert.match(openText(directory, nextMigration(directory, [people(["bio"])])), /0002_settle\.sql[^]*-- lunora: settles people\.age\n +UPDATE/);
    settle("0002_settle.sql", `-- lunora: settles ${open.what}\n${open.sql}\n`);
    assert.equal(write(people(["bio"])).file, "0003_people.sql");
    const rows = applied(1).prepare("SELECT _doc FROM people").all();
    assert.deepEqual(rows.map(({ _doc }) => JSON.parse(_doc)), [{ bio: "b" }, { bio: "a" }]);
  });

  test("tables that go, types that change, fields that have to be there, keys that SQL does not know", () => {
    write(people(["bio", "age?"]));
    assert.deepEqual(openOf().map(({ what, sql }) => [what, sql]), [["people", 'DROP TABLE "people";']]);
    assert.deepEqual(openOf(people(["bio", "age"])).map(({ what }) => what), ["people.age"]);
    assert.deepEqual(openOf(people(["bio", "age?", "serial?"], ["by_serial", "serial"])).map(({ why }) => /bigint/.test(why)), [true]);
    const changed = people(["bio", "age?"]);
    changed.fields[0] = { ...changed.fields[0], type: "bytes" };
    assert.deepEqual(openOf(changed).map(({ why }) => why), ["people.bio was string and is bytes"]);
  });

  test("a file that was changed or is gone is refused, a journal that is none too", () => {
    write(people(["bio"]));
    settle("0001_people.sql", "SELECT 1;\n");
    assert.throws(() => openOf(people(["bio"])), ConfigError);
    rmSync(join(directory, "0001_people.sql"));
    assert.throws(() => openOf(people(["bio"])), /get it back/);
    settle("journal.json", "{}");
    assert.throws(() => openOf(people(["bio"])), /no journal/);
  });
});
