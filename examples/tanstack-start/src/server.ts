// The Worker's entry: Lunora owns it, and TanStack Start's pages are what nothing else answers.
import { createWorker, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";
import pages from "@tanstack/react-start/server-entry";

/** Asks Lunora in this very Worker, as the user whose page is made. */
export type Ask = (functionPath: string, args: Record<string, string | number>) => Promise<Response>;

declare module "@tanstack/react-start" {
  interface Register {
    server: { requestContext: { ask: Ask } };
  }
}

const worker = createWorker({
  shardDO: ShardDO,
  httpRouter: (request, env, context) => {
    const ask: Ask = (ref, args) => worker.serverQuery(request, env, { __lunoraRef: ref }, args, { context });
    return pages.fetch(request, { context: { ask } });
  },
});

export default worker;
export { SchedulerDO, ShardDO, ShardRegistryDO };
