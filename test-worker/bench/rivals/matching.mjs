// Three ways to find the live lists that a new row concerns.
import { Intervals } from "./intervals.mjs";

/** By an index over the subscriptions: a hash of keys, intervals by a sorted array. */
export class Indexed {
  /** "path|key" -> Set of lists, or Intervals. */
  #buckets = new Map();
  #paths = new Map();

  add(list) {
    const { index } = list.query;
    const key = bucketKey(list.path, index.key && list.args);
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = index.point ? new Intervals() : new Set();
      this.#buckets.set(key, bucket);
      this.#paths.set(list.path, list.query);
    }
    bucket.add(list);
  }

  remove(list) {
    const key = bucketKey(list.path, list.query.index.key && list.args);
    const bucket = this.#buckets.get(key);
    bucket.delete(list);
    if (bucket.size === 0) {
      this.#buckets.delete(key);
    }
  }

  written(live, table, row) {
    for (const [path, query] of this.#paths) {
      if (query.table === table) {
        this.#tell(live, path, query, row);
      }
    }
  }

  #tell(live, path, query, row) {
    const bucket = this.#buckets.get(bucketKey(path, query.index.key && row));
    if (bucket === undefined) {
      return;
    }
    for (const list of query.index.point ? bucket.at(query.index.point(row)) : bucket) {
      if (query.covers(list.args, row)) {
        live.inserted(list, row);
      }
    }
  }
}

/** Rows and arguments name their key alike: a channel or a shop. */
function bucketKey(path, named) {
  return named === undefined ? path : `${path}|${named.channel ?? named.shop}`;
}

/** By looking at every subscription in the attachment of every socket. */
export class Scan {
  add() {}
  remove() {}

  written(live, table, row) {
    const concerned = new Set();
    for (const socket of live.sockets()) {
      for (const [path, args] of Object.values(socket.deserializeAttachment().subscriptions)) {
        const query = live.query(path);
        if (query.table === table && query.covers(args, row)) {
          concerned.add(live.list(path, args));
        }
      }
    }
    for (const list of concerned) {
      live.inserted(list, row);
    }
  }
}

/** Not at all: every query over the table is run again and its rows are compared. */
export class Naive {
  add() {}
  remove() {}

  written(live, table) {
    for (const list of live.lists()) {
      if (list.query.table === table) {
        live.runAgain(list);
      }
    }
  }
}
