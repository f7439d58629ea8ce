import type { Clock, Timer } from "./clock.js";
import { shielded } from "./shielded.js";
import type { Known, Subscription } from "./subscription.js";
import { stableKey } from "./wire/key.js";

/**
 * The results of the live queries on a mutation's shard, as an optimistic update sees and changes them. Only
 * queries somebody is subscribed to, and whose first result arrived, are in it. Results are read-only: `set` a
 * new value, do not change the old one.
 */
export interface OptimisticStore {
  /** The present result, with the updates of earlier mutations; undefined when the query is not in the store. */
  get<T = unknown>(functionPath: string, args?: Readonly<Record<string, unknown>>): T | undefined;
  /** Every query of one function, with the arguments it was subscribed with. */
  getAll<T = unknown>(functionPath: string): readonly { readonly args: unknown; readonly value: T }[];
  /** Shows another result; does nothing when the query is not in the store. */
  set<T = unknown>(functionPath: string, args: Readonly<Record<string, unknown>>, value: T): void;
}

/**
 * Paints what a mutation will do over the results on screen. It runs again whenever a result below it changes,
 * so it must depend on nothing but the store. What it throws is reported as an uncaught error, and that run of it
 * changes nothing.
 */
export type OptimisticUpdate = (store: OptimisticStore) => void;

/** After this long without a frame that shows a committed write, the queries it painted are asked for again. */
export const CONFIRM_AFTER_MS = 2_000;
/** Askings after which the server's result is taken as it is. */
export const CONFIRM_MAX = 3;

/** What the layers paint on. */
export interface Canvas {
  /** False while nobody can be asked. */
  online(): boolean;
  subscriptions(): Iterable<Subscription>;
  /** Subscribes again, so that the server says where the query stands. */
  ask(subscription: Subscription): void;
}

/** One mutation's update, from its call until every query it painted shows the real thing. */
export interface Layer {
  /** The server ran it; without `commitCursor` any later answer for a query counts. */
  commit(commitCursor: number | undefined): void;
  /** It failed or was given up. */
  rollback(): void;
}

interface Painted {
  readonly update: OptimisticUpdate;
  /** Undefined until the server answered. */
  committed: { readonly cursor: number | undefined } | undefined;
  /** Another epoch began before its answer: the cursor in that may be of either one, and compares with nothing. */
  unordered: boolean;
  /** Queries of its latest run. */
  touched: ReadonlySet<Subscription>;
  /** Queries whose own result includes the write, or never will. */
  readonly settled: Set<Subscription>;
  confirmTimer: Timer;
  asked: number;
}

/** The optimistic updates of one shard, oldest first, painted over the server's results in that order. */
export class OptimisticLayers {
  readonly #clock: Clock;
  readonly #canvas: Canvas;
  #layers: Painted[] = [];

  constructor(clock: Clock, canvas: Canvas) {
    this.#clock = clock;
    this.#canvas = canvas;
  }

  get empty(): boolean {
    return this.#layers.length === 0;
  }

  /** Paints at once and tells the subscribers. */
  add(update: OptimisticUpdate): Layer {
    const layer: Painted = {
      update,
      committed: undefined,
      unordered: false,
      touched: new Set(),
      settled: new Set(),
      confirmTimer: undefined,
      asked: 0,
    };
    this.#layers.push(layer);
    this.repaint();
    return {
      commit: (cursor) => this.#commit(layer, cursor),
      rollback: () => {
        this.#remove(layer);
        this.repaint();
      },
    };
  }

  /** Call after a frame moved the query, before `repaint`. */
  heard(subscription: Subscription, includes: "everything" | "up to its cursor"): void {
    for (const layer of this.#layers) {
      if (layer.committed === undefined) {
        layer.unordered ||= includes === "everything";
        continue;
      }
      const { cursor } = layer.committed;
      const included = includes === "everything" || cursor === undefined || covers(subscription, cursor);
      if (included) layer.settled.add(subscription);
    }
  }

