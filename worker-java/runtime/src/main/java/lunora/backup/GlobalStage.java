package lunora.backup;

import java.util.ArrayList;
import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * Rows of global tables that an import has not put in place yet: {@code __lunora_stage(session,
 * touched, mode, tables)} and a table of the same form for each, in the same database. What puts
 * them in place is {@link GlobalCommit}. Everything may suspend.
 */
final class GlobalStage {

  /** How long an import may rest before another takes its place. */
  private static final long IDLE_MS = 3_600_000;

  private static final String SESSIONS = "\"__lunora_stage\"";

  private static final String UNDER_WAY = "another import into the global tables is under way";

  private final GlobalTables tables;
  private final GlobalSession database;

  GlobalStage(GlobalTables tables, GlobalSession database) {
    this.tables = tables;
    this.database = database;
  }

  /** How a session was begun. */
  record Terms(String mode, String tables) {}

  /** The stage of a table. */
  static String of(Table<?> table) {
    return TableLayout.quote("__lunora_stage." + table.name());
  }

  /**
   * Goes on with a session, or begins it.
   *
   * @throws LunoraException {@code CONFLICT} while another one is under way, and for one that is
   *     committed
   */
  void open(String session, String mode, String named, long nowMs) {
    SqlRows found = found();
    boolean any = found.size() > 0;
    boolean same = any && found.text(0, 0).equals(session);
    if (any && !same && nowMs - found.number(0, 1) < IDLE_MS) {
      throw new LunoraException(ErrorCode.CONFLICT, UNDER_WAY);
    }
    if (!same && new GlobalCommit(tables, database).known(session, nowMs) != null) {
      throw new LunoraException(
          ErrorCode.CONFLICT, "this import is committed already in the global tables");
    }
    List<GlobalStatement> statements = new ArrayList<>();
    if (any) {
      statements.add(guard(found.text(0, 0)));
    }
    if (any && !same) {
      statements.addAll(drops());
    }
    if (!same) {
      statements.addAll(creates());
    }
    statements.add(
        GlobalStatement.of(
            "INSERT OR REPLACE INTO " + SESSIONS + " VALUES (?, ?, ?, ?)",
            session,
            nowMs,
            mode,
            named));
    run(statements);
  }

  /** Does all of them, or none. */
  List<SqlRows> run(List<GlobalStatement> statements) {
    try {
      List<SqlRows> results = database.batch(statements);
      return results;
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  /** A new stage: not where there is one, which nobody was seen to have. */
  private List<GlobalStatement> creates() {
    List<GlobalStatement> creates = new ArrayList<>();
    creates.add(
        GlobalStatement.of(
            "CREATE TABLE "
                + SESSIONS
                + " (session TEXT PRIMARY KEY, touched REAL NOT NULL, mode TEXT NOT NULL,"
                + " tables TEXT NOT NULL)"));
    for (Table<?> table : tables.named(List.of())) {
      creates.add(drop(table));
      creates.add(create(table));
    }
    return creates;
  }

  /**
   * Fails the batch that it is in where another session has the stage: one may have begun since it
   * was asked for.
   */
  static GlobalStatement guard(String session) {
    return GlobalStatement.of(
        "UPDATE " + SESSIONS + " SET touched = NULL WHERE session <> ?", session);
  }

  private static GlobalStatement create(Table<?> table) {
    String columns = GlobalRows.columns(table);
    String others = columns.substring(TableLayout.ID.length() + 2);
    return GlobalStatement.of(
        "CREATE TABLE "
            + of(table)
            + " ("
            + TableLayout.SEQ
            + " INTEGER PRIMARY KEY, "
            + TableLayout.ID
            + " TEXT NOT NULL UNIQUE, "
            + others
            + ")");
  }

  List<GlobalStatement> drops() {
    List<GlobalStatement> drops = new ArrayList<>();
    for (Table<?> table : tables.named(List.of())) {
      drops.add(drop(table));
    }
    drops.add(GlobalStatement.of("DROP TABLE IF EXISTS " + SESSIONS));
    return drops;
  }

  private static GlobalStatement drop(Table<?> table) {
    return GlobalStatement.of("DROP TABLE IF EXISTS " + of(table));
  }

  private SqlRows found() {
    SqlRows exists = database.query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_stage'");
    if (exists.size() == 0) {
      return exists;
    }
    SqlRows found =
        database.query("SELECT session, touched, mode, tables FROM " + SESSIONS + " LIMIT 1");
    return found;
  }

  /** How the session was begun; null where it has staged nothing here. */
  @Nullable Terms terms(String session) {
    SqlRows found = found();
    boolean known = found.size() > 0 && found.text(0, 0).equals(session);
    return known ? new Terms(found.text(0, 2), found.text(0, 3)) : null;
  }

  static LunoraException notMade() {
    return new LunoraException(
            ErrorCode.GLOBAL_NOT_CONFIGURED, "a global table has not been made in the database")
        .withHint("apply its migrations: npx wrangler d1 migrations apply DB");
  }

  /** What a refused batch means to who imports. */
  static RuntimeException refused(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("constraint failed: __lunora_stage.touched")
        || message.contains("no such table: __lunora_stage")
        || message.contains("already exists")) {
      // What the guard refuses, a stage that is gone, or one that another has made meanwhile.
      return new LunoraException(ErrorCode.CONFLICT, UNDER_WAY);
    }
    if (message.contains("UNIQUE constraint failed")) {
      return new LunoraException(
          ErrorCode.CONFLICT,
          "rows of the import break a unique index of a global table: none of them was changed");
    }
    if (message.contains("no such table")) {
      return notMade();
    }
    if (message.contains("malformed JSON")) {
      return new LunoraException(ErrorCode.CONFLICT, "a global table has rows");
    }
    return failure;
  }

  /** Forgets the session; whether it had staged anything. */
  boolean abort(String session) {
    Terms terms = terms(session);
    if (terms == null) {
      return false;
    }
    List<GlobalStatement> statements = new ArrayList<>(List.of(guard(session)));
    statements.addAll(drops());
    run(statements);
    return true;
  }
}
