/** Upper bound of the first wait. */
export const BACKOFF_BASE_MS = 500;
/** Upper bound of every wait. */
export const BACKOFF_CAP_MS = 30_000;

/**
 * Exponential backoff with full jitter: wait number n is uniform in [0, min(cap, base * 2^n)). The whole range
 * is random because a restarted server meets all its clients at once.
 */
export class Backoff {
  #failures = 0;
  readonly #random: () => number;

  /** @param random uniform in [0, 1), as `Math.random` */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Failures since the last `reset`. */
  get failures(): number {
    return this.#failures;
  }

  /** Counts one failure and returns how long to wait, in milliseconds. */
  nextDelayMs(): number {
    const ceilingMs = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** this.#failures);
    this.#failures += 1;
    return Math.floor(this.#random() * ceilingMs);
  }

  reset(): void {
    this.#failures = 0;
  }
}
