import type { LunoraClient } from "./client.js";
import { toLunoraError, type LunoraError } from "./errors.js";
import type { Args, CallOptions } from "./options.js";

/**
 * What a query came to. `loading`: no result yet; `success`: `data` is up to date; `error`: it failed, and `data`
 * is the last result, if there was one. A new object for every change.
 */
export type QueryResult<T> =
  | { readonly status: "loading"; readonly data: undefined; readonly error: undefined }
  | { readonly status: "success"; readonly data: T; readonly error: undefined }
  | { readonly status: "error"; readonly data: T | undefined; readonly error: LunoraError };

/** @internal */
export const LOADING = { status: "loading", data: undefined, error: undefined } as const;

/** Something a framework can follow: the same snapshot until it changes. */
export interface Watch<S> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => S;
}

/** Options of a followed query. */
export interface QueryOptions<T> extends CallOptions {
  /**
   * What a server's loader read for the page: shown as the result until the live one is there, on the server and in the
   * browser alike, so that nothing flashes when the page comes to life.
   */
  readonly initial?: T | undefined;
}

/**
 * One live query as a store, the base of every framework's adapter. It asks nothing until somebody subscribes, and
 * nothing any more once nobody does. Never throws.
 */
export function watchQuery<T>(
  client: LunoraClient,
  functionPath: string,
  args: Args = {},
  options: QueryOptions<T> = {},
): Watch<QueryResult<T>> {
  const listeners = new Set<() => void>();
  let result: QueryResult<T> = present(client, functionPath, args, options);
  let stop = (): void => {};
  let userChanges = client.userChanges;
  /** While nobody subscribes nobody tells of another user either. */
  const snapshot = (): QueryResult<T> => {
    if (userChanges !== client.userChanges) {
      userChanges = client.userChanges;
      if (listeners.size === 0) result = LOADING;
    }
    return result;
  };
  const become = (next: QueryResult<T>): void => {
    result = next;
    for (const listener of [...listeners]) listener();
  };
  const start = (): void => {
    try {
      stop = client.subscribe<T>(
        functionPath,
        args,
        {
          onData: (data) => {
            // A known result is told again after subscribing; that is no change.
            if (result.status !== "success" || result.data !== data) become({ status: "success", data, error: undefined });
          },
          onError: (error) => become({ status: "error", data: result.data, error }),
          onReset: () => {
            if (result !== LOADING) become(LOADING);
          },
        },
        options,
      );
    } catch (thrown) {
      become({ status: "error", data: result.data, error: toLunoraError(thrown, { code: "BAD_REQUEST", origin: "client" }) });
    }
  };
  return {
    subscribe: (listener) => {
      // Wrapped, so that the same function may listen twice.
      const own = (): void => listener();
      snapshot();
      listeners.add(own);
      if (listeners.size === 1) start();
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return;
        stop();
        stop = () => {};
      };
    },
    snapshot,
  };
}

/** Another component may have the result already; then there is nothing to wait for. */
function present<T>(client: LunoraClient, functionPath: string, args: Args, options: QueryOptions<T>): QueryResult<T> {
  try {
    const known = client.peek<T>(functionPath, args, options);
    return known === undefined ? initialResult(options.initial) : { status: "success", data: known.value, error: undefined };
  } catch (thrown) {
    const error = toLunoraError(thrown, { code: "BAD_REQUEST", origin: "client" });
    return { status: "error", data: undefined, error };
  }
}

/** What is shown before anything was asked. */
export function initialResult<T>(initial: T | undefined): QueryResult<T> {
  return initial === undefined ? LOADING : { status: "success", data: initial, error: undefined };
}

/** @internal A store of one value for ever. */
export function constantWatch<S>(value: S): Watch<S> {
  return { subscribe: () => () => {}, snapshot: () => value };
}
