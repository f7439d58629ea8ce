package lunora.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import lunora.wire.Json;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Shards that answer pages of three rows, and now and then not at all. */
final class PagedShards {

  private static final int PAGE = 3;
  private static final int PAGES_MAX = 1000;

  private PagedShards() {}

  /** The rows of one shard. */
  record Rows<T>(List<T> rows) {}

  /** Reads page after page to the end; gives how many there were. */
  static <T> int readAll(
      List<Rows<T>> shards, Random random, List<Integer> seen, ToIntFunction<T> id) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      keys.add("shard" + i);
    }
    Value cursor = Value.Null.INSTANCE;
    for (int pages = 1; pages < PAGES_MAX; pages++) {
      Map<String, Value> merge = new LinkedHashMap<>();
      merge.put("cursor", cursor);
      Map<String, Value> left = Pages.left(Pages.cursors(new Value.Obj(merge)), keys);
      Map<String, Value> results = new LinkedHashMap<>();
      Pages.argsByShard(new Value.Obj(Map.of()), left)
          .forEach(
              (key, args) -> {
                if (random.nextInt(5) > 0) {
                  int shard = Integer.parseInt(key.substring("shard".length()));
                  results.put(key, page(shards.get(shard).rows(), args.fields().get("cursor"), id));
                }
              });
      Value.Obj page = (Value.Obj) Pages.merge(results, left);
      if (page.fields().get("page") instanceof Value.Arr items) {
        items.items().forEach(item -> seen.add((int) ((Value.Num) item).value()));
      }
      cursor = page.fields().getOrDefault("continueCursor", Value.Null.INSTANCE);
      if (Value.Bool.TRUE.equals(page.fields().get("isDone"))) {
        return pages;
      }
    }
    throw new AssertionError("the pages have no end");
  }

  private static <T> Value page(List<T> rows, @Nullable Value cursor, ToIntFunction<T> id) {
    int from = cursor instanceof Value.Str text ? Integer.parseInt(text.value()) : 0;
    int to = Math.min(rows.size(), from + PAGE);
    List<String> items =
        rows.subList(from, to).stream().map(row -> "" + id.applyAsInt(row)).toList();
    String next = to == rows.size() ? "null" : "\"" + to + "\"";
    return Json.read(
        "{\"page\":[%s],\"isDone\":%s,\"continueCursor\":%s}"
            .formatted(String.join(",", items), to == rows.size(), next));
  }
}
