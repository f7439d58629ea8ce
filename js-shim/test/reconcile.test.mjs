// Texts of wrangler.jsonc as people write them, and what comes of them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "jsonc-parser";
import { reconcile } from "../wrangler/reconcile.mjs";
import { ALL, BUCKET, CONSUMER, DATABASE, NIGHTLY, SCHEDULER, SHARD } from "./needs.mjs";

/** The completed text; a second run finds nothing to do. */
function completed(text, needs) {
  const { text: result, conflicts } = reconcile(text, needs);
  assert.deepEqual(conflicts, []);
  assert.deepEqual(reconcile(result, needs), { text: result, missing: [], conflicts: [] });
  return result;
}

function refused(text, needs, expected) {
  const { text: result, conflicts } = reconcile(text, needs);
  assert.equal(result, text);
  assert.match(conflicts.join("\n"), expected);
}

describe("what is missing is added", () => {
  test("to a file that has none of it", () => {
    assert.equal(
      completed('{\n  "name": "chat",\n  "main": "worker.mjs"\n}\n', [SHARD, NIGHTLY]),
      `{
  "name": "chat",
  "main": "worker.mjs",
  "durable_objects": {
    "bindings": [{ "name": "SHARD", "class_name": "ShardDO" }]
  },
  "triggers": { "crons": ["0 3 * * *"] },
  "migrations": [{ "tag": "v1", "new_sqlite_classes": ["ShardDO"] }]
}
`,
    );
  });

  test("of every kind", () => {
    const { name, ...config } = parse(completed('{ "name": "my-chat" }', ALL));
    assert.deepEqual(config, {
      durable_objects: {
        bindings: [
          { name: "SHARD", class_name: "ShardDO" },
          { name: "SCHEDULER", class_name: "SchedulerDO" },
        ],
      },
      triggers: { crons: ["0 3 * * *"] },
      r2_buckets: [{ binding: "BUCKET", bucket_name: "my-chat-bucket" }],
      d1_databases: [{ binding: "DB", database_name: "my-chat-db", migrations_dir: "migrations" }],
      queues: { consumers: [{ queue: "mail", dead_letter_queue: "mail-dead" }] },
      migrations: [{ tag: "v1", new_sqlite_classes: ["ShardDO", "SchedulerDO"] }],
    });
  });

  test("below comments, which stay with what they are about", () => {
    const text = `// Ours.
{
\t"name": "chat", // the name
\t"durable_objects": {
\t\t"bindings": [
\t\t\t{ "name": "SHARD", "class_name": "ShardDO" }, // the shards
\t\t\t{ "name": "ROOM", "class_name": "Room" } /* of old */ // and these
\t\t\t// { "name": "GONE", "class_name": "Gone" }
\t\t]
\t},
\t"migrations": [
\t\t{ "tag": "v1", "new_sqlite_classes": ["ShardDO", "Room"] }, // applied
\t],
\t/* the end */
}
// Behind it.`;
    assert.equal(
      completed(text, [SHARD, SCHEDULER]),
      `// Ours.
{
\t"name": "chat", // the name
\t"durable_objects": {
\t\t"bindings": [
\t\t\t{ "name": "SHARD", "class_name": "ShardDO" }, // the shards
\t\t\t{ "name": "ROOM", "class_name": "Room" }, /* of old */ // and these
\t\t\t// { "name": "GONE", "class_name": "Gone" }
\t\t\t{ "name": "SCHEDULER", "class_name": "SchedulerDO" }
\t\t]
\t},
\t"migrations": [
\t\t{ "tag": "v1", "new_sqlite_classes": ["ShardDO", "Room"] }, // applied
\t\t{ "tag": "v2", "new_sqlite_classes": ["SchedulerDO"] },
\t],
\t/* the end */
}
// Behind it.`,
    );
  });

  test("in one line where the list is in one, with and without a comma at its end", () => {
    const file = (bindings, migrations) => `{ "durable_objects": { "bindings": ${bindings} }, "migrations": ${migrations} }`;
    assert.equal(
      completed(file('[{ "name": "SHARD", "class_name": "ShardDO" }]', '[{ "tag": "a", "new_sqlite_classes": ["ShardDO"] },]'), [SHARD, SCHEDULER]),
      file(
        '[{ "name": "SHARD", "class_name": "ShardDO" }, { "name": "SCHEDULER", "class_name": "SchedulerDO" }]',
        '[{ "tag": "a", "new_sqlite_classes": ["ShardDO"] }, { "tag": "v1", "new_sqlite_classes": ["SchedulerDO"] },]',
      ),
    );
    assert.equal(completed("{}", [NIGHTLY]), '{ "triggers": { "crons": ["0 3 * * *"] } }');
    assert.equal(completed('{ "triggers": { "crons": [] } }', [NIGHTLY]), '{ "triggers": { "crons": ["0 3 * * *"] } }');
    assert.equal(completed('{ "triggers": { "crons": [ /* none */ ] } }', [NIGHTLY]), '{ "triggers": { "crons": [ /* none */"0 3 * * *" ] } }');
  });

  test("to empty lists and objects, whatever is in them besides", () => {
    assert.equal(
      completed('{\n    "triggers": {\n        "crons": [\n            // none yet\n        ]\n    }\n}', [NIGHTLY]),
      '{\n    "triggers": {\n        "crons": [\n            // none yet\n            "0 3 * * *"\n        ]\n    }\n}',
    );
    assert.equal(completed("{\n}", [NIGHTLY]), '{\n  "triggers": { "crons": ["0 3 * * *"] }\n}');
    assert.equal(completed('{\n  "triggers": {}\n}', [NIGHTLY]), '{\n  "triggers": { "crons": ["0 3 * * *"] }\n}');
  });

  test("with the file's own line ends, indentation and byte order mark", () => {
    assert.equal(completed('\uFEFF{\r\n\t"name": "a"\r\n}\r\n', [NIGHTLY]), '\uFEFF{\r\n\t"name": "a",\r\n\t"triggers": { "crons": ["0 3 * * *"] }\r\n}\r\n');
  });

  test("to each environment, which takes over no binding, but the migrations and triggers", () => {
    const config = parse(completed('{ "name": "chat", "env": { "staging": {}, "live": { "triggers": { "crons": [] }, "migrations": [] } } }', [SHARD, NIGHTLY, BUCKET]));
    const bound = { bindings: [{ name: "SHARD", class_name: "ShardDO" }] };
    assert.deepEqual(config.env.staging, { durable_objects: bound, r2_buckets: [{ binding: "BUCKET", bucket_name: "chat-staging-bucket" }] });
    assert.deepEqual(config.env.live, {
      triggers: { crons: ["0 3 * * *"] },
      migrations: [{ tag: "v1", new_sqlite_classes: ["ShardDO"] }],
      durable_objects: bound,
      r2_buckets: [{ binding: "BUCKET", bucket_name: "chat-live-bucket" }],
    });
  });
});

