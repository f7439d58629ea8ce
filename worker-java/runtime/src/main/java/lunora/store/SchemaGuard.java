package lunora.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlStorage;
import lunora.schema.Loss;
import lunora.schema.Schema;
import lunora.schema.SchemaDrift;
import lunora.schema.SchemaSnapshot;
import lunora.schema.Table;

/** Keeps a shard from a schema under which rows that it has would be lost. */
final class SchemaGuard {

  private final SqlStorage sql;

  SchemaGuard(SqlStorage sql) {
    this.sql = sql;
  }

  /**
   * Compares what the tables are at with where they are to go.
   *
   * @param stored a snapshot and what follows it in lines of its own; earlier versions kept no
   *     snapshot, and then there is nothing to compare
   * @throws LunoraException {@code SERVICE_UNAVAILABLE} that says what to write
   */
  void check(String stored, Schema schema, Set<String> accepted) {
    if (!stored.startsWith("{")) {
      return;
    }
    int end = stored.indexOf('\n');
    String snapshot = end < 0 ? stored : stored.substring(0, end);
    List<String> refused = new ArrayList<>();
    for (Loss loss : SchemaDrift.losses(SchemaSnapshot.read(snapshot), SchemaSnapshot.of(schema))) {
      if (!loss.dependsOnRows() && !accepted.contains(loss.accept()) && hasRows(loss.table())) {
        refused.add(loss.toString());
      }
    }
    if (!refused.isEmpty()) {
      throw refusal(String.join("; ", refused));
    }
  }

  /**
   * Sees that no two rows are in the way of a unique index.
   *
   * @throws LunoraException {@code SERVICE_UNAVAILABLE}
   */
  void checkUnique(Table<?> table, TableLayout.SqlIndex index) {
    if (index.unique().isEmpty()) {
      return;
    }
    List<String> present = new ArrayList<>();
    for (String column : index.unique()) {
      present.add(column + " IS NOT NULL");
    }
    String clash =
        "SELECT 1 FROM "
            + TableLayout.quote(table.name())
            + " WHERE "
            + String.join(" AND ", present)
            + " GROUP BY "
            + String.join(", ", index.unique())
            + " HAVING count(*) > 1 LIMIT 1";
    if (sql.query(clash).size() > 0) {
      throw refusal(
          "rows of "
              + table.name()
              + " have the same "
              + String.join(", ", index.unique()).replace("\"", "")
              + ": change them by a @Migration before an index is unique");
    }
  }

  private boolean hasRows(String table) {
    boolean exists =
        sql.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table).size()
            > 0;
    return exists && sql.query("SELECT 1 FROM " + TableLayout.quote(table) + " LIMIT 1").size() > 0;
  }

  private static LunoraException refusal(String what) {
    return new LunoraException(
        ErrorCode.SERVICE_UNAVAILABLE, "this shard's rows do not fit the app's schema: " + what);
  }
}
