import { mergeDelta, UNMERGEABLE, type Delta } from "./delta.js";
import { LunoraError } from "./errors.js";
import { cursorOf, errorOf, type Cursor, type ServerFrame } from "./frames.js";
import { shielded } from "./shielded.js";
import { decodeWire } from "./wire/decode.js";
import { isPlainObject } from "./wire/tag.js";

/** Callbacks of one subscriber. What they throw is reported as an uncaught error and reaches nobody else. */
export interface Subscriber<T = unknown> {
  /** The whole current result, first when it is known and then on every change. Treat it as read-only. */
  onData(value: T): void;
  /** The query failed or was cancelled; it is tried again on the next connection or subscribe. */
  onError?(error: LunoraError): void;
}

/** What the owner of a subscription has to do after a frame. */
export type AfterFrame = "nothing" | "resubscribe";

/**
 * One live query as the wire knows it, shared by every subscriber with the same function, arguments and shard.
 * Keeps the result and a cursor that is never ahead of it: a result may already hold part of the next step, but
 * resuming can then only repeat a change, not lose one.
 */
export class Subscription {
  readonly id: string;
  readonly key: string;
  readonly functionPath: string;
  readonly wireArgs: unknown;
  readonly #subscribers = new Set<Subscriber>();
  #result: { readonly value: unknown } | undefined;
  #cursor: Cursor | undefined;
  #failure: LunoraError | undefined;
  /** Between subscribe and its answer, frames still describe the result this client gave up. */
  #awaitingAnswer = false;

  constructor(id: string, key: string, functionPath: string, wireArgs: unknown) {
    this.id = id;
    this.key = key;
    this.functionPath = functionPath;
    this.wireArgs = wireArgs;
  }

  get idle(): boolean {
    return this.#subscribers.size === 0;
  }

  /** True when the server no longer serves this query. */
  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** Where a subscribe may resume; undefined asks for a snapshot. */
  get since(): Cursor | undefined {
    return this.#result === undefined ? undefined : this.#cursor;
  }

  /** Adds a subscriber, who hears a known result in a microtask: by then it holds its unsubscribe function. */
  add(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    const known = this.#result;
    if (known === undefined) return;
    queueMicrotask(() => {
      if (this.#subscribers.has(subscriber) && this.#result === known) shielded(() => subscriber.onData(known.value));
    });
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  /** Call when the subscribe frame is sent. */
  asked(): void {
    this.#awaitingAnswer = true;
    this.#failure = undefined;
  }

  apply(frame: ServerFrame): AfterFrame {
    switch (frame.type) {
      case "data":
        return this.#replace(frame);
      case "delta":
        return this.#merge(frame);
      case "resume":
        this.#awaitingAnswer = false;
        this.#moveCursor(frame);
        return "nothing";
      case "settled":
        if (!this.#awaitingAnswer) this.#moveCursor(frame);
        return "nothing";
      case "error":
        return this.#fail(errorOf(frame));
      case "complete":
        return this.#fail(CANCELLED);
      default:
        return "nothing";
    }
  }

  #replace(frame: ServerFrame): AfterFrame {
    let value: unknown;
    try {
      value = decodeWire(frame["data"]);
    } catch (thrown) {
      return this.#undecodable(thrown);
    }
    this.#awaitingAnswer = false;
    this.#failure = undefined;
    this.#moveCursor(frame);
    this.#show(value);
    return "nothing";
  }

  #merge(frame: ServerFrame): AfterFrame {
    if (this.#awaitingAnswer) return "nothing";
    const merged = this.#merged(frame["delta"]);
    if (merged === UNMERGEABLE) {
      this.#cursor = undefined;
      // From here on deltas build on a result this client does not have, even before the subscribe is sent.
      this.#awaitingAnswer = true;
      return "resubscribe";
    }
    this.#moveCursor(frame);
    this.#show(merged);
    return "nothing";
  }

  #merged(wireDelta: unknown): unknown | typeof UNMERGEABLE {
    if (this.#result === undefined) return UNMERGEABLE;
    try {
      const delta = decodeWire(wireDelta);
      return isPlainObject(delta) ? mergeDelta(this.#result.value, delta as unknown as Delta) : UNMERGEABLE;
    } catch {
      // If the snapshot does not decode either, that one is reported.
      return UNMERGEABLE;
    }
  }

  /** The result no longer follows the cursor, so resuming from it would hide the change for ever. */
  #undecodable(thrown: unknown): AfterFrame {
    const message = "a result could not be decoded; is the client older than the server?";
    this.#fail(new LunoraError({ code: "WIRE_DECODE_FAILED", message, origin: "transport", cause: thrown }));
    this.#cursor = undefined;
    this.#awaitingAnswer = true;
    return "nothing";
  }

  #moveCursor(frame: ServerFrame): void {
    const cursor = cursorOf(frame);
    if (cursor === undefined) return;
    const epoch = cursor.epoch ?? this.#cursor?.epoch;
    this.#cursor = epoch === undefined ? cursor : { seq: cursor.seq, epoch };
  }

  #show(value: unknown): void {
    this.#result = { value };
    for (const subscriber of [...this.#subscribers]) {
      if (this.#subscribers.has(subscriber)) shielded(() => subscriber.onData(value));
    }
  }

  #fail(error: LunoraError): AfterFrame {
    this.#awaitingAnswer = false;
    this.#failure = error;
    for (const subscriber of [...this.#subscribers]) {
      if (this.#subscribers.has(subscriber)) shielded(() => subscriber.onError?.(error));
    }
    return "nothing";
  }
}

const CANCELLED = new LunoraError({
  code: "SUBSCRIPTION_CANCELLED",
  message: "subscription was cancelled by the server",
  origin: "server",
});
