// What the example's queries give at a cursor, from the shard's log alone: no code of the engine runs here.
import { rule } from "./rules.mjs";

/** Rows of a channel, oldest first, each as {id, text}. */
class Messages {
  #channels = new Map();
  #channelOf = new Map();

  apply({ op, id, doc }) {
    const former = this.#channelOf.get(id);
    const rows = former === undefined ? [] : this.#rows(former);
    const at = rows.findIndex((row) => row.id === id);
    if (op === "delete") rows.splice(at, 1);
    else if (op === "update") rows[at] = { id, text: doc };
    else {
      const channel = JSON.parse(doc).channel;
      this.#channelOf.set(id, channel);
      this.#rows(channel).push({ id, text: doc });
    }
  }

  #rows(channel) {
    if (!this.#channels.has(channel)) this.#channels.set(channel, []);
    return this.#channels.get(channel);
  }

  newest(channel, count) {
    return this.#rows(channel).slice(-count).reverse();
  }

  all() {
    return [...this.#channels.values()].flat();
  }
}

export class LogOracle {
  #changes;
  #expected = new Map();

  /** @param changes rows of the log, {seq, tbl, id, op, doc}, in order */
  constructor(changes) {
    this.#changes = changes;
    this.head = changes.at(-1)?.seq ?? 0;
  }

  /** Works out the results that will be asked for: [{key, path, args, cursor}], and gives the last state. */
  prepare(wanted) {
    const byCursor = Map.groupBy(wanted, ({ cursor }) => cursor);
    const messages = new Messages();
    const counters = new Map();
    const evaluate = (cursor) => {
      for (const { key, path, args } of byCursor.get(cursor) ?? []) {
        this.#expected.set(`${key}@${cursor}`, result(path, args, messages, counters));
      }
    };
    evaluate(0);
    for (const change of this.#changes) {
      if (change.tbl === "messages") messages.apply(change);
      if (change.tbl === "counters") counters.set(JSON.parse(change.doc).name, change);
      evaluate(change.seq);
    }
    return { messages: messages.all(), counters: [...counters.values()].map(({ id, doc }) => ({ id, text: doc })) };
  }

  /** Fails unless a value that a client shows is the result at the cursor. */
  expect(number, key, cursor, value, what) {
    const expected = this.#expected.get(`${key}@${cursor}`);
    rule(number, expected !== undefined, `${what}: no commit ended at ${cursor}`);
    rule(number, shown(value) === expected, () => `${what} at ${cursor} shows ${shown(value).slice(0, 600)} and not ${expected.slice(0, 600)}`);
  }

  /** The commits behind a cursor that wrote a message of the channel or the counter a query reads. */
  touching({ path, args }, after) {
    return this.#changes.filter(({ seq, tbl, doc }) => {
      if (seq <= after || doc === null) return false;
      return tbl === "counters" ? path === "counters:get" && JSON.parse(doc).name === args.name
        : tbl === "messages" && path !== "counters:get" && JSON.parse(doc).channel === args.channel;
    });
  }
}

/** A result as one text: rows exactly as they are stored. */
function result(path, args, messages, counters) {
  if (path === "counters:get") {
    const counter = counters.get(args.name);
    return counter ? String(JSON.parse(counter.doc).value) : "0";
  }
  const rows = messages.newest(args.channel, args.limit ?? args.numItems);
  return rows.map(({ text }) => text).join("\n");
}

/** What a client shows, in the same form. A page's own cursor is the engine's to choose. */
function shown(value) {
  const rows = Array.isArray(value) ? value : value?.page;
  return rows ? rows.map((row) => JSON.stringify(row)).join("\n") : String(value);
}
