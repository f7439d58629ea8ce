package lunora.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * Puts staged rows of global tables in place, and remembers for a day what came of it: in {@code
 * __lunora_imported(session, tbl, at, kept, deleted, staged, present)}, a row for each table and
 * one for the session itself. Who has lost the answer asks again and gets it. Everything may
 * suspend.
 */
final class GlobalCommit {

  /** As long as a shard knows it. */
  private static final double KNOWN_MS = 86_400_000;

  private static final String DONE = "\"__lunora_imported\"";

  private final GlobalTables tables;
  private final GlobalSession database;

  GlobalCommit(GlobalTables tables, GlobalSession database) {
    this.tables = tables;
    this.database = database;
  }

  /**
   * What a commit came to: of each table the rows put in place, those there already, those gone.
   */
  record Outcome(Map<String, Double> inserted, double conflicts, double deleted) {}

  /** What the commit of that session came to; null where it has none that is known. */
  @Nullable Outcome known(String session, double nowMs) {
    SqlRows exists = database.query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_imported'");
    if (exists.size() == 0) {
      return null;
    }
    GlobalStatement result = result(session, nowMs);
    SqlRows rows = database.query(result.sql(), result.params().toArray());
    return rows.size() == 0 ? null : outcome(rows);
  }

  /** Refuses what {@link #run} would, but for what the rows themselves contradict. */
  void check(String mode, List<String> named) {
    List<Table<?>> reached = reached(named);
    if (!mode.equals("empty")) {
      return;
    }
    for (Table<?> table : reached) {
      String sql = "SELECT 1 FROM " + TableLayout.quote(table.name()) + " LIMIT 1";
      SqlRows some = database.query(sql);
      if (some.size() > 0) {
        throw new LunoraException(
            ErrorCode.CONFLICT, "the global table " + table.name() + " has rows");
      }
    }
  }

  /**
   * Those named, without what is not in the database and is to have no rows.
   *
   * @throws LunoraException {@code GLOBAL_NOT_CONFIGURED} for one that is to have some
   */
  private List<Table<?>> reached(List<String> named) {
    Set<String> made = GlobalTables.made(database);
    List<Table<?>> reached = new ArrayList<>();
    for (Table<?> table : tables.named(named)) {
      if (made.contains(table.name())) {
        reached.add(table);
      } else {
        SqlRows staged = database.query("SELECT 1 FROM " + GlobalStage.of(table) + " LIMIT 1");
        if (staged.size() > 0) {
          throw GlobalStage.notMade();
        }
      }
    }
    return reached;
  }

  /**
   * Puts the staged rows in place, all of them or none.
   *
   * @throws LunoraException {@code CONFLICT} when they break a unique index, or the mode's rule
   */
  Outcome run(String session, String mode, List<String> named, double nowMs) {
    GlobalStage stage = new GlobalStage(tables, database);
    List<GlobalStatement> statements = new ArrayList<>();
    statements.add(GlobalStage.guard(session));
    statements.addAll(remembered(session, nowMs));
    for (Table<?> table : reached(named)) {
      statements.addAll(move(session, table, mode, nowMs));
    }
    statements.addAll(stage.drops());
    statements.add(result(session, nowMs));
    List<SqlRows> results = stage.run(statements);
    return outcome(results.get(results.size() - 1));
  }

  private static List<GlobalStatement> remembered(String session, double nowMs) {
    return List.of(
        GlobalStatement.of(
            "CREATE TABLE IF NOT EXISTS "
                + DONE
                + " (session TEXT NOT NULL, tbl TEXT NOT NULL, at REAL NOT NULL, kept REAL NOT NULL,"
                + " deleted REAL NOT NULL, staged REAL NOT NULL, present REAL NOT NULL,"
                + " PRIMARY KEY (session, tbl))"),
        GlobalStatement.of("DELETE FROM " + DONE + " WHERE at <= ?", nowMs - KNOWN_MS),
        GlobalStatement.of(
            "INSERT INTO " + DONE + " VALUES (?, '', ?, 0, 0, 0, 0)", session, nowMs));
  }

  private static GlobalStatement result(String session, double nowMs) {
    return GlobalStatement.of(
        "SELECT tbl, kept, deleted, staged, present FROM "
            + DONE
            + " WHERE session = ? AND at > ? ORDER BY tbl",
        session,
        nowMs - KNOWN_MS);
  }

  private static Outcome outcome(SqlRows rows) {
    Map<String, Double> inserted = new LinkedHashMap<>();
    double conflicts = 0;
    double deleted = 0;
    for (int row = 0; row < rows.size(); row++) {
      double added = rows.number(row, 4) - rows.number(row, 1);
      deleted += rows.number(row, 2);
      conflicts += rows.number(row, 3) - added;
      if (added > 0) {
        inserted.put(rows.text(row, 0), added);
      }
    }
    return new Outcome(inserted, conflicts, deleted);
  }

  private static List<GlobalStatement> move(
      String session, Table<?> table, String mode, double nowMs) {
    String rows = TableLayout.quote(table.name());
    String columns = GlobalRows.columns(table);
    boolean replaces = mode.equals("replace");
    String count = "(SELECT count(*) FROM " + rows + ")";
    List<GlobalStatement> statements = new ArrayList<>();
    statements.add(
        GlobalStatement.of(
            "INSERT INTO "
                + DONE
                + " SELECT ?, ?, ?, "
                + (replaces ? "0, " + count : count + ", 0")
                + ", (SELECT count(*) FROM "
                + GlobalStage.of(table)
                + "), 0",
            session,
            table.name(),
            nowMs));
    if (replaces) {
      statements.add(GlobalStatement.of("DELETE FROM " + rows));
    } else if (mode.equals("empty")) {
      // SQLite has no statement that fails on a condition; parsing what is no JSON does.
      statements.add(
          GlobalStatement.of(
              "SELECT json(CASE WHEN EXISTS (SELECT 1 FROM "
                  + rows
                  + ") THEN 'full' ELSE '1' END) AS empty"));
    }
    statements.add(GlobalStatement.of(TableLayout.moveSql(GlobalStage.of(table), rows, columns)));
    statements.add(
        GlobalStatement.of(
            "UPDATE " + DONE + " SET present = " + count + " WHERE session = ? AND tbl = ?",
            session,
            table.name()));
    return statements;
  }
}
