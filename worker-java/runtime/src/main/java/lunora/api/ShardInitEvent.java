package lunora.api;

/** A shard started or woke. */
public record ShardInitEvent(String shardKey) {}
