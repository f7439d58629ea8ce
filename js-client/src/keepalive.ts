import type { Clock, Timer } from "./clock.js";

/** Time between pings. */
export const PING_INTERVAL_MS = 30_000;
/** Silence after which the connection is taken for dead: two missed answers and some slack. */
export const SILENCE_MAX_MS = 2.5 * PING_INTERVAL_MS;

/**
 * Pings an open socket and reports when nothing at all has been heard for too long. A dead network reports no
 * close for many minutes, so silence is the only sign of it.
 */
export class Keepalive {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #onSilence: () => void;
  #pingTimer: Timer;
  #silenceTimer: Timer;

  constructor(clock: Clock, ping: () => void, onSilence: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#onSilence = onSilence;
  }

  start(): void {
    this.stop();
    this.#pingLater();
    this.heard();
  }

  /** Call for every message, of any kind. */
  heard(): void {
    this.#clock.cancel(this.#silenceTimer);
    this.#silenceTimer = this.#clock.after(SILENCE_MAX_MS, this.#onSilence);
  }

  stop(): void {
    this.#clock.cancel(this.#pingTimer);
    this.#clock.cancel(this.#silenceTimer);
  }

  #pingLater(): void {
    this.#pingTimer = this.#clock.after(PING_INTERVAL_MS, () => {
      this.#ping();
      this.#pingLater();
    });
  }
}
