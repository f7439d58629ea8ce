import type { LunoraClient } from "../client.js";
import type { Args } from "../options.js";
import { watchQuery, type QueryOptions, type QueryResult } from "../query-watch.js";

export type { QueryOptions, QueryResult } from "../query-watch.js";

/** The contract of Svelte's stores, as far as a component with `$store` needs it. */
export interface Readable<T> {
  subscribe(this: void, run: (value: T) => void): () => void;
}

/**
 * A live query as a Svelte store: `const messages = liveQuery(client, "messages:list", { channel }); $messages.data`.
 * It is followed while something is subscribed, which a component is while it is on the page; on the server it is
 * never asked, and `initial` is what is rendered. Never throws: an error is `status: "error"`.
 */
export function liveQuery<T = unknown>(
  client: LunoraClient,
  functionPath: string,
  args: Args = {},
  options: QueryOptions<T> = {},
): Readable<QueryResult<T>> {
  const watch = watchQuery<T>(client, functionPath, args, options);
  return {
    subscribe: (run) => {
      run(watch.snapshot());
      if (typeof window === "undefined") return () => {};
      return watch.subscribe(() => run(watch.snapshot()));
    },
  };
}
