// Answers browsers: pages, routes, and Lunora's plane in front of objects that another Worker owns.
import { createWorker, type LunoraWorker } from "@lunora-java/worker";

interface Env {
  SHARD: DurableObjectNamespace;
}

let worker: LunoraWorker<Env> | undefined;

export default {
  fetch(request, env, context) {
    worker ??= createWorker<Env>({
      // Not the class: that is the other Worker's. Who calls and where they may go is what the app's Java says.
      shardDO: env.SHARD,
      routes: { "GET /healthz": () => new Response("ok") },
    });
    return worker.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;
