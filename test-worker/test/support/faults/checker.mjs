// Decides whether a history of the example is right, from what clients saw, the shard's log and its tables at the end.
import { merged } from "../live-model.mjs";
import { LogOracle } from "./log-oracle.mjs";
import { rule } from "./rules.mjs";

/**
 * @param events of a History
 * @param changes the shard's log
 * @param tables {messages, counters}: rows {_id, _doc} in order of insertion
 */
export function check(events, changes, tables) {
  const oracle = new LogOracle(changes);
  const calls = callsOf(events);
  effects(calls, changes);
  counterOrder(calls);
  const last = oracle.prepare([...wanted(events)]);
  stored(last, tables);
  shownByClients(events, oracle, insideOfCommits(calls, changes));
}

/** Every call with its answer: {path, args, from, until, answer}. */
function callsOf(events) {
  const calls = new Map();
  for (const event of events) {
    if (event.type === "invoke") calls.set(event.n, { ...event, from: event.n, until: Infinity });
    else if (event.type === "answer") Object.assign(calls.get(event.op), { until: event.n, answer: event });
  }
  return [...calls.values()];
}

/** Rules 4, 5 and 6 of what was written. */
function effects(calls, changes) {
  const byBody = new Map();
  for (const { seq, tbl, id, op, doc } of changes) {
    if (tbl !== "messages" || op !== "insert") continue;
    const { body } = JSON.parse(doc);
    rule(5, !byBody.has(body), `${body} was written twice`);
    byBody.set(body, { seq, id });
  }
  for (const { path, args, answer } of calls) {
    const bodies = path === "messages:send" ? [args.body] : path === "messages:sendMany" ? args.bodies : [];
    const rows = bodies.map((body) => byBody.get(body));
    const written = rows.filter((row) => row).length;
    rule(6, written === 0 || written === rows.length, `${path} of ${bodies} is written in part`);
    if (written > 0) rule(6, rows.every((row, i) => row.seq === rows[0].seq + i), `${bodies} is not one commit`);
    if (answer === undefined || bodies.length === 0) continue;
    rule(5, answer.error === undefined && written > 0, `${bodies} was answered ${JSON.stringify(answer)} and is not there`);
    rule(5, String(answer.result) === String(rows.map(({ id }) => id)), `${bodies} has the ids of another answer`);
    rule(4, answer.commitCursor >= rows.at(-1).seq, `commitCursor ${answer.commitCursor} of ${bodies}, written at ${rows.at(-1).seq}`);
  }
  counters(calls, changes);
}

function counters(calls, changes) {
  const values = new Map();
  for (const { seq, tbl, doc } of changes) {
    if (tbl !== "counters") continue;
    const { name, value } = JSON.parse(doc);
    rule(6, value === (values.get(name) ?? 0) + 1, `${name} went to ${value} at ${seq}`);
    values.set(name, value);
  }
  for (const [path, name] of [["counters:add", "all"], ["counters:push", "pushed"]]) {
    const meant = calls.filter((call) => call.path === path);
    const acknowledged = meant.filter(({ answer }) => answer);
    const value = values.get(name) ?? 0;
    rule(5, value >= acknowledged.length && value <= meant.length, `${name} is ${value}, of ${meant.length} calls ${acknowledged.length} were answered`);
    for (const { answer, key } of acknowledged) rule(5, answer.error === undefined, `${key} was refused: ${JSON.stringify(answer)}`);
  }
  for (const { path, answer } of calls) {
    if (path === "counters:addThenFail" && answer) rule(6, answer.error?.code === "CONFLICT", `it has to fail: ${JSON.stringify(answer)}`);
  }
}

/** Rule 7: additions of 1 have their values in the order of real time, and reads lie between. */
function counterOrder(calls) {
  const told = calls.filter(({ path, answer }) => (path === "counters:add" || path === "counters:get") && answer);
  const byEnd = told.toSorted((one, other) => one.until - other.until);
  let done = 0;
  let highest = 0;
  const values = new Set();
  for (const call of told.toSorted((one, other) => one.from - other.from)) {
    for (; done < byEnd.length && byEnd[done].until < call.from; done++) highest = Math.max(highest, byEnd[done].answer.result);
    const { result } = call.answer;
    const isRead = call.path === "counters:get";
    rule(7, isRead ? result >= highest : result > highest, `${call.path} gave ${result} after ${highest} was answered`);
    if (!isRead) {
      rule(7, !values.has(result), `two additions gave ${result}`);
      values.add(result);
    }
  }
}

