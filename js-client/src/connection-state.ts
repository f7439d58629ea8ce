import type { LunoraError } from "./errors.js";

/**
 * - `connecting`: a socket is being opened
 * - `open`: live results are up to date
 * - `waiting`: the last attempt failed, the next one starts at `retryAtMs`
 * - `closed`: no live query needs a socket, or the client was closed
 */
export type ConnectionStatus = "connecting" | "open" | "waiting" | "closed";

/** State of the live connection; a new object for every change. */
export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** Failures since the last connection that stayed up. */
  readonly attempt: number;
  /** When the next attempt starts, in epoch milliseconds; null unless `waiting`. */
  readonly retryAtMs: number | null;
  /** Why the connection was last lost or refused; null again once a connection is stable. */
  readonly lastError: LunoraError | null;
}

/** The state before anything was subscribed. */
export const IDLE: ConnectionState = { status: "closed", attempt: 0, retryAtMs: null, lastError: null };

const TROUBLE: Readonly<Record<ConnectionStatus, number>> = { closed: 0, open: 1, connecting: 2, waiting: 3 };

/** One state for several sockets: that of the one in most trouble. */
export function mostTroubled(states: Iterable<ConnectionState>): ConnectionState {
  let worst = IDLE;
  for (const state of states) if (TROUBLE[state.status] > TROUBLE[worst.status]) worst = state;
  return worst;
}
