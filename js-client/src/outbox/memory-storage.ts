import type { OutboxNote, OutboxStorage, QueuedMutation } from "./storage.js";

/** What several memory storages share, as the tabs of a browser share a database. Lives as long as its page. */
export class OutboxMemory {
  /** @internal */
  readonly entries = new Map<string, QueuedMutation>();
  /** @internal */
  readonly listeners = new Map<object, (note: OutboxNote) => void>();
  /** @internal */
  lock: Promise<unknown> = Promise.resolve();
}

/** Keeps the queue in memory: it survives a lost network, not a reload. */
export class MemoryOutboxStorage implements OutboxStorage {
  readonly #memory: OutboxMemory;

  /** @param memory given to several storages makes them one queue */
  constructor(memory: OutboxMemory = new OutboxMemory()) {
    this.#memory = memory;
  }

  async append(entry: QueuedMutation, countMax: number): Promise<boolean> {
    const { entries } = this.#memory;
    if (entries.has(entry.mutationId)) return true;
    if (entries.size >= countMax) return false;
    entries.set(entry.mutationId, entry);
    return true;
  }

  async oldest(countMax: number): Promise<readonly QueuedMutation[]> {
    return [...this.#memory.entries.values()].slice(0, countMax);
  }

  async remove(mutationIds: readonly string[]): Promise<void> {
    for (const mutationId of mutationIds) this.#memory.entries.delete(mutationId);
  }

  async count(): Promise<number> {
    return this.#memory.entries.size;
  }

  exclusively<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turn = this.#memory.lock.then(() => {
      signal.throwIfAborted();
      return run();
    });
    this.#memory.lock = turn.catch(() => {});
    return turn;
  }

  tell(note: OutboxNote): void {
    for (const [storage, listener] of [...this.#memory.listeners]) {
      if (storage !== this) queueMicrotask(() => listener(note));
    }
  }

  hear(listener: (note: OutboxNote) => void): () => void {
    this.#memory.listeners.set(this, listener);
    return () => this.#memory.listeners.delete(this);
  }

  close(): void {
    this.#memory.listeners.delete(this);
  }
}
