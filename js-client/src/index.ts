export {
  LunoraClient,
  type Args,
  type CallOptions,
  type LunoraClientOptions,
  type MutationOptions,
} from "./client.js";
export type { Clock, Timer } from "./clock.js";
export type { ConnectionState, ConnectionStatus } from "./connection-state.js";
export { LunoraError, type ErrorOrigin, type LunoraErrorFields } from "./errors.js";
export type { WebSocketLike } from "./socket.js";
export type { Subscriber } from "./subscription.js";
export type { TokenOption } from "./token.js";
export { decodeWire, encodeWire, stableKey, WireDecodeError } from "./wire/index.js";
