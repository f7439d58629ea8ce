import type { Clock, Timer } from "./clock.js";
import { LunoraError } from "./errors.js";
import type { LiveQueries } from "./live-queries.js";
import type { Subscription } from "./subscription.js";
import { stableKey } from "./wire/key.js";

/** Failed connects in a row before queries are read over HTTP instead. */
export const POLL_AFTER_FAILURES = 3;
/** From the end of one round to the start of the next. */
export const POLL_INTERVAL_MS = 5_000;
/** Queries being read at once. */
export const POLL_CONCURRENCY = 4;

/** Reads one query over HTTP. */
export type Read = (functionPath: string, args: unknown) => Promise<unknown>;

/** Keeps live queries roughly up to date over HTTP while no socket can be opened, as behind some proxies. */
export class Poller {
  readonly #clock: Clock;
  readonly #queries: LiveQueries;
  readonly #read: Read;
  #running = false;
  #timer: Timer;
  /** Rises with every start and stop: answers of an earlier time no longer count. */
  #generation = 0;

  constructor(clock: Clock, queries: LiveQueries, read: Read) {
    this.#clock = clock;
    this.#queries = queries;
    this.#read = read;
  }

  /** Starts with a round at once; does nothing when running. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#round(++this.#generation);
  }

  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#generation += 1;
    this.#clock.cancel(this.#timer);
  }

  async #round(generation: number): Promise<void> {
    const queue = this.#queries.all.slice();
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && generation === this.#generation; next = queue.shift()) {
        await this.#poll(next, generation);
      }
    };
    await Promise.all(Array.from({ length: POLL_CONCURRENCY }, worker));
    if (generation !== this.#generation) return;
    this.#timer = this.#clock.after(POLL_INTERVAL_MS, () => void this.#round(generation));
  }

  async #poll(subscription: Subscription, generation: number): Promise<void> {
    const settles = this.#queries.layers.settlerFor(subscription);
    try {
      const value = await this.#read(subscription.functionPath, subscription.args);
      if (generation === this.#generation) this.#take(subscription, value, settles);
    } catch (thrown) {
      if (generation === this.#generation) report(subscription, thrown);
    }
  }

  /** An unchanged result keeps its identity, and nobody is told. */
  #take(subscription: Subscription, value: unknown, settles: () => void): void {
    const known = subscription.result;
    const same = known !== undefined && stableKey(known.value) === stableKey(value);
    this.#queries.takePolled(subscription, same ? known : { value }, settles);
  }
}

/** A lost answer is what the connection state is for; a refusal is told once, not every five seconds. */
function report(subscription: Subscription, thrown: unknown): void {
  if (!(thrown instanceof LunoraError) || thrown.origin !== "server") return;
  if (subscription.failure?.code !== thrown.code) subscription.fail(thrown);
}
