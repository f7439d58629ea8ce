import { LunoraError } from "./errors.js";
import { errorOf, unsubscribeFrame, type ServerFrame } from "./frames.js";
import type { LinkFeature, LinkPort } from "./link-feature.js";
import { decodeWire } from "./wire/decode.js";
import { encodeWire } from "./wire/encode.js";

/** Chunks a stream keeps for a reader that is slower than the server. */
export const STREAM_BUFFER_MAX = 10_000;

/** How far a durable stream was read; keep it to go on after a reload. */
export interface StreamPosition {
  /** Number of the last chunk read, from 1. */
  readonly chunk: number;
  /** Names the run of the producer the numbers belong to. */
  readonly generation: number;
}

/** What a stream is started with. */
export interface StreamCall {
  readonly functionPath: string;
  readonly args: unknown;
  readonly shardKey: string | undefined;
  readonly resume: StreamPosition | undefined;
}

/**
 * The chunks of one stream, in order, for one `for await`. Leaving the loop cancels the stream.
 *
 * The loop throws `LunoraError`: what the server sent, `STREAM_DISCONNECTED` when the connection was lost and the
 * stream is not durable, `STREAM_INTERRUPTED` when a durable one cannot go on, `STREAM_QUEUE_OVERFLOW` when the
 * reader fell 10 000 chunks behind, `CLIENT_CLOSED`. Chunks that arrived before the failure are read first.
 */
export class LunoraStream<T = unknown> implements AsyncIterableIterator<T> {
  readonly #onCancel: () => void;
  readonly #buffer: { readonly value: T; readonly position: StreamPosition | undefined }[] = [];
  readonly #readers: { resolve(result: IteratorResult<T>): void; reject(error: LunoraError): void }[] = [];
  #position: StreamPosition | undefined;
  #end: { readonly error: LunoraError | undefined } | undefined;

  /** Made by `client.stream`. */
  constructor(onCancel: () => void) {
    this.#onCancel = onCancel;
  }

  /** How far the reader is; undefined for streams that are not durable. */
  get position(): StreamPosition | undefined {
    return this.#position;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T>> {
    const chunk = this.#buffer.shift();
    if (chunk !== undefined) {
      this.#position = chunk.position ?? this.#position;
      return Promise.resolve({ done: false, value: chunk.value });
    }
    if (this.#end === undefined) return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
    const { error } = this.#end;
    // A failure is thrown once; after it the stream is simply over.
    this.#end = { error: undefined };
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  /** Cancels the stream and forgets what was not read. */
  return(): Promise<IteratorResult<T>> {
    this.#buffer.length = 0;
    if (this.#end === undefined) this.#onCancel();
    this.finish(undefined);
    this.#end = { error: undefined };
    return Promise.resolve({ done: true, value: undefined });
  }

  /** @internal False when the buffer is full. */
  push(value: T, position: StreamPosition | undefined): boolean {
    if (this.#buffer.length >= STREAM_BUFFER_MAX) return false;
    this.#buffer.push({ value, position });
    const reader = this.#readers.shift();
    if (reader !== undefined) void this.next().then((result) => reader.resolve(result));
    return true;
  }

  /** @internal */
  finish(error: LunoraError | undefined): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    for (const reader of this.#readers.splice(0)) void this.next().then((result) => reader.resolve(result), reader.reject);
  }
}

interface Running {
  readonly id: string;
  readonly call: StreamCall;
  readonly wireArgs: unknown;
  readonly stream: LunoraStream;
  /** Last chunk received, which the reader may not have read yet. */
  received: StreamPosition | undefined;
  sent: boolean;
}

/** The streams of one shard. Durable ones go on after a lost connection, the others end with an error. */
export class Streams implements LinkFeature {
  readonly #port: LinkPort;
  readonly #running = new Map<string, Running>();
  #idsGiven = 0;

  constructor(port: LinkPort) {
    this.#port = port;
  }

  get idle(): boolean {
    return this.#running.size === 0;
  }

  /** @throws TypeError or RangeError when the arguments cannot be encoded */
  start(call: StreamCall): LunoraStream {
    const id = `stream_${++this.#idsGiven}`;
    const stream = new LunoraStream(() => this.#cancel(id));
    const wireArgs = encodeWire(call.args);
    const running: Running = { id, call, wireArgs, stream, received: call.resume, sent: false };
    this.#running.set(id, running);
    this.#port.wake();
    if (this.#port.open) this.#send(running);
    return stream;
  }

  onOpen(): void {
    for (const running of this.#running.values()) this.#send(running);
  }

  onDown(): void {
    for (const running of [...this.#running.values()]) {
      if (!running.sent || running.received !== undefined) continue;
      const message = "the connection was lost, and this stream cannot be continued";
      this.#finish(running, new LunoraError({ code: "STREAM_DISCONNECTED", message, origin: "transport" }));
    }
  }

  onFrame(frame: ServerFrame): void {
    const running = this.#running.get(String(frame["id"]));
    if (running === undefined) return;
    if (frame.type === "chunk") this.#chunk(running, frame);
    else if (frame.type === "complete") this.#finish(running, undefined);
    else if (frame.type === "error") this.#finish(running, errorOf(frame));
  }

  sendPaced(): void {}

  close(): void {
    const error = new LunoraError({ code: "CLIENT_CLOSED", message: "this client was closed" });
    for (const running of [...this.#running.values()]) this.#finish(running, error);
  }

  #send(running: Running): void {
    const { functionPath, shardKey } = running.call;
    const query = { functionPath, args: running.wireArgs, ...(shardKey === undefined ? {} : { shardKey }) };
    const { received } = running;
    const since = received && { sinceChunk: received.chunk, generation: received.generation };
    running.sent = true;
    this.#port.send({ type: "stream", id: running.id, query, ...since });
  }

  #chunk(running: Running, frame: ServerFrame): void {
    const position = positionOf(frame);
    const { received } = running;
    if (position !== undefined && received !== undefined) {
      if (position.generation === received.generation && position.chunk <= received.chunk) return;
      if (position.generation !== received.generation || position.chunk !== received.chunk + 1) {
        return this.#abort(running, "STREAM_INTERRUPTED", "chunks of this stream are missing");
      }
    }
    let value: unknown;
    try {
      value = decodeWire(frame["data"]);
    } catch {
      return this.#abort(running, "WIRE_DECODE_FAILED", "a chunk could not be decoded; is the client older than the server?");
    }
    running.received = position ?? received;
    if (!running.stream.push(value, position)) {
      this.#abort(running, "STREAM_QUEUE_OVERFLOW", `the reader is ${STREAM_BUFFER_MAX} chunks behind`);
    }
  }

  #abort(running: Running, code: string, message: string): void {
    this.#port.send(unsubscribeFrame(running.id));
    this.#finish(running, new LunoraError({ code, message, origin: "transport" }));
  }

  #cancel(id: string): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#running.delete(id);
    if (running.sent) this.#port.send(unsubscribeFrame(id));
    this.#port.rest();
  }

  #finish(running: Running, error: LunoraError | undefined): void {
    this.#running.delete(running.id);
    running.stream.finish(error);
    this.#port.rest();
  }
}

function positionOf({ seq, generation }: ServerFrame): StreamPosition | undefined {
  if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(generation)) return undefined;
  return { chunk: seq as number, generation: generation as number };
}
