// The API for Workers written in JavaScript (index.d.ts). Every decision is Java's: lunora.bridge.edge.WorkerApi.
import "./start.mjs";
import { WorkerApi } from "./app.mjs";
export { SchedulerDO, ShardDO, ShardRegistryDO } from "./objects.mjs";

export class LunoraError extends Error {
  constructor(code, message, { status = WorkerApi.statusOf(code), data, hint, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "LunoraError";
    Object.assign(this, { code, status }, data !== undefined && { data }, hint !== undefined && { hint });
  }
}

WorkerApi.errors((code, message, options) => new LunoraError(code, message, options));

export const createWorker = (options) => WorkerApi.createWorker(options);
export { createWorker as composeWorker };
export const withFrameworkWorker = (host, options) => WorkerApi.withFrameworkWorker(host, options);
export const createLunoraHandler = (options) => WorkerApi.createLunoraHandler(options);
export const withLunora = (options) => {
  const lunora = createLunoraHandler(options);
  const handle = ({ event, resolve }) =>
    event.url.pathname.startsWith("/_lunora/") ? lunora(event.request, event.platform?.env, event.platform?.ctx) : resolve(event);
  const { scheduled, queue, serverQuery } = lunora;
  return { handle, scheduled, queue, serverQuery };
};
export const createQueryCoordinator = (options = {}) => Object.freeze({ ...options });
export const defineRpcEnvelope = (call) => WorkerApi.defineRpcEnvelope(call);
export const resolveShard = (namespace, shardKey) => WorkerApi.resolveShard(namespace, shardKey);
export const resolveLunoraOptions = (options, env) => WorkerApi.resolveLunoraOptions(options, env);
export const toErrorResponse = (error) => WorkerApi.toErrorResponse(error);

/** A context for hosts that have none: work goes on, and nobody waits for it. */
export const NOOP_EXECUTION_CONTEXT = Object.freeze({
  waitUntil: (promise) => void Promise.resolve(promise).catch(() => {}),
  passThroughOnException: () => {},
});
