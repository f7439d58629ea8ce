import { randomIdentifier } from "../identifier.js";
import type { OutboxNote, OutboxStorage, QueuedMutation } from "./storage.js";

const ENTRIES = "mutations";
const BY_MUTATION_ID = "byMutationId";
const LEASES = "leases";
const SCHEMA_VERSION = 1;

/** How long a lease outlives its last renewal, where the browser has no locks of its own. */
export const LEASE_MS = 10_000;
const LEASE_RENEW_MS = 3_000;
const LEASE_RETRY_MS = 250;

/**
 * Keeps the queue in the site's IndexedDB: it survives reloads and restarts, and all tabs of the site share it.
 * Tables: `mutations` (entries by the order they were added in) and `leases`.
 */
export class IndexedDbOutboxStorage implements OutboxStorage {
  readonly #name: string;
  readonly #owner = randomIdentifier();
  readonly #channel: BroadcastChannel | undefined;
  #database: Promise<IDBDatabase> | undefined;

  /** @param name one queue per name and site */
  constructor(name = "lunora-outbox") {
    this.#name = name;
    this.#channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;
  }

  append(entry: QueuedMutation, countMax: number): Promise<boolean> {
    return this.#transact(ENTRIES, "readwrite", async (entries) => {
      const known = await done(entries.index(BY_MUTATION_ID).count(entry.mutationId));
      if (known > 0) return true;
      if ((await done(entries.count())) >= countMax) return false;
      await done(entries.add(entry));
      return true;
    });
  }

  oldest(countMax: number): Promise<readonly QueuedMutation[]> {
    return this.#transact(ENTRIES, "readonly", (entries) => done(entries.getAll(null, countMax)));
  }

  remove(mutationIds: readonly string[]): Promise<void> {
    return this.#transact(ENTRIES, "readwrite", async (entries) => {
      for (const mutationId of mutationIds) {
        const key = await done(entries.index(BY_MUTATION_ID).getKey(mutationId));
        if (key !== undefined) await done(entries.delete(key));
      }
    });
  }

  count(): Promise<number> {
    return this.#transact(ENTRIES, "readonly", (entries) => done(entries.count()));
  }

  async exclusively<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const locks = typeof navigator === "undefined" ? undefined : (navigator.locks as LockManager | undefined);
    // Absent on insecure origins.
    if (locks !== undefined) return (await locks.request(this.#name, { signal }, run)) as T;
    while (!(await this.#takeLease())) {
      await pause(LEASE_RETRY_MS);
      signal.throwIfAborted();
    }
    const renewal = setInterval(() => void this.#takeLease().catch(() => {}), LEASE_RENEW_MS);
    try {
      signal.throwIfAborted();
      return await run();
    } finally {
      clearInterval(renewal);
      await this.#endLease().catch(() => {});
    }
  }

  tell(note: OutboxNote): void {
    this.#channel?.postMessage(note);
  }

  hear(listener: (note: OutboxNote) => void): () => void {
    const heard = (event: MessageEvent): void => listener(event.data as OutboxNote);
    this.#channel?.addEventListener("message", heard);
    return () => this.#channel?.removeEventListener("message", heard);
  }

  close(): void {
    this.#channel?.close();
    const database = this.#database;
    this.#database = undefined;
    database?.then((open) => open.close(), () => {});
  }

  /** Takes or renews the lease in one transaction, so that two tabs cannot both get it. */
  #takeLease(): Promise<boolean> {
    return this.#transact(LEASES, "readwrite", async (leases) => {
      const lease = (await done(leases.get(this.#name))) as { owner: string; untilMs: number } | undefined;
      const nowMs = Date.now();
      // A lease from far ahead was written under a clock that has been set back since.
      const held = lease !== undefined && lease.untilMs > nowMs && lease.untilMs <= nowMs + LEASE_MS;
      if (held && lease.owner !== this.#owner) return false;
      await done(leases.put({ owner: this.#owner, untilMs: nowMs + LEASE_MS }, this.#name));
      return true;
    });
  }

  #endLease(): Promise<void> {
    return this.#transact(LEASES, "readwrite", async (leases) => {
      const lease = (await done(leases.get(this.#name))) as { owner: string } | undefined;
      if (lease?.owner === this.#owner) await done(leases.delete(this.#name));
    });
  }

  /** Settles when the transaction has: only then is a write durable. */
  async #transact<T>(table: string, mode: IDBTransactionMode, run: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    const database = await this.#open();
    // "strict" asks the browser to wait for the disk: an answer after a crash of the machine is the point here.
    const transaction = database.transaction(table, mode, { durability: mode === "readwrite" ? "strict" : "default" });
    const finished = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("the transaction was aborted"));
    });
    const [value] = await Promise.all([run(transaction.objectStore(table)), finished]);
    return value;
  }

  #open(): Promise<IDBDatabase> {
    if (this.#database !== undefined) return this.#database;
    const opening = openDatabase(this.#name, () => {
      this.#database = undefined;
    });
    this.#database = opening;
    opening.catch(() => {
      if (this.#database === opening) this.#database = undefined;
    });
    return opening;
  }
}

function openDatabase(name: string, onGone: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, SCHEMA_VERSION);
  request.onupgradeneeded = () => {
    const entries = request.result.createObjectStore(ENTRIES, { autoIncrement: true });
    entries.createIndex(BY_MUTATION_ID, "mutationId", { unique: true });
    request.result.createObjectStore(LEASES);
  };
  return done(request).then((database) => {
    database.onclose = onGone;
    // A newer version of the page wants to upgrade; holding on would block it.
    database.onversionchange = () => {
      database.close();
      onGone();
    };
    return database;
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the request failed"));
  });
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
