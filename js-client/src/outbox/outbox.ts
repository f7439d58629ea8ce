import { Backoff } from "../backoff.js";
import type { Clock, Timer } from "../clock.js";
import { LunoraError, toLunoraError } from "../errors.js";
import type { RpcAnswer } from "../rpc.js";
import { shielded } from "../shielded.js";
import type { TokenSource } from "../token.js";
import { decodeWire } from "../wire/decode.js";
import { batchOf, BATCH_CALLS_MAX, errorOfOutcome, judgeToken, replay, type SendBatch, type Verdict } from "./replay.js";
import type { OutboxNote, OutboxStorage, Outcome, QueuedMutation } from "./storage.js";

/** Longest wait a server can impose with `retryAfterMs`. */
export const RATE_DELAY_MAX_MS = 3_600_000;

/** What the queue needs from its client. */
export interface OutboxHost {
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  readonly random: () => number;
  readonly token: TokenSource;
  readonly countMax: number;
  /** Sends a batch under that token, whoever is signed in by then. */
  readonly send: (token: string | null, ...batch: Parameters<SendBatch>) => ReturnType<SendBatch>;
  readonly onDropped: (mutation: QueuedMutation, error: LunoraError) => void;
  readonly onPending: (count: number) => void;
}

interface Waiter {
  resolve(answer: RpcAnswer): void;
  reject(error: LunoraError): void;
}

/** What a round of sending came to: go on at once, nothing left, wait some time, or wait for another token. */
type Round =
  | { readonly kind: "progress" | "empty" | "held" }
  | { readonly kind: "wait"; readonly delayMs: number };

