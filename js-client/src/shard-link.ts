import type { Clock, Timer } from "./clock.js";
import type { ConnectionState } from "./connection-state.js";
import { connectFrame, readFrame, type ServerFrame } from "./frames.js";
import type { LinkFeature, LinkPort } from "./link-feature.js";
import { LiveQueries } from "./live-queries.js";
import { SubscribePacer } from "./pacer.js";
import { Poller, POLL_AFTER_FAILURES, type Read } from "./poller.js";
import { Shapes } from "./shapes.js";
import { ReconnectingSocket, type SocketHost } from "./socket.js";
import { Streams } from "./streams.js";
import { Whispers } from "./whisper.js";

/** How long a socket nobody uses stays open: a page change unsubscribes just before it subscribes. */
export const LINGER_MS = 5_000;

/** What a link needs from the client it belongs to. */
export interface LinkHost extends SocketHost {
  readonly clientId: string;
  readonly context: unknown;
  address(): Promise<string>;
  read: Read;
  onTokenExpired(): void;
  onState(): void;
  /** Nothing goes over the link any more. */
  onUnused(): void;
}

/** Everything live of one shard, over one socket. */
export class ShardLink {
  readonly queries: LiveQueries;
  readonly shapes: Shapes;
  readonly streams: Streams;
  readonly whispers: Whispers;
  readonly #host: LinkHost;
  readonly #clock: Clock;
  readonly #socket: ReconnectingSocket;
  readonly #pacer: SubscribePacer;
  readonly #poller: Poller;
  readonly #features: readonly LinkFeature[];
  #lingerTimer: Timer;

  constructor(host: LinkHost) {
    this.#host = host;
    this.#clock = host.clock;
    const port = this.#port();
    this.queries = new LiveQueries(port);
    this.shapes = new Shapes(port);
    this.streams = new Streams(port);
    this.whispers = new Whispers(port);
    this.#features = [this.queries, this.shapes, this.streams, this.whispers];
    this.#poller = new Poller(host.clock, this.queries, host.read);
    this.#pacer = new SubscribePacer(host.clock, (id) => this.#features.forEach((feature) => feature.sendPaced(id)));
    this.#socket = new ReconnectingSocket(host, {
      address: () => host.address(),
      onTokenExpired: () => host.onTokenExpired(),
      onOpen: () => this.#announce(),
      onMessage: (message) => this.#route(readFrame(message)),
      onDown: () => this.#down(),
      onState: (state) => this.#stateChanged(state),
    });
  }

  get state(): ConnectionState {
    return this.#socket.state;
  }

  retryNow(): void {
    this.#socket.retryNow();
  }

  /** Connects anew: with another token of the same user, or as somebody else perhaps. */
  restart(sameUser: boolean): void {
    // What is being read over HTTP is read as whoever it was.
    this.#poller.stop();
    if (!sameUser) for (const feature of this.#features) feature.doubt?.();
    this.#socket.restart();
  }

  /** Reports the link as unused if it is. */
  release(): void {
    if (this.#socket.state.status !== "closed" || this.#features.some((feature) => !feature.idle)) return;
    // Committed updates end here: there is no query left that they could paint.
    this.queries.layers.repaint();
    if (this.queries.layers.empty) this.#host.onUnused();
  }

  close(): void {
    for (const feature of this.#features) feature.close();
    this.#socket.stop();
    this.#clock.cancel(this.#lingerTimer);
  }

  #port(): LinkPort {
    const open = (): boolean => this.#socket.state.status === "open";
    return {
      clock: this.#clock,
      get open() {
        return open();
      },
      send: (frame) => this.#socket.send(frame),
      pace: (id) => {
        if (open()) this.#pacer.enqueue(id);
      },
      wasSent: (id) => this.#pacer.wasSent(id),
      withdraw: (id) => this.#pacer.withdraw(id),
      wake: () => this.#wake(),
      rest: () => this.#rest(),
    };
  }

  #wake(): void {
    this.#clock.cancel(this.#lingerTimer);
    this.#socket.start();
  }

  #rest(): void {
    if (this.#features.some((feature) => !feature.idle)) return;
    this.#clock.cancel(this.#lingerTimer);
    this.#lingerTimer = this.#clock.after(LINGER_MS, () => {
      this.#socket.stop();
      this.release();
    });
  }

  #announce(): void {
    this.#socket.send(connectFrame(this.#host.clientId, this.#host.context));
    for (const feature of this.#features) feature.onOpen();
  }

  #down(): void {
    this.#pacer.clear();
    for (const feature of this.#features) feature.onDown();
  }

  #route(frame: ServerFrame | undefined): void {
    if (frame === undefined) return;
    if (typeof frame["id"] === "string") this.#pacer.release(frame["id"]);
    for (const feature of this.#features) feature.onFrame(frame);
  }

  #stateChanged({ status, attempt }: ConnectionState): void {
    if (status === "open" || status === "closed") this.#poller.stop();
    else if (attempt >= POLL_AFTER_FAILURES) this.#poller.start();
    this.#host.onState();
  }
}
