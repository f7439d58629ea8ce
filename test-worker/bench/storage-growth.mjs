// Rows by the million, put where a side keeps its own: through calls they would take minutes.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { storageOf } from "./workerd.mjs";

const GROW = `
  INSERT INTO "messages" ("_seq", "_id", "_creationTime", "_doc", "channel")
  WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)
  SELECT last.seq + n, printf('cold-%09d', n), first.time - ?1 + n,
    printf('{"_id":"cold-%09d","_creationTime":%d,"channel":"cold-%d","author":"Ann","body":"the quick onyx goblin"}',
      n, first.time - ?1 + n, n % 1000),
    'cold-' || n % 1000
  FROM numbers,
    (SELECT max("_seq") AS seq FROM "messages") AS last,
    (SELECT CAST(min("_creationTime") AS INTEGER) AS time FROM "messages") AS first`;

/** Adds older rows in other channels to the messages of a side whose server does not run. */
export async function grow(directory, count) {
  const { DatabaseSync } = await import("node:sqlite");
  const names = await readdir(storageOf(directory), { recursive: true });
  for (const name of names.filter((each) => each.endsWith(".sqlite"))) {
    const database = new DatabaseSync(join(storageOf(directory), name));
    try {
      if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'messages'").get() !== undefined) {
        database.prepare(GROW).run(count);
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        return;
      }
    } finally {
      database.close();
    }
  }
  throw new Error(`no storage of messages in ${directory}`);
}
