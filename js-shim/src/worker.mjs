// The Worker's module: each event goes to Java as it is. Statics of the app live for the isolate.
import { WorkerEntry, main } from "./app.mjs";
export { ShardDO } from "./shard.mjs";

main([]);

export default {
  fetch(request, env) {
    return WorkerEntry.fetch(request, env);
  },
  scheduled(controller, env) {
    return WorkerEntry.scheduled(controller, env);
  },
  queue(batch, env) {
    return WorkerEntry.queue(batch, env);
  },
};
