import type { LunoraClient } from "@lunora-java/client";
import { byId } from "./element.js";
import { showError } from "./toasts.js";

/** The heart of a channel: a live counter named `likes:<channel>`. */
export class Likes {
  readonly #client: LunoraClient;
  readonly #button = byId<HTMLButtonElement>("likes");
  readonly #count = byId("likes-count");
  #channel = "";
  #stop = (): void => {};

  constructor(client: LunoraClient) {
    this.#client = client;
    this.#button.addEventListener("click", () => void this.#like());
  }

  follow(channel: string): void {
    this.#stop();
    this.#channel = channel;
    this.#show(undefined);
    this.#stop = this.#client.subscribe("counters:get", { name: this.#name }, {
      onData: (count) => this.#show(count),
      onError: (error) => showError("load the likes", error),
    });
  }

  get #name(): string {
    return `likes:${this.#channel}`;
  }

  #show(count: unknown): void {
    const known = typeof count === "number" || typeof count === "bigint";
    const text = known ? count.toLocaleString() : count === undefined ? "–" : "0";
    this.#count.textContent = text;
    this.#button.setAttribute("aria-label", `Like #${this.#channel}, ${text} likes so far`);
  }

  async #like(): Promise<void> {
    this.#button.classList.remove("beat");
    // Reading a size between the two restarts the animation for every click.
    void this.#button.offsetWidth;
    this.#button.classList.add("beat");
    try {
      await this.#client.mutation("counters:add", { name: this.#name, by: 1 });
    } catch (thrown) {
      showError("add your like", thrown);
    }
  }
}
