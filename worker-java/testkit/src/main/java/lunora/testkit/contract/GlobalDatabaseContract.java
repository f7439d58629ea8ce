package lunora.testkit.contract;

import java.util.List;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalDatabase.Start;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import lunora.wire.JsonText;

/** The rules of {@link GlobalDatabase}. The cases own the table {@code g}. */
public final class GlobalDatabaseContract {

  private static final String INSERT = "INSERT INTO g (k, v) VALUES (?, ?)";

  private GlobalDatabaseContract() {}

  /** All cases. */
  public static List<RemoteCase<GlobalDatabase>> cases() {
    return List.of(
        on("texts, numbers, blobs and null come back", GlobalDatabaseContract::values),
        on("two columns may have one name", GlobalDatabaseContract::twins),
        on("a query may find nothing", GlobalDatabaseContract::nothing),
        on("a write tells how many rows it changed", GlobalDatabaseContract::changes),
        on("an insert may return rows", GlobalDatabaseContract::returning),
        on("a refused statement throws SQLite's message", GlobalDatabaseContract::refused),
        on("more than 100 parameters are refused", GlobalDatabaseContract::tooMany),
        on("a batch answers in order", GlobalDatabaseContract::batch),
        on("a batch is done as a whole or not at all", GlobalDatabaseContract::atomic),
        on("a session sees what it wrote", GlobalDatabaseContract::ownWrites),
        on("a session resumed sees what the first one wrote", GlobalDatabaseContract::resumed),
        on("a session has no bookmark before its first statement", GlobalDatabaseContract::fresh));
  }

  /** What a case does with a session at the primary over an empty table. May suspend. */
  private interface Body {
    void run(GlobalDatabase database, GlobalSession session);
  }

  private static RemoteCase<GlobalDatabase> on(String name, Body body) {
    return new RemoteCase<>(
        name,
        database -> {
          GlobalSession session = database.start(Start.PRIMARY);
          session.execute("DROP TABLE IF EXISTS g");
          session.execute("CREATE TABLE g (k INTEGER PRIMARY KEY, v)");
          body.run(database, session);
        });
  }

  private static void values(GlobalDatabase database, GlobalSession session) {
    session.execute(INSERT, 1, "Grüße, \uD83D\uDE00");
    session.execute(INSERT, 2, 0.1 + 0.2);
    session.execute(INSERT, 3, new byte[] {1, 2, -1});
    session.execute(INSERT, 4, null);
    session.execute(INSERT, 5, JsonText.of("{\"a\":[1]}"));
    session.execute(INSERT, 6, 1L << 53);
    SqlRows rows = session.query("SELECT v FROM g ORDER BY k");
    Check.equal(6, rows.size());
    Check.equal("Grüße, \uD83D\uDE00", rows.text(0, 0));
    Check.number(0.1 + 0.2, rows.number(1, 0));
    Check.bytes(new byte[] {1, 2, -1}, rows.blob(2, 0));
    Check.that(rows.isNull(3, 0), "null");
    Check.equal("{\"a\":[1]}", rows.json(4, 0).toString());
    Check.number(9_007_199_254_740_992.0, rows.number(5, 0));
  }

  private static void twins(GlobalDatabase database, GlobalSession session) {
    SqlRows rows = session.query("SELECT 1 AS a, 2 AS a");
    Check.number(1, rows.number(0, 0));
    Check.number(2, rows.number(0, 1));
  }

  private static void nothing(GlobalDatabase database, GlobalSession session) {
    Check.equal(0, session.query("SELECT k FROM g WHERE k = ?", 7).size());
  }

  private static void changes(GlobalDatabase database, GlobalSession session) {
    Check.equal(1L, session.execute(INSERT, 1, "a"));
    Check.equal(1L, session.execute(INSERT, 2, "b"));
    Check.equal(2L, session.execute("UPDATE g SET v = ?", "c"));
    Check.equal(0L, session.execute("DELETE FROM g WHERE k = ?", 9));
  }

  private static void returning(GlobalDatabase database, GlobalSession session) {
    SqlRows rows = session.query(INSERT + " RETURNING k, v", 3, "x");
    Check.number(3, rows.number(0, 0));
    Check.equal("x", rows.text(0, 1));
    Check.number(1, session.query("SELECT count(*) FROM g").number(0, 0));
  }

  private static void refused(GlobalDatabase database, GlobalSession session) {
    session.execute(INSERT, 1, "a");
    RuntimeException twice =
        RemoteCheck.refused("a second row of a key", () -> session.execute(INSERT, 1, "b"));
    String message = String.valueOf(twice.getMessage());
    Check.that(message.contains("UNIQUE constraint failed: g.k"), message);
    RemoteCheck.refused("an unknown table", () -> session.query("SELECT * FROM nowhere"));
    RemoteCheck.refused("no SQL", () -> session.query("SELEC"));
    Check.equal("a", session.query("SELECT v FROM g").text(0, 0));
  }

  private static void tooMany(GlobalDatabase database, GlobalSession session) {
    Object[] params = new Object[101];
    for (int i = 0; i < params.length; i++) {
      params[i] = i;
    }
    String marks = "?" + ",?".repeat(params.length - 1);
    RemoteCheck.refused(
        "101 parameters",
        () -> session.query("SELECT k FROM g WHERE k IN (" + marks + ")", params));
  }

  private static void batch(GlobalDatabase database, GlobalSession session) {
    List<SqlRows> results =
        session.batch(
            List.of(
                GlobalStatement.of(INSERT, 1, "a"),
                GlobalStatement.of("SELECT k, v FROM g"),
                GlobalStatement.of(INSERT, 2, new byte[] {7}),
                GlobalStatement.of("SELECT v FROM g WHERE k = ?", 2)));
    Check.equal(4, results.size());
    Check.equal(0, results.get(0).size());
    Check.number(1, results.get(1).number(0, 0));
    Check.equal("a", results.get(1).text(0, 1));
    Check.bytes(new byte[] {7}, results.get(3).blob(0, 0));
  }

  private static void atomic(GlobalDatabase database, GlobalSession session) {
    List<GlobalStatement> statements =
        List.of(GlobalStatement.of(INSERT, 1, "a"), GlobalStatement.of(INSERT, 1, "b"));
    RemoteCheck.refused("a batch with a conflict", () -> session.batch(statements));
    Check.number(0, session.query("SELECT count(*) FROM g").number(0, 0));
  }

  private static void ownWrites(GlobalDatabase database, GlobalSession session) {
    GlobalSession anywhere = database.start(Start.ANYWHERE);
    anywhere.execute(INSERT, 1, "mine");
    Check.equal("mine", anywhere.query("SELECT v FROM g").text(0, 0));
  }

  private static void resumed(GlobalDatabase database, GlobalSession session) {
    session.execute(INSERT, 1, "first");
    String bookmark = session.bookmark();
    if (bookmark == null) {
      throw new AssertionError("no bookmark after a write");
    }
    GlobalSession second = database.resume(bookmark);
    Check.equal("first", second.query("SELECT v FROM g").text(0, 0));
    Check.that(second.bookmark() != null, "a bookmark");
  }

  private static void fresh(GlobalDatabase database, GlobalSession session) {
    GlobalSession unused = database.start(Start.ANYWHERE);
    Check.equal(null, unused.bookmark());
    unused.query("SELECT 1");
    Check.that(unused.bookmark() != null, "a bookmark");
  }
}
