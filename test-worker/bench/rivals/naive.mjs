// The rival that runs every live query again after each write.
import { Naive } from "./matching.mjs";
import { shardClass } from "./shard.mjs";

export { default } from "../baseline/edge.mjs";
export const ShardDO = shardClass(Naive);
