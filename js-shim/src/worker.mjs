// The Worker of an app that is all Java: each event goes to it as it is. Statics of the app live for the isolate.
import "./start.mjs";
import { WorkerEntry } from "./app.mjs";
export { SchedulerDO, ShardDO, ShardRegistryDO } from "./objects.mjs";

export default {
  fetch(request, env, context) {
    return WorkerEntry.fetch(request, env, context);
  },
  scheduled(controller, env, context) {
    return WorkerEntry.scheduled(controller, env, context);
  },
  queue(batch, env, context) {
    return WorkerEntry.queue(batch, env, context);
  },
};
