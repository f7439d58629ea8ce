import type { Clock, Timer } from "./clock.js";

/** Subscribes the server may be working on at once; a reconnect with hundreds must not arrive as one burst. */
export const OUTSTANDING_MAX = 3;
/** After this long without any frame for it, a subscribe no longer holds its slot. */
export const SLOT_TIMEOUT_MS = 10_000;

/** Sends queued subscription ids a few at a time, in order. */
export class SubscribePacer {
  readonly #clock: Clock;
  readonly #send: (id: string) => void;
  readonly #queued = new Set<string>();
  readonly #outstanding = new Map<string, Timer>();
  readonly #sent = new Set<string>();

  constructor(clock: Clock, send: (id: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Sends now if a slot is free, else when one becomes free. An id already waiting keeps its place. */
  enqueue(id: string): void {
    this.#queued.add(id);
    this.#fill();
  }

  /** Nobody wants it any more. */
  withdraw(id: string): void {
    this.#queued.delete(id);
    this.#sent.delete(id);
    this.release(id);
  }

  /** A frame bearing the id arrived: its slot is free. The id may be queued again meanwhile, and stays so. */
  release(id: string): void {
    if (!this.#outstanding.has(id)) return;
    this.#clock.cancel(this.#outstanding.get(id));
    this.#outstanding.delete(id);
    this.#fill();
  }

  /** Whether the server was told of it, on this socket. */
  wasSent(id: string): boolean {
    return this.#sent.has(id);
  }

  /** The socket is gone: nothing is outstanding on the next one. */
  clear(): void {
    for (const timer of this.#outstanding.values()) this.#clock.cancel(timer);
    this.#outstanding.clear();
    this.#queued.clear();
    this.#sent.clear();
  }

  #fill(): void {
    for (const id of this.#queued) {
      if (this.#outstanding.size >= OUTSTANDING_MAX) return;
      this.#queued.delete(id);
      this.#sent.add(id);
      this.#clock.cancel(this.#outstanding.get(id));
      this.#outstanding.set(id, this.#clock.after(SLOT_TIMEOUT_MS, () => this.release(id)));
      this.#send(id);
    }
  }
}
