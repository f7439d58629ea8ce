package lunora.sim;

import java.util.function.Supplier;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;

/** A mutant's database: passes everything on, for a mutant to change one thing. */
abstract class SqlDouble implements Mutant, SqlStorage {

  private @Nullable SqlStorage sql;

  final SqlStorage real() {
    SqlStorage known = sql;
    if (known == null) {
      throw new IllegalStateException("not hosted yet");
    }
    return known;
  }

  @Override
  public ShardHost host(ShardHost host) {
    sql = host.sql();
    return Mutant.with(host, this, host.sockets());
  }

  @Override
  public SqlRows query(String text, @Nullable Object... params) {
    return real().query(text, params);
  }

  @Override
  public void execute(String text, @Nullable Object... params) {
    real().execute(text, params);
  }

  @Override
  public <T extends @Nullable Object> T transaction(Supplier<T> body) {
    return real().transaction(body);
  }

  @Override
  public long rowsRead() {
    return real().rowsRead();
  }

  @Override
  public long sizeBytes() {
    return real().sizeBytes();
  }
}
