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
  /**
   * Somebody else may be signed in: take what was told off the screen, and what a loader read for the page. `onData` or
   * `onError` follows.
   */
  onReset?(): void;
}

/**
 * What the owner of a subscription has to do after a frame: `show` calls `publish`; `wait` means that the frame
 * was one step of several, so `endRun` and `publish` follow later unless the last step arrives before.
 */
export type AfterFrame = "nothing" | "resubscribe" | "show" | "wait";

/** What a live query is asked with. */
export interface LiveQuery {
  readonly functionPath: string;
  readonly args: unknown;
  readonly wireArgs: unknown;
}

/** A result that is there; its value may well be undefined. */
export interface Known {
  readonly value: unknown;
}

/**
 * One live query as the wire knows it, shared by every subscriber with the same function, arguments and shard.
 *
 * Keeps three values: the server's result, whose cursor is never ahead of it; the run, which is the result with
 * the first deltas of a step that is not complete yet; and the overlay, the result as optimistic updates paint
 * it. Subscribers see the overlay if there is one, else the result, never a run. `apply` and `layOver` change
 * values, `publish` tells.
 */
export class Subscription {
  readonly id: string;
  readonly key: string;
  readonly functionPath: string;
  readonly args: unknown;
  readonly wireArgs: unknown;
  readonly #subscribers = new Set<Subscriber>();
  #result: Known | undefined;
  #run: Known | undefined;
  #overlay: Known | undefined;
  #shown: Known | undefined;
  #cursor: Cursor | undefined;
  #failure: LunoraError | undefined;
  /** A failure was told, and nothing since. */
  #failedAloud = false;
  /** Between subscribe and its answer, frames still describe the result this client gave up. */
  #awaitingAnswer = false;
  /** The result was another user's perhaps: nobody is told it before the server said that it still holds. */
  #doubted = false;
  /** Came while the result was doubted, and did not hear it. */
  readonly #unheard = new Set<Subscriber>();

  constructor(id: string, key: string, query: LiveQuery) {
    this.id = id;
    this.key = key;
    this.functionPath = query.functionPath;
    this.args = query.args;
    this.wireArgs = query.wireArgs;
  }

  get idle(): boolean {
    return this.#subscribers.size === 0;
  }

  /** Why the server does not serve this query at present; undefined when it does. */
  get failure(): LunoraError | undefined {
    return this.#failure;
  }

  /** Where a subscribe may resume; undefined asks for a snapshot. */
  get since(): Cursor | undefined {
    return this.#result === undefined ? undefined : this.#cursor;
  }

  /** The server's result, without optimistic updates; undefined before the first one. */
  get result(): Known | undefined {
    return this.#doubted ? undefined : this.#result;
  }

  /** What subscribers see. */
  get shown(): Known | undefined {
    return this.#doubted ? undefined : this.#shown;
  }

  /** The log position of `result`, as far as the server told. */
  get cursor(): Cursor | undefined {
    return this.#cursor;
  }

