import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeDelta, UNMERGEABLE } from "../dist/delta.js";
import { fixture } from "./support/fixtures.mjs";
import { seededRandom } from "./support/random.mjs";

const row = (id, time, extra = {}) => ({ _id: id, ...(time === undefined ? {} : { _creationTime: time }), ...extra });
const insert = (inserted) => ({ key: inserted._id, op: "insert", row: inserted });
const ids = (rows) => rows.map((r) => r._id).join("");

for (const { name, baseWire, frame, expect } of fixture("ws-frames.json")?.pageDeltaFrames ?? []) {
  test(`fixture: ${name}`, () => assert.deepEqual(mergeDelta(baseWire, frame.delta), expect.valueWire));
}

test("delete removes by id; deleting an absent row changes nothing", () => {
  const base = [row("a"), row("b")];
  assert.equal(ids(mergeDelta(base, { key: "a", op: "delete" })), "b");
  assert.deepEqual(mergeDelta(base, { key: "z", op: "delete" }), base);
});

test("update and insert of a known id replace in place and keep the other rows", () => {
  const base = [row("a", 1), row("b", 2), row("c", 3)];
  for (const op of ["update", "insert"]) {
    const merged = mergeDelta(base, { key: "b", op, row: row("b", 9, { text: "new" }) });
    assert.equal(ids(merged), "abc");
    assert.equal(merged[1].text, "new");
    assert.equal(merged[0], base[0]);
  }
  assert.equal(base[1].text, undefined, "the input is never changed");
});

test("an insert follows the direction of the first strictly ordered pair", () => {
  const cases = [
    [[1, 3, 5], 4, 2],
    [[5, 3, 1], 4, 1],
    [[5, 3, 1], 0, 3],
    [[3, 3, 1], 2, 2],
    [[3, 3, 5], 4, 2],
    [[3], 2, 0],
    [[3], 4, 1],
    [[], 4, 0],
    [[1, 3], 3, 2],
    [[3, 1], 3, 1],
    [[1, undefined, 5], 3, 2],
    [[5, undefined, 1], 3, 0],
  ];
  for (const [times, time, at] of cases) {
    const base = times.map((t, index) => row(`r${index}`, t));
    const merged = mergeDelta(base, insert(row("new", time)));
    assert.equal(merged.findIndex((r) => r._id === "new"), at, JSON.stringify({ times, time }));
  }
});

test("an insert without a numeric creation time goes last", () => {
  assert.equal(ids(mergeDelta([row("b", 2), row("a", 1)], insert(row("z")))), "baz");
});

test("a page keeps its other fields", () => {
  const base = { page: [row("a", 1)], isDone: false, continueCursor: "c" };
  const merged = mergeDelta(base, insert(row("b", 2)));
  assert.deepEqual(merged, { page: [row("a", 1), row("b", 2)], isDone: false, continueCursor: "c" });
});

test("disagreement or another shape is unmergeable", () => {
  const cases = [
    [[row("a")], { key: "b", op: "update", row: row("b") }],
    [[row("a")], { key: "b", op: "insert", row: row("c") }],
    [[row("a")], { key: "b", op: "insert" }],
    [[row("a")], { key: "a", op: "merge", row: row("a") }],
    [[row("a")], { op: "delete" }],
    [[{ noId: 1 }], { key: "a", op: "delete" }],
    [[1, 2], { key: "a", op: "delete" }],
    [{ rows: [] }, { key: "a", op: "delete" }],
    [5, { key: "a", op: "delete" }],
    [null, { key: "a", op: "delete" }],
    [new Map(), { key: "a", op: "delete" }],
  ];
  for (const [base, delta] of cases) assert.equal(mergeDelta(base, delta), UNMERGEABLE, JSON.stringify([base, delta]));
});

test("replaying random changes of an ordered table gives the table", () => {
  const random = seededRandom("delta replay");
  for (const direction of [1, -1]) {
    // Two rows fix the direction; they are never deleted.
    let table = [row("min", 0), row("max", 1e6)].sort((a, b) => direction * (a._creationTime - b._creationTime));
    let mirror = table;
    for (let step = 0; step < 1000; step++) {
      const pick = table[Math.floor(random() * table.length)];
      const fixed = pick._id === "min" || pick._id === "max";
      let delta;
      if (random() < 0.4 && !fixed) {
        delta = { key: pick._id, op: "delete" };
        table = table.filter((r) => r !== pick);
      } else if (random() < 0.5) {
        const changed = { ...pick, text: String(step) };
        delta = { key: pick._id, op: "update", row: changed };
        table = table.map((r) => (r === pick ? changed : r));
      } else {
        const fresh = row(`r${step}`, 1 + random() * 1e5);
        delta = insert(fresh);
        table = [...table, fresh].sort((a, b) => direction * (a._creationTime - b._creationTime));
      }
      mirror = mergeDelta(mirror, delta);
      assert.deepEqual(mirror, table);
    }
  }
});
