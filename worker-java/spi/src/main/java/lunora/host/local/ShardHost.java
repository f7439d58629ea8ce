package lunora.host.local;

/**
 * Everything a shard gets from its host.
 *
 * @param shardKey the name by which the shard is addressed
 */
public record ShardHost(
    String shardKey,
    SqlStorage sql,
    JsonTexts texts,
    Sockets sockets,
    Clock clock,
    RandomSource random,
    Deferred deferred,
    Alarm alarm,
    LogSink log) {}
