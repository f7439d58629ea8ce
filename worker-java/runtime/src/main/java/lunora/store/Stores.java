package lunora.store;

import java.util.HashMap;
import java.util.Map;
import lunora.host.local.JsonTexts;
import lunora.host.local.SqlStorage;
import lunora.schema.Schema;
import lunora.schema.Table;

/** The stores of all tables of a shard. */
public final class Stores {

  private final Map<Table<?>, TableStore<?>> byTable = new HashMap<>();

  public Stores(Schema schema, SqlStorage sql, JsonTexts texts) {
    for (Table<?> table : schema.tables()) {
      byTable.put(table, new TableStore<>(table, sql, texts));
    }
  }

  /** Rows were written past the stores. */
  public void replaced() {
    byTable.values().forEach(TableStore::replaced);
  }

  /**
   * The store of a table.
   *
   * @throws IllegalArgumentException if the app does not declare the table
   */
  @SuppressWarnings("unchecked") // stores are kept under their own table
  public <D> TableStore<D> of(Table<D> table) {
    TableStore<?> store = byTable.get(table);
    if (store == null) {
      throw new IllegalArgumentException(
          "table " + table.name() + " is not in the app's module: add it with .table(...)");
    }
    return (TableStore<D>) store;
  }
}
