package lunora.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.JsonTexts;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Limits;
import lunora.schema.Table;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** The rows of one table: point reads and writes. Statements are rendered once. */
public final class TableStore<D> {

  private final Table<D> table;
  private final SqlStorage sql;
  private final JsonTexts texts;
  private final String findSql;
  private final String insertSql;
  private final String updateSql;
  private final String deleteSql;
  private final List<UniqueCheck<D>> uniqueChecks = new ArrayList<>();
  private final StatementCache selects = new StatementCache();
  private double lastSeq = -1;
  private int writes;
  private double lastCreationTimeMs;

  /**
   * The least step between two creation times of a table, in milliseconds: rows of one instant, or
   * of a clock that went back, still have an order that a client can see.
   */
  private static final double CREATION_STEP_MS = 1.0 / 1024;

  /** Finds another row at the same place of a unique index. */
  private record UniqueCheck<D>(Index<D> index, String sql) {}

  public TableStore(Table<D> table, SqlStorage sql, JsonTexts texts) {
    this.table = table;
    this.sql = sql;
    this.texts = texts;
    String name = TableLayout.quote(table.name());
    StringBuilder columns = new StringBuilder();
    StringBuilder places = new StringBuilder();
    StringBuilder assignments = new StringBuilder(TableLayout.DOC + " = ?");
    for (Field<D, ?> field : table.indexedFields()) {
      columns.append(", ").append(TableLayout.quote(field.name()));
      places.append(", ?");
      assignments.append(", ").append(TableLayout.quote(field.name())).append(" = ?");
    }
    findSql =
        "SELECT "
            + TableLayout.SEQ
            + ", "
            + TableLayout.CREATION_TIME
            + ", "
            + TableLayout.DOC
            + " FROM "
            + name
            + " WHERE "
            + TableLayout.ID
            + " = ?";
    insertSql =
        "INSERT INTO "
            + name
            + " ("
            + TableLayout.SEQ
            + ", "
            + TableLayout.ID
            + ", "
            + TableLayout.CREATION_TIME
            + ", "
            + TableLayout.DOC
            + columns
            + ") VALUES (?, ?, ?, ?"
            + places
            + ")";
    updateSql = "UPDATE " + name + " SET " + assignments + " WHERE " + TableLayout.SEQ + " = ?";
    deleteSql = "DELETE FROM " + name + " WHERE " + TableLayout.SEQ + " = ?";
    for (Index<D> index : table.indexes()) {
      if (index.isUnique()) {
        uniqueChecks.add(uniqueCheck(name, index));
      }
    }
  }

  private static <D> UniqueCheck<D> uniqueCheck(String name, Index<D> index) {
    List<String> conditions = new ArrayList<>();
    for (Field<D, ?> field : index.fields()) {
      conditions.add(TableLayout.quote(field.name()) + " = ?");
    }
    conditions.add(TableLayout.SEQ + " <> ?");
    return new UniqueCheck<>(
        index, "SELECT 1 FROM " + name + " WHERE " + String.join(" AND ", conditions) + " LIMIT 1");
  }

  public Table<D> table() {
    return table;
  }

  /** The statements of readings of this table. */
  public StatementCache selects() {
    return selects;
  }

  /** How many writes there were since the shard woke, those of undone transactions among them. */
  public int writes() {
    return writes;
  }

  public Optional<RowImage<D>> find(Id<D> id) {
    SqlRows rows = sql.query(findSql, id.value());
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Doc<D> doc = new Doc<>(table, id, rows.json(0, 2));
    return Optional.of(new RowImage<>(rows.number(0, 0), rows.number(0, 1), doc));
  }

  /**
   * Stores a new row.
   *
   * @param nowMs its creation time, unless the table already has a row of that time or later
   * @throws LunoraException {@code CONFLICT} on a unique index, {@code PAYLOAD_TOO_LARGE}
   */
  public RowImage<D> insert(Id<D> id, double nowMs, D document) {
    double seq = nextSeq();
    return place(id, seq, Math.max(nowMs, lastCreationTimeMs + CREATION_STEP_MS), document);
  }

