import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import type { LunoraClient } from "../client.js";
import type { ConnectionState } from "../connection-state.js";
import { toLunoraError, type LunoraError } from "../errors.js";
import { queryKey, type OptimisticStore } from "../optimistic.js";
import type { Args, CallOptions, MutationOptions } from "../options.js";
import { PaginatedWatch, type PageArgs, type PaginatedResult } from "./paginated-watch.js";
import { constantWatch, initialResult, LOADING, watchQuery, type QueryOptions, type QueryResult, type Watch } from "../query-watch.js";

export type { Page, PageArgs, PaginatedResult } from "./paginated-watch.js";
export type { QueryOptions, QueryResult } from "../query-watch.js";

const ClientContext = createContext<LunoraClient | undefined>(undefined);

/** Gives every component below it the client. Whoever made the client closes it. */
export function LunoraProvider(props: { readonly client: LunoraClient; readonly children?: ReactNode }): ReactNode {
  return createElement(ClientContext.Provider, { value: props.client }, props.children);
}

/**
 * The client of the nearest `LunoraProvider`.
 *
 * @throws Error outside of one: a mistake of the page, not of a call
 */
export function useLunora(): LunoraClient {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error("put a <LunoraProvider client={...}> around this component");
  return client;
}

/**
 * Follows a query. Nothing is ever thrown: a failure is `status: "error"` with the error beside the last data.
 * Components with equal queries share one subscription. Arguments are compared by value, so a fresh object per
 * render is fine.
 *
 * @param args `"skip"` asks nothing and stays `loading`
 * @param options `initial`: what the server's loader read; the first one given counts
 */
export function useQuery<T = unknown>(functionPath: string, args: Args | "skip" = {}, options: QueryOptions<T> = {}): QueryResult<T> {
  const client = useLunora();
  const key = keyOf(functionPath, args, options);
  const watch = useMemo<Watch<QueryResult<T>>>(
    () => (args === "skip" ? constantWatch(LOADING) : watchQuery<T>(client, functionPath, args, options)),
    // `key` stands for the arguments.
    [client, key],
  );
  // The page is hydrated with what the server rendered, whatever the client knows already.
  const initial = useMemo(() => (args === "skip" ? LOADING : initialResult(options.initial)), [client, key]);
  return useSyncExternalStore(watch.subscribe, watch.snapshot, () => initial);
}

/** How one call of a mutation ended. */
export type MutationResult<T> =
  | { readonly status: "success"; readonly data: T; readonly error: undefined }
  | { readonly status: "error"; readonly data: undefined; readonly error: LunoraError };

/** A mutation and how its latest call is doing; `pending` while it has no answer. */
export interface MutationHook<T, A extends Args> {
  /** Runs it. Never rejects; the same function for the life of the component. */
  readonly mutate: (args?: A) => Promise<MutationResult<T>>;
  readonly status: "idle" | "pending" | "success" | "error";
  readonly data: T | undefined;
  readonly error: LunoraError | undefined;
}

/** Options of `useMutation`; those of the latest render count. */
export interface UseMutationOptions<A extends Args> extends Omit<MutationOptions, "optimistic" | "mutationId"> {
  /** As the option of `client.mutation`, with the arguments of the call. */
  readonly optimistic?: (store: OptimisticStore, args: A) => void;
}

/** A mutation with its state. Errors are values: `mutate` resolves with them, and `error` shows the latest. */
export function useMutation<T = unknown, A extends Args = Args>(
  functionPath: string,
  options: UseMutationOptions<A> = {},
): MutationHook<T, A> {
  const client = useLunora();
  const latest = useRef({ functionPath, options });
  useEffect(() => {
    latest.current = { functionPath, options };
  });
  const calls = useRef(0);
  const [state, setState] = useState<Omit<MutationHook<T, A>, "mutate">>(IDLE);
  const mutate = useCallback(
    async (args: A = {} as A): Promise<MutationResult<T>> => {
      const call = ++calls.current;
      setState({ ...IDLE, status: "pending" });
      const result = await settled<T, A>(client, latest.current.functionPath, args, latest.current.options);
      // The answer of an earlier call must not hide that a later one is under way.
      if (call === calls.current) setState(result);
      return result;
    },
    [client],
  );
  return { mutate, ...state };
}

const IDLE = { status: "idle", data: undefined, error: undefined } as const;

async function settled<T, A extends Args>(
  client: LunoraClient,
  functionPath: string,
  args: A,
  { optimistic, ...rest }: UseMutationOptions<A>,
): Promise<MutationResult<T>> {
  try {
    const own = optimistic && { optimistic: (store: OptimisticStore) => optimistic(store, args) };
    return { status: "success", data: await client.mutation<T>(functionPath, args, { ...rest, ...own }), error: undefined };
  } catch (thrown) {
    return { status: "error", data: undefined, error: toLunoraError(thrown, { code: "INTERNAL", origin: "client" }) };
  }
}

/** Options of `usePaginatedQuery`. */
export interface UsePaginatedQueryOptions extends CallOptions {
  /** Rows per page. */
  readonly pageSize: number;
  /** Arguments of one page; `{ ...args, cursor, numItems }` by default. */
  readonly pageArgs?: PageArgs;
}

/**
 * Follows a query that returns pages, as one growing list. Every loaded page stays live. Nothing is ever thrown.
 *
 * @param args `"skip"` asks nothing and stays `loading`
 */
export function usePaginatedQuery<Row = unknown>(
  functionPath: string,
  args: Args | "skip",
  options: UsePaginatedQueryOptions,
): PaginatedResult<Row> {
  const client = useLunora();
  const key = `${keyOf(functionPath, args, options)}::${options.pageSize}`;
  const watch = useMemo<Watch<PaginatedResult<Row>>>(() => {
    if (args === "skip") return constantWatch(NO_PAGES);
    const pageArgs = options.pageArgs ?? ((cursor, numItems) => ({ ...args, cursor, numItems }));
    return new PaginatedWatch<Row>(client, { functionPath, pageArgs, pageSize: options.pageSize, options });
  }, [client, key]);
  return useSyncExternalStore(watch.subscribe, watch.snapshot, noPages);
}

/** The live connection, for a badge or a banner. */
export function useConnectionState(): ConnectionState {
  const client = useLunora();
  const subscribe = useCallback((listener: () => void) => client.onConnectionState(listener), [client]);
  const snapshot = useCallback(() => client.connectionState, [client]);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

/** How many queued mutations have no answer yet. */
export function usePendingMutations(): number {
  const client = useLunora();
  const subscribe = useCallback((listener: () => void) => client.onPendingMutations(listener), [client]);
  const snapshot = useCallback(() => client.pendingMutations, [client]);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

const NO_PAGES = { status: "loading", rows: [], error: undefined, loadMore: () => {} } as const;
const noPages = (): typeof NO_PAGES => NO_PAGES;

/** Equal for equal queries. Arguments that cannot be encoded share one key: their error is all there is to show. */
function keyOf(functionPath: string, args: Args | "skip", { shardKey }: CallOptions): string {
  if (args === "skip") return args;
  try {
    return `${shardKey ?? ""}::${queryKey(functionPath, args)}`;
  } catch {
    return `${functionPath}, which cannot be asked`;
  }
}
