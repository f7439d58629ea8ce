package lunora.bindings;

import java.util.List;
import lunora.bridge.workers.D1Database;
import lunora.bridge.workers.D1Result;
import lunora.bridge.workers.D1Session;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.SqlRow;
import lunora.bridge.workers.WorkersResponse;

/** D1. Each action has a table of its own. */
final class D1Routes {

  private static final byte[] BLOB = {1, 2, -1};

  private D1Routes() {}

  static WorkersResponse answer(String action, Env env) {
    D1Database database = env.d1("DB");
    return switch (action) {
      case "values" -> values(database);
      case "figures" -> figures(database);
      case "batch" -> batch(database);
      case "exec" -> exec(database);
      case "session" -> session(database);
      case "refused" -> refused(database);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static void table(D1Database database, String name) {
    database.prepare("DROP TABLE IF EXISTS " + name).run();
    database.prepare("CREATE TABLE " + name + " (k INTEGER PRIMARY KEY, v)").run();
  }

  private static WorkersResponse values(D1Database database) {
    table(database, "a");
    String insert = "INSERT INTO a (k, v) VALUES (?, ?)";
    database.prepare(insert).bind(1, "é").run();
    database.prepare(insert).bind(2, 1.5).run();
    database.prepare(insert).bind(3, BLOB).run();
    database.prepare(insert).bind(4, null).run();
    List<SqlRow> rows = database.prepare("SELECT k, v FROM a ORDER BY k").all().rows();
    SqlRow first = database.prepare("SELECT v FROM a WHERE k = ?").bind(3).first();
    byte[] blob = first == null ? null : first.blob("v");
    SqlRow none = database.prepare("SELECT v FROM a WHERE k = ?").bind(9).first();
    List<List<Object>> raw = database.prepare("SELECT 1 AS x, 'b' AS x, v FROM a LIMIT 1").raw();
    return new Answer()
        .put("text", rows.get(0).text("v"))
        .put("number", rows.get(1).number("v"))
        .put("blob", rows.get(2).blob("v"))
        .put("nothing", rows.get(3).isNull("v"))
        .put("first", blob)
        .put("none", none == null)
        .put("raw", raw.get(0))
        .ok();
  }

  private static WorkersResponse figures(D1Database database) {
    table(database, "f");
    D1Result insert = database.prepare("INSERT INTO f (k, v) VALUES (7, 'a'), (8, 'b')").run();
    D1Result read = database.prepare("SELECT * FROM f").all();
    return new Answer()
        .put("changes", insert.changes())
        .put("lastRowId", insert.lastRowId())
        .put("written", insert.rowsWritten())
        .put("read", read.rowsRead())
        .put("size", insert.sizeBytes() > 0)
        .put("duration", insert.durationMs() >= 0)
        .ok();
  }

  private static WorkersResponse batch(D1Database database) {
    table(database, "b");
    String insert = "INSERT INTO b (k, v) VALUES (?, ?)";
    List<D1Result> results =
        database.batch(
            List.of(
                database.prepare(insert).bind(1, "x"),
                database.prepare("SELECT v FROM b WHERE k = ?").bind(1)));
    String refusal =
        Refusal.ofWork(
            () ->
                database.batch(
                    List.of(
                        database.prepare(insert).bind(2, "y"),
                        database.prepare(insert).bind(1, "z"))));
    List<SqlRow> left = database.prepare("SELECT k FROM b").all().rows();
    return new Answer()
        .put("changes", results.get(0).changes())
        .put("read", results.get(1).rows().get(0).text("v"))
        .put("refusal", refusal)
        .put("left", left.size())
        .ok();
  }

  private static WorkersResponse exec(D1Database database) {
    table(database, "e");
    int count = database.exec("INSERT INTO e VALUES (1, 'a')\nINSERT INTO e VALUES (2, 'b')");
    String refusal =
        Refusal.ofWork(() -> database.exec("INSERT INTO e VALUES (3, 'c')\nINSERT INTO nowhere"));
    List<SqlRow> rows = database.prepare("SELECT k FROM e").all().rows();
    return new Answer().put("count", count).put("refusal", refusal).put("rows", rows.size()).ok();
  }

  private static WorkersResponse session(D1Database database) {
    table(database, "s");
    D1Session first = database.startAtPrimary();
    Answer answer = new Answer().put("before", first.bookmark());
    first.prepare("INSERT INTO s VALUES (1, 'mine')").run();
    continued(database, bookmarkOf(first), answer);
    answer.put("near", count(database.startAnywhere()));
    return answer.ok();
  }

  private static void continued(D1Database database, String bookmark, Answer answer) {
    D1Session later = database.resume(bookmark);
    String read = firstText(later);
    answer.put("bookmark", bookmark).put("read", read);
    D1Session invalid = database.resume("nonsense");
    answer.put("invalid", Refusal.ofWork(() -> firstText(invalid)));
  }

  private static String bookmarkOf(D1Session session) {
    String bookmark = session.bookmark();
    return bookmark == null ? "none" : bookmark;
  }

  private static String firstText(D1Session session) {
    SqlRow row = session.prepare("SELECT v FROM s").first();
    return row == null ? "no row" : row.text("v");
  }

  private static int count(D1Session session) {
    List<D1Result> results = session.batch(List.of(session.prepare("SELECT v FROM s")));
    return results.get(0).rows().size();
  }

  private static WorkersResponse refused(D1Database database) {
    table(database, "r");
    database.prepare("INSERT INTO r VALUES (1, 'a')").run();
    return new Answer()
        .put("syntax", Refusal.ofWork(() -> database.prepare("SELEC").all()))
        .put("twice", Refusal.ofWork(() -> database.prepare("INSERT INTO r VALUES (1, 2)").run()))
        .put("unbound", Refusal.ofWork(() -> database.prepare("SELECT ?").all()))
        .put("type", Refusal.ofWork(() -> database.prepare("SELECT ?").bind(new Object())))
        .ok();
  }
}
