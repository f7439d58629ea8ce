// The Worker that SvelteKit built, and what its entry cannot export: the classes of the objects, crons and queues.
import { createLunoraHandler, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";
import sveltekit from "./.svelte-kit/cloudflare/_worker.js";

const { scheduled, queue } = createLunoraHandler();

export default { fetch: sveltekit.fetch, scheduled, queue };
export { SchedulerDO, ShardDO, ShardRegistryDO };
