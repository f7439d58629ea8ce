import { systemClock, type Clock } from "./clock.js";
import type { ConnectionState } from "./connection-state.js";
import { endpointAt, type Endpoint } from "./endpoint.js";
import { LunoraError } from "./errors.js";
import { randomIdentifier } from "./identifier.js";
import { queryKey } from "./optimistic.js";
import type { Args, CallOptions, LunoraClientOptions, MutationOptions, StreamOptions } from "./options.js";
import { outboxFor, queued, type OfflineOptions } from "./outbox/offline.js";
import type { Outbox } from "./outbox/outbox.js";
import { Rpc, type RpcAnswer, type RpcCall } from "./rpc.js";
import type { ShapeSubscriber } from "./shapes.js";
import { ShardLinks, type LinkSettings } from "./shard-links.js";
import { shielded } from "./shielded.js";
import type { LunoraStream } from "./streams.js";
import type { Subscriber } from "./subscription.js";
import { subjectOfToken } from "./token-subject.js";
import { TokenSource, type TokenOption } from "./token.js";
import type { WhisperListener } from "./whisper.js";
import { encodeWire } from "./wire/encode.js";

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
  readonly #links: ShardLinks;
  readonly #outbox: Outbox | undefined;
  readonly #pendingListeners = new Set<(count: number) => void>();
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
    // A socket that opens proves that the network is back, which the browser may not have noticed.
    this.#links = new ShardLinks((shardKey) => this.#linkSettings(shardKey), () => this.#outbox?.flush());
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
    const link = options.optimistic && this.#links.open(shardKey);
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
    return this.#links.open(this.#shardKey(options)).queries.subscribe(queryKey(functionPath, args), query, own);
  }

  /** @internal Rises when `setToken` may change the user: what was read under a lower number is perhaps another's. */
  get userChanges(): number {
    return this.#userChanges;
  }

  /** The present result of a query somebody is subscribed to, optimistic updates included; else undefined. */
  peek<T = unknown>(functionPath: string, args: Args = {}, options: CallOptions = {}): { readonly value: T } | undefined {
    const link = this.#links.find(this.#shardKey(options));
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
    return this.#links.open(this.#shardKey(options)).shapes.subscribe(name, args, own);
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
    return this.#links.open(shardKey).streams.start({ functionPath, args, shardKey, resume: options.resume }) as LunoraStream<T>;
  }

  /**
   * Joins a topic, and joins it again after every reconnect.
   *
   * @returns leaves it
   * @throws LunoraError `CLIENT_CLOSED`
   */
  onWhisper<T = unknown>(topic: string, listener: WhisperListener<T>, options: CallOptions = {}): () => void {
    if (this.#closed) throw clientClosed();
    return this.#links.open(this.#shardKey(options)).whispers.join(topic, listener as WhisperListener);
  }

  /**
   * Sends something small to everyone else who joined the topic. Nobody confirms it, and the server drops more
   * than 25 a second.
   *
   * @returns false when it was not sent: there is no connection, which only `onWhisper` and subscriptions open
   * @throws LunoraError `BAD_REQUEST` when it cannot be encoded or is longer than 4096 characters of JSON
   */
  whisper(topic: string, data: unknown, options: CallOptions = {}): boolean {
    return this.#links.find(this.#shardKey(options))?.whispers.send(topic, data) ?? false;
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
    return this.#links.state;
  }

  /** Calls the listener on every change, not for the present state. Returns the function that stops it. */
  onConnectionState(listener: (state: ConnectionState) => void): () => void {
    return this.#links.onState(listener);
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
    this.#links.restart(sameUser);
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
    this.#links.close();
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

  #linkSettings(shardKey: string | undefined): LinkSettings {
    return {
      // Looked up late, so that a runtime without WebSocket can still make calls.
      WebSocket: this.#options.WebSocket ?? WebSocket,
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
      clientId: this.clientId,
      context: this.#options.context,
      read: async (functionPath, args) => (await this.#rpc.call({ kind: "query", functionPath, args, shardKey })).value,
      address: async () => this.#endpoint.socket(shardKey, await this.#token.current()),
      onTokenExpired: () => this.#token.expire(),
    };
  }

  readonly #retryNow = (): void => {
    this.#links.retryNow();
    this.#outbox?.flush();
  };
}

function clientClosed(): LunoraError {
  return new LunoraError({ code: "CLIENT_CLOSED", message: "this client was closed; make a new one" });
}
