package lunora.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All tables of an app. */
public final class Schema {

  private final Map<String, Table<?>> byName = new LinkedHashMap<>();

  /**
   * A schema of these tables.
   *
   * @throws IllegalArgumentException if two names differ at most by case
   */
  public Schema(List<Table<?>> tables) {
    for (Table<?> table : tables) {
      Table<?> other = byName.put(table.name().toLowerCase(Locale.ROOT), table);
      if (other != null && other != table) {
        throw new IllegalArgumentException("two tables are named " + table.name());
      }
    }
  }

  public List<Table<?>> tables() {
    return List.copyOf(byName.values());
  }
}
