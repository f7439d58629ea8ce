/**
 * Workers with Lunora in them, for authors who write JavaScript or TypeScript. The app itself is compiled from Java;
 * docs/guide/worker-options.md says what each option does and docs/adr/0014-app-module.md how the app is found.
 */

/** What is needed of a Durable Object's stub. */
export interface ResolvedShard {
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
}

/** What is needed of the binding of a Durable Object class: one of `getByName` and `idFromName` with `get`. */
export interface ShardNamespaceLike {
  getByName?(name: string): unknown;
  idFromName?(name: string): unknown;
  get?(id: never): unknown;
}

/** What is needed of the context of an event. */
export interface ExecutionContextLike {
  waitUntil(promise: Promise<unknown>): void;
  passThroughOnException?(): void;
}

/** The context of a route: `params` has what stands in the path where the pattern has `:name`, decoded. */
export interface RouteContext extends ExecutionContextLike {
  readonly params: Readonly<Record<string, string>>;
}

/** What is needed of one run of a cron trigger. */
export interface ScheduledControllerLike {
  readonly cron: string;
  readonly scheduledTime: number;
  noRetry?(): void;
}

type Awaitable<T> = T | Promise<T>;

/** A value of the protocol: JSON, and also bigint, Date, URL, Map, Set, bytes and undefined. */
export type WireValue = unknown;

/** Who sends a request; anything without a `userId` that is text and not empty is anonymous. */
export interface LunoraIdentity {
  userId: string;
  /** When the proof of it ends: in seconds, or in milliseconds. A live socket is closed then. */
  exp?: number;
  expiresAtMs?: number;
  [claim: string]: WireValue;
}

/** One call: `fanOut` sends it to all shards of a table and excludes `shardKey`. */
export interface RpcEnvelope {
  functionPath: string;
  args?: Record<string, WireValue>;
  shardKey?: string;
  fanOut?: FanOut;
}

export interface FanOut {
  table: string;
  merge: { kind: "concat" | "first" | "groupBy" | "max" | "min" | "paged" | "rank" | "sum" | "topK"; [setting: string]: WireValue };
}

/** Names a function for `serverQuery`. */
export interface FunctionReference {
  readonly __lunoraRef: string;
}

/** Handles requests as a Worker's `fetch` does. `Env` is what its author declared. */
export type FetchHandler<Env = any> = (request: Request, env: Env, context: any) => Awaitable<Response>;

/** A handler of one path of `routes`. */
export type Route<Env = any> = (request: Request, env: Env, context: RouteContext) => Awaitable<Response>;

/** What a framework exports: a fetch handler, or an object that has one. */
export type FrameworkHost<Env = any> =
  | FetchHandler<Env>
  | {
      fetch: FetchHandler<Env>;
      scheduled?: ((controller: any, env: Env, context: any) => unknown) | undefined;
    };

export type CronHandler<Env = any> = (controller: ScheduledControllerLike, env: Env, context: any) => Awaitable<unknown>;

/** A named task of a cron trigger. */
export interface CronJob<Env = any> {
  name: string;
  run: CronHandler<Env>;
}

/** The HTTP edge. All of it is on without being asked for, and no foreign origin is known. */
export interface SecurityOptions {
  /** `false` sends none of the protective headers. */
  headers?: boolean;
  /** Foreign pages that may read answers. `"*"` is every page, and excludes `allowCredentials`. */
  cors?: false | { allowedOrigins: "*" | readonly string[]; allowCredentials?: boolean };
  /** `false` takes requests with cookies from every page. */
  csrf?: boolean | { trustedOrigins: readonly string[] };
}

/** Lists the shards of a table. */
export interface ShardRegistryLike {
  listShardKeys(table: string): Awaitable<readonly string[]>;
}

export interface QueryCoordinatorOptions {
  /** Without it the runtime's own registry is asked. */
  registry?: ShardRegistryLike;
}

/** Makes calls with `fanOut` possible. */
export interface QueryCoordinator extends Readonly<QueryCoordinatorOptions> {}

/** What is needed of an R2 bucket. */
export interface BackupStoreLike {
  put(key: string, value: any, options?: any): Promise<unknown>;
  list(options?: any): Promise<any>;
  delete(keys: any): Promise<unknown>;
}

