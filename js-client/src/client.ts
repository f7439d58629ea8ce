import { systemClock, type Clock } from "./clock.js";
import { mostTroubled, type ConnectionState } from "./connection-state.js";
import { endpointAt, type Endpoint } from "./endpoint.js";
import { LunoraError } from "./errors.js";
import { randomIdentifier } from "./identifier.js";
import { queryKey, type OptimisticUpdate } from "./optimistic.js";
import { outboxFor, queued, type OfflineOptions } from "./outbox/offline.js";
import type { Outbox } from "./outbox/outbox.js";
import { Rpc, type RpcAnswer, type RpcCall } from "./rpc.js";
import type { ShapeSubscriber } from "./shapes.js";
import { ShardLink } from "./shard-link.js";
import { shielded } from "./shielded.js";
import type { WebSocketLike } from "./socket.js";
import type { LunoraStream, StreamPosition } from "./streams.js";
import type { Subscriber } from "./subscription.js";
import { subjectOfToken } from "./token-subject.js";
import { TokenSource, type TokenOption } from "./token.js";
import type { WhisperListener } from "./whisper.js";
import { encodeWire } from "./wire/encode.js";

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

const RPC_TIMEOUT_MS = 30_000;

/**
 * One app's client: calls functions and keeps live queries up to date.
 *
 * Calls go over HTTP and need no connection. The first `subscribe` opens a WebSocket, one per shard, that
 * reconnects by itself; results survive the gap and continue where they stopped. Owns timers and sockets until
 * `close`.
 */
export class LunoraClient {
  #clientId: string | undefined;
  readonly #options: LunoraClientOptions;
  readonly #endpoint: Endpoint;
  readonly #clock: Clock;
  readonly #token: TokenSource;
  readonly #rpc: Rpc;
  readonly #links = new Map<string, ShardLink>();
  readonly #outbox: Outbox | undefined;
  readonly #stateListeners = new Set<(state: ConnectionState) => void>();
  readonly #pendingListeners = new Set<(count: number) => void>();
  #state: ConnectionState = mostTroubled([]);
  #closed = false;
  #userChanges = 0;

