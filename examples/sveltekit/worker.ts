// The Worker that SvelteKit built, and the class of the shards beside it, which its entry cannot export.
export { default } from "./.svelte-kit/cloudflare/_worker.js";
export { ShardDO } from "@lunora-java/worker";
