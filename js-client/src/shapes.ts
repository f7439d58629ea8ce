import { LunoraError } from "./errors.js";
import { errorOf, type ServerFrame } from "./frames.js";
import type { LinkFeature, LinkPort } from "./link-feature.js";
import { POKE_ROWS_MAX, PokeBuffer, readRowOp, type Poke, type PokePart } from "./poke.js";
import { shielded } from "./shielded.js";
import { decodeWire } from "./wire/decode.js";
import { encodeWire } from "./wire/encode.js";
import { stableKey } from "./wire/key.js";

/** Callbacks of one follower of a shape. */
export interface ShapeSubscriber<Row = unknown> {
  /** Every row of the shape, in the order they arrived; first when it is complete, then on every change. */
  onRows(rows: readonly Row[]): void;
  /** The shape failed; it is tried again on the next connection or subscribe. */
  onError?(error: LunoraError): void;
  /** Somebody else may be signed in: take the rows off the screen. `onRows` or `onError` follows. */
  onReset?(): void;
}

interface Shape {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly wireArgs: unknown;
  readonly subscribers: Set<ShapeSubscriber>;
  rows: Map<string, unknown>;
  shown: readonly unknown[] | undefined;
  checkpoint: number | undefined;
  epoch: string | undefined;
  failure: LunoraError | undefined;
  /** A part was missed: only one that starts over may be applied. */
  needsReset: boolean;
}

/** The shapes of one shard: sets of rows the server keeps equal to its own, a poke at a time. */
export class Shapes implements LinkFeature {
  readonly #port: LinkPort;
  readonly #byKey = new Map<string, Shape>();
  readonly #byId = new Map<string, Shape>();
  readonly #pokes = new PokeBuffer();
  #idsGiven = 0;

  constructor(port: LinkPort) {
    this.#port = port;
  }

  get idle(): boolean {
    return this.#byId.size === 0;
  }

  /** @throws TypeError or RangeError when the arguments cannot be encoded */
  subscribe(name: string, args: unknown, subscriber: ShapeSubscriber): () => void {
    const key = `${name}::${stableKey(args)}`;
    const shape = this.#byKey.get(key) ?? this.#create(key, name, args);
    shape.subscribers.add(subscriber);
    const { shown } = shape;
    if (shown !== undefined) {
      queueMicrotask(() => {
        if (shape.subscribers.has(subscriber) && shape.shown === shown) shielded(() => subscriber.onRows(shown));
      });
    }
    if (shape.failure !== undefined) this.#port.pace(shape.id);
    return () => this.#unsubscribe(shape, subscriber);
  }

  onOpen(): void {
    for (const id of this.#byId.keys()) this.#port.pace(id);
  }

  onDown(): void {
    this.#pokes.clear();
  }

  /** Rows are shown again by the poke that answers the subscribe: the server resumes only what no user matters to. */
  doubt(): void {
    for (const shape of this.#byId.values()) {
      if (shape.shown === undefined) continue;
      shape.shown = undefined;
      for (const subscriber of [...shape.subscribers]) {
        if (shape.subscribers.has(subscriber)) shielded(() => subscriber.onReset?.());
      }
    }
  }

  onFrame(frame: ServerFrame): void {
    if (frame.type === "error") {
      const shape = this.#byId.get(String(frame["id"]));
      if (shape !== undefined) this.#fail(shape, errorOf(frame));
      return;
    }
    const { finished, overflowed } = this.#pokes.take(frame);
    for (const shapeId of overflowed) this.#refuseOversize(shapeId);
    if (finished !== undefined) this.#apply(finished);
  }

  sendPaced(id: string): void {
    const shape = this.#byId.get(id);
    if (shape === undefined) return;
    shape.failure = undefined;
    const { name, wireArgs, checkpoint, epoch } = shape;
    const since = checkpoint === undefined ? {} : { sinceCheckpoint: checkpoint, ...(epoch === undefined ? {} : { sinceEpoch: epoch }) };
    this.#port.send({ type: "shape_subscribe", id, shape: { name, args: wireArgs }, ...since });
  }

  close(): void {
    this.#byKey.clear();
    this.#byId.clear();
    this.#pokes.clear();
  }

  #create(key: string, name: string, args: unknown): Shape {
    const shape: Shape = {
      id: `shape_${++this.#idsGiven}`,
      key,
      name,
      wireArgs: encodeWire(args),
      subscribers: new Set(),
      rows: new Map(),
      shown: undefined,
      checkpoint: undefined,
      epoch: undefined,
      failure: undefined,
      needsReset: false,
    };
    this.#byKey.set(key, shape);
    this.#byId.set(shape.id, shape);
    this.#port.wake();
    this.#port.pace(shape.id);
    return shape;
  }

