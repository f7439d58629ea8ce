// The Worker's entry: Lunora owns it, and React Router's pages are what nothing else answers.
import { createWorker, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";
import { createRequestHandler, RouterContextProvider } from "react-router";
import { lunora } from "../app/lunora.server";

const pages = createRequestHandler(() => import("virtual:react-router/server-build"), import.meta.env.MODE);

const worker = createWorker({
  shardDO: ShardDO,
  httpRouter: (request, env, context) => {
    const provided = new RouterContextProvider();
    provided.set(lunora, (ref, args) => worker.serverQuery(request, env, { __lunoraRef: ref }, args, { context }));
    return pages(request, provided);
  },
});

export default worker;
export { SchedulerDO, ShardDO, ShardRegistryDO };
