// A Lunora Worker with no pages of its own: the platform serves the built SPA.
import { createWorker, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";

export default createWorker({
  shardDO: ShardDO,
  routes: {
    "GET /broken": () => {
      throw new Error("a route that fails");
    },
  },
});
export { SchedulerDO, ShardDO, ShardRegistryDO };
