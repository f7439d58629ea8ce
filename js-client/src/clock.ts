/** Handle of a pending timer; opaque to callers. */
export type Timer = unknown;

/** Time as this package sees it; tests pass one they can move by hand. All times are milliseconds. */
export interface Clock {
  now(): number;
  after(delayMs: number, run: () => void): Timer;
  cancel(timer: Timer): void;
}

/** The host's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => setTimeout(run, delayMs),
  cancel: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};
