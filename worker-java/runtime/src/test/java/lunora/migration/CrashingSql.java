package lunora.migration;

import java.util.function.Supplier;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;

/** A shard's database whose process dies before a statement that the test names. */
final class CrashingSql implements SqlStorage {

  /** Whatever is asked of the dead. */
  @SuppressWarnings("serial") // never serialized
  static final class Crash extends RuntimeException {
    Crash() {
      super("the process is dead");
    }
  }

  private final SqlStorage real;
  private int left = -1;
  private boolean dead;

  CrashingSql(SqlStorage real) {
    this.real = real;
  }

  /** Dies before the n-th statement from here on, 0 being the next. */
  void dieBefore(int n) {
    left = n;
  }

  boolean isDead() {
    return dead;
  }

  void revive() {
    dead = false;
    left = -1;
  }

  private void step() {
    if (left == 0) {
      dead = true;
    }
    left--;
    if (dead) {
      throw new Crash();
    }
  }

  @Override
  public SqlRows query(String sql, @Nullable Object... params) {
    step();
    return real.query(sql, params);
  }

  @Override
  public void execute(String sql, @Nullable Object... params) {
    step();
    real.execute(sql, params);
  }

  @Override
  public <T extends @Nullable Object> T transaction(Supplier<T> body) {
    step();
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
