export {
  LunoraClient,
  type Args,
  type CallOptions,
  type LunoraClientOptions,
  type MutationOptions,
  type StreamOptions,
} from "./client.js";
export type { Clock, Timer } from "./clock.js";
export type { ConnectionState, ConnectionStatus } from "./connection-state.js";
export { LunoraError, type ErrorOrigin, type LunoraErrorFields } from "./errors.js";
export type { OptimisticStore, OptimisticUpdate } from "./optimistic.js";
export { IndexedDbOutboxStorage } from "./outbox/indexed-db-storage.js";
export { MemoryOutboxStorage, OutboxMemory } from "./outbox/memory-storage.js";
export type { OfflineOptions } from "./outbox/offline.js";
export type { OutboxNote, OutboxStorage, Outcome, QueuedMutation } from "./outbox/storage.js";
export { watchQuery, type QueryOptions, type QueryResult, type Watch } from "./query-watch.js";
export type { ShapeSubscriber } from "./shapes.js";
export type { WebSocketLike } from "./socket.js";
export type { LunoraStream, StreamPosition } from "./streams.js";
export type { Subscriber } from "./subscription.js";
export type { TokenOption } from "./token.js";
export type { WhisperListener } from "./whisper.js";
export { decodeWire, encodeWire, stableKey, WireDecodeError } from "./wire/index.js";
