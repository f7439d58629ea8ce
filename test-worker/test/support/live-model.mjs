// What a client of the protocol makes of the frames of one subscription (section 7.4), written from the protocol
// alone: no code is shared with js-client.
import assert from "node:assert/strict";

export class LiveModel {
  value;
  cursor = 0;
  epoch;
  #seen = 0;

  constructor(socket, id) {
    this.socket = socket;
    this.id = id;
  }

  /** Applies what has come since the last time and gives the value. */
  now() {
    const frames = this.socket.of(this.id);
    for (const frame of frames.slice(this.#seen)) this.#apply(frame);
    this.#seen = frames.length;
    return this.value;
  }

  #apply(frame) {
    if (frame.type === "data") this.value = frame.data;
    else if (frame.type === "delta") this.value = merged(this.value, frame.delta);
    else assert.ok(["ack", "settled", "resume"].includes(frame.type), JSON.stringify(frame));
    if (frame.cursor === undefined) return;
    assert.ok(frame.cursor >= this.cursor, `the cursor went back from ${this.cursor}: ${JSON.stringify(frame).slice(0, 300)}`);
    assert.equal(typeof frame.epoch, "string");
    this.cursor = frame.cursor;
    this.epoch = frame.epoch;
  }
}

/** A value after one delta: rows in an array, or in the `page` of an object. */
export function merged(value, delta) {
  assert.equal(typeof delta.key, "string");
  assert.equal(delta.table, "messages");
  return Array.isArray(value) ? mergedRows(value, delta) : { ...value, page: mergedRows(value.page, delta) };
}

function mergedRows(rows, { key, op, row }) {
  const at = rows.findIndex((each) => each._id === key);
  if (op === "delete") {
    assert.equal(row, undefined);
    assert.ok(at >= 0, `delete of ${key}, which is not there`);
    return rows.toSpliced(at, 1);
  }
  assert.equal(row._id, key);
  if (at >= 0) return rows.with(at, row);
  assert.equal(op, "insert", `update of ${key}, which is not there`);
  const times = rows.map((each) => each._creationTime);
  const pair = times.findIndex((time, i) => i > 0 && time !== times[i - 1]);
  const descending = pair > 0 && times[pair] < times[pair - 1];
  const before = times.findIndex((time) => (descending ? time < row._creationTime : time > row._creationTime));
  return before < 0 ? [...rows, row] : rows.toSpliced(before, 0, row);
}
