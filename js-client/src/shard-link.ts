import type { Clock, Timer } from "./clock.js";
import type { ConnectionState } from "./connection-state.js";
import { connectFrame, readFrame, subscribeFrame, unsubscribeFrame, type ServerFrame } from "./frames.js";
import { SubscribePacer } from "./pacer.js";
import { ReconnectingSocket, type SocketHost } from "./socket.js";
import { Subscription, type Subscriber } from "./subscription.js";
import { encodeWire } from "./wire/encode.js";

/** How long a socket without subscriptions stays open: a page change unsubscribes just before it subscribes. */
export const LINGER_MS = 5_000;

/** What a link needs from the client it belongs to. */
export interface LinkHost extends SocketHost {
  readonly clientId: string;
  readonly context: unknown;
  address(): Promise<string>;
  onTokenExpired(): void;
  onState(): void;
}

/** All live queries of one shard, over one socket. */
export class ShardLink {
  readonly #host: LinkHost;
  readonly #clock: Clock;
  readonly #socket: ReconnectingSocket;
  readonly #pacer: SubscribePacer;
  readonly #byKey = new Map<string, Subscription>();
  readonly #byId = new Map<string, Subscription>();
  #idsGiven = 0;
  #lingerTimer: Timer;

  constructor(host: LinkHost) {
    this.#host = host;
    this.#clock = host.clock;
    this.#pacer = new SubscribePacer(host.clock, (id) => this.#sendSubscribe(id));
    this.#socket = new ReconnectingSocket(host, {
      address: () => host.address(),
      onTokenExpired: () => host.onTokenExpired(),
      onOpen: () => this.#announce(),
      onMessage: (message) => this.#route(readFrame(message)),
      onDown: () => this.#pacer.clear(),
      onState: () => host.onState(),
    });
  }

  get state(): ConnectionState {
    return this.#socket.state;
  }

  /** @param key equal for queries that are the same query */
  subscribe(key: string, functionPath: string, args: unknown, subscriber: Subscriber): () => void {
    const subscription = this.#byKey.get(key) ?? this.#create(key, functionPath, args);
    subscription.add(subscriber);
    if (subscription.failed) this.#ask(subscription);
    return () => this.#unsubscribe(subscription, subscriber);
  }

  retryNow(): void {
    this.#socket.retryNow();
  }

  restart(): void {
    this.#socket.restart();
  }

  close(): void {
    this.#clock.cancel(this.#lingerTimer);
    this.#byKey.clear();
    this.#byId.clear();
    this.#socket.stop();
  }

  #create(key: string, functionPath: string, args: unknown): Subscription {
    const subscription = new Subscription(`sub_${++this.#idsGiven}`, key, functionPath, encodeWire(args));
    this.#byKey.set(key, subscription);
    this.#byId.set(subscription.id, subscription);
    this.#clock.cancel(this.#lingerTimer);
    this.#socket.start();
    this.#ask(subscription);
    return subscription;
  }

  #unsubscribe(subscription: Subscription, subscriber: Subscriber): void {
    subscription.remove(subscriber);
    if (!subscription.idle || this.#byId.get(subscription.id) !== subscription) return;
    this.#byKey.delete(subscription.key);
    this.#byId.delete(subscription.id);
    if (!this.#pacer.isQueued(subscription.id)) this.#socket.send(unsubscribeFrame(subscription.id));
    this.#pacer.withdraw(subscription.id);
    if (this.#byId.size === 0) this.#lingerTimer = this.#clock.after(LINGER_MS, () => this.#socket.stop());
  }

  #announce(): void {
    this.#socket.send(connectFrame(this.#host.clientId, this.#host.context));
    for (const subscription of this.#byId.values()) this.#ask(subscription);
  }

  /** Before the socket is open there is nobody to ask; `#announce` will. */
  #ask(subscription: Subscription): void {
    if (this.#socket.state.status === "open") this.#pacer.enqueue(subscription.id);
  }

  #sendSubscribe(id: string): void {
    const subscription = this.#byId.get(id);
    if (subscription === undefined) return;
    subscription.asked();
    this.#socket.send(subscribeFrame(id, subscription.functionPath, subscription.wireArgs, subscription.since));
  }

  #route(frame: ServerFrame | undefined): void {
    const id = frame?.["id"];
    if (frame === undefined || typeof id !== "string") return;
    this.#pacer.release(id);
    const subscription = this.#byId.get(id);
    if (subscription?.apply(frame) === "resubscribe") this.#ask(subscription);
  }
}
