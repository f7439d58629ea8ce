package lunora.store;

import java.util.ArrayList;
import java.util.List;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;

/**
 * How a table looks in SQLite:
 *
 * <pre>
 * "_seq"          INTEGER PRIMARY KEY   order of insertion
 * "_id"           TEXT UNIQUE
 * "_creationTime" REAL                  epoch milliseconds
 * "_doc"          TEXT                  the wire row
 * "channel" ...                         one untyped column for each indexed field
 * </pre>
 *
 * Every index ends in {@code _creationTime}, and SQLite adds {@code _seq}, so that equal keys come
 * in order of creation. Field names cannot begin with an underscore, so nothing collides.
 */
public final class TableLayout {

  public static final String SEQ = "\"_seq\"";
  public static final String ID = "\"_id\"";
  public static final String CREATION_TIME = "\"_creationTime\"";
  public static final String DOC = "\"_doc\"";

  private static final String BY_CREATION_TIME = "_by_creation_time";

  private TableLayout() {}

  /** A name as an SQL identifier. Declared names hold no quotes. */
  public static String quote(String name) {
    return "\"" + name + "\"";
  }

  /** The statements that make a table and its indexes in an empty database. */
  public static List<String> statements(Table<?> table) {
    List<String> statements = new ArrayList<>();
    statements.add(createTable(table));
    for (SqlIndex index : indexes(table)) {
      statements.add(index.create());
    }
    return statements;
  }

  static String createTable(Table<?> table) {
    StringBuilder sql = new StringBuilder("CREATE TABLE ").append(quote(table.name()));
    sql.append(" (").append(SEQ).append(" INTEGER PRIMARY KEY, ");
    sql.append(ID).append(" TEXT NOT NULL UNIQUE, ");
    sql.append(CREATION_TIME).append(" REAL NOT NULL, ");
    sql.append(DOC).append(" TEXT NOT NULL");
    for (Field<?, ?> field : table.indexedFields()) {
      sql.append(", ").append(quote(field.name()));
    }
    return sql.append(")").toString();
  }

  /**
   * An index of the database.
   *
   * @param create the statement that makes it
   * @param unique the columns whose values may occur once only; none of them for most
   */
  record SqlIndex(String name, String create, List<String> unique) {}

  static List<SqlIndex> indexes(Table<?> table) {
    List<SqlIndex> indexes = new ArrayList<>();
    indexes.add(index(table, BY_CREATION_TIME, List.of()));
    for (Index<?> index : table.indexes()) {
      List<String> columns = new ArrayList<>();
      for (Field<?, ?> field : index.fields()) {
        columns.add(quote(field.name()));
      }
      indexes.add(index(table, index.name(), columns));
      if (index.isUnique()) {
        // A guard of its own: the ordered index ends in the creation time and so is never unique.
        indexes.add(uniqueGuard(table, index, columns));
      }
    }
    return indexes;
  }

  private static SqlIndex index(Table<?> table, String name, List<String> columns) {
    String sqlName = table.name() + "." + name;
    List<String> ordered = new ArrayList<>(columns);
    ordered.add(CREATION_TIME);
    return new SqlIndex(
        sqlName,
        "CREATE INDEX "
            + quote(sqlName)
            + " ON "
            + quote(table.name())
            + " ("
            + String.join(", ", ordered)
            + ")",
        List.of());
  }

  private static SqlIndex uniqueGuard(Table<?> table, Index<?> index, List<String> columns) {
    String sqlName = table.name() + "." + index.name() + ".unique";
    return new SqlIndex(
        sqlName,
        "CREATE UNIQUE INDEX "
            + quote(sqlName)
            + " ON "
            + quote(table.name())
            + " ("
            + String.join(", ", columns)
            + ")",
        columns);
  }

  /**
   * Puts all rows of a staged table in place, in their order, but for those whose id is there.
   *
   * @param staged name of the staged table, quoted
   * @param rows name of the table, quoted
   * @param columns those to take over, with commas between them
   */
  public static String moveSql(String staged, String rows, String columns) {
    return "INSERT INTO "
        + rows
        + " ("
        + columns
        + ") SELECT "
        + columns
        + " FROM "
        + staged
        + " WHERE "
        + ID
        + " NOT IN (SELECT "
        + ID
        + " FROM "
        + rows
        + ") ORDER BY "
        + SEQ;
  }
}