  /** The query failed or is no longer followed: nothing will ever confirm it. */
  giveUp(subscription: Subscription): void {
    for (const layer of this.#layers) layer.settled.add(subscription);
  }

  /** Marks what is committed now, for a read that starts now; call the answer when that read's result is in. */
  settlerFor(subscription: Subscription): () => void {
    const committed = this.#layers.filter((layer) => layer.committed !== undefined);
    return () => {
      for (const layer of committed) layer.settled.add(subscription);
    };
  }

  /** Runs every update over the server's results, forgets the finished ones, and tells whoever sees a change. */
  repaint(): void {
    let view = this.#run();
    const open = this.#layers.filter((layer) => !isFinished(layer));
    if (open.length < this.#layers.length) {
      for (const layer of this.#layers) if (!open.includes(layer)) this.#clock.cancel(layer.confirmTimer);
      this.#layers = open;
      view = this.#run();
    }
    const subscriptions = [...this.#canvas.subscriptions()];
    for (const subscription of subscriptions) subscription.layOver(view.get(subscription));
    for (const subscription of subscriptions) subscription.publish();
  }

  close(): void {
    for (const layer of this.#layers) this.#clock.cancel(layer.confirmTimer);
    this.#layers = [];
  }

  #run(): Map<Subscription, Known> {
    const view = new Map<Subscription, Known>();
    for (const layer of this.#layers) {
      const written = new Map<Subscription, Known>();
      let complete = false;
      shielded(() => {
        layer.update(this.#store(view, written));
        complete = true;
      });
      layer.touched = new Set(complete ? written.keys() : []);
      if (!complete) continue;
      for (const [subscription, known] of written) {
        if (!layer.settled.has(subscription)) view.set(subscription, known);
      }
    }
    return view;
  }

  #store(below: ReadonlyMap<Subscription, Known>, written: Map<Subscription, Known>): OptimisticStore {
    const subscriptions = [...this.#canvas.subscriptions()];
    const present = (found: Subscription): Known | undefined => written.get(found) ?? below.get(found) ?? found.result;
    const find = (functionPath: string, args: unknown): Subscription | undefined => {
      const key = queryKey(functionPath, args);
      return subscriptions.find((candidate) => candidate.key === key && candidate.result !== undefined);
    };
    return {
      get: <T>(functionPath: string, args: unknown = {}) => {
        const found = find(functionPath, args);
        return (found && present(found)?.value) as T | undefined;
      },
      getAll: <T>(functionPath: string) =>
        subscriptions
          .filter((candidate) => candidate.functionPath === functionPath && candidate.result !== undefined)
          .map((found) => ({ args: found.args, value: present(found)?.value as T })),
      set: (functionPath, args, value) => {
        const found = find(functionPath, args);
        if (found !== undefined) written.set(found, { value });
      },
    };
  }

  #commit(layer: Painted, commitCursor: number | undefined): void {
    if (!this.#layers.includes(layer)) return;
    const cursor = layer.unordered ? undefined : commitCursor;
    layer.committed = { cursor };
    // The frame that shows the write may have been quicker than the answer to the call.
    for (const subscription of this.#canvas.subscriptions()) {
      if (cursor !== undefined && covers(subscription, cursor)) layer.settled.add(subscription);
    }
    this.#confirmLater(layer);
    this.repaint();
  }

  /** A query the write did not change gets no frame of its own accord, yet the paint on it must come off. */
  #confirmLater(layer: Painted): void {
    layer.confirmTimer = this.#clock.after(CONFIRM_AFTER_MS, () => {
      if (!this.#canvas.online()) return this.#confirmLater(layer);
      if (layer.asked === CONFIRM_MAX) {
        this.#remove(layer);
        return this.repaint();
      }
      layer.asked += 1;
      for (const subscription of layer.touched) {
        if (!layer.settled.has(subscription)) this.#canvas.ask(subscription);
      }
      this.#confirmLater(layer);
    });
  }

  #remove(layer: Painted): void {
    this.#clock.cancel(layer.confirmTimer);
    this.#layers = this.#layers.filter((other) => other !== layer);
  }
}

/** Equal for equal queries of one shard. */
export function queryKey(functionPath: string, args: unknown): string {
  return `${functionPath}::${stableKey(args)}`;
}

function covers(subscription: Subscription, cursor: number): boolean {
  return subscription.cursor !== undefined && subscription.cursor.seq >= cursor;
}

function isFinished(layer: Painted): boolean {
  if (layer.committed === undefined) return false;
  for (const subscription of layer.touched) if (!layer.settled.has(subscription)) return false;
  return true;
}
