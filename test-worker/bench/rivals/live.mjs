// The live lists of a hand-written Durable Object. A list keeps its rows in memory from its first run
// on; its delta is serialised once for all subscribers. Which lists a row concerns is the matching's.
import { queries } from "./queries.mjs";

export class Live {
  #ctx;
  #database;
  #matching;
  #lists = new Map();
  #bySocket = new Map();
  /** How often offers:cheapest was read. */
  runs = 0;

  /** Takes up the subscriptions in the attachments of sockets that outlived hibernation. */
  constructor(ctx, database, matching) {
    this.#ctx = ctx;
    this.#database = database;
    this.#matching = matching;
    for (const socket of ctx.getWebSockets()) {
      const attachment = socket.deserializeAttachment();
      for (const [id, [path, args]] of Object.entries(attachment.subscriptions)) {
        this.#enter(socket, attachment.pageDelta, id, path, args);
      }
    }
  }

  sockets() {
    return this.#ctx.getWebSockets();
  }

  query(path) {
    return queries[path];
  }

  lists() {
    return this.#lists.values();
  }

  list(path, args) {
    return this.#lists.get(path + JSON.stringify(args));
  }

  /** The result of a query that somebody calls. */
  text(path, args) {
    const query = queries[path];
    return rowsText(this.#read({ path, query, args }, query.limit(args)));
  }

  /** Adds a subscriber and sends it the rows, or that it still has them. */
  add(socket, pageDelta, id, path, args, since) {
    this.remove(socket, id);
    const { list, head } = this.#enter(socket, pageDelta, id, path, args);
    this.#load(list);
    const { cursor, epoch } = this.#database;
    if (since.epoch === epoch && since.cursor >= list.changed && since.cursor <= cursor) {
      socket.send(`{"type":"resume","id":${head}${this.#position()}`);
    } else {
      socket.send(`{"type":"data","id":${head},"data":${textOf(list)}${this.#position()}`);
    }
  }

  #enter(socket, pageDelta, id, path, args) {
    let list = this.list(path, args);
    if (list === undefined) {
      list = { path, query: queries[path], args, rows: null, text: null, changed: 0, subscribers: new Set() };
      this.#lists.set(path + JSON.stringify(args), list);
      this.#matching.add(list);
    }
    let own = this.#bySocket.get(socket);
    if (own === undefined) {
      own = new Map();
      this.#bySocket.set(socket, own);
    }
    const subscriber = { socket, list, head: JSON.stringify(id), pageDelta };
    list.subscribers.add(subscriber);
    own.set(id, subscriber);
    return subscriber;
  }

  remove(socket, id) {
    const own = this.#bySocket.get(socket);
    const subscriber = own?.get(id);
    if (subscriber !== undefined) {
      own.delete(id);
      this.#leave(subscriber);
    }
  }

  closed(socket) {
    for (const subscriber of this.#bySocket.get(socket)?.values() ?? []) {
      this.#leave(subscriber);
    }
    this.#bySocket.delete(socket);
  }

  #leave(subscriber) {
    const { list } = subscriber;
    list.subscribers.delete(subscriber);
    if (list.subscribers.size === 0) {
      this.#lists.delete(list.path + JSON.stringify(list.args));
      this.#matching.remove(list);
    }
  }

  /** Tells the lists that one new row concerns. */
  written(table, row) {
    this.#matching.written(this, table, row);
  }

  /** Several rows at once: every list of the table that has one of them starts over. */
  writtenMany(table, rows) {
    for (const list of this.#lists.values()) {
      if (list.query.table === table && rows.some((row) => list.query.covers(list.args, row))) {
        list.rows = null;
        this.#load(list);
        this.#sendData(list);
      }
    }
  }

  #read({ path, query, args }, limit) {
    if (path === "offers:cheapest") {
      this.runs++;
    }
    const rows = this.#database.rows(query.sql, [...query.params(args), limit]);
    return rows.map(([id, doc, place]) => ({ id, doc, place }));
  }

  #load(list) {
    if (list.rows === null) {
      list.rows = this.#read(list, list.query.limit(list.args));
      list.text = null;
      list.changed = this.#database.cursor;
    }
  }

  /** A row that is in the list's range: in its window it enters, and the last may leave. */
  inserted(list, row) {
    const limit = list.query.limit(list.args);
    const place = list.query.place(row);
    if (list.rows === null) {
      // After hibernation: the new row is read with the others, and so is the one it pushed out.
      list.rows = this.#read(list, limit + 1);
      if (!list.rows.slice(0, limit).some(({ id }) => id === row.id)) {
        list.rows.length = Math.min(list.rows.length, limit);
        return;
      }
    } else {
      const found = list.rows.findIndex((each) => each.place > place);
      const at = found < 0 ? list.rows.length : found;
      if (at >= limit) {
        return;
      }
      list.rows.splice(at, 0, { id: row.id, doc: row.doc, place });
    }
    const left = list.rows.length > limit ? [list.rows.pop()] : [];
    this.#changed(list, left, [row]);
  }

  /** Reads the list again and sends what differs. */
  runAgain(list) {
    const before = list.rows;
    list.rows = this.#read(list, list.query.limit(list.args));
    if (before === null) {
      list.text = null;
      this.#sendData(list);
      return;
    }
    const [old, now] = [before, list.rows].map((rows) => new Set(rows.map(({ id }) => id)));
    const left = before.filter(({ id }) => !now.has(id));
    const entered = list.rows.filter(({ id }) => !old.has(id));
    if (left.length + entered.length > 0) {
      this.#changed(list, left, entered);
    }
  }

  #changed(list, left, entered) {
    list.text = null;
    list.changed = this.#database.cursor;
    if (!list.query.mergeable) {
      this.#sendData(list);
      return;
    }
    const table = `,"table":"${list.query.table}"}`;
    const deltas = [
      ...left.map(({ id }) => `{"key":"${id}","op":"delete"${table}`),
      ...entered.map(({ id, doc }) => `{"key":"${id}","op":"insert","row":${doc}${table}`),
    ];
    const tails = deltas.map(
      (delta, i) => `,"delta":${delta}${i === deltas.length - 1 ? this.#position() : "}"}`,
    );
    for (const subscriber of list.subscribers) {
      if (subscriber.pageDelta) {
        subscriber.deltaHead ??= `{"type":"delta","id":${subscriber.head}`;
        for (const tail of tails) {
          this.#send(subscriber, subscriber.deltaHead + tail);
        }
      } else {
        this.#send(subscriber, this.#data(list, subscriber));
      }
    }
  }

  #sendData(list) {
    for (const subscriber of list.subscribers) {
      this.#send(subscriber, this.#data(list, subscriber));
    }
  }

  #data(list, { head }) {
    return `{"type":"data","id":${head},"data":${textOf(list)}${this.#position()}`;
  }

  #send({ socket }, text) {
    try {
      socket.send(text);
    } catch {
      this.closed(socket);
    }
  }

  #position() {
    return `,"cursor":${this.#database.cursor},"epoch":"${this.#database.epoch}"}`;
  }
}

function textOf(list) {
  list.text ??= rowsText(list.rows);
  return list.text;
}

function rowsText(rows) {
  return `[${rows.map(({ doc }) => doc).join(",")}]`;
}
