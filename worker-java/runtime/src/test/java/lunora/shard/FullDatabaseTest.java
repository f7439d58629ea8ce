package lunora.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import lunora.TestApp;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database of 10 GB takes nothing more: a write fails whole, at whichever statement, and reads go
 * on.
 */
class FullDatabaseTest {

  private boolean full;
  private int left;
  private final FakeShardHost host = FakeShardHost.inMemory("full");
  private final FakeShard shard =
      new FakeShard(
          host,
          (woken, background) ->
              new ShardActor(
                  new ShardHost(
                      woken.shardKey(),
                      new Filling(woken.sql()),
                      woken.texts(),
                      woken.sockets(),
                      woken.clock(),
                      woken.random(),
                      woken.deferred(),
                      woken.alarm(),
                      woken.log()),
                  background,
                  TestApp.module()));

  @AfterEach
  void close() {
    shard.close();
  }

  private HttpResponse.Json send(String body) {
    return call("messages:send", "{\"channel\":\"c\",\"author\":\"a\",\"body\":\"" + body + "\"}");
  }

  private HttpResponse.Json call(String path, String args) {
    String body = "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}";
    return (HttpResponse.Json) shard.fetch(FakeHttpRequest.post("https://shard/rpc", body));
  }

  private String rows() {
    return host.sql().query("SELECT count(*) FROM messages").number(0, 0)
        + " "
        + host.sql().query("SELECT count(*) FROM __lunora_oplog").number(0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aWriteThatDoesNotFitIsUndoneWholeAndTheShardGoesOn(int statement) {
    assertEquals(200, send("before").status());
    String before = rows();

    full = true;
    left = statement;
    HttpResponse.Json refused = send("too much");
    assertEquals(500, refused.status());
    assertFalse(refused.body().toString().contains("disk"), "what the database says is not shown");
    assertEquals(before, rows(), "neither row nor log");
    String read = call("messages:list", "{\"channel\":\"c\"}").body().toString();
    assertTrue(read.contains("before") && !read.contains("too much"), read);

    full = false;
    assertEquals(200, send("after").status());
    assertEquals("2.0 2.0", rows());
  }

  /** Refuses to write as SQLite does once a database is as large as it may be. */
  private final class Filling implements SqlStorage {

    private final SqlStorage real;

    Filling(SqlStorage real) {
      this.real = real;
    }

    @Override
    public SqlRows query(String sql, @Nullable Object... params) {
      return real.query(sql, params);
    }

    @Override
    public void execute(String sql, @Nullable Object... params) {
      if (full && sql.startsWith("INSERT") && left-- <= 0) {
        throw new IllegalStateException("database or disk is full: SQLITE_FULL");
      }
      real.execute(sql, params);
    }

    @Override
    public <T extends @Nullable Object> T transaction(Supplier<T> body) {
      return real.transaction(body);
    }

    @Override
    public long rowsRead() {
      return real.rowsRead();
    }

    @Override
    public long sizeBytes() {
      return real.sizeBytes();
    }
  }
}