  #unsubscribe(shape: Shape, subscriber: ShapeSubscriber): void {
    shape.subscribers.delete(subscriber);
    if (shape.subscribers.size > 0 || this.#byId.get(shape.id) !== shape) return;
    this.#byKey.delete(shape.key);
    this.#byId.delete(shape.id);
    if (this.#port.wasSent(shape.id)) this.#port.send({ type: "shape_unsubscribe", id: shape.id });
    this.#port.withdraw(shape.id);
    this.#port.rest();
  }

  /** All or nothing: rows of one commit must not be seen without the others. */
  #apply(poke: Poke): void {
    const changed = new Map<Shape, Map<string, unknown>>();
    let undecodable: unknown;
    for (const part of poke.parts) {
      const shape = this.#byId.get(part.shapeId);
      if (shape === undefined) continue;
      // Parts of one poke for one shape build on each other, from whatever the first of them began with.
      const before = changed.get(shape);
      if (before === undefined) {
        if (shape.needsReset && !part.reset) continue;
        if (missesRows(shape, part, poke)) {
          this.#startOver(shape.id);
          continue;
        }
      }
      try {
        changed.set(shape, patched(part.reset ? new Map() : (before ?? shape.rows), part));
      } catch (thrown) {
        undecodable = thrown;
      }
    }
    if (undecodable !== undefined) return this.#refuse(poke, undecodable);
    for (const [shape, rows] of changed) {
      shape.rows = rows;
      shape.checkpoint = poke.checkpoint;
      shape.epoch = poke.epoch ?? shape.epoch;
      shape.needsReset = false;
      shape.failure = undefined;
      shape.shown = [...rows.values()];
    }
    for (const shape of changed.keys()) this.#show(shape);
  }

  #show(shape: Shape): void {
    const rows = shape.shown ?? [];
    for (const subscriber of [...shape.subscribers]) {
      if (shape.subscribers.has(subscriber)) shielded(() => subscriber.onRows(rows));
    }
  }

  /** The rows on screen stay, but resuming from them would hide what the poke held. */
  #refuse(poke: Poke, thrown: unknown): void {
    const message = "rows of a shape could not be decoded; is the client older than the server?";
    const error = new LunoraError({ code: "WIRE_DECODE_FAILED", message, origin: "transport", cause: thrown });
    for (const shapeId of new Set(poke.parts.map((part) => part.shapeId))) {
      const shape = this.#byId.get(shapeId);
      if (shape === undefined) continue;
      forget(shape);
      this.#fail(shape, error);
    }
  }

  /** Asking again at once would bring the same rows again. */
  #refuseOversize(shapeId: string): void {
    const shape = this.#byId.get(shapeId);
    if (shape === undefined) return;
    forget(shape);
    const message = `more than ${POKE_ROWS_MAX} row changes arrived before the poke they belong to ended`;
    this.#fail(shape, new LunoraError({ code: "PAYLOAD_TOO_LARGE", message, origin: "transport" }));
  }

  #startOver(shapeId: string): void {
    const shape = this.#byId.get(shapeId);
    if (shape === undefined) return;
    forget(shape);
    this.#port.pace(shape.id);
  }

  #fail(shape: Shape, error: LunoraError): void {
    shape.failure = error;
    for (const subscriber of [...shape.subscribers]) {
      if (shape.subscribers.has(subscriber)) shielded(() => subscriber.onError?.(error));
    }
  }
}

function forget(shape: Shape): void {
  shape.checkpoint = undefined;
  shape.epoch = undefined;
  shape.needsReset = true;
}

/** True when a poke before this one never arrived, or this one belongs to another timeline. */
function missesRows(shape: Shape, part: PokePart, poke: Poke): boolean {
  if (part.reset) return false;
  const base = part.baseCheckpoint;
  if (base !== undefined && base > (shape.checkpoint ?? 0)) return true;
  return shape.epoch !== undefined && poke.epoch !== undefined && poke.epoch !== shape.epoch;
}

/** @throws WireDecodeError for a row that does not decode; TypeError for what is not an operation on a row */
function patched(rows: ReadonlyMap<string, unknown>, part: PokePart): Map<string, unknown> {
  const next = new Map(rows);
  for (const item of part.rowsPatch) {
    const { op, key, value } = readRowOp(item);
    if (op === "delete") next.delete(key);
    else if (op === "insert" || op === "update") next.set(key, decodeWire(value));
    else throw new TypeError(`unknown row operation ${op}`);
  }
  return next;
}
