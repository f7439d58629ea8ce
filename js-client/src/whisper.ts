import { LunoraError } from "./errors.js";
import type { ServerFrame } from "./frames.js";
import type { LinkFeature, LinkPort } from "./link-feature.js";
import { shielded } from "./shielded.js";
import { decodeWire } from "./wire/decode.js";
import { encodeWire } from "./wire/encode.js";

/** Longest payload the server relays, in characters of its JSON. */
export const WHISPER_CHARS_MAX = 4_096;

/**
 * Hears what others whisper on a topic.
 *
 * @param from the sender's user id; undefined for an anonymous one
 */
export type WhisperListener<T = unknown> = (data: T, from: string | undefined) => void;

/** Topics of one shard: small messages to whoever has joined, kept by nobody and confirmed by nobody. */
export class Whispers implements LinkFeature {
  readonly #port: LinkPort;
  readonly #topics = new Map<string, Set<WhisperListener>>();

  constructor(port: LinkPort) {
    this.#port = port;
  }

  get idle(): boolean {
    return this.#topics.size === 0;
  }

  /** @returns leaves; the topic itself is left with its last listener */
  join(topic: string, listener: WhisperListener): () => void {
    // Wrapped, so that one function given twice counts twice.
    const own: WhisperListener = (data, from) => listener(data, from);
    const listeners = this.#topics.get(topic) ?? this.#enter(topic);
    listeners.add(own);
    return () => {
      if (!listeners.delete(own) || listeners.size > 0 || this.#topics.get(topic) !== listeners) return;
      this.#topics.delete(topic);
      this.#port.send({ type: "whisper_unsubscribe", topic });
      this.#port.rest();
    };
  }

  /**
   * @returns false when there is no connection; a whisper is not kept for later
   * @throws LunoraError `BAD_REQUEST` when it cannot be encoded or is longer than 4096 characters of JSON
   */
  send(topic: string, data: unknown): boolean {
    const wire = encoded(data);
    if (JSON.stringify(wire).length > WHISPER_CHARS_MAX) {
      throw new LunoraError({ code: "BAD_REQUEST", message: `a whisper holds at most ${WHISPER_CHARS_MAX} characters` });
    }
    if (!this.#port.open) return false;
    this.#port.send({ type: "whisper", topic, data: wire });
    return true;
  }

  onOpen(): void {
    for (const topic of this.#topics.keys()) this.#port.send({ type: "whisper_subscribe", topic });
  }

  onDown(): void {}

  onFrame(frame: ServerFrame): void {
    if (frame.type !== "whisper" || typeof frame["topic"] !== "string") return;
    const listeners = this.#topics.get(frame["topic"]);
    if (listeners === undefined) return;
    const from = typeof frame["from"] === "string" ? frame["from"] : undefined;
    let data: unknown;
    try {
      data = decodeWire(frame["data"]);
    } catch {
      // From another client, so neither this page nor the server can do anything about it.
      return;
    }
    for (const listener of [...listeners]) if (listeners.has(listener)) shielded(() => listener(data, from));
  }

  sendPaced(): void {}

  close(): void {
    this.#topics.clear();
  }

  #enter(topic: string): Set<WhisperListener> {
    const listeners = new Set<WhisperListener>();
    this.#topics.set(topic, listeners);
    this.#port.wake();
    this.#port.send({ type: "whisper_subscribe", topic });
    return listeners;
  }
}

function encoded(data: unknown): unknown {
  try {
    return encodeWire(data);
  } catch (thrown) {
    throw new LunoraError({ code: "BAD_REQUEST", message: String(thrown), cause: thrown });
  }
}