describe("what is there stays as it is", () => {
  test("names that the author chose", () => {
    const text = JSON.stringify({
      r2_buckets: [{ binding: "BUCKET", bucket_name: "pictures" }],
      d1_databases: [{ binding: "DB", database_name: "main", database_id: "1", migrations_dir: "migrations" }],
      queues: { producers: [{ binding: "QUEUE", queue: "mail" }], consumers: [{ queue: "mail", max_batch_size: 5 }] },
      triggers: { crons: ["* * * * *", "0 3 * * *"] },
    });
    assert.equal(completed(text, [BUCKET, DATABASE, CONSUMER, NIGHTLY]), text);
  });

  test("classes that a migration renamed, or took from another Worker", () => {
    for (const migrations of [
      [{ tag: "v1", new_sqlite_classes: ["Old"] }, { tag: "v2", renamed_classes: [{ from: "Old", to: "ShardDO" }] }],
      [{ tag: "v1", transferred_classes: [{ from: "Old", from_script: "other", to: "ShardDO" }] }],
    ]) {
      const text = JSON.stringify({ durable_objects: { bindings: [{ name: "SHARD", class_name: "ShardDO" }] }, migrations });
      assert.equal(completed(text, [SHARD]), text);
    }
  });

  test("a class that was deleted is made again, under the next tag that is free", () => {
    const migrations = [{ tag: "v10", new_sqlite_classes: ["ShardDO"] }, { tag: "v09", deleted_classes: ["ShardDO"] }];
    const config = parse(completed(JSON.stringify({ migrations }), [SHARD]));
    assert.deepEqual(config.migrations, [...migrations, { tag: "v11", new_sqlite_classes: ["ShardDO"] }]);
  });

  test("objects of another Worker: no migration, cron or consumer, and the same owner for the rest", () => {
    const text = '{ "durable_objects": { "bindings": [{ "name": "SHARD", "class_name": "ShardDO", "script_name": "backend" }] } }';
    const { name, ...config } = parse(completed(text, [SHARD, SCHEDULER, NIGHTLY, CONSUMER]));
    assert.deepEqual(config, {
      durable_objects: {
        bindings: [
          { name: "SHARD", class_name: "ShardDO", script_name: "backend" },
          { name: "SCHEDULER", class_name: "SchedulerDO", script_name: "backend" },
        ],
      },
    });
  });

  test("an object of somebody else's in another Worker changes nothing", () => {
    const config = parse(completed('{ "durable_objects": { "bindings": [{ "name": "PARTY", "class_name": "Party", "script_name": "party" }] } }', [SHARD]));
    assert.deepEqual(config.migrations, [{ tag: "v1", new_sqlite_classes: ["ShardDO"] }]);
  });
});

