package lunora.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** What each query of {@link SimApp} gives on a state, on the wire, found the plainest way. */
final class Oracle {

  private static final Comparator<Row> BY_TIME = Comparator.comparingDouble(Row::createdAt);
  private static final Comparator<Row> BY_RANK =
      Comparator.<Row>comparingDouble(row -> row.number("rank")).thenComparing(BY_TIME);

  /** Where the page after a cursor begins: behind the row made at that time. */
  private final Map<String, Double> placeOfCursor = new HashMap<>();

  private final Map<String, List<String>> cursorsOfList = new LinkedHashMap<>();

  /**
   * Takes note of a page that a client got: its cursor stands for the place behind its last row.
   */
  void pageSeen(Value result) {
    if (result instanceof Value.Obj page
        && page.fields().get("continueCursor") instanceof Value.Str cursor
        && page.fields().get("page") instanceof Value.Arr rows
        && rows.items().get(rows.items().size() - 1) instanceof Value.Obj last
        && last.fields().get("_creationTime") instanceof Value.Num time
        && placeOfCursor.put(cursor.value(), time.value()) == null) {
      String list = last.fields().get("list") instanceof Value.Str text ? text.value() : "";
      cursorsOfList.computeIfAbsent(list, key -> new ArrayList<>()).add(cursor.value());
    }
  }

  /** The cursors of a list's pages seen so far. */
  List<String> cursors(String list) {
    return cursorsOfList.getOrDefault(list, List.of());
  }

  /**
   * The result, or null where the query throws.
   *
   * @param userId who asks, empty for nobody
   */
  @Nullable Value evaluate(Watch watch, String userId, State state) {
    List<Row> list = items(state, row -> row.text("list").equals(watch.text("list")));
    return switch (watch.path()) {
      case "items:list" -> array(list);
      case "items:newest" -> {
        list.sort(BY_TIME.reversed());
        yield array(first(list, watch.number("take")));
      }
      case "items:ranked" -> ranked(list, watch);
      case "items:page" -> page(list, watch);
      case "items:count" -> new Value.Num(list.size());
      case "items:guarded" -> {
        list.removeIf(row -> userId.isEmpty() && row.number("rank") >= SimApp.GUARDED_RANK);
        yield array(list);
      }
      case "items:fragile" ->
          list.stream().anyMatch(row -> row.text("text").equals(SimApp.POISON))
              ? null
              : array(list);
      case "items:search" ->
          array(items(state, row -> row.text("text").equals(watch.text("text"))));
      case "items:get" -> {
        Row row = state.find("items", watch.text("id"));
        yield row == null ? Value.Null.INSTANCE : row.wire();
      }
      case "cells:count" -> {
        Row cell = Truth.cell(state, watch.text("key"));
        yield new Value.Num(cell == null ? 0 : cell.number("count"));
      }
      case "cells:log" -> {
        Row cell = Truth.cell(state, watch.text("key"));
        yield new Value.Str(cell == null ? "" : cell.text("log"));
      }
      case "notes:mine" -> array(notesOf(state, userId));
      default -> throw new IllegalArgumentException(watch.path());
    };
  }

  /** Two results that a client cannot tell apart; a page's own cursor is the engine's to choose. */
  static boolean same(@Nullable Value one, @Nullable Value other) {
    if (one instanceof Value.Obj a
        && other instanceof Value.Obj b
        && a.fields().containsKey("continueCursor")
        && b.fields().containsKey("continueCursor")) {
      return fieldsOf(a, "page").equals(fieldsOf(b, "page"))
          && fieldsOf(a, "isDone").equals(fieldsOf(b, "isDone"));
    }
    return one != null && one.equals(other);
  }

  private static Value fieldsOf(Value.Obj page, String name) {
    return page.fields().getOrDefault(name, Value.Undefined.INSTANCE);
  }

  private static List<Row> items(State state, Predicate<Row> wanted) {
    List<Row> found = new ArrayList<>();
    for (Row row : state.rows("items")) {
      if (wanted.test(row)) {
        found.add(row);
      }
    }
    found.sort(BY_TIME);
    return found;
  }

  private static List<Row> notesOf(State state, String userId) {
    List<Row> found = new ArrayList<>();
    for (Row row : state.rows("notes")) {
      if (row.text("owner").equals(userId)) {
        found.add(row);
      }
    }
    found.sort(BY_TIME);
    return found;
  }

  private static Value ranked(List<Row> list, Watch watch) {
    list.removeIf(
        row ->
            row.number("rank") < watch.number("rank") || row.number("rank") >= watch.number("to"));
    list.sort(BY_RANK);
    return array(first(list, watch.number("take")));
  }

  private Value page(List<Row> list, Watch watch) {
    Double after = placeOfCursor.get(watch.text("cursor"));
    if (after != null) {
      list.removeIf(row -> row.createdAt() <= after);
    }
    boolean isDone = list.size() <= watch.number("take");
    Map<String, Value> page = new HashMap<>();
    page.put("page", array(first(list, watch.number("take"))));
    page.put("isDone", Value.Bool.of(isDone));
    page.put("continueCursor", Value.Null.INSTANCE);
    return new Value.Obj(page);
  }

  private static List<Row> first(List<Row> rows, int count) {
    return rows.subList(0, Math.min(count, rows.size()));
  }

  private static Value array(List<Row> rows) {
    List<Value> wire = new ArrayList<>();
    for (Row row : rows) {
      wire.add(row.wire());
    }
    return new Value.Arr(wire);
  }
}
