import { Backoff } from "./backoff.js";
import type { Clock, Timer } from "./clock.js";
import { IDLE, type ConnectionState } from "./connection-state.js";
import { LunoraError, toLunoraError } from "./errors.js";
import { PING } from "./frames.js";
import { Keepalive } from "./keepalive.js";

/** Longest wait for a token plus a handshake. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that lived this long forgives the failures before it. */
export const STABLE_AFTER_MS = 5_000;
/** Close code of a socket whose token ran out. */
export const CLOSE_TOKEN_EXPIRED = 4001;

const READY_OPEN = 1;

/** The part of the standard `WebSocket` this package uses. */
export interface WebSocketLike {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

/** Who uses the socket. `address` is asked before every attempt because it carries the token. */
export interface SocketOwner {
  address(): Promise<string>;
  /** The server refused the token; the next `address` needs another one. */
  onTokenExpired(): void;
  onOpen(): void;
  onMessage(message: unknown): void;
  onDown(): void;
  onState(state: ConnectionState): void;
}

/** What the socket needs from its surroundings. */
export interface SocketHost {
  readonly WebSocket: new (address: string) => WebSocketLike;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * One WebSocket that comes back: dials, watches for silence, and after any loss dials again with backoff until
 * `stop`. It knows nothing of subscriptions; the owner sends them again in `onOpen`.
 */
export class ReconnectingSocket {
  readonly #host: SocketHost;
  readonly #owner: SocketOwner;
  readonly #backoff: Backoff;
  readonly #keepalive: Keepalive;
  #socket: WebSocketLike | undefined;
  #state: ConnectionState = IDLE;
  /** The one pending step: handshake deadline, stability mark, or next attempt. */
  #timer: Timer;
  /** Rises with every attempt and every loss, so that a late token or event of an old attempt is recognised. */
  #generation = 0;

  constructor(host: SocketHost, owner: SocketOwner) {
    this.#host = host;
    this.#owner = owner;
    this.#backoff = new Backoff(host.random);
    this.#keepalive = new Keepalive(
      host.clock,
      () => this.#socket?.send(PING),
      () => this.#lose("the connection went silent"),
    );
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Starts dialling; does nothing when already started. */
  start(): void {
    if (this.#state.status === "closed") this.#dial();
  }

  /** Ends a wait early, for instance because the network came back. */
  retryNow(): void {
    if (this.#state.status === "waiting") this.#dial();
  }

  /** Drops the connection, if any, and dials again at once, with a fresh address. */
  restart(): void {
    if (this.#state.status === "closed") return;
    this.#drop();
    this.#dial();
  }

  stop(): void {
    if (this.#state.status === "closed") return;
    this.#drop();
    this.#backoff.reset();
    this.#become(IDLE);
  }

  /** Sends one frame, or does nothing when the socket is not open: `onOpen` will say it all again. */
  send(frame: object): void {
    if (this.#state.status === "open" && this.#socket?.readyState === READY_OPEN) {
      this.#socket.send(JSON.stringify(frame));
    }
  }

  #dial(): void {
    const generation = this.#advance();
    this.#timer = this.#host.clock.after(CONNECT_TIMEOUT_MS, () =>
      this.#lose(`no connection within ${CONNECT_TIMEOUT_MS} ms`),
    );
    this.#owner.address().then(
      (address) => generation === this.#generation && this.#open(address, generation),
      (thrown: unknown) => generation === this.#generation && this.#lose(thrown),
    );
    // Last, because a listener may stop the socket.
    this.#become({ ...this.#state, status: "connecting", attempt: this.#backoff.failures, retryAtMs: null });
  }

  #open(address: string, generation: number): void {
    let socket: WebSocketLike;
    try {
      socket = new this.#host.WebSocket(address);
    } catch (thrown) {
      return this.#lose(thrown);
    }
    const current = (run: (event: never) => void) => (event: never) => {
      if (generation === this.#generation) run(event);
    };
    this.#socket = socket;
    socket.onopen = current(() => this.#opened());
    socket.onmessage = current((event: { data: unknown }) => this.#received(event.data));
    socket.onclose = current((event: { code?: number; reason?: string }) => this.#closed(event));
    // A close event always follows, and says more.
    socket.onerror = () => {};
  }

  #opened(): void {
    this.#host.clock.cancel(this.#timer);
    this.#timer = this.#host.clock.after(STABLE_AFTER_MS, () => {
      this.#backoff.reset();
      this.#become({ ...this.#state, attempt: 0, lastError: null });
    });
    this.#keepalive.start();
    this.#state = { ...this.#state, status: "open" };
    // Before listeners hear of it, who may subscribe at once: the server is to know first who connects.
    this.#owner.onOpen();
    this.#become(this.#state);
  }

  #received(message: unknown): void {
    this.#keepalive.heard();
    this.#owner.onMessage(message);
  }

  #closed({ code, reason }: { code?: number; reason?: string }): void {
    if (code === CLOSE_TOKEN_EXPIRED) {
      this.#owner.onTokenExpired();
      return this.#lose(new LunoraError({ code: "TOKEN_EXPIRED", message: "the token expired", origin: "server" }));
    }
    const opened = this.#state.status === "open";
    this.#lose(`the connection ${opened ? "was lost" : "could not be opened"} (${reason || `code ${code ?? "none"}`})`);
  }

  #lose(cause: unknown): void {
    const lastError = toLunoraError(cause, { code: "NETWORK_ERROR", origin: "transport" });
    this.#drop();
    const delayMs = this.#backoff.nextDelayMs();
    this.#timer = this.#host.clock.after(delayMs, () => this.#dial());
    const retryAtMs = this.#host.clock.now() + delayMs;
    this.#become({ status: "waiting", attempt: this.#backoff.failures, retryAtMs, lastError });
  }

  /** Lets go of the current attempt or connection; its late events no longer count. */
  #drop(): void {
    this.#advance();
    this.#keepalive.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#owner.onDown();
  }

  #advance(): number {
    this.#host.clock.cancel(this.#timer);
    return ++this.#generation;
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#owner.onState(state);
  }
}
