// The rival that looks at every subscription of every socket after each write.
import { Scan } from "./matching.mjs";
import { shardClass } from "./shard.mjs";

export { default } from "../baseline/edge.mjs";
export const ShardDO = shardClass(Scan);
