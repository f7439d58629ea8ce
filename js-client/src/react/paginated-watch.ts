import type { LunoraClient } from "../client.js";
import { LunoraError } from "../errors.js";
import type { Args, CallOptions } from "../options.js";
import { isPlainObject } from "../wire/tag.js";
import { watchQuery, type QueryResult, type Watch } from "../query-watch.js";

/** What a paginated query returns. */
export interface Page<Row> {
  readonly page: readonly Row[];
  readonly isDone: boolean;
  /** Where the next page starts; null when there is none. */
  readonly continueCursor: string | null;
}

/**
 * The pages loaded so far, as one list.
 *
 * - `loading`: the first page is not there yet
 * - `more`: `loadMore` has something to load
 * - `loadingMore`: it is loading
 * - `done`: all rows are here
 * - `error`: a page failed; `rows` holds the pages before it
 */
export interface PaginatedResult<Row> {
  readonly status: "loading" | "more" | "loadingMore" | "done" | "error";
  readonly rows: readonly Row[];
  readonly error: LunoraError | undefined;
  /** Loads one page more; does nothing unless `status` is `more`. */
  readonly loadMore: () => void;
}

/** Makes the arguments of one page; `cursor` is null for the first one. */
export type PageArgs = (cursor: string | null, numItems: number) => Args;

interface LivePage<Row> {
  readonly cursor: string | null;
  readonly watch: Watch<QueryResult<Page<Row>>>;
  stop: () => void;
}

/** What a paginated watch asks for. */
export interface PaginatedQuery {
  readonly functionPath: string;
  readonly pageArgs: PageArgs;
  readonly pageSize: number;
  readonly options: CallOptions;
}

/**
 * A list of pages, each a live query that starts where the one before it ends. When a page's end moves, the pages
 * after it are followed anew from there; until those answer, their old rows stay, without the ones that moved into
 * an earlier page.
 */
export class PaginatedWatch<Row> implements Watch<PaginatedResult<Row>> {
  readonly #client: LunoraClient;
  readonly #query: PaginatedQuery;
  readonly #listeners = new Set<() => void>();
  readonly #pages: LivePage<Row>[] = [];
  /** Last known page per place, for the time in which its successor loads. */
  readonly #known: Page<Row>[] = [];
  #wanted = 1;
  #userChanges: number;
  #result: PaginatedResult<Row>;

  constructor(client: LunoraClient, query: PaginatedQuery) {
    this.#client = client;
    this.#query = query;
    this.#userChanges = client.userChanges;
    this.#result = this.#loading();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = (): void => listener();
    this.#forgetFormerUser();
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#update();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#stopFrom(0);
    };
  };

  readonly snapshot = (): PaginatedResult<Row> => {
    this.#forgetFormerUser();
    return this.#result;
  };

  readonly #loadMore = (): void => {
    if (this.#result.status !== "more" || this.#listeners.size === 0) return;
    this.#wanted += 1;
    this.#update();
  };

  /** While nobody follows the pages, nobody tells of another user either. */
  #forgetFormerUser(): void {
    const { userChanges } = this.#client;
    if (this.#userChanges === userChanges) return;
    this.#userChanges = userChanges;
    if (this.#listeners.size > 0) return;
    this.#known.length = 0;
    this.#result = this.#loading();
  }

  #loading(): PaginatedResult<Row> {
    return { status: "loading", rows: [], error: undefined, loadMore: this.#loadMore };
  }

  #update(): void {
    const { status, error } = this.#followAll();
    const rows = withoutRepeats(this.#known.slice(0, this.#wanted).flatMap(({ page }) => page));
    this.#result = { status, rows, error, loadMore: this.#loadMore };
    for (const listener of [...this.#listeners]) listener();
  }

  /** Follows the chain of pages as far as it is known; each page tells where the next one starts. */
  #followAll(): Pick<PaginatedResult<Row>, "status" | "error"> {
    let cursor: string | null = null;
    for (let place = 0; place < this.#wanted; place++) {
      const result: QueryResult<Page<Row>> = this.#follow(place, cursor).watch.snapshot();
      const page: Page<Row> | undefined = result.data;
      const error = result.error ?? (page === undefined || isPage(page) ? undefined : NOT_A_PAGE);
      if (error !== undefined) {
        this.#endAfter(place, undefined);
        return { status: "error", error };
      }
      if (page === undefined) return { status: this.#known.length === 0 ? "loading" : "loadingMore", error };
      this.#known[place] = page;
      cursor = page.continueCursor;
      if (page.isDone || cursor === null) {
        this.#endAfter(place, page);
        return { status: "done", error };
      }
    }
    return { status: "more", error: undefined };
  }

  #follow(place: number, cursor: string | null): LivePage<Row> {
    const live = this.#pages[place];
    if (live?.cursor === cursor) return live;
    this.#stopFrom(place);
    const { functionPath, pageArgs, pageSize, options } = this.#query;
    const watch = watchQuery<Page<Row>>(this.#client, functionPath, pageArgs(cursor, pageSize), options);
    const page: LivePage<Row> = { cursor, watch, stop: () => {} };
    this.#pages[place] = page;
    page.stop = watch.subscribe(() => {
      // An error may come before `subscribe` returned; the caller reads the snapshot anyway.
      if (this.#pages[place] !== page) return;
      // A page that was there loads again only when somebody else may be signed in: no row of before may stay.
      if (watch.snapshot().status === "loading") this.#known.length = 0;
      this.#update();
    });
    return page;
  }

  /** There is no page after this one; a page that failed has no rows, but is still followed. */
  #endAfter(place: number, page: Page<Row> | undefined): void {
    this.#stopFrom(place + 1);
    this.#known.length = Math.min(this.#known.length, page === undefined ? place : place + 1);
  }

  #stopFrom(place: number): void {
    for (const page of this.#pages.splice(place)) page.stop();
  }
}

function isPage(value: unknown): boolean {
  return isPlainObject(value) && Array.isArray(value["page"]) && typeof value["isDone"] === "boolean";
}

/** A row that moved across the end of a page is in both for a moment. */
function withoutRepeats<Row>(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<unknown>();
  return rows.filter((row) => {
    const id = isPlainObject(row) ? row["_id"] : undefined;
    if (id === undefined) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

const NOT_A_PAGE = new LunoraError({
  code: "NOT_PAGINATED",
  message: "this query does not return a page; usePaginatedQuery needs { page, isDone, continueCursor }",
});
