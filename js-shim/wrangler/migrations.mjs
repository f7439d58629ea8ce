// The migrations of Durable Object classes, as the platform applies them: in order, each once.

/** The classes that there are after all migrations: "sqlite" or "plain", by name. */
export function liveClasses(migrations) {
  const live = new Map();
  for (const migration of migrations) {
    for (const name of migration?.new_sqlite_classes ?? []) live.set(name, "sqlite");
    for (const name of migration?.new_classes ?? []) live.set(name, "plain");
    for (const { from, to } of migration?.renamed_classes ?? []) {
      live.set(to, live.get(from) ?? "sqlite");
      live.delete(from);
    }
    // What another script had is taken for what it has to be.
    for (const { to } of migration?.transferred_classes ?? []) live.set(to, "sqlite");
    for (const name of migration?.deleted_classes ?? []) live.delete(name);
  }
  return live;
}

/** The last tag's number and one, in its form: v2 after v1. */
export function nextTag(migrations) {
  const tags = new Set(migrations.map((migration) => migration?.tag));
  const [, stem, digits] = /^(.*?)(\d+)$/.exec(migrations.at(-1)?.tag ?? "") ?? [undefined, "v", "0"];
  let number = Number(digits) + 1;
  const tag = () => stem + String(number).padStart(digits.length, "0");
  while (tags.has(tag())) number++;
  return tag();
}
