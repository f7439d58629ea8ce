import { createSignal, onCleanup, onMount, type Accessor } from "solid-js";
import type { LunoraClient } from "../client.js";
import type { Args } from "../options.js";
import { initialResult, watchQuery, type QueryOptions, type QueryResult } from "../query-watch.js";

export type { QueryOptions, QueryResult } from "../query-watch.js";

/**
 * A live query as a Solid signal; call it in a component. It is followed from when the component is mounted until it is
 * cleaned up, so not on the server, where `initial` is what is rendered. Never throws: an error is `status: "error"`.
 */
export function createQuery<T = unknown>(
  client: LunoraClient,
  functionPath: string,
  args: Args = {},
  options: QueryOptions<T> = {},
): Accessor<QueryResult<T>> {
  const [result, setResult] = createSignal<QueryResult<T>>(initialResult(options.initial));
  onMount(() => {
    const query = watchQuery<T>(client, functionPath, args, options);
    onCleanup(query.subscribe(() => setResult(() => query.snapshot())));
    setResult(() => query.snapshot());
  });
  return result;
}
