// What a client holds of one shape, by the protocol's rules (section 8), as strictly as the published clients.
import assert from "node:assert/strict";

export class ShapeModel {
  /** @type {Map<string, object>} rows by id */
  rows = new Map();
  checkpoint;
  epoch;
  /** The poke frames that this shape was part of, oldest first. */
  parts = [];
  #socket;
  #read = 0;
  #open = new Map();

  constructor(socket, id, table = "messages") {
    this.table = table;
    this.#socket = socket;
    this.id = id;
  }

  /** Subscribes, from where the model stands, and waits for the ack. */
  async subscribe(name, args) {
    this.what = { name, args };
    return this.#request();
  }

  /** Goes on over another socket. */
  async resume(socket) {
    this.#socket = socket;
    this.#read = 0;
    this.#open.clear();
    return this.#request();
  }

  async #request() {
    const from = this.#socket.frames.length;
    const since = this.checkpoint === undefined ? {} : { sinceCheckpoint: this.checkpoint, sinceEpoch: this.epoch };
    this.#socket.send({ type: "shape_subscribe", id: this.id, shape: this.what, ...since });
    await this.#socket.frame((frame) => frame.id === this.id && frame.type === "ack", `ack of ${this.id}`, from);
    return this.now();
  }

  /** The rows after every frame that has arrived. */
  now() {
    for (; this.#read < this.#socket.frames.length; this.#read++) this.#take(this.#socket.frames[this.#read]);
    return [...this.rows.values()];
  }

  /** The rows once there are that many parts. */
  async after(parts) {
    await this.#socket.until(() => (this.now(), this.parts.length >= parts), `part ${parts} of ${this.id}`);
    return this.now();
  }

  #take(frame) {
    if (frame.type === "pokeStart") this.#open.set(frame.pokeId, { start: frame, own: [] });
    const poke = this.#open.get(frame.pokeId);
    if (frame.type === "pokePart") {
      assert.ok(poke, `a part of no poke: ${JSON.stringify(frame).slice(0, 200)}`);
      if (frame.shapeId === this.id) poke.own.push(frame);
    }
    if (frame.type === "pokeEnd") {
      this.#open.delete(frame.pokeId);
      assert.equal(frame.epoch, poke.start.epoch);
      if (poke.own.length > 0) this.#apply(poke, frame);
    }
  }

  #apply({ start, own }, end) {
    if (own[0].reset) this.rows = new Map();
    else {
      const base = own[0].baseCheckpoint ?? start.baseCheckpoint;
      if (base !== undefined && this.checkpoint !== undefined) assert.equal(base, this.checkpoint, "the base of a part");
      if (this.epoch !== undefined) assert.equal(end.epoch, this.epoch);
    }
    for (const part of own) {
      this.parts.push(part);
      for (const { op, key, table, value } of part.rowsPatch) {
        assert.equal(table, this.table);
        assert.equal(value === undefined, op === "delete");
        if (op === "insert") assert.ok(!this.rows.has(key), `insert of ${key}, which is there`);
        if (op === "delete") this.rows.delete(key);
        else this.rows.set(key, value);
      }
    }
    this.checkpoint = end.checkpoint;
    this.epoch = end.epoch;
  }
}
