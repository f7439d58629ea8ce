package lunora.sim;

import java.util.function.Supplier;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;

/** A database whose process dies before a statement, when the simulation says so. */
final class SimSql implements SqlStorage {

  /** The process died. No engine catches it. */
  static final class Died extends Error {

    private static final long serialVersionUID = 1;

    Died() {
      super("kill -9", null, false, false);
    }
  }

  private final SqlStorage sql;
  private final Runnable death;
  private int statementsLeft = -1;
  private boolean dead;

  /**
   * A database of a living process.
   *
   * @param death what goes with the process, at that moment
   */
  SimSql(SqlStorage sql, Runnable death) {
    this.sql = sql;
    this.death = death;
  }

  /** Lets the process die after that many more statements. */
  void dieAfter(int statements) {
    statementsLeft = statements;
  }

  /** Lets the process live on. */
  void live() {
    statementsLeft = -1;
    dead = false;
  }

  boolean isDoomed() {
    return statementsLeft >= 0;
  }

  private void step() {
    if (dead || statementsLeft == 0) {
      // What goes on in the background until the death is heard of gets nothing done either.
      if (!dead) {
        dead = true;
        death.run();
      }
      throw new Died();
    }
    if (statementsLeft > 0) {
      statementsLeft--;
    }
  }

  @Override
  public SqlRows query(String text, @Nullable Object... params) {
    step();
    return sql.query(text, params);
  }

  @Override
  public void execute(String text, @Nullable Object... params) {
    step();
    sql.execute(text, params);
  }

  @Override
  public <T extends @Nullable Object> T transaction(Supplier<T> body) {
    T result =
        sql.transaction(
            () -> {
              T inner = body.get();
              step();
              return inner;
            });
    step();
    return result;
  }

  @Override
  public long rowsRead() {
    return sql.rowsRead();
  }

  @Override
  public long sizeBytes() {
    return sql.sizeBytes();
  }
}
