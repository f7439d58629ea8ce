package lunora.testkit;

import java.nio.file.Path;
import lunora.host.local.ShardHost;

/**
 * A complete host of fakes for one shard, with each fake in reach of the test. Everything here
 * outlives a hibernation of the engine. The test closes it.
 */
public final class FakeShardHost implements AutoCloseable {

  private final String shardKey;
  private final JdbcSqlStorage sql;
  private final FakeSockets sockets = new FakeSockets();
  private final FakeClock clock;
  private final SeededRandom random;
  private final FakeDeferred deferred = new FakeDeferred();
  private final FakeAlarm alarm;
  private final RecordingLogSink log = new RecordingLogSink();
  private final FakeFetcher fetcher;
  private final FakeBackground background;
  private final FakeBindings bindings;

  private FakeShardHost(
      String shardKey,
      JdbcSqlStorage sql,
      FakeClock clock,
      FakeFetcher fetcher,
      FakeBindings bindings) {
    this.shardKey = shardKey;
    this.sql = sql;
    this.alarm = new FakeAlarm(sql);
    this.clock = clock;
    this.fetcher = fetcher;
    this.bindings = bindings;
    this.random = new SeededRandom(shardKey.hashCode());
    this.background = new FakeBackground(clock, fetcher, deferred, bindings);
  }

  /** A host with a fresh database in memory. */
  public static FakeShardHost inMemory(String shardKey) {
    return inMemory(shardKey, new FakeClock());
  }

  /** A host with a fresh database in memory, on a clock shared with other shards. */
  public static FakeShardHost inMemory(String shardKey, FakeClock clock) {
    return inMemory(shardKey, clock, new FakeFetcher());
  }

  /** A host with a fresh database in memory, on a clock and an internet shared with others. */
  public static FakeShardHost inMemory(String shardKey, FakeClock clock, FakeFetcher fetcher) {
    return inMemory(shardKey, clock, fetcher, new FakeBindings());
  }

  /** The same with the bindings of a deployment that is shared with others. */
  public static FakeShardHost inMemory(
      String shardKey, FakeClock clock, FakeFetcher fetcher, FakeBindings bindings) {
    return new FakeShardHost(shardKey, JdbcSqlStorage.inMemory(), clock, fetcher, bindings);
  }

  /** A host with the database of the file. */
  public static FakeShardHost inFile(String shardKey, Path file) {
    return new FakeShardHost(
        shardKey,
        JdbcSqlStorage.inFile(file),
        new FakeClock(),
        new FakeFetcher(),
        new FakeBindings());
  }

  /** What the engine gets. */
  public ShardHost host() {
    return new ShardHost(
        shardKey, sql, new JvmJsonTexts(), sockets, clock, random, deferred, alarm, log);
  }

  /** The name by which the shard is addressed. */
  public String shardKey() {
    return shardKey;
  }

  /** The database. */
  public JdbcSqlStorage sql() {
    return sql;
  }

  /** The sockets. */
  public FakeSockets sockets() {
    return sockets;
  }

  /** The clock. */
  public FakeClock clock() {
    return clock;
  }

  /** The random source, seeded by the shard key. */
  public SeededRandom random() {
    return random;
  }

  /** The deferred work. */
  public FakeDeferred deferred() {
    return deferred;
  }

  /** The work that outlives its event. */
  public FakeBackground background() {
    return background;
  }

  /** The alarm. */
  public FakeAlarm alarm() {
    return alarm;
  }

  /** The bindings of the deployment. */
  public FakeBindings bindings() {
    return bindings;
  }

  /** The log. */
  public RecordingLogSink log() {
    return log;
  }

  /** The internet. */
  public FakeFetcher fetcher() {
    return fetcher;
  }

  @Override
  public void close() {
    background.forget();
    sql.close();
  }
}
