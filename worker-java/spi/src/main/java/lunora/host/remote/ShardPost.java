package lunora.host.remote;

import java.util.Map;

/** A JSON body for a shard, with exactly these headers. */
public record ShardPost(String shardKey, String path, Map<String, String> headers, String body) {}