describe("what contradicts the app is refused, and nothing is written", () => {
  test("a binding of another class", () =>
    refused('{ "durable_objects": { "bindings": [{ "name": "SHARD", "class_name": "Mine" }] } }', [SHARD], /SHARD is of class Mine.*give yours another name/));

  test("a class without SQLite", () =>
    refused('{ "migrations": [{ "tag": "v1", "new_classes": ["ShardDO"] }] }', [SHARD], /ShardDO was made by new_classes.*delete it/));

  test("another directory of migrations", () =>
    refused('{ "d1_databases": [{ "binding": "DB", "migrations_dir": "sql" }] }', [DATABASE], /set "migrations_dir": "migrations"/));

  test("in an environment", () =>
    refused('{ "env": { "live": { "durable_objects": { "bindings": [{ "name": "SHARD", "class_name": "Mine" }] } } } }', [SHARD], /^env\.live\.durable_objects\.bindings: SHARD/));

  test("values of the wrong kind", () => {
    refused('{ "durable_objects": [] }', [SHARD], /"durable_objects" has to be an object/);
    refused('{ "durable_objects": { "bindings": {} } }', [SHARD], /"durable_objects.bindings" has to be a list/);
    refused('{ "triggers": null }', [NIGHTLY], /"triggers" has to be an object/);
    refused('{ "env": [] }', [SHARD], /"env" has to be an object/);
    refused('{ "env": { "live": 1 } }', [SHARD], /"env.live" has to be an object/);
    refused("[]", [SHARD], /one \{ \.\.\. \} object/);
    refused("", [SHARD], /line 1, column 1/);
  });

  test("texts that are broken, or say a thing twice", () => {
    refused('{\n  "name": "a"\n  "main": "b"\n}', [SHARD], /line 3, column 3: CommaExpected/);
    refused('{ "name": "a", "triggers": {}, "triggers": {} }', [NIGHTLY], /column 32: "triggers" is there twice/);
  });

  test("a need of a newer version", () => refused("{}", [{ kind: "hyperdrive", binding: "H" }], /the app needs a hyperdrive/));
});