/** Bearer tokens: RS256, ES256 and EdDSA with the provider's keys, HS256 with a secret of your own. */
export interface JwtOptions {
  issuer: string;
  audience: string;
  /** Where the provider publishes its key set. */
  keysUrl?: string;
  /** A key set as JSON that does not change. */
  keys?: string;
  /** The variable or secret of the deployment with at least 32 bytes that HS256 tokens are signed with. */
  secretVariable?: string;
}

export interface WorkerOptions<Env = any> {
  /** The namespace of the shards, or their class; then the namespace is `env.SHARD`. */
  shardDO: ShardNamespaceLike | (abstract new (...args: any[]) => object);
  queryCoordinator?: QueryCoordinator | undefined;
  /** Who sends a request. A throw fails it: a `LunoraError` with its code, anything else as a 500. */
  resolveIdentity?(request: Request, env: Env, context: any): Awaitable<LunoraIdentity | null | undefined>;
  /** Knows users by the tokens of an identity provider, where there is no `resolveIdentity`. */
  jwt?: JwtOptions;
  /** Only a literal `true` lets somebody reach a shard, the default one included. */
  authorizeShard?(question: { identity: LunoraIdentity | null; shardKey: string }): Awaitable<boolean>;
  /** Only a literal `true` lets somebody ask all shards of a table. */
  authorizeFanOut?(identity: LunoraIdentity | null, table: string, functionPath: string): Awaitable<boolean>;
  /** Opens named shards to everybody while there is no `authorizeShard`. */
  allowUnauthenticatedShardAccess?: boolean;
  /** `__root__` unless given. */
  defaultShardKey?: string;
  /** Answers everything below `authBasePath`, `/api/auth` unless given. */
  auth?: FetchHandler<Env> | { handler: FetchHandler<Env> } | { fetch: FetchHandler<Env> };
  authBasePath?: string;
  /** By `"GET /path"` or `"/path"`; a part `:name` matches one segment. */
  routes?: Record<string, Route<Env>>;
  /** Answers where nothing else does. A throw in it is a plain 500. */
  httpRouter?: FetchHandler<Env> | { fetch: FetchHandler<Env> };
  security?: SecurityOptions;
  /** By exact expression. */
  crons?: Record<string, CronHandler<Env> | readonly CronHandler<Env>[]>;
  cronJobs?: Record<string, CronJob<Env> | readonly CronJob<Env>[]>;
  /** In the place of the secret `LUNORA_ADMIN_TOKEN`. */
  adminToken?: string | undefined;
  /** Only a literal `true` lets somebody into the admin plane without the token. */
  adminGate?(request: Request, context: any): Awaitable<boolean>;
  backupStore?: BackupStoreLike;
  backupCron?: string;
  backupRetain?: number;
  backupPrefix?: string;
  backupTables?: readonly string[];
}

export interface ServerQueryOptions {
  shardKey?: string | undefined;
  context?: ExecutionContextLike | undefined;
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
}

export interface LunoraWorker<Env = any> {
  fetch(request: Request, env: Env, context?: ExecutionContextLike): Promise<Response>;
  scheduled(controller: ScheduledControllerLike, env: Env, context?: ExecutionContextLike): Promise<void>;
  queue(batch: any, env: Env, context?: ExecutionContextLike): Promise<void>;
  /**
   * Answers a query or mutation of the page that the request is for, in this very Worker: the same identity,
   * authorization and errors as over HTTP. Never throws.
   */
  serverQuery(
    request: Request,
    env: Env,
    ref: FunctionReference,
    args?: Record<string, WireValue>,
    options?: ServerQueryOptions,
  ): Promise<Response>;
}

/** What comes to the Worker and not to a path: for its default export, beside the framework's `fetch`. */
export interface LunoraEvents<Env = any> {
  readonly scheduled: LunoraWorker<Env>["scheduled"];
  readonly queue: LunoraWorker<Env>["queue"];
}

/** What `createLunoraHandler` gives: a function to mount, with what a loader asks on the side. */
export interface LunoraHandler<Env = any> extends LunoraEvents<Env> {
  (request: Request, env: Env, context?: ExecutionContextLike): Promise<Response>;
  readonly serverQuery: LunoraWorker<Env>["serverQuery"];
}

type OptionsOf<T, Env> = T | ((env: Env) => T);

