// Owns the data: the classes of the objects, and what happens without a browser. It answers no request from outside.
import { createWorker, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";

const { scheduled, queue } = createWorker({ shardDO: ShardDO });

export { SchedulerDO, ShardDO, ShardRegistryDO };
export default {
  fetch: () => new Response("Not found", { status: 404 }),
  scheduled,
  queue,
};
