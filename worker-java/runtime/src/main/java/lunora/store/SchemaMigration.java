package lunora.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Schema;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables and indexes of a shard to the schema, adding only: new tables, new indexed
 * columns (filled from the stored rows), new and changed indexes. Rows are never dropped, and a
 * schema that stored rows do not fit is refused. A shard that is already there costs one read.
 */
public final class SchemaMigration {

  private static final String VERSION_KEY = "schema";

  /** How this class lays tables out: another one makes every shard compare its tables again. */
  private static final String LAYOUT = "1 ";

  /** The migrations that there were before the shard was: its rows never needed them. */
  public static final String BORN_WITH_KEY = "born_with_migrations";

  /** Rows filled in one statement's reading, so that a large table is not held in memory. */
  private static final int BACKFILL_ROWS = 500;

  private final SqlStorage sql;
  private final Meta meta;

  public SchemaMigration(SqlStorage sql, Meta meta) {
    this.sql = sql;
    this.meta = meta;
  }

  /** The same for an app that accepts no loss and has no migrations. */
  public boolean run(Schema schema) {
    return run(schema, Set.of(), List.of());
  }

  /**
   * Migrates in one transaction; a failure leaves everything as it was.
   *
   * @param accepted the losses that the app accepts
   * @param migrations the ids of the app's migrations of rows
   * @return whether this shard is older than what it is brought to
   * @throws LunoraException {@code SERVICE_UNAVAILABLE} when rows that there are would be lost
   */
  public boolean run(Schema schema, Set<String> accepted, List<String> migrations) {
    String version = schema.snapshot() + "\n" + LAYOUT + String.join(" ", migrations);
    Optional<String> stored = meta.find(VERSION_KEY);
    if (stored.filter(version::equals).isPresent()) {
      return false;
    }
    sql.transaction(
        () -> {
          SchemaGuard guard = new SchemaGuard(sql);
          stored.ifPresent(text -> guard.check(text, schema, accepted));
          for (Table<?> table : schema.tables()) {
            migrate(table, guard);
          }
          meta.put(VERSION_KEY, version);
          if (stored.isEmpty() && !migrations.isEmpty()) {
            meta.put(BORN_WITH_KEY, String.join(" ", migrations));
          }
          return null;
        });
    return stored.isPresent();
  }

  private <D> void migrate(Table<D> table, SchemaGuard guard) {
    Set<String> columns = columnsOf(table);
    if (columns.isEmpty()) {
      sql.execute(TableLayout.createTable(table));
    } else {
      addColumns(table, columns);
    }
    Map<String, String> present = indexesOf(table);
    for (TableLayout.SqlIndex index : TableLayout.indexes(table)) {
      String existing = present.remove(index.name());
      if (existing != null && !existing.equals(index.create())) {
        drop(index.name());
        existing = null;
      }
      if (existing == null) {
        guard.checkUnique(table, index);
        sql.execute(index.create());
      }
    }
    present.keySet().forEach(this::drop);
  }

  private void drop(String index) {
    sql.execute("DROP INDEX " + TableLayout.quote(index));
  }

  private Set<String> columnsOf(Table<?> table) {
    SqlRows rows = sql.query("SELECT name FROM pragma_table_info(?)", table.name());
    Set<String> names = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      names.add(rows.text(i, 0));
    }
    return names;
  }

  private Map<String, String> indexesOf(Table<?> table) {
    SqlRows rows =
        sql.query(
            "SELECT name, sql FROM sqlite_master"
                + " WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            table.name());
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byName.put(rows.text(i, 0), rows.text(i, 1));
    }
    return byName;
  }

  private <D> void addColumns(Table<D> table, Set<String> present) {
    List<Field<D, ?>> added = new ArrayList<>();
    for (Field<D, ?> field : table.indexedFields()) {
      if (!present.contains(field.name())) {
        sql.execute(
            "ALTER TABLE "
                + TableLayout.quote(table.name())
                + " ADD COLUMN "
                + TableLayout.quote(field.name()));
        added.add(field);
      }
    }
    if (!added.isEmpty()) {
      backfill(table, added);
    }
  }

  private <D> void backfill(Table<D> table, List<Field<D, ?>> fields) {
    String name = TableLayout.quote(table.name());
    String select =
        "SELECT "
            + TableLayout.SEQ
            + ", "
            + TableLayout.ID
            + ", "
            + TableLayout.DOC
            + " FROM "
            + name
            + " WHERE "
            + TableLayout.SEQ
            + " > ?"
            + " ORDER BY "
            + TableLayout.SEQ
            + " LIMIT "
            + BACKFILL_ROWS;
    List<String> assignments = new ArrayList<>();
    for (Field<D, ?> field : fields) {
      assignments.add(TableLayout.quote(field.name()) + " = ?");
    }
    String update =
        "UPDATE "
            + name
            + " SET "
            + String.join(", ", assignments)
            + " WHERE "
            + TableLayout.SEQ
            + " = ?";
    double after = -1;
    for (SqlRows rows = sql.query(select, after);
        rows.size() > 0;
        rows = sql.query(select, after)) {
      for (int i = 0; i < rows.size(); i++) {
        after = rows.number(i, 0);
        D document = new Doc<>(table, new Id<>(rows.text(i, 1)), rows.json(i, 2)).value();
        List<@Nullable Object> params = new ArrayList<>();
        for (Field<D, ?> field : fields) {
          params.add(field.keyOf(document));
        }
        params.add(after);
        sql.execute(update, params.toArray());
      }
    }
  }
}
