// The Worker that Nitro built, and what its entry cannot export: the classes of the objects, crons and queues.
import { createLunoraHandler, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";
import nitro from "./.output/server/index.mjs";

const { scheduled, queue } = createLunoraHandler();

export default { fetch: nitro.fetch, scheduled, queue };
export { SchedulerDO, ShardDO, ShardRegistryDO };
