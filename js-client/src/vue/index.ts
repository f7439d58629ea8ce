import { isRef, onMounted, onScopeDispose, shallowRef, watch as watchSource, type ShallowRef, type WatchSource } from "vue";
import type { LunoraClient } from "../client.js";
import type { Args } from "../options.js";
import { initialResult, watchQuery, type QueryOptions, type QueryResult } from "../query-watch.js";

export type { QueryOptions, QueryResult } from "../query-watch.js";

/**
 * A live query as a Vue composable; call it in `setup`. It is followed from when the component is mounted until its scope
 * ends, so not on the server, where `initial` is what is rendered. Never throws: an error is `status: "error"`.
 *
 * @param args an object, or a getter or ref of one, whose change asks anew
 */
export function useQuery<T = unknown>(
  client: LunoraClient,
  functionPath: string,
  args: Args | WatchSource<Args> = {},
  options: QueryOptions<T> = {},
): Readonly<ShallowRef<QueryResult<T>>> {
  const result = shallowRef(initialResult(options.initial)) as ShallowRef<QueryResult<T>>;
  let stop = (): void => {};
  // What was read for the first arguments is no result of others.
  let { initial } = options;
  const follow = (current: Args): void => {
    stop();
    const query = watchQuery<T>(client, functionPath, current, { ...options, initial });
    initial = undefined;
    stop = query.subscribe(() => (result.value = query.snapshot()));
    result.value = query.snapshot();
  };
  onMounted(() => {
    if (typeof args === "function" || isRef(args)) {
      watchSource(args as WatchSource<Args>, follow, { immediate: true });
    } else {
      follow(args as Args);
    }
  });
  onScopeDispose(() => stop());
  return result;
}
