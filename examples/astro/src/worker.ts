// The Worker's entry: Astro's own, with Lunora around it.
import handler from "@astrojs/cloudflare/entrypoints/server";
import { SchedulerDO, ShardDO, ShardRegistryDO, withFrameworkWorker } from "@lunora-java/worker";

export default withFrameworkWorker(handler, { shardDO: ShardDO });
export { SchedulerDO, ShardDO, ShardRegistryDO };
