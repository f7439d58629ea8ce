import { systemClock, type Clock } from "./clock.js";
import { mostTroubled, type ConnectionState } from "./connection-state.js";
import { endpointAt, type Endpoint } from "./endpoint.js";
import { LunoraError } from "./errors.js";
import { randomIdentifier } from "./identifier.js";
import { Rpc, type RpcCall } from "./rpc.js";
import { ShardLink } from "./shard-link.js";
import { shielded } from "./shielded.js";
import type { WebSocketLike } from "./socket.js";
import type { Subscriber } from "./subscription.js";
import { TokenSource, type TokenOption } from "./token.js";
import { stableKey } from "./wire/key.js";

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
  /** Longest wait for the answer of one call, in milliseconds; 30 000 by default. */
  readonly rpcTimeoutMs?: number;
  readonly fetch?: typeof fetch;
  readonly WebSocket?: new (address: string) => WebSocketLike;
  /** Uniform in [0, 1); spreads reconnects. */
  readonly random?: () => number;
  readonly clock?: Clock;
}

const RPC_TIMEOUT_MS = 30_000;

/**
 * One app's client: calls functions and keeps live queries up to date.
 *
 * Calls go over HTTP and need no connection. The first `subscribe` opens a WebSocket, one per shard, that
 * reconnects by itself; results survive the gap and continue where they stopped. Owns timers and sockets until
 * `close`.
 */
export class LunoraClient {
  readonly clientId: string;
  readonly #options: LunoraClientOptions;
  readonly #endpoint: Endpoint;
  readonly #clock: Clock;
  readonly #token: TokenSource;
  readonly #rpc: Rpc;
  readonly #links = new Map<string, ShardLink>();
  readonly #stateListeners = new Set<(state: ConnectionState) => void>();
  #state: ConnectionState = mostTroubled([]);
  #closed = false;

  /** @throws TypeError when `url` is not an address */
  constructor(options: LunoraClientOptions) {
    this.#options = options;
    this.clientId = options.clientId ?? randomIdentifier();
    this.#clock = options.clock ?? systemClock;
    this.#endpoint = endpointAt(options.url);
    this.#token = new TokenSource(options.token);
    this.#rpc = new Rpc({
      endpoint: this.#endpoint,
      token: this.#token,
      clock: this.#clock,
      timeoutMs: options.rpcTimeoutMs ?? RPC_TIMEOUT_MS,
      // Called as a plain function: a browser's fetch refuses any other `this`.
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    });
    if (typeof addEventListener === "function") addEventListener("online", this.#retryNow);
  }

  /**
   * Runs a query once.
   *
   * @throws LunoraError as every call does, through the returned promise
   */
  query<T = unknown>(functionPath: string, args: Args = {}, options: CallOptions = {}): Promise<T> {
    return this.#call<T>({ kind: "query", functionPath, args }, options);
  }

  /**
   * Runs a mutation and returns its value. It is sent once; after an error with origin `transport` it may or may
   * not have run, and repeating it with the same `mutationId` is safe.
   */
  mutation<T = unknown>(functionPath: string, args: Args = {}, options: MutationOptions = {}): Promise<T> {
    const mutationId = options.mutationId ?? randomIdentifier();
    const once = { mutationId, clientId: this.clientId };
    return this.#call<T>({ kind: "mutation", functionPath, args, once }, options);
  }

  /** Runs an action. Actions may have effects outside the database and are never repeated. */
  action<T = unknown>(functionPath: string, args: Args = {}, options: CallOptions = {}): Promise<T> {
    return this.#call<T>({ kind: "action", functionPath, args }, options);
  }

  /**
   * Follows a query: `onData` gets the result now and after every change. Equal subscriptions share one on the
   * wire.
   *
   * @returns ends the subscription; calling it again does nothing
   * @throws LunoraError `CLIENT_CLOSED`; TypeError or RangeError when the arguments cannot be encoded
   */
  subscribe<T = unknown>(
    functionPath: string,
    args: Args,
    subscriber: Subscriber<T>,
    options: CallOptions = {},
  ): () => void {
    if (this.#closed) throw clientClosed();
    const shardKey = this.#shardKey(options);
    const key = `${functionPath}::${stableKey(args)}::${shardKey ?? ""}`;
    // A fresh object per call, so that one subscriber object given twice counts twice.
    const own: Subscriber = {
      onData: (value) => subscriber.onData(value as T),
      onError: (error) => subscriber.onError?.(error),
    };
    return this.#link(shardKey).subscribe(key, functionPath, args, own);
  }

  /** The live connection; with several shards, the one in most trouble. Same object until it changes. */
  get connectionState(): ConnectionState {
    return this.#state;
  }

  /** Calls the listener on every change, not for the present state. Returns the function that stops it. */
  onConnectionState(listener: (state: ConnectionState) => void): () => void {
    // Wrapped, so that the same function may listen twice.
    const own = (state: ConnectionState): void => listener(state);
    this.#stateListeners.add(own);
    return () => this.#stateListeners.delete(own);
  }

  /** Ends any wait between attempts; also done when the browser reports that the network is back. */
  reconnectNow(): void {
    this.#retryNow();
  }

  /** Takes another token or provider, after sign-in or sign-out, and reconnects with it. */
  setToken(token: TokenOption | null): void {
    this.#token.replace(token ?? undefined);
    for (const link of this.#links.values()) link.restart();
  }

  /** Ends every subscription and socket. Later calls fail with `CLIENT_CLOSED`; calls under way still finish. */
  close(): void {
    this.#closed = true;
    if (typeof removeEventListener === "function") removeEventListener("online", this.#retryNow);
    for (const link of this.#links.values()) link.close();
    this.#stateListeners.clear();
  }

  async #call<T>(call: RpcCall, options: CallOptions): Promise<T> {
    if (this.#closed) throw clientClosed();
    const answer = await this.#rpc.call({ ...call, shardKey: this.#shardKey(options) });
    return answer.value as T;
  }

  /** An empty key means "no key"; the server would take it for a shard of that name. */
  #shardKey(options: CallOptions): string | undefined {
    return (options.shardKey ?? this.#options.shardKey) || undefined;
  }

  #link(shardKey: string | undefined): ShardLink {
    const known = this.#links.get(shardKey ?? "");
    if (known !== undefined) return known;
    const link = new ShardLink({
      // Looked up late, so that a runtime without WebSocket can still make calls.
      WebSocket: this.#options.WebSocket ?? WebSocket,
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
      clientId: this.clientId,
      context: this.#options.context,
      address: async () => this.#endpoint.socket(shardKey, await this.#token.current()),
      onTokenExpired: () => this.#token.expire(),
      onState: () => this.#refreshState(),
    });
    this.#links.set(shardKey ?? "", link);
    return link;
  }

  readonly #retryNow = (): void => {
    for (const link of this.#links.values()) link.retryNow();
  };

  #refreshState(): void {
    const state = mostTroubled(Array.from(this.#links.values(), (link) => link.state));
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#stateListeners]) shielded(() => listener(state));
  }
}

function clientClosed(): LunoraError {
  return new LunoraError({ code: "CLIENT_CLOSED", message: "this client was closed; make a new one" });
}
