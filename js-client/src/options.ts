import type { Clock } from "./clock.js";
import type { OptimisticUpdate } from "./optimistic.js";
import type { OfflineOptions } from "./outbox/offline.js";
import type { WebSocketLike } from "./socket.js";
import type { StreamPosition } from "./streams.js";
import type { TokenOption } from "./token.js";

/** Arguments of a function: one object, whose values may be anything `encodeWire` accepts. */
export type Args = Readonly<Record<string, unknown>>;

/** Where one call or subscription goes; without `shardKey` it goes where the client's own option says. */
export interface CallOptions {
  readonly shardKey?: string;
}

/** Options of a mutation. */
export interface MutationOptions extends CallOptions {
  /** Makes repeats harmless: the server runs one id at most once and answers the repeats from memory. */
  readonly mutationId?: string;
  /** Shows at once what the mutation will do; taken back when it fails. */
  readonly optimistic?: OptimisticUpdate;
  /** False sends it directly although the client queues mutations; it then fails when there is no network. */
  readonly queue?: boolean;
  /** Called once the mutation is in the queue's storage: from then on a reload cannot lose it. */
  readonly onQueued?: () => void;
}

/** Options of a stream. */
export interface StreamOptions extends CallOptions {
  /** Goes on with a durable stream where an earlier reader stopped. */
  readonly resume?: StreamPosition;
}

/** Settings of a `LunoraClient`; only `url` is required. */
export interface LunoraClientOptions {
  /** Where the app is served, for instance `https://app.example`, or `/` in a page of the app itself. */
  readonly url: string | URL;
  /** Shard of calls that name none; without it the server's default shard. */
  readonly shardKey?: string;
  /** Bearer token or its provider, which is asked once and again when the server refuses what it gave. */
  readonly token?: TokenOption;
  /** Names this client to the server, for idempotency and presence; random by default. */
  readonly clientId?: string;
  /** Given to the app's connect hooks. */
  readonly context?: Args;
  /** Queues mutations so that they survive a lost network; `true` takes the defaults. Off by default. */
  readonly offline?: boolean | OfflineOptions;
  /** Longest wait for the answer of one call, in milliseconds; 30 000 by default. */
  readonly rpcTimeoutMs?: number;
  readonly fetch?: typeof fetch;
  readonly WebSocket?: new (address: string) => WebSocketLike;
  /** Uniform in [0, 1); spreads reconnects. */
  readonly random?: () => number;
  readonly clock?: Clock;
}
