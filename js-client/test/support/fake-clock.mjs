/** A clock moved by hand; `advance` also lets promises settle between timers. */
export class FakeClock {
  #nowMs = 1_000_000;
  #timers = new Set();

  now = () => this.#nowMs;

  after = (delayMs, run) => {
    const timer = { atMs: this.#nowMs + delayMs, run };
    this.#timers.add(timer);
    return timer;
  };

  cancel = (timer) => void this.#timers.delete(timer);

  get pending() {
    return this.#timers.size;
  }

  async advance(byMs) {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter((t) => t.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#nowMs = due.atMs;
      due.run();
      await settle();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets every promise callback that is ready run. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));
