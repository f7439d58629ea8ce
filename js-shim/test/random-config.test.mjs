// Random texts: completing only adds, and completing twice is completing once. LUNORA_SEED repeats a run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createScanner, parse } from "jsonc-parser";
import { reconcile } from "../wrangler/reconcile.mjs";
import { ALL } from "./needs.mjs";

const ROUNDS = 1000;
const COMMA = 5;
const COMMENTS = new Set([12, 13]);
const BLANKS = new Set([14, 15]);
const END = 17;

const seed = Number(process.env.LUNORA_SEED ?? Math.floor(Math.random() * 2 ** 31));
let state = seed;

/** A whole number below n (mulberry32). */
function below(n) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
}

const chance = (percent) => below(100) < percent;
const some = (list) => list.filter(() => chance(60));

/** A configuration with some of what the app needs and things of its own. */
function config(depth = 0) {
  const parts = {
    name: "chat",
    vars: { A: "// no comment", B: [], C: {} },
    durable_objects: chance(20) ? {} : { bindings: some([{ name: "SHARD", class_name: "ShardDO" }, { name: "ROOM", class_name: "Room" }, { name: "SCHEDULER", class_name: "SchedulerDO" }]) },
    migrations: some([{ tag: "v1", new_sqlite_classes: ["ShardDO"] }, { tag: "v2", new_sqlite_classes: ["Room"] }, { tag: "v3", deleted_classes: ["ShardDO"] }]),
    r2_buckets: some([{ binding: "BUCKET", bucket_name: "b-1" }, { binding: "OTHER" }]),
    d1_databases: some([{ binding: "DB", migrations_dir: "migrations" }]),
    queues: chance(20) ? {} : { producers: some([{ binding: "QUEUE", queue: "mail" }]), consumers: some([{ queue: "mail" }]) },
    triggers: chance(30) ? {} : { crons: some(["* * * * *", "0 3 * * *"]) },
    ...(depth === 0 && { env: Object.fromEntries(some(["staging", "live"]).map((name) => [name, config(1)])) }),
  };
  return Object.fromEntries(some(Object.entries(parts)));
}

/** Its text, as a person with changing habits would write it. */
function written(value, eol, unit, indent = "") {
  if (typeof value !== "object") return JSON.stringify(value);
  const parts = Array.isArray(value) ? value.map((each) => ["", each]) : Object.entries(value).map(([name, each]) => [`${JSON.stringify(name)}: `, each]);
  const [open, shut] = Array.isArray(value) ? "[]" : "{}";
  const block = () => (chance(10) ? ` /* ${below(1000)}, */ ` : "");
  if (chance(40)) {
    const inner = parts.map(([name, each]) => block() + name + written(each, eol, unit, indent)).join(", ");
    return open + inner + block() + (parts.length > 0 && chance(20) ? "," : "") + block() + shut;
  }
  const inner = indent + unit;
  const note = () => (chance(25) ? ` // ${below(1000)}, ] }` : "");
  const own = () => (chance(15) ? `${inner}// { "${below(1000)}": 1 },${eol}` : "");
  const lines = parts.map(([name, each], at) => {
    const comma = at < parts.length - 1 || chance(30) ? "," : "";
    return own() + inner + name + written(each, eol, unit, inner) + block() + comma + note() + eol;
  });
  return open + note() + eol + lines.join("") + own() + indent + shut;
}

/** Every comment of a text with the last thing before it that is no comma. */
function comments(text) {
  const scanner = createScanner(text);
  const found = [];
  let before = "";
  for (let token = scanner.scan(); token !== END; token = scanner.scan()) {
    if (COMMENTS.has(token)) found.push([before, scanner.getTokenValue()]);
    else if (token !== COMMA && !BLANKS.has(token)) before = scanner.getTokenValue();
  }
  return found;
}

/** Whether all of the first text stands in the second, in order. */
function within(first, second) {
  let at = 0;
  for (const unit of second) if (unit === first[at]) at++;
  return at === first.length;
}

/** Whether every value is still there: lists begin with what they had, objects have what they had. */
function keeps(was, is) {
  if (typeof was !== "object" || was === null) return assert.equal(is, was);
  if (Array.isArray(was)) return was.forEach((each, at) => keeps(each, is[at]));
  const names = Object.keys(was);
  assert.deepEqual(Object.keys(is).slice(0, names.length), names);
  for (const name of names) keeps(was[name], is[name]);
}

test(`${ROUNDS} random texts (LUNORA_SEED=${seed})`, () => {
  let added = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const [eol, unit] = [["\n", "  "], ["\r\n", "\t"], ["\n", "    "]][below(3)];
    const text = (chance(20) ? `// the file${eol}` : "") + written(config(), eol, unit) + eol;
    const { text: result, missing, conflicts } = reconcile(text, ALL);
    const shown = `round ${round}:\n${text}\n--- became\n${result}`;
    assert.deepEqual(conflicts, [], shown);
    added += missing.length;
    assert.deepEqual(reconcile(result, ALL), { text: result, missing: [], conflicts: [] }, shown);
    assert.ok(within(text, result), shown);
    assert.deepEqual(comments(result), comments(text), shown);
    keeps(parse(text), parse(result));
    assert.equal(result.replaceAll("\r\n", "").includes("\r"), false, shown);
    assert.equal(eol === "\r\n" && result.replaceAll("\r\n", "").includes("\n"), false, shown);
  }
  assert.ok(added > ROUNDS, `only ${added} entries were added`);
});