/** A Worker with Lunora under `/_lunora/*`. Throws a `LunoraError` for options that contradict each other. */
export declare function createWorker<Env = any>(options: WorkerOptions<Env>): LunoraWorker<Env>;

/** `createWorker` where the pages of a framework are its `httpRouter`. */
export declare function composeWorker<Env = any>(options: WorkerOptions<Env>): LunoraWorker<Env>;

/**
 * Lunora around the handler that a framework built. Its `scheduled` is kept where the options have no crons, for the
 * expressions that the app's Java has not.
 */
export declare function withFrameworkWorker<Env = any>(
  host: FrameworkHost<Env>,
  options: OptionsOf<Omit<WorkerOptions<Env>, "httpRouter">, Env>,
): LunoraWorker<Env>;

/** Lunora's plane as a handler to mount under `/_lunora/*`. Its shards are `env.SHARD` unless given. */
export declare function createLunoraHandler<Env = any>(
  options?: OptionsOf<Partial<WorkerOptions<Env>>, Env>,
): LunoraHandler<Env>;

/** What SvelteKit's `handle` hook is given, as far as it is needed here. */
export interface HookInput<Event extends HookEvent = HookEvent> {
  event: Event;
  resolve: (event: Event) => Awaitable<Response>;
}

export interface HookEvent {
  request: Request;
  url: URL;
  platform?: any;
}

/**
 * Lunora in the hooks of a framework that owns the Worker: `export const { handle } = withLunora()` in SvelteKit's
 * `hooks.server.ts`. `serverQuery` is for its loaders.
 */
export declare function withLunora<Env = any>(
  options?: OptionsOf<Partial<WorkerOptions<Env>>, Env>,
): LunoraEvents<Env> & {
  handle<Event extends HookEvent>(input: HookInput<Event>): Awaitable<Response>;
  readonly serverQuery: LunoraWorker<Env>["serverQuery"];
};

/** The options for an environment, `shardDO` filled in. Throws a `LunoraError` where there is none. */
export declare function resolveLunoraOptions<Env = any>(
  options: OptionsOf<Partial<WorkerOptions<Env>>, Env> | undefined,
  env: Env,
): WorkerOptions<Env>;

export declare function createQueryCoordinator(options?: QueryCoordinatorOptions): QueryCoordinator;

/** A call, checked and with its arguments in wire form: `JSON.stringify` makes it the body of `POST /_lunora/rpc`. */
export declare function defineRpcEnvelope(call: RpcEnvelope): RpcEnvelope;

/** A shard. Headers in which a client poses as the Worker are taken from what is passed on. */
export declare function resolveShard(namespace: ShardNamespaceLike, shardKey: string): ResolvedShard;

export declare const NOOP_EXECUTION_CONTEXT: Required<ExecutionContextLike>;

export interface LunoraErrorOptions {
  /** That of the catalogue for its codes, 500 for others. */
  status?: number;
  /** Details for the client. */
  data?: WireValue;
  /** What to do about it. */
  hint?: string;
  cause?: unknown;
}

/** A refusal that reaches the client with its code and message. */
export declare class LunoraError extends Error {
  constructor(code: string, message: string, options?: LunoraErrorOptions);
  readonly name: "LunoraError";
  readonly code: string;
  readonly status: number;
  readonly data?: WireValue;
  readonly hint?: string;
}

/** The body of an answer that is an error. */
export interface LunoraErrorBody {
  error: { code: string; message: string; data?: WireValue; hint?: string | string[]; docsUrl?: string };
}

/** The answer that a client gets for a throw. */
export declare function toErrorResponse(error: unknown): Response;

/** The class of the shards, to be exported by the Worker's module. */
export declare class ShardDO {
  constructor(state: any, env: any);
  fetch(request: Request): Promise<Response>;
  webSocketMessage(socket: any, frame: string | ArrayBuffer): void;
  webSocketClose(socket: any): void;
  webSocketError(socket: any): void;
}

/** The class that keeps the jobs, to be exported as well and bound as `SCHEDULER`. */
export declare class SchedulerDO extends ShardDO {}

/** The class that knows the shards of each table, to be exported as well and bound as `SHARD_REGISTRY`. */
export declare class ShardRegistryDO extends ShardDO {}
