// The Worker's entry: Lunora owns it, and SolidStart's pages are what nothing else answers.
import { createWorker, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";
import pages from "./entry-server";
import type { Ask } from "./messages";

const worker = createWorker({
  shardDO: ShardDO,
  httpRouter: (request, env, context) => {
    const ask: Ask = (ref, args) => worker.serverQuery(request, env, { __lunoraRef: ref }, args, { context });
    return pages.request(request, undefined, { ask });
  },
});

export default worker;
export { SchedulerDO, ShardDO, ShardRegistryDO };
