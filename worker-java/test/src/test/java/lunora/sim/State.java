package lunora.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rows as they are after one commit, by table and id. Never changes: a commit makes another.
 */
record State(Map<String, Map<String, Row>> tables) {

  static final State EMPTY =
      new State(Map.of("items", Map.of(), "cells", Map.of(), "notes", Map.of()));

  Collection<Row> rows(String table) {
    return of(table).values();
  }

  @Nullable Row find(String table, String id) {
    return of(table).get(id);
  }

  State with(String table, Row row) {
    Map<String, Row> rows = new LinkedHashMap<>(of(table));
    rows.put(row.id(), row);
    return with(table, rows);
  }

  State without(String table, String id) {
    Map<String, Row> rows = new LinkedHashMap<>(of(table));
    rows.remove(id);
    return with(table, rows);
  }

  private State with(String table, Map<String, Row> rows) {
    Map<String, Map<String, Row>> changed = new LinkedHashMap<>(tables);
    changed.put(table, rows);
    return new State(changed);
  }

  private Map<String, Row> of(String table) {
    Map<String, Row> rows = tables.get(table);
    if (rows == null) {
      throw new IllegalArgumentException("no table " + table);
    }
    return rows;
  }
}