  /** Stores a row that was created elsewhere, with its time; throws as {@link #insert} does. */
  public RowImage<D> restore(Id<D> id, double creationTimeMs, D document) {
    double seq = nextSeq();
    return place(id, seq, creationTimeMs, document);
  }

  private RowImage<D> place(Id<D> id, double seq, double creationTimeMs, D document) {
    writes++;
    lastCreationTimeMs = Math.max(lastCreationTimeMs, creationTimeMs);
    JsonText text = render(id, creationTimeMs, document);
    checkUnique(document, seq);
    List<Field<D, ?>> indexed = table.indexedFields();
    Object[] params = new Object[4 + indexed.size()];
    params[0] = seq;
    params[1] = id.value();
    params[2] = creationTimeMs;
    params[3] = text;
    putKeys(params, 4, document);
    sql.execute(insertSql, params);
    Doc<D> doc = Doc.written(table, id, text, creationTimeMs, document);
    return new RowImage<>(seq, creationTimeMs, doc);
  }

  /** Puts another document in a row's place; throws as {@link #insert} does. */
  public RowImage<D> update(RowImage<D> row, D document) {
    writes++;
    JsonText text = render(row.doc().id(), row.creationTimeMs(), document);
    checkUnique(document, row.seq());
    List<Field<D, ?>> indexed = table.indexedFields();
    Object[] params = new Object[2 + indexed.size()];
    params[0] = text;
    putKeys(params, 1, document);
    params[params.length - 1] = row.seq();
    sql.execute(updateSql, params);
    Doc<D> doc = Doc.written(table, row.doc().id(), text, row.creationTimeMs(), document);
    return new RowImage<>(row.seq(), row.creationTimeMs(), doc);
  }

  public void delete(RowImage<D> row) {
    writes++;
    sql.execute(deleteSql, row.seq());
  }

  /** Rows were written past this store: what it knew of them no longer holds. */
  void replaced() {
    writes++;
    lastSeq = -1;
  }

  private void putKeys(@Nullable Object[] params, int from, D document) {
    List<Field<D, ?>> indexed = table.indexedFields();
    for (int i = 0; i < indexed.size(); i++) {
      params[from + i] = indexed.get(i).keyOf(document);
    }
  }

  private JsonText render(Id<D> id, double creationTimeMs, D document) {
    JsonText text = table.row(id, creationTimeMs, document, texts.sink());
    // A unit is at most three bytes: only a long text is worth counting.
    if (text.length() > Limits.ROW_BYTES_MAX / 3
        && text.toString().getBytes(StandardCharsets.UTF_8).length > Limits.ROW_BYTES_MAX) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "a row of " + table.name() + " is larger than " + Limits.ROW_BYTES_MAX + " bytes");
    }
    return text;
  }

  private void checkUnique(D document, double seq) {
    for (UniqueCheck<D> check : uniqueChecks) {
      List<Field<D, ?>> fields = check.index().fields();
      Object[] params = new Object[fields.size() + 1];
      for (int i = 0; i < fields.size(); i++) {
        params[i] = fields.get(i).keyOf(document);
      }
      params[fields.size()] = seq;
      if (sql.query(check.sql(), params).size() > 0) {
        throw new LunoraException(
            ErrorCode.CONFLICT,
            "another row of " + table.name() + " has the same " + namesOf(fields));
      }
    }
  }

  private static String namesOf(List<? extends Field<?, ?>> fields) {
    List<String> names = new ArrayList<>();
    for (Field<?, ?> field : fields) {
      names.add(field.name());
    }
    return String.join(", ", names);
  }

  // Counted here and not by SQLite, so that a write knows its row's place without asking back. A
  // rolled back insert leaves a gap, which order does not mind.
  private double nextSeq() {
    if (lastSeq < 0) {
      String from = " FROM " + TableLayout.quote(table.name());
      SqlRows rows =
          sql.query(
              "SELECT (SELECT ifnull(max("
                  + TableLayout.SEQ
                  + "), 0)"
                  + from
                  + "), (SELECT ifnull(max("
                  + TableLayout.CREATION_TIME
                  + "), 0)"
                  + from
                  + ")");
      lastSeq = rows.number(0, 0);
      lastCreationTimeMs = rows.number(0, 1);
    }
    lastSeq++;
    return lastSeq;
  }
}
