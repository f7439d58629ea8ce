// The hand-written rival: what a skilled person would write for this app, with an index over its subscriptions.
import { Indexed } from "./matching.mjs";
import { shardClass } from "./shard.mjs";

export { default } from "../baseline/edge.mjs";
export const ShardDO = shardClass(Indexed);
