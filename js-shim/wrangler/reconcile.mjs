// Compares a wrangler.jsonc with what an app needs of its deployment, and adds what is missing. Nothing is changed or taken
// away: what contradicts the app is a conflict, which its author has to decide.
import { ConfigError, JsonDocument } from "./document.mjs";
import { liveClasses, nextTag } from "./migrations.mjs";
import { Scope } from "./scope.mjs";

/**
 * Compares and completes: `{text, missing, conflicts}`. With conflicts, or with nothing missing, the text is the one that
 * came in.
 */
export function reconcile(text, needs) {
  const missing = [];
  const conflicts = [];
  let completed = text;
  try {
    const document = new JsonDocument(text);
    for (const environment of [undefined, ...document.names(["env"])]) {
      const scope = new Scope(document, environment, needs, missing, conflicts);
      for (const { kind, ...need } of needs) needOf(kind)(scope, need);
      createClasses(scope, needs.filter((need) => need.kind === "object"));
    }
    if (conflicts.length === 0) completed = document.text;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    conflicts.push(error.message);
  }
  return { text: completed, missing, conflicts };
}

function needOf(kind) {
  if (!Object.hasOwn(KINDS, kind)) throw new ConfigError(`the app needs a ${kind}, which this version of the command does not know`);
  return KINDS[kind];
}

/** How each kind of need is met: one more is one more entry. */
const KINDS = {
  object(scope, { binding, class: className }) {
    const path = scope.own("durable_objects", "bindings");
    const found = scope.find(path, { name: binding });
    if (found === undefined) {
      const owner = scope.owner();
      scope.add(path, { name: binding, class_name: className, ...(owner && { script_name: owner }) });
    } else if (found.class_name !== className) {
      scope.conflict(path, `${binding} is of class ${found.class_name}, and the app needs it for ${className}: give yours another name`);
    }
  },

  cron(scope, { expression }) {
    if (scope.owner()) return;
    const path = scope.inherited("triggers", "crons");
    if (!scope.list(path).includes(expression)) scope.add(path, expression);
  },

  bucket(scope, { binding }) {
    const path = scope.own("r2_buckets");
    if (!scope.find(path, { binding })) scope.add(path, { binding, bucket_name: scope.resource(binding) });
  },

  // Objects use it: the Worker that owns them has it.
  database(scope, { binding, migrations }) {
    if (scope.owner()) return;
    const path = scope.own("d1_databases");
    const found = scope.find(path, { binding });
    if (found === undefined) {
      scope.add(path, { binding, database_name: scope.resource(binding), ...(migrations && { migrations_dir: migrations }) });
    } else if (migrations && found.migrations_dir !== migrations) {
      scope.conflict(path, `the migrations of ${binding} are in another directory: set "migrations_dir": ${JSON.stringify(migrations)}`);
    }
  },

  // A queue has one consumer: the Worker that owns the objects.
  consumer(scope, { queue }) {
    if (scope.owner()) return;
    const path = scope.own("queues", "consumers");
    if (!scope.find(path, { queue })) scope.add(path, { queue, dead_letter_queue: `${queue}-dead` });
  },
};

/** One migration for the classes of this Worker that none has made. Older ones are never touched: they may be applied. */
function createClasses(scope, objects) {
  const bindings = scope.own("durable_objects", "bindings");
  const path = scope.inherited("migrations");
  const migrations = scope.list(path);
  const live = liveClasses(migrations);
  const absent = [];
  for (const { binding, class: className } of objects) {
    if (scope.find(bindings, { name: binding })?.script_name !== undefined) continue;
    if (!live.has(className)) {
      absent.push(className);
    } else if (live.get(className) !== "sqlite") {
      scope.conflict(path, `${className} was made by new_classes, without SQLite: delete it in a migration of its own (its data goes with it), then run this again`);
    }
  }
  if (absent.length > 0) scope.add(path, { tag: nextTag(migrations), new_sqlite_classes: absent });
}
