/** One mutation that waits for its answer; plain data, so that any storage can keep it. */
export interface QueuedMutation {
  readonly mutationId: string;
  readonly clientId: string;
  readonly functionPath: string;
  /** Arguments in wire form. */
  readonly wireArgs: unknown;
  readonly shardKey?: string;
  /** Who was signed in when it was made; absent when the app does not tell. */
  readonly subject?: string | null;
  /** Who the token named when it was made, as `subjectOfToken` reads it; absent when it cannot be read. */
  readonly tokenSubject?: string;
  /** When it was made, in epoch milliseconds. */
  readonly queuedAtMs: number;
}

/** What users of one storage tell each other: the queue changed, or a mutation got its answer. */
export type OutboxNote =
  | { readonly kind: "changed" }
  | { readonly kind: "settled"; readonly mutationId: string; readonly outcome: Outcome };

/** How a mutation ended, in wire form. */
export type Outcome =
  | { readonly ok: true; readonly wireValue: unknown; readonly commitCursor?: number }
  | { readonly ok: false; readonly wireError: unknown };

/**
 * Where queued mutations live. One storage may be shared by several clients, as the tabs of a site share its
 * IndexedDB. Any method may reject; the client then reports `OFFLINE_STORAGE_FAILED`.
 */
export interface OutboxStorage {
  /**
   * Adds at the end; settles when it is durable. An id that is already there changes nothing.
   *
   * @returns false, and adds nothing, when `countMax` are there already
   */
  append(entry: QueuedMutation, countMax: number): Promise<boolean>;
  /** The oldest entries, oldest first. */
  oldest(countMax: number): Promise<readonly QueuedMutation[]>;
  remove(mutationIds: readonly string[]): Promise<void>;
  count(): Promise<number>;
  /**
   * Runs once nobody else runs; a user that died does not block it for long.
   *
   * @param signal gives up waiting; then `run` is not called and the promise rejects
   */
  exclusively<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Tells the other users; nothing is promised about delivery. */
  tell(note: OutboxNote): void;
  /** Hears the other users. Returns the function that stops it. */
  hear(listener: (note: OutboxNote) => void): () => void;
  /** Lets go of what the storage holds open. */
  close(): void;
}
