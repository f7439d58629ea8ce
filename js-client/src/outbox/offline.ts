import { LunoraError } from "../errors.js";
import type { RpcCall } from "../rpc.js";
import { encodeWire } from "../wire/encode.js";
import { IndexedDbOutboxStorage } from "./indexed-db-storage.js";
import { MemoryOutboxStorage } from "./memory-storage.js";
import { Outbox, type OutboxHost } from "./outbox.js";
import type { OutboxStorage, QueuedMutation } from "./storage.js";

/** Mutations a queue holds unless the app says otherwise. */
export const QUEUE_MAX = 1_000;

/** How mutations are queued. */
export interface OfflineOptions {
  /** IndexedDB where there is one, else memory. The client closes it. */
  readonly storage?: OutboxStorage;
  /** Mutations waiting at most, in all tabs together; 1000 by default. */
  readonly countMax?: number;
  /**
   * The signed-in user's id, null when nobody is. If given, a mutation is refused with `OFFLINE_IDENTITY_CHANGED`
   * when somebody else is signed in by the time it is sent. Needed where sign-in is a cookie.
   */
  readonly subject?: string | null | (() => string | null);
  /** A queued mutation was refused for good and its caller is gone: made before a reload, or in another tab. */
  readonly onDropped?: (mutation: QueuedMutation, error: LunoraError) => void;
}

/** @param host `address` separates the queues of several apps on one site */
export function outboxFor(
  options: OfflineOptions,
  host: Omit<OutboxHost, "storage" | "countMax" | "onDropped"> & { readonly address: string },
): Outbox {
  const durable = typeof indexedDB !== "undefined";
  const storage = options.storage ?? (durable ? new IndexedDbOutboxStorage(`lunora-outbox:${host.address}`) : new MemoryOutboxStorage());
  const { clock, random, token, send, onPending } = host;
  const countMax = options.countMax ?? QUEUE_MAX;
  const onDropped = options.onDropped ?? (() => {});
  return new Outbox({ storage, clock, random, token, send, onPending, countMax, onDropped });
}

/**
 * The entry for a call.
 *
 * @throws LunoraError `OFFLINE_WRITE_UNENCODABLE`: such arguments would fail after a reload, with nobody to tell
 */
export function queued(
  call: RpcCall,
  once: { readonly mutationId: string; readonly clientId: string },
  offline: boolean | OfflineOptions | undefined,
  nowMs: number,
  tokenSubject?: string,
): QueuedMutation {
  const { functionPath, shardKey } = call;
  const subject = typeof offline === "object" ? offline.subject : undefined;
  return {
    ...once,
    functionPath,
    wireArgs: encoded(call.args),
    queuedAtMs: nowMs,
    ...(tokenSubject === undefined ? {} : { tokenSubject }),
    ...(shardKey === undefined ? {} : { shardKey }),
    ...(subject === undefined ? {} : { subject: typeof subject === "function" ? subject() : subject }),
  };
}

function encoded(args: unknown): unknown {
  try {
    // Through JSON, so that later changes to the arguments cannot reach the queue.
    return JSON.parse(JSON.stringify(encodeWire(args)));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new LunoraError({ code: "OFFLINE_WRITE_UNENCODABLE", message, cause });
  }
}
