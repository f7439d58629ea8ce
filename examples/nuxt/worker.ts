// The Worker's entry: the one that Nitro built, with Lunora around it.
import { SchedulerDO, ShardDO, ShardRegistryDO, withFrameworkWorker } from "@lunora-java/worker";
import nuxt from "./.output/server/index.mjs";

export default withFrameworkWorker(nuxt, { shardDO: ShardDO });
export { SchedulerDO, ShardDO, ShardRegistryDO };
