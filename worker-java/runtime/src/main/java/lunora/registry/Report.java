package lunora.registry;

/**
 * What a shard tells of one of its tables.
 *
 * @param rows how many it holds; 0 for one that held some
 * @param usedMs when that was so
 */
record Report(String table, String shardKey, long rows, long usedMs) {}
