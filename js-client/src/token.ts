import { LunoraError } from "./errors.js";

/** A bearer token, or a function that obtains one; null means "no token". */
export type TokenOption = string | (() => string | null | Promise<string | null>);

/** Holds the current token and asks the provider for another one only after the old one was refused. */
export class TokenSource {
  #option: TokenOption | undefined;
  #pending: Promise<string | null> | undefined;
  #last: string | null | undefined;
  #replaced = 0;

  constructor(option: TokenOption | undefined) {
    this.#option = option;
  }

  /** True when asking again can give another token. */
  get renewable(): boolean {
    return typeof this.#option === "function";
  }

  /** The token as last obtained; undefined before a provider gave one. */
  get last(): string | null | undefined {
    return typeof this.#option === "function" ? this.#last : (this.#option ?? null);
  }

  /** Rises with every `replace`: who goes on after a wait sees by it whether somebody else may be signed in. */
  get replaced(): number {
    return this.#replaced;
  }

  replace(option: TokenOption | undefined): void {
    this.#replaced += 1;
    this.#option = option;
    this.#pending = undefined;
    this.#last = undefined;
  }

  /** Forgets the token the server refused. */
  expire(): void {
    this.#pending = undefined;
  }

  /** @throws LunoraError `TOKEN_UNAVAILABLE` when the provider throws; the next call asks it again */
  current(): Promise<string | null> {
    if (this.#pending !== undefined) return this.#pending;
    const asked = this.#ask();
    this.#pending = asked;
    asked.catch(() => {
      if (this.#pending === asked) this.#pending = undefined;
    });
    return asked;
  }

  async #ask(): Promise<string | null> {
    const option = this.#option;
    const replaced = this.#replaced;
    if (typeof option !== "function") return option ?? null;
    try {
      const token = await option();
      // The same function may have been set again, for somebody else.
      if (replaced === this.#replaced) this.#last = token;
      return token;
    } catch (thrown) {
      throw new LunoraError({ code: "TOKEN_UNAVAILABLE", message: "the token provider failed", cause: thrown });
    }
  }
}