/**
 * The queue of mutations: each is made durable first, then sent in order, and removed when it has its answer.
 * Several clients may share one storage; whoever holds its lock sends everything, and tells the others.
 */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #waiters = new Map<string, Waiter[]>();
  readonly #abort = new AbortController();
  readonly #stopHearing: () => void;
  #count = 0;
  #timer: Timer;
  #sending: Promise<void> | undefined;
  /** Asked to send while sending: look again before resting. */
  #again = false;
  /** Asked by somebody with news of the network or the token: do not wait after this round. */
  #impatient = false;
  /** A timer will send; new mutations wait with the others. */
  #waiting = false;
  #notBeforeMs = 0;
  /** The token the server refused; undefined when none was. */
  #refused: { readonly token: string | null } | undefined;
  /** `retryHeld` was called since the last sending: a refusal of that sending is out of date. */
  #tokenNews = false;

  /** Sends at once what an earlier page left behind. */
  constructor(host: OutboxHost) {
    this.#host = host;
    this.#clock = host.clock;
    this.#backoff = new Backoff(host.random);
    this.#stopHearing = host.storage.hear((note) => this.#heard(note));
    this.flush();
  }

  /** Mutations without an answer, of everyone who shares the storage, as last counted. */
  get count(): number {
    return this.#count;
  }

  /**
   * Queues a mutation and resolves with its answer, whenever that comes.
   *
   * @throws LunoraError `OFFLINE_QUEUE_OVERFLOW`, `OFFLINE_STORAGE_FAILED`, the server's refusal, `CLIENT_CLOSED`
   */
  async run(mutation: QueuedMutation, onQueued?: () => void): Promise<RpcAnswer> {
    // Before it is in the storage: another tab may send it the moment it is there.
    const answer = this.#await(mutation.mutationId);
    // It may fail before the append is done; whoever called hears of it through the promise returned below.
    answer.catch(() => {});
    try {
      const added = await this.#host.storage.append(mutation, this.#host.countMax);
      if (!added) this.#reject(mutation.mutationId, overflow(this.#host.countMax));
      else if (onQueued !== undefined) shielded(onQueued);
    } catch (thrown) {
      this.#reject(mutation.mutationId, toLunoraError(thrown, { code: "OFFLINE_STORAGE_FAILED", origin: "client" }));
    }
    void this.#recount("and tell");
    this.#send();
    return answer;
  }

  /** Sends now instead of at the end of a wait, unless the server imposed that wait. */
  flush(): void {
    this.#backoff.reset();
    this.#impatient = true;
    this.#waiting = false;
    this.#clock.cancel(this.#timer);
    this.#send();
  }

  /** There may be another token, or the old one may be good again. */
  retryHeld(): void {
    this.#refused = undefined;
    this.#tokenNews = true;
    this.flush();
  }

  /** Leaves the queue as it is, for the next page. Callers that still wait get `CLIENT_CLOSED`. */
  close(): void {
    this.#abort.abort();
    this.#clock.cancel(this.#timer);
    this.#stopHearing();
    const message = "this client was closed; the mutation stays queued if its storage is durable";
    for (const mutationId of [...this.#waiters.keys()]) {
      this.#reject(mutationId, new LunoraError({ code: "CLIENT_CLOSED", message }));
    }
    // Answers under way are still noted: what is removed now need not be sent again.
    void Promise.resolve(this.#sending).finally(() => this.#host.storage.close());
  }

  #send(): void {
    if (this.#abort.signal.aborted) return;
    this.#again = true;
    if (this.#waiting || this.#sending !== undefined) return;
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = undefined;
      if (this.#again) this.#send();
    });
  }

  async #sendAll(): Promise<void> {
    do {
      this.#again = this.#impatient = false;
      const round = await this.#round();
      await this.#recount();
      if (round.kind === "progress") this.#again = true;
      else if (round.kind === "wait") this.#rest(round.delayMs);
      else if (round.kind === "held") this.#rest(this.#host.token.renewable ? this.#backoff.nextDelayMs() : undefined);
    } while (this.#again && !this.#abort.signal.aborted);
    this.#again = false;
  }

  /** @param delayMs undefined waits for `retryHeld` */
  #rest(delayMs: number | undefined): void {
    this.#again = this.#impatient;
    if (this.#impatient || this.#abort.signal.aborted || delayMs === undefined) return;
    this.#waiting = true;
    this.#timer = this.#clock.after(delayMs, () => {
      this.#waiting = false;
      this.#send();
    });
  }

  async #round(): Promise<Round> {
    const waitMs = this.#notBeforeMs - this.#clock.now();
    if (waitMs > 0) {
      this.#impatient = false;
      return { kind: "wait", delayMs: waitMs };
    }
    try {
      return await this.#host.storage.exclusively(() => this.#sendBatch(), this.#abort.signal);
    } catch {
      return { kind: "wait", delayMs: this.#backoff.nextDelayMs() };
    }
  }

  async #sendBatch(): Promise<Round> {
    const { storage, send, token } = this.#host;
    const batch = batchOf(await storage.oldest(BATCH_CALLS_MAX));
    if (batch.length === 0) return { kind: "empty" };
    if (this.#refused !== undefined && !(await this.#hasOtherToken(this.#refused.token))) return { kind: "held" };
    this.#refused = undefined;
    this.#tokenNews = false;
    const usedToken = await token.current();
    const verdicts = judgeToken(batch, usedToken) ?? (await replay(batch, (...part) => send(usedToken, ...part)));
    await this.#settle(batch, verdicts);
    return this.#next(verdicts, usedToken);
  }

  async #hasOtherToken(refused: string | null): Promise<boolean> {
    const { token } = this.#host;
    if (token.renewable) token.expire();
    return (await token.current()) !== refused;
  }

  #next(verdicts: readonly Verdict[], token: string | null): Round {
    const settled = verdicts.filter((verdict) => verdict.kind === "settled").length;
    if (settled > 0) this.#backoff.reset();
    if (verdicts.some((verdict) => verdict.kind === "hold")) {
      if (this.#tokenNews) return { kind: "progress" };
      this.#refused = { token };
      // A provider gets one chance to do better at once; one that keeps failing is asked ever more rarely.
      return this.#host.token.renewable && this.#backoff.failures === 0
        ? { kind: "wait", delayMs: Math.min(1, this.#backoff.nextDelayMs()) }
        : { kind: "held" };
    }
    if (settled === verdicts.length) return { kind: "progress" };
    const imposedMs = Math.max(0, ...verdicts.map((verdict) => (verdict.kind === "retry" ? verdict.afterMs ?? 0 : 0)));
    if (imposedMs === 0) return { kind: "wait", delayMs: this.#backoff.nextDelayMs() };
    const delayMs = Math.min(imposedMs, RATE_DELAY_MAX_MS);
    this.#notBeforeMs = this.#clock.now() + delayMs;
    return { kind: "wait", delayMs };
  }

  /** Others are told before the entry is gone: dying in between repeats an idempotent call, and loses nothing. */
  async #settle(batch: readonly QueuedMutation[], verdicts: readonly Verdict[]): Promise<void> {
    const answered: { readonly mutation: QueuedMutation; readonly outcome: Outcome }[] = [];
    batch.forEach((mutation, index) => {
      const verdict = verdicts[index];
      if (verdict?.kind === "settled") answered.push({ mutation, outcome: verdict.outcome });
    });
    for (const { mutation, outcome } of answered) {
      if (!this.#waiters.has(mutation.mutationId)) {
        this.#host.storage.tell({ kind: "settled", mutationId: mutation.mutationId, outcome });
      }
    }
    await this.#host.storage.remove(answered.map(({ mutation }) => mutation.mutationId));
    await this.#recount("and tell");
    for (const { mutation, outcome } of answered) {
      const known = this.#finish(mutation.mutationId, outcome);
      if (!known && !outcome.ok) shielded(() => this.#host.onDropped(mutation, errorOfOutcome(outcome.wireError)));
    }
  }

  /** @returns false when nobody here waits for it */
  #finish(mutationId: string, outcome: Outcome): boolean {
    const waiters = this.#waiters.get(mutationId);
    this.#waiters.delete(mutationId);
    for (const waiter of waiters ?? []) {
      if (outcome.ok) resolveWith(waiter, outcome);
      else waiter.reject(errorOfOutcome(outcome.wireError));
    }
    return waiters !== undefined;
  }

  #heard(note: OutboxNote): void {
    if (note.kind === "settled") this.#finish(note.mutationId, note.outcome);
    else void this.#recount();
  }

  #await(mutationId: string): Promise<RpcAnswer> {
    return new Promise((resolve, reject) => {
      const waiters = this.#waiters.get(mutationId) ?? [];
      waiters.push({ resolve, reject });
      this.#waiters.set(mutationId, waiters);
    });
  }

  #reject(mutationId: string, error: LunoraError): void {
    const waiters = this.#waiters.get(mutationId) ?? [];
    this.#waiters.delete(mutationId);
    for (const waiter of waiters) waiter.reject(error);
  }

  async #recount(telling?: "and tell"): Promise<void> {
    if (telling !== undefined) this.#host.storage.tell({ kind: "changed" });
    const count = await this.#host.storage.count().catch(() => this.#count);
    if (count === this.#count || this.#abort.signal.aborted) return;
    this.#count = count;
    this.#host.onPending(count);
  }
}

function resolveWith(waiter: Waiter, { wireValue, commitCursor }: Outcome & { ok: true }): void {
  try {
    const value = decodeWire(wireValue);
    waiter.resolve(commitCursor === undefined ? { value } : { value, commitCursor });
  } catch (cause) {
    const message = "the mutation ran, but its result could not be decoded; is the client older than the server?";
    waiter.reject(new LunoraError({ code: "WIRE_DECODE_FAILED", message, origin: "transport", cause }));
  }
}

function overflow(countMax: number): LunoraError {
  return new LunoraError({
    code: "OFFLINE_QUEUE_OVERFLOW",
    message: `${countMax} mutations wait for the network already; this one was not queued`,
  });
}