/** Rule 6: the tables are what the log makes of them. */
function stored(last, tables) {
  for (const name of ["messages", "counters"]) {
    const expected = new Map(last[name].map(({ id, text }) => [id, text]));
    rule(6, expected.size === tables[name].length, `${name} has ${tables[name].length} rows, the log ${expected.size}`);
    for (const { _id, _doc } of tables[name]) rule(6, expected.get(_id) === _doc, `${name} ${_id} is ${_doc}, not ${expected.get(_id)}`);
  }
}

/** The cursors that lie within a commit of several rows. */
function insideOfCommits(calls, changes) {
  const inside = new Set();
  const seqOf = new Map(changes.filter(({ op }) => op === "insert").map(({ id, seq }) => [id, seq]));
  for (const { path, answer } of calls) {
    if (path !== "messages:sendMany" || !answer) continue;
    for (const id of answer.result.slice(0, -1)) inside.add(seqOf.get(id));
  }
  return inside;
}

const keyOf = ({ path, args }) => `${path} ${JSON.stringify(args)}`;

function* wanted(events) {
  const queries = new Map();
  for (const event of events) {
    if (event.type === "subscribe") queries.set(event.id, event);
    const cursor = event.frame?.cursor;
    const query = queries.get(event.frame?.id);
    if (cursor !== undefined && query) yield { key: keyOf(query), path: query.path, args: query.args, cursor };
  }
}

/** Rules 1 to 4 and 11 of every frame, in the order in which clients got them. */
function shownByClients(events, oracle, inside) {
  const subs = new Map();
  let epoch;
  let committed = 0;
  for (const event of events) {
    if (event.type === "answer") committed = Math.max(committed, event.commitCursor ?? 0);
    if (event.type === "subscribe") {
      const { id, path, args } = event;
      subs.set(id, { ...subs.get(id), id, path, args, key: keyOf(event), acked: false, seeded: false });
    } else if (event.type === "frame") {
      const sub = subs.get(event.frame.id);
      rule(11, sub !== undefined, `a frame of no subscription: ${JSON.stringify(event.frame)}`);
      epoch ??= event.frame.epoch;
      rule(3, event.frame.epoch === undefined || event.frame.epoch === epoch, "the timeline goes on, and its epoch changed");
      receive(sub, event.frame, oracle, inside);
    } else if (event.type === "rest") {
      for (const sub of subs.values()) atRest(sub, oracle, committed);
    }
  }
}

function receive(sub, frame, oracle, inside) {
  const what = `${sub.id} (${sub.key}): ${frame.type}`;
  if (frame.type === "ack") {
    sub.acked = true;
    return;
  }
  rule(11, ["data", "delta", "settled", "resume"].includes(frame.type), `${what}: ${JSON.stringify(frame)}`);
  const isSeed = frame.type === "data" || frame.type === "resume";
  rule(3, sub.acked ? isSeed : sub.seeded, `${what} at the wrong time`);
  if (frame.type === "data") sub.value = frame.data;
  if (frame.type === "delta") {
    try {
      sub.value = merged(sub.value, frame.delta);
    } catch (error) {
      rule(3, false, `${what} cannot be merged: ${error.message}`);
    }
  }
  const first = sub.acked;
  sub.acked = false;
  sub.seeded = true;
  if (frame.cursor === undefined) return;
  rule(2, !inside.has(frame.cursor), `${what} at ${frame.cursor}, within a commit`);
  rule(3, sub.cursor === undefined || (first ? frame.cursor >= sub.cursor : frame.cursor > sub.cursor), `${what} at ${frame.cursor} after ${sub.cursor}`);
  sub.cursor = frame.cursor;
  oracle.expect(frame.type === "data" || frame.type === "settled" ? 2 : 3, sub.key, frame.cursor, sub.value, what);
}

function atRest(sub, oracle, committed) {
  rule(1, sub.seeded, `${sub.id} has no result`);
  const missed = oracle.touching(sub, sub.cursor).filter(({ seq }) => seq <= committed);
  rule(4, missed.length === 0, `${sub.id} (${sub.key}), at ${sub.cursor}, never heard of ${missed.map(({ seq }) => seq)}`);
}