  /** Adds a subscriber, who hears a known result in a microtask: by then it holds its unsubscribe function. */
  add(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    if (this.#doubted) this.#unheard.add(subscriber);
    const known = this.shown;
    if (known === undefined) return;
    queueMicrotask(() => {
      if (this.#subscribers.has(subscriber) && this.shown === known) shielded(() => subscriber.onData(known.value));
    });
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    this.#unheard.delete(subscriber);
  }

  /** Call when somebody else may be signed in. It still resumes: the server refuses that where the user matters. */
  doubt(): void {
    this.#run = undefined;
    this.#overlay = undefined;
    this.#doubted = this.#result !== undefined;
    for (const subscriber of [...this.#subscribers]) {
      if (!this.#subscribers.has(subscriber)) continue;
      this.#unheard.add(subscriber);
      shielded(() => subscriber.onReset?.());
    }
  }

  /** Call when the subscribe frame is sent. */
  asked(): void {
    this.#awaitingAnswer = true;
    this.#failure = undefined;
  }

  /** Paints over the result; undefined shows the result itself again. */
  layOver(overlay: Known | undefined): void {
    this.#overlay = overlay;
  }

  /** Takes a result obtained by other means than the socket. It may be ahead of the cursor, never behind. */
  replace(known: Known): void {
    this.#run = undefined;
    this.#result = known;
    this.#recover();
  }

  /** Makes an unfinished run the result: its last delta is late, or this server marks none as last. */
  endRun(): void {
    this.#result = this.#run ?? this.#result;
    this.#run = undefined;
  }

  /** Forgets an unfinished run: its end will not come, and the cursor is that of the result before it. */
  abandonRun(): void {
    this.#run = undefined;
  }

  /** Tells every subscriber, if what they should see is not what they last heard. */
  publish(): void {
    const next = this.#overlay ?? this.#result;
    if (next === undefined || this.#doubted) return;
    const audience = [...(next === this.#shown ? this.#unheard : this.#subscribers)];
    this.#shown = next;
    this.#unheard.clear();
    for (const subscriber of audience) {
      if (this.#subscribers.has(subscriber)) shielded(() => subscriber.onData(next.value));
    }
  }

  apply(frame: ServerFrame): AfterFrame {
    switch (frame.type) {
      case "data":
        return this.#snapshot(frame);
      case "delta":
        return this.#merge(frame);
      case "resume":
        this.#awaitingAnswer = false;
        this.#moveCursor(frame);
        this.#recover();
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

  #snapshot(frame: ServerFrame): AfterFrame {
    let value: unknown;
    try {
      value = decodeWire(frame["data"]);
    } catch (thrown) {
      return this.#undecodable(thrown);
    }
    this.#awaitingAnswer = false;
    this.replace({ value });
    this.#moveCursor(frame);
    return "show";
  }

  #merge(frame: ServerFrame): AfterFrame {
    if (this.#awaitingAnswer) return "nothing";
    const merged = this.#merged(frame["delta"]);
    if (merged === UNMERGEABLE) {
      this.#run = undefined;
      this.#cursor = undefined;
      // From here on deltas build on a result this client does not have, even before the subscribe is sent.
      this.#awaitingAnswer = true;
      return "resubscribe";
    }
    this.#run = { value: merged };
    // Only the last delta of a step carries the cursor; the values between were never the query's result.
    if (cursorOf(frame) === undefined) return "wait";
    this.endRun();
    this.#moveCursor(frame);
    return "show";
  }

  #merged(wireDelta: unknown): unknown | typeof UNMERGEABLE {
    const base = this.#run ?? this.#result;
    if (base === undefined) return UNMERGEABLE;
    try {
      const delta = decodeWire(wireDelta);
      return isPlainObject(delta) ? mergeDelta(base.value, delta as unknown as Delta) : UNMERGEABLE;
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

  /** Subscribers that heard of a failure hear the result again, even when it is the same. */
  #recover(): void {
    this.#failure = undefined;
    this.#doubted = false;
    if (!this.#failedAloud) return;
    this.#failedAloud = false;
    if (this.#result !== undefined) this.#result = { value: this.#result.value };
  }

  #moveCursor(frame: ServerFrame): void {
    const cursor = cursorOf(frame);
    if (cursor === undefined) return;
    const epoch = cursor.epoch ?? this.#cursor?.epoch;
    this.#cursor = epoch === undefined ? cursor : { seq: cursor.seq, epoch };
  }

  /** Tells every subscriber; also used for failures met outside the socket. */
  fail(error: LunoraError): void {
    this.#failure = error;
    this.#failedAloud = true;
    for (const subscriber of [...this.#subscribers]) {
      if (this.#subscribers.has(subscriber)) shielded(() => subscriber.onError?.(error));
    }
  }

  #fail(error: LunoraError): AfterFrame {
    this.#awaitingAnswer = false;
    this.#run = undefined;
    this.fail(error);
    return "nothing";
  }
}

const CANCELLED = new LunoraError({
  code: "SUBSCRIPTION_CANCELLED",
  message: "subscription was cancelled by the server",
  origin: "server",
});
