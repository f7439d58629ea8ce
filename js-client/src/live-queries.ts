import type { Timer } from "./clock.js";
import { cursorOf, subscribeFrame, unsubscribeFrame, type ServerFrame } from "./frames.js";
import type { LinkFeature, LinkPort } from "./link-feature.js";
import { OptimisticLayers } from "./optimistic.js";
import { Subscription, type Known, type LiveQuery, type Subscriber } from "./subscription.js";

/** Longest time a step of several deltas waits for its last one before it is shown as far as it came. */
export const RUN_MAX_MS = 50;

/** Frames that say where a query stands. */
const NEWS = new Set(["data", "delta", "resume", "settled"]);

/** The live queries of one shard: one subscription per distinct query, and the optimistic updates over them. */
export class LiveQueries implements LinkFeature {
  readonly layers: OptimisticLayers;
  readonly #port: LinkPort;
  readonly #byKey = new Map<string, Subscription>();
  readonly #byId = new Map<string, Subscription>();
  readonly #runTimers = new Map<string, Timer>();
  #idsGiven = 0;

  constructor(port: LinkPort) {
    this.#port = port;
    this.layers = new OptimisticLayers(port.clock, {
      online: () => port.open,
      subscriptions: () => this.#byId.values(),
      ask: (subscription) => port.pace(subscription.id),
    });
  }

  get idle(): boolean {
    return this.#byId.size === 0;
  }

  get all(): readonly Subscription[] {
    return [...this.#byId.values()];
  }

  find(key: string): Subscription | undefined {
    return this.#byKey.get(key);
  }

  /** @param key equal for queries that are the same query */
  subscribe(key: string, query: LiveQuery, subscriber: Subscriber): () => void {
    const subscription = this.#byKey.get(key) ?? this.#create(key, query);
    subscription.add(subscriber);
    if (subscription.failure !== undefined) this.#port.pace(subscription.id);
    return () => this.#unsubscribe(subscription, subscriber);
  }

  /** Takes a result read over HTTP; `settles` tells which optimistic updates that read is known to include. */
  takePolled(subscription: Subscription, known: Known, settles: () => void): void {
    if (this.#byId.get(subscription.id) !== subscription) return;
    this.#endTimer(subscription.id);
    subscription.replace(known);
    settles();
    this.#show(subscription);
  }

  onOpen(): void {
    for (const id of this.#byId.keys()) this.#port.pace(id);
  }

  onDown(): void {
    for (const id of [...this.#runTimers.keys()]) this.#endTimer(id);
    for (const subscription of this.#byId.values()) subscription.abandonRun();
  }

  doubt(): void {
    this.layers.close();
    for (const subscription of this.#byId.values()) subscription.doubt();
  }

  onFrame(frame: ServerFrame): void {
    const subscription = this.#byId.get(String(frame["id"]));
    if (subscription === undefined) return;
    const epochBefore = subscription.cursor?.epoch;
    const after = subscription.apply(frame);
    if (after === "wait") return this.#showLater(subscription);
    if (after === "resubscribe") return this.#port.pace(subscription.id);
    if (subscription.failure !== undefined) this.layers.giveUp(subscription);
    else if (!NEWS.has(frame.type)) return;
    else {
      // Cursors of another epoch, or of none, cannot be compared with that of a commit.
      const comparable = cursorOf(frame) !== undefined && (epochBefore ?? frame["epoch"]) === subscription.cursor?.epoch;
      this.layers.heard(subscription, comparable ? "up to its cursor" : "everything");
    }
    this.#show(subscription);
  }

  sendPaced(id: string): void {
    const subscription = this.#byId.get(id);
    if (subscription === undefined) return;
    subscription.asked();
    this.#port.send(subscribeFrame(id, subscription.functionPath, subscription.wireArgs, subscription.since));
  }

  close(): void {
    for (const id of [...this.#runTimers.keys()]) this.#endTimer(id);
    this.layers.close();
    this.#byKey.clear();
    this.#byId.clear();
  }

  #create(key: string, query: LiveQuery): Subscription {
    const subscription = new Subscription(`sub_${++this.#idsGiven}`, key, query);
    this.#byKey.set(key, subscription);
    this.#byId.set(subscription.id, subscription);
    this.#port.wake();
    this.#port.pace(subscription.id);
    return subscription;
  }

  #unsubscribe(subscription: Subscription, subscriber: Subscriber): void {
    const { id, key } = subscription;
    subscription.remove(subscriber);
    if (!subscription.idle || this.#byId.get(id) !== subscription) return;
    this.#byKey.delete(key);
    this.#byId.delete(id);
    this.#endTimer(id);
    this.layers.giveUp(subscription);
    if (this.#port.wasSent(id)) this.#port.send(unsubscribeFrame(id));
    this.#port.withdraw(id);
    this.#port.rest();
  }

  #show(subscription: Subscription): void {
    this.#endTimer(subscription.id);
    if (this.layers.empty) subscription.publish();
    else this.layers.repaint();
  }

  #showLater(subscription: Subscription): void {
    if (this.#runTimers.has(subscription.id)) return;
    const end = (): void => {
      subscription.endRun();
      this.#show(subscription);
    };
    this.#runTimers.set(subscription.id, this.#port.clock.after(RUN_MAX_MS, end));
  }

  #endTimer(id: string): void {
    this.#port.clock.cancel(this.#runTimers.get(id));
    this.#runTimers.delete(id);
  }
}
