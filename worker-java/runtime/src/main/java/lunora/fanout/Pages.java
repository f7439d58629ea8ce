package lunora.fanout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The merge {@code {"kind":"paged","cursor"?}} of functions that take a {@code cursor} and answer a
 * page. A page of all shards holds the next page of each; its cursor says where each of those is
 * that are not done. A shard that failed is asked for the same page again.
 */
final class Pages {

  static final String KIND = "paged";

  private static final String CURSOR = "cursor";
  private static final String CONTINUE_CURSOR = "continueCursor";
  private static final Set<Value> NOTHING = Set.of(Value.Null.INSTANCE);

  private Pages() {}

  /**
   * Where each shard is, by the cursor that a client sends back; null for the first page.
   *
   * @throws lunora.error.LunoraException {@code BAD_REQUEST} for what is no such cursor
   */
  static @Nullable Map<String, Value> cursors(Value.Obj merge) {
    Value cursor = merge.fields().get(CURSOR);
    if (cursor == null || NOTHING.contains(cursor)) {
      return null;
    }
    if (cursor instanceof Value.Str text) {
      try {
        if (Json.read(text.value()) instanceof Value.Obj positions) {
          return positions.fields();
        }
      } catch (WireFormatException e) {
        throw Merge.refused("`fanOut.merge.cursor` is not one of a fan-out");
      }
    }
    throw Merge.refused("`fanOut.merge.cursor` is not one of a fan-out");
  }

  /** The shards that are not done: of a client's cursor only those that the table has. */
  static Map<String, Value> left(@Nullable Map<String, Value> cursors, List<String> shardKeys) {
    Map<String, Value> left = new LinkedHashMap<>();
    if (cursors == null) {
      for (String shardKey : shardKeys) {
        left.put(shardKey, Value.Null.INSTANCE);
      }
      return left;
    }
    Set<String> known = new HashSet<>(shardKeys);
    for (Map.Entry<String, Value> position : cursors.entrySet()) {
      if (known.contains(position.getKey())) {
        left.put(position.getKey(), position.getValue());
      }
    }
    return left;
  }

  /** The arguments of each shard: those of the call, and where it goes on. */
  static Map<String, Value.Obj> argsByShard(Value.Obj args, Map<String, Value> left) {
    Map<String, Value.Obj> argsByShard = new LinkedHashMap<>();
    for (Map.Entry<String, Value> position : left.entrySet()) {
      Map<String, Value> fields = new LinkedHashMap<>(args.fields());
      fields.remove(CURSOR);
      if (!NOTHING.contains(position.getValue())) {
        fields.put(CURSOR, position.getValue());
      }
      argsByShard.put(position.getKey(), new Value.Obj(fields));
    }
    return argsByShard;
  }

  /** {@code {page, isDone, continueCursor}}. A result that is no page has nothing after it. */
  static Value merge(Map<String, Value> results, Map<String, Value> left) {
    List<Value> items = new ArrayList<>();
    Map<String, Value> next = new LinkedHashMap<>();
    for (Map.Entry<String, Value> position : left.entrySet()) {
      Value result = results.get(position.getKey());
      if (result == null) {
        next.put(position.getKey(), position.getValue());
      } else if (result instanceof Value.Obj page) {
        if (page.fields().get("page") instanceof Value.Arr list) {
          items.addAll(list.items());
        }
        if (page.fields().get(CONTINUE_CURSOR) instanceof Value.Str cursor) {
          next.put(position.getKey(), cursor);
        }
      }
    }
    Map<String, Value> merged = new LinkedHashMap<>();
    merged.put("page", new Value.Arr(items));
    merged.put("isDone", Value.Bool.of(next.isEmpty()));
    merged.put(CONTINUE_CURSOR, next.isEmpty() ? Value.Null.INSTANCE : text(next));
    return new Value.Obj(merged);
  }

  private static Value text(Map<String, Value> next) {
    JsonWriter sink = new JsonWriter();
    Json.write(new Value.Obj(next), sink);
    return new Value.Str(sink.finish().toString());
  }
}
