// A Durable Object that stops in the midst of what it does.
import assert from "node:assert/strict";

/** Resets the default shard as the platform does after a failed commit: its memory and sockets are gone, no data is. */
export function crash(app) {
  const orphan =
    "CREATE TABLE crash_parent (id INTEGER PRIMARY KEY);" +
    "CREATE TABLE crash_child (parent INTEGER REFERENCES crash_parent (id) DEFERRABLE INITIALLY DEFERRED);" +
    "INSERT INTO crash_child VALUES (1)";
  return assert.rejects(app.sql(orphan), /reset/);
}
