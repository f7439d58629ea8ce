package lunora.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All tables of an app. */
public final class Schema {

  private final Map<String, Table<?>> byName = new LinkedHashMap<>();
  private @Nullable String snapshot;

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

  /** What it says of stored rows, as the text of a {@link SchemaSnapshot}; made once. */
  public String snapshot() {
    String text = snapshot;
    if (text == null) {
      text = SchemaSnapshot.text(SchemaSnapshot.of(this));
      snapshot = text;
    }
    return text;
  }
}
