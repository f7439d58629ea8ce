package lunora.bindings;

import lunora.bridge.workers.DurableObjectStorage;
import lunora.bridge.workers.SqlCursor;
import lunora.bridge.workers.SqlDatabase;
import lunora.bridge.workers.SqlException;
import lunora.bridge.workers.SqlRow;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;

/** SQL: statements, cursors, transactions. */
final class SqlRoutes {

  private final DurableObjectStorage storage;
  private final SqlDatabase sql;

  SqlRoutes(DurableObjectStorage storage) {
    this.storage = storage;
    this.sql = storage.sql();
  }

  WorkersResponse answer(String action) {
    sql.exec("CREATE TABLE IF NOT EXISTS t (k INTEGER PRIMARY KEY, v, w)");
    sql.exec("CREATE INDEX IF NOT EXISTS t_v ON t (v)");
    sql.exec("DELETE FROM t");
    return switch (action) {
      case "values" -> values();
      case "cursor" -> cursor();
      case "billing" -> billing();
      case "transaction" -> transaction();
      case "refused" -> refused();
      default -> WorkersResponse.text(404, action);
    };
  }

  private WorkersResponse values() {
    SqlRow row =
        sql.exec(
                "SELECT ? AS text, ? AS whole, ? AS fraction, ? AS big, ? AS bytes, ? AS nothing,"
                    + " ? AS json",
                "é\"",
                7,
                -0.5,
                1L << 53,
                new byte[] {0, (byte) 255},
                null,
                JsonText.of("{\"a\":1}"))
            .one();
    return new Answer()
        .put("text", row.text("text"))
        .put("whole", row.number("whole"))
        .put("fraction", row.number("fraction"))
        .put("big", row.number("big"))
        .put("bytes", row.blob("bytes"))
        .put("nothing", row.get("nothing"))
        .put("isNull", row.isNull("nothing"))
        .put("json", row.text("json"))
        .put("wrongType", Refusal.of(() -> row.text("whole")))
        .put("wrongName", Refusal.of(() -> row.get("toString")))
        .ok();
  }

  private WorkersResponse cursor() {
    sql.exec("INSERT INTO t (k, v) VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    SqlCursor steps = sql.exec("SELECT k FROM t ORDER BY k");
    StringBuilder seen = new StringBuilder();
    for (SqlRow row = steps.next(); row != null; row = steps.next()) {
      seen.append((int) row.number("k"));
    }
    SqlCursor started = sql.exec("SELECT k FROM t ORDER BY k");
    started.next();
    SqlCursor twins = sql.exec("SELECT 1 AS a, 'x' AS a");
    return new Answer()
        .put("seen", seen.toString())
        .put("atEnd", steps.next() == null)
        .put("left", started.toList().size())
        .put("names", twins.columnNames())
        .put("raw", twins.raw())
        .put("rows", sql.exec("SELECT k, v FROM t ORDER BY k").raw())
        .put("empty", sql.exec("SELECT k FROM t WHERE k = 9").toList().size())
        .ok();
  }

  private WorkersResponse billing() {
    SqlCursor insert = sql.exec("INSERT INTO t (k, v) VALUES (1, 'a'), (2, 'b')");
    SqlCursor select = sql.exec("SELECT * FROM t");
    select.toList();
    return new Answer()
        .put("written", insert.rowsWritten())
        .put("read", select.rowsRead())
        .put("size", sql.sizeBytes())
        .ok();
  }

  private WorkersResponse transaction() {
    String committed =
        storage.transactionSync(
            () -> {
              sql.exec("INSERT INTO t (k, v) VALUES (1, 'kept')");
              return sql.exec("SELECT v FROM t").one().text("v");
            });
    RuntimeException mine = new IllegalStateException("mine");
    boolean same = false;
    try {
      storage.transactionSync(
          () -> {
            sql.exec("INSERT INTO t (k, v) VALUES (2, 'gone')");
            storage.keyValues().put("gone", true);
            throw mine;
          });
    } catch (IllegalStateException e) {
      same = e == mine;
    }
    String nested =
        storage.transactionSync(() -> Refusal.of(() -> storage.<Integer>transactionSync(() -> 1)));
    return new Answer()
        .put("committed", committed)
        .put("same", same)
        .put("nested", nested)
        .put("rows", sql.exec("SELECT count(*) AS n FROM t").one().number("n"))
        .put("goneKey", storage.keyValues().get("gone"))
        .put("after", storage.<Integer>transactionSync(() -> 5))
        .ok();
  }

  private WorkersResponse refused() {
    sql.exec("INSERT INTO t (k) VALUES (1)");
    Object[] many = new Object[101];
    java.util.Arrays.fill(many, 1);
    return new Answer()
        .put("syntax", Refusal.of(() -> sql.exec("SELEKT 1")))
        .put("constraint", Refusal.of(() -> sql.exec("INSERT INTO t (k) VALUES (1)")))
        .put("code", code())
        .put("begin", Refusal.of(() -> sql.exec("BEGIN")))
        .put("pragma", Refusal.of(() -> sql.exec("PRAGMA journal_mode = DELETE")))
        .put("internal", Refusal.of(() -> sql.exec("SELECT * FROM _cf_KV")))
        .put("paramCount", Refusal.of(() -> sql.exec("SELECT ?")))
        .put("manyParams", Refusal.of(() -> sql.exec("SELECT 1", many)))
        .put("paramType", Refusal.of(() -> sql.exec("SELECT ?", 'c')))
        .put("bigLong", Refusal.of(() -> sql.exec("SELECT ?", (1L << 53) + 1)))
        .put("oneOfNone", Refusal.of(() -> sql.exec("SELECT k FROM t WHERE k = 9").one()))
        .put("oneOfTwo", Refusal.of(() -> sql.exec("SELECT 1 UNION SELECT 2").one()))
        .ok();
  }

  private String code() {
    try {
      sql.exec("INSERT INTO t (k) VALUES (1)");
    } catch (SqlException e) {
      return e.resultCode();
    }
    return "none";
  }
}
