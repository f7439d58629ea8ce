package lunora.testkit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import lunora.host.local.SqlRows;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** Rows read from JDBC: null, String, Double or byte[] in each cell. */
final class JdbcSqlRows implements SqlRows {

  private final int columns;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  private JdbcSqlRows(int columns) {
    this.columns = columns;
  }

  static JdbcSqlRows none() {
    return new JdbcSqlRows(0);
  }

  static JdbcSqlRows drain(ResultSet result) throws SQLException {
    JdbcSqlRows drained = new JdbcSqlRows(result.getMetaData().getColumnCount());
    while (result.next()) {
      @Nullable Object[] row = new @Nullable Object[drained.columns];
      for (int i = 0; i < drained.columns; i++) {
        Object cell = result.getObject(i + 1);
        row[i] = cell instanceof Number number ? (Object) number.doubleValue() : cell;
      }
      drained.rows.add(row);
    }
    return drained;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public boolean isNull(int row, int column) {
    return cell(row, column) == null;
  }

  @Override
  public String text(int row, int column) {
    if (cell(row, column) instanceof String text) {
      return text;
    }
    throw wrong(row, column, "text");
  }

  @Override
  public double number(int row, int column) {
    if (cell(row, column) instanceof Double number) {
      return number;
    }
    throw wrong(row, column, "a number");
  }

  @Override
  public byte[] blob(int row, int column) {
    if (cell(row, column) instanceof byte[] bytes) {
      return bytes.clone();
    }
    throw wrong(row, column, "a blob");
  }

  @Override
  public @Nullable Object key(int row, int column) {
    return cell(row, column);
  }

  @Override
  public JsonText json(int row, int column) {
    return JsonText.of(text(row, column));
  }

  @Override
  public JsonText jsonArray(int column) {
    checkColumn(column);
    StringBuilder out = new StringBuilder("[");
    for (int row = 0; row < rows.size(); row++) {
      out.append(row == 0 ? "" : ",").append(text(row, column));
    }
    return JsonText.of(out.append(']').toString());
  }

  @Override
  public JsonText wrapped(int column, String before, String after) {
    checkColumn(column);
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      out.append(before).append(text(row, column)).append(after);
    }
    return JsonText.of(out.toString());
  }

  private @Nullable Object cell(int row, int column) {
    checkColumn(column);
    return rows.get(row)[column];
  }

  private void checkColumn(int column) {
    if (column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException("column " + column + " of " + columns);
    }
  }

  private IllegalStateException wrong(int row, int column, String wanted) {
    Object cell = cell(row, column);
    String found = cell == null ? "null" : cell.getClass().getSimpleName();
    return new IllegalStateException(
        "row " + row + ", column " + column + " is not " + wanted + " but " + found);
  }
}
