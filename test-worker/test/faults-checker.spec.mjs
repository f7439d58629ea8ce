// The checker of faults.spec.mjs can fail: each rule catches a history that breaks it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check } from "./support/faults/checker.mjs";
import { Violation } from "./support/faults/rules.mjs";

const row = (id, body) => ({ _id: id, _creationTime: Number(id), channel: "c", author: "a", body });
const inserted = (seq, id, body) => ({ seq, tbl: "messages", id, op: "insert", doc: JSON.stringify(row(id, body)) });
const counted = (seq, value) => ({ seq, tbl: "counters", id: "k", op: value === 1 ? "insert" : "update", doc: JSON.stringify({ name: "all", value }) });

/** A history that is right: a message, two at once, an addition, and one client who watches it all. */
function right() {
  const changes = [inserted(1, "1", "one"), inserted(2, "2", "two"), inserted(3, "3", "three"), counted(4, 1), counted(5, 2)];
  const list = { id: "s", path: "messages:list", args: { channel: "c", limit: 9 } };
  const count = { id: "t", path: "counters:get", args: { name: "all" } };
  const frame = (type, more) => ({ type: "frame", frame: { type, id: "s", epoch: "e", ...more } });
  const events = [
    { type: "subscribe", ...list },
    frame("ack", { epoch: undefined }),
    frame("data", { data: [], cursor: 0 }),
    { type: "invoke", path: "messages:send", args: { channel: "c", body: "one" } },
    { type: "answer", op: 3, result: "1", commitCursor: 1 },
    frame("delta", { delta: { key: "1", op: "insert", row: row("1", "one"), table: "messages" }, cursor: 1 }),
    { type: "invoke", path: "messages:sendMany", args: { channel: "c", bodies: ["two", "three"] } },
    { type: "answer", op: 6, result: ["2", "3"], commitCursor: 3 },
    frame("data", { data: [row("3", "three"), row("2", "two"), row("1", "one")], cursor: 3 }),
    { type: "invoke", path: "counters:add", args: { name: "all", by: 1 } },
    { type: "answer", op: 9, result: 1, commitCursor: 4 },
    { type: "invoke", path: "counters:add", args: { name: "all", by: 1 } },
    { type: "answer", op: 11, result: 2, commitCursor: 5 },
    { type: "invoke", path: "counters:get", args: { name: "all" } },
    { type: "answer", op: 13, result: 2 },
    { type: "subscribe", ...count },
    frame("ack", { id: "t" }),
    frame("data", { id: "t", data: 2, cursor: 5 }),
    { type: "rest" },
  ].map((event, n) => ({ n, ...event }));
  const stored = (change) => ({ _id: change.id, _doc: change.doc });
  return { events, changes, tables: { messages: changes.slice(0, 3).map(stored), counters: [stored(changes[4])] } };
}

describe("the checker", () => {
  test("finds nothing in what is right", () => {
    const { events, changes, tables } = right();
    check(events, changes, tables);
  });

  const WRONG = [
    [1, "a subscription without a result", ({ events }) => events.splice(17, 1)],
    [2, "an earlier result", ({ events }) => (events[8].frame.data = [row("1", "one")])],
    [2, "half a commit", ({ events }) => (events[8].frame.cursor = 2)],
    [3, "a lost delta", ({ events }) => Object.assign(events[8].frame, { type: "resume", data: undefined, cursor: 3 })],
    [3, "a delta twice", ({ events }) => events.splice(6, 0, structuredClone(events[5]))],
    [3, "a cursor that goes back", ({ events }) => (events[8].frame.cursor = 1)],
    [3, "another epoch", ({ events }) => (events[8].frame.epoch = "f")],
    [4, "a push that never came", ({ events }) => events.splice(8, 1, { type: "lost" })],
    [4, "a commitCursor before the write", ({ events }) => (events[4].commitCursor = 0)],
    [5, "a message twice", ({ changes }) => changes.push(inserted(6, "4", "one"))],
    [5, "an answer without its write", ({ events }) => (events[3].args.body = "never")],
    [5, "an answer of another call", ({ events }) => (events[4].result = "2")],
    [6, "half of a mutation", ({ changes }) => changes.splice(2, 1)],
    [6, "a table that lost a row", ({ tables }) => tables.messages.pop()],
    [6, "an addition that failed and stayed", ({ changes }) => (changes[4] = counted(5, 1001))],
    [7, "a stale read", ({ events }) => (events[14].result = 1)],
    [7, "additions against the time", ({ events }) => ([events[10].result, events[12].result] = [2, 1])],
    [11, "a frame of nobody's", ({ events }) => (events[5].frame.id = "x")],
    [11, "an error", ({ events }) => (events[8].frame.type = "error")],
  ];
  for (const [number, what, spoil] of WRONG) {
    test(`rule ${number}: ${what}`, () => {
      const history = right();
      spoil(history);
      assert.throws(() => check(history.events, history.changes, history.tables), (error) => error instanceof Violation && error.rule === number || assert.fail(`found ${error.message}`));
    });
  }
});
