import { LunoraError, readErrorEnvelope } from "./errors.js";
import { encodeWire } from "./wire/encode.js";
import { isPlainObject } from "./wire/tag.js";

/** Text the server answers with `lunora-pong` without waking the shard; neither is JSON. */
export const PING = "lunora-ping";

/** Position in the shard's log; `epoch` names the log's timeline and is absent when the server sent none. */
export interface Cursor {
  readonly seq: number;
  readonly epoch?: string;
}

/** A frame from the server: always an object with a type, nothing else about it is promised. */
export type ServerFrame = Readonly<Record<string, unknown>> & { readonly type: string };

/** First frame on every socket; the server keeps the client's identity and abilities for its lifetime. */
export function connectFrame(clientId: string, context: unknown): object {
  const frame = { type: "connect", id: "connect", clientId, caps: ["pageDelta"] };
  return context === undefined ? frame : { ...frame, context: encodeWire(context) };
}

/** @param since where to resume; absent asks for a snapshot */
export function subscribeFrame(id: string, functionPath: string, wireArgs: unknown, since: Cursor | undefined): object {
  const query = { functionPath, args: wireArgs, table: functionPath };
  if (since === undefined) return { type: "subscribe", id, query };
  const epoch = since.epoch === undefined ? {} : { sinceEpoch: since.epoch };
  return { type: "subscribe", id, query: { ...query, sinceSeq: since.seq, ...epoch } };
}

export function unsubscribeFrame(id: string): object {
  return { type: "unsubscribe", id };
}

/** The frame in a socket message, or undefined for pongs, binary data and anything that is not a frame. */
export function readFrame(message: unknown): ServerFrame | undefined {
  if (typeof message !== "string" || !message.startsWith("{")) return undefined;
  try {
    const frame: unknown = JSON.parse(message);
    return isPlainObject(frame) && typeof frame["type"] === "string" ? (frame as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}

/** The cursor a frame carries, if any: middle frames of a delta run carry none. */
export function cursorOf(frame: ServerFrame): Cursor | undefined {
  const { cursor, epoch } = frame;
  if (typeof cursor !== "number" || !Number.isSafeInteger(cursor)) return undefined;
  return typeof epoch === "string" ? { seq: cursor, epoch } : { seq: cursor };
}

/** The error in an `error` frame; some carry only a top-level message. */
export function errorOf(frame: ServerFrame): LunoraError {
  const { error, code, message } = frame;
  const envelope = readErrorEnvelope(error, 0) ?? readErrorEnvelope({ code, message }, 0);
  if (envelope !== undefined) return envelope;
  const inner = isPlainObject(error) ? error["message"] : undefined;
  const text = typeof inner === "string" ? inner : message;
  return new LunoraError({
    code: "INTERNAL",
    message: typeof text === "string" ? text : "the server sent an error without a message",
    origin: "server",
  });
}
