// The baseline: the part of the protocol that the benchmark uses, written by hand for this one app.
// It keeps the tables, indexes and log rows of the Java engine and gives the same answers.
export { ShardDO } from "./shard.mjs";
export { default } from "./edge.mjs";
