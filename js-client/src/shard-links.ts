import { IDLE, mostTroubled, type ConnectionState } from "./connection-state.js";
import { ShardLink, type LinkHost } from "./shard-link.js";
import { shielded } from "./shielded.js";

/** What a link needs to know of its shard and of the client. */
export type LinkSettings = Omit<LinkHost, "onState" | "onUnused">;

/** The links of a client, one for each shard in use, and the state of them together. */
export class ShardLinks {
  readonly #settingsOf: (shardKey: string | undefined) => LinkSettings;
  readonly #onOpen: () => void;
  readonly #links = new Map<string, ShardLink>();
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  #state: ConnectionState = IDLE;

  /** `onOpen` is called whenever the state of all turns to open, before anyone hears of it. */
  constructor(settingsOf: (shardKey: string | undefined) => LinkSettings, onOpen: () => void) {
    this.#settingsOf = settingsOf;
    this.#onOpen = onOpen;
  }

  /** That of the link in most trouble. Same object until it changes. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Calls the listener on every change. Returns the function that stops it. */
  onState(listener: (state: ConnectionState) => void): () => void {
    // Wrapped, so that the same function may listen twice.
    const own = (state: ConnectionState): void => listener(state);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  find(shardKey: string | undefined): ShardLink | undefined {
    return this.#links.get(shardKey ?? "");
  }

  /** The link of a shard, made when there is none. */
  open(shardKey: string | undefined): ShardLink {
    const known = this.find(shardKey);
    if (known !== undefined) return known;
    const link = new ShardLink({
      ...this.#settingsOf(shardKey),
      onState: () => this.#refresh(),
      onUnused: () => {
        if (this.find(shardKey) === link) this.#links.delete(shardKey ?? "");
      },
    });
    this.#links.set(shardKey ?? "", link);
    return link;
  }

  retryNow(): void {
    for (const link of this.#links.values()) link.retryNow();
  }

  restart(sameUser: boolean): void {
    for (const link of this.#links.values()) link.restart(sameUser);
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    this.#listeners.clear();
  }

  #refresh(): void {
    const state = mostTroubled(Array.from(this.#links.values(), (link) => link.state));
    if (state === this.#state) return;
    if (state.status === "open" && this.#state.status !== "open") this.#onOpen();
    this.#state = state;
    for (const listener of [...this.#listeners]) shielded(() => listener(state));
  }
}