  /** @throws TypeError when `url` is not an address */
  constructor(options: LunoraClientOptions) {
    this.#options = options;
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
    if (options.offline) this.#outbox = this.#openOutbox(options.offline === true ? {} : options.offline);
    if (typeof addEventListener === "function") addEventListener("online", this.#retryNow);
  }

  /** Drawn when first asked for: a Worker's module makes a client while it loads, when nothing random is to be had. */
  get clientId(): string {
    return (this.#clientId ??= this.#options.clientId ?? randomIdentifier());
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
   * Runs a mutation and returns its value.
   *
   * Without `offline` it is sent once; after an error with origin `transport` it may or may not have run, and
   * repeating it with the same `mutationId` is safe. With `offline` it is queued, and the promise settles when the
   * server answers, however long that takes; it then rejects only with the server's refusal,
   * `OFFLINE_QUEUE_OVERFLOW`, `OFFLINE_WRITE_UNENCODABLE`, `OFFLINE_IDENTITY_CHANGED`, `OFFLINE_STORAGE_FAILED` or
   * `CLIENT_CLOSED`.
   */
  async mutation<T = unknown>(functionPath: string, args: Args = {}, options: MutationOptions = {}): Promise<T> {
    if (this.#closed) throw clientClosed();
    const shardKey = this.#shardKey(options);
    const link = options.optimistic && this.#link(shardKey);
    const layer = options.optimistic && link?.queries.layers.add(options.optimistic);
    try {
      const { value, commitCursor } = await this.#run(functionPath, args, options, shardKey);
      layer?.commit(commitCursor);
      return value as T;
    } catch (thrown) {
      layer?.rollback();
      throw thrown;
    } finally {
      link?.release();
    }
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
    const query = { functionPath, args, wireArgs: encodeWire(args) };
    // A fresh object per call, so that one subscriber object given twice counts twice.
    const own: Subscriber = {
      onData: (value) => subscriber.onData(value as T),
      onError: (error) => subscriber.onError?.(error),
      onReset: () => subscriber.onReset?.(),
    };
    return this.#link(this.#shardKey(options)).queries.subscribe(queryKey(functionPath, args), query, own);
  }

  /** @internal Rises when `setToken` may change the user: what was read under a lower number is perhaps another's. */
  get userChanges(): number {
    return this.#userChanges;
  }

  /** The present result of a query somebody is subscribed to, optimistic updates included; else undefined. */
  peek<T = unknown>(functionPath: string, args: Args = {}, options: CallOptions = {}): { readonly value: T } | undefined {
    const link = this.#links.get(this.#shardKey(options) ?? "");
    return link?.queries.find(queryKey(functionPath, args))?.shown as { readonly value: T } | undefined;
  }

  /**
   * Follows a shape: a set of rows the server keeps equal to its own. `onRows` gets all rows now and after every
   * change.
   *
   * @returns ends it; calling it again does nothing
   * @throws LunoraError `CLIENT_CLOSED`; TypeError or RangeError when the arguments cannot be encoded
   */
  subscribeShape<Row = unknown>(
    name: string,
    args: Args,
    subscriber: ShapeSubscriber<Row>,
    options: CallOptions = {},
  ): () => void {
    if (this.#closed) throw clientClosed();
    const own: ShapeSubscriber = {
      onRows: (rows) => subscriber.onRows(rows as readonly Row[]),
      onError: (error) => subscriber.onError?.(error),
      onReset: () => subscriber.onReset?.(),
    };
    return this.#link(this.#shardKey(options)).shapes.subscribe(name, args, own);
  }

  /**
   * Starts a stream; read it with `for await`, leave the loop to cancel it. A durable stream goes on by itself
   * after a lost connection.
   *
   * @throws LunoraError `CLIENT_CLOSED`; TypeError or RangeError when the arguments cannot be encoded
   */
  stream<T = unknown>(functionPath: string, args: Args = {}, options: StreamOptions = {}): LunoraStream<T> {
    if (this.#closed) throw clientClosed();
    const shardKey = this.#shardKey(options);
    return this.#link(shardKey).streams.start({ functionPath, args, shardKey, resume: options.resume }) as LunoraStream<T>;
  }

  /**
   * Joins a topic, and joins it again after every reconnect.
   *
   * @returns leaves it
   * @throws LunoraError `CLIENT_CLOSED`
   */
  onWhisper<T = unknown>(topic: string, listener: WhisperListener<T>, options: CallOptions = {}): () => void {
    if (this.#closed) throw clientClosed();
    return this.#link(this.#shardKey(options)).whispers.join(topic, listener as WhisperListener);
  }

  /**
   * Sends something small to everyone else who joined the topic. Nobody confirms it, and the server drops more
   * than 25 a second.
   *
   * @returns false when it was not sent: there is no connection, which only `onWhisper` and subscriptions open
   * @throws LunoraError `BAD_REQUEST` when it cannot be encoded or is longer than 4096 characters of JSON
   */
  whisper(topic: string, data: unknown, options: CallOptions = {}): boolean {
    return this.#links.get(this.#shardKey(options) ?? "")?.whispers.send(topic, data) ?? false;
  }

  /** Queued mutations without an answer, of all tabs that share the queue; 0 without `offline`. */
  get pendingMutations(): number {
    return this.#outbox?.count ?? 0;
  }

  /** Calls the listener whenever `pendingMutations` changed. Returns the function that stops it. */
  onPendingMutations(listener: (count: number) => void): () => void {
    const own = (count: number): void => listener(count);
    this.#pendingListeners.add(own);
    return () => this.#pendingListeners.delete(own);
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

  /**
   * Ends any wait between attempts and tries mutations held for a refused token once more. The browser's news that
   * the network is back ends waits too.
   */
  reconnectNow(): void {
    this.#retryNow();
    this.#outbox?.retryHeld();
  }

  /**
   * Takes another token or provider, after sign-in or sign-out, and reconnects with it. Unless both tokens are JWTs of
   * one user, results of before are shown to nobody until the server confirms them, optimistic updates are taken back,
   * and `onReset` is called.
   */
  setToken(token: TokenOption | null): void {
    const before = subjectOfToken(this.#token.last);
    this.#token.replace(token ?? undefined);
    const sameUser = before !== undefined && before === subjectOfToken(this.#token.last);
    if (!sameUser) this.#userChanges += 1;
    for (const link of this.#links.values()) link.restart(sameUser);
    this.#outbox?.retryHeld();
  }

  /**
   * Ends every subscription and socket. Later calls fail with `CLIENT_CLOSED`; calls under way still finish. Queued
   * mutations stay in their storage.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (typeof removeEventListener === "function") removeEventListener("online", this.#retryNow);
    for (const link of this.#links.values()) link.close();
    this.#stateListeners.clear();
    this.#pendingListeners.clear();
    this.#outbox?.close();
  }

  async #call<T>(call: RpcCall, options: CallOptions): Promise<T> {
    if (this.#closed) throw clientClosed();
    const answer = await this.#rpc.call({ ...call, shardKey: this.#shardKey(options) });
    return answer.value as T;
  }

  async #run(functionPath: string, args: Args, options: MutationOptions, shardKey: string | undefined): Promise<RpcAnswer> {
    const once = { mutationId: options.mutationId ?? randomIdentifier(), clientId: this.clientId };
    const call: RpcCall = { kind: "mutation", functionPath, args, once, shardKey };
    if (this.#outbox === undefined || options.queue === false) return this.#rpc.call(call);
    return this.#outbox.run(queued(call, once, this.#options.offline, this.#clock.now(), subjectOfToken(this.#token.last)), options.onQueued);
  }

  #openOutbox(options: OfflineOptions): Outbox {
    return outboxFor(options, {
      address: this.#endpoint.rpc,
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
      token: this.#token,
      send: (token, calls, headers) => this.#rpc.batch(token, calls, headers),
      onPending: (count) => {
        for (const listener of [...this.#pendingListeners]) shielded(() => listener(count));
      },
    });
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
      read: async (functionPath, args) => (await this.#rpc.call({ kind: "query", functionPath, args, shardKey })).value,
      address: async () => this.#endpoint.socket(shardKey, await this.#token.current()),
      onTokenExpired: () => this.#token.expire(),
      onState: () => this.#refreshState(),
      onUnused: () => {
        if (this.#links.get(shardKey ?? "") === link) this.#links.delete(shardKey ?? "");
      },
    });
    this.#links.set(shardKey ?? "", link);
    return link;
  }

  readonly #retryNow = (): void => {
    for (const link of this.#links.values()) link.retryNow();
    this.#outbox?.flush();
  };

  #refreshState(): void {
    const state = mostTroubled(Array.from(this.#links.values(), (link) => link.state));
    if (state === this.#state) return;
    // A socket that opens proves that the network is back, which the browser may not have noticed.
    if (state.status === "open" && this.#state.status !== "open") this.#outbox?.flush();
    this.#state = state;
    for (const listener of [...this.#stateListeners]) shielded(() => listener(state));
  }
}

function clientClosed(): LunoraError {
  return new LunoraError({ code: "CLIENT_CLOSED", message: "this client was closed; make a new one" });
}
