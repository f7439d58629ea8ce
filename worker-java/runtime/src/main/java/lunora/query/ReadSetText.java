package lunora.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.api.Order;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * A read set as text, so that a shard that wakes up knows what its live queries depend on without
 * running them.
 *
 * <p>Where a limited reading stopped is left out: it moves with every write, and a range that is
 * read too wide only costs a run. Shape: {@code {"ids":[[table,id]],
 * "ranges":[{t,i,eq,lo,hi,o,if,from}], "facts":[...]}} with keys as wire values.
 */
public final class ReadSetText {

  private final Map<String, Table<?>> tables = new LinkedHashMap<>();

  public ReadSetText(Schema schema) {
    for (Table<?> table : schema.tables()) {
      tables.put(table.name(), table);
    }
  }

  public String write(ReadSet reads) {
    List<Value> ids = new ArrayList<>();
    for (IdRead read : reads.ids()) {
      ids.add(list(text(read.table()), text(read.id())));
    }
    List<Value> ranges = new ArrayList<>();
    for (RangeRead<?> read : reads.ranges()) {
      ranges.add(range(read));
    }
    List<Value> facts = new ArrayList<>();
    for (ReadSet.Ambient fact : ReadSet.Ambient.values()) {
      if (reads.dependsOn(fact)) {
        facts.add(text(fact.name()));
      }
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(
        object(
            "ids",
            new Value.Arr(ids),
            "ranges",
            new Value.Arr(ranges),
            "facts",
            new Value.Arr(facts)),
        json);
    return json.finish().toString();
  }

  private static Value range(RangeRead<?> read) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("t", text(read.table().name()));
    Index<?> index = read.index();
    if (index != null) {
      fields.put("i", text(index.name()));
    }
    fields.put("eq", keys(read.range().equal()));
    put(fields, "lo", read.range().lower());
    put(fields, "hi", read.range().upper());
    fields.put("o", text(read.order().name()));
    Predicate<?> condition = read.condition();
    if (condition != null) {
      fields.put("if", PredicateText.toValue(condition));
    }
    @Nullable Object[] from = read.from();
    if (from != null) {
      fields.put("from", keys(java.util.Arrays.asList(from)));
    }
    return new Value.Obj(fields);
  }

  private static void put(Map<String, Value> fields, String name, KeyRange.@Nullable Bound bound) {
    if (bound != null) {
      fields.put(name, list(Keys.toValue(bound.key()), text(bound.edge().name())));
    }
  }

  /**
   * Reads a text back.
   *
   * @return null if it names a table, index or field that the app no longer has
   */
  public @Nullable ReadSet read(String text) {
    Value.Obj object = (Value.Obj) WireCodec.decode(Json.read(text));
    ReadSet reads = new ReadSet();
    for (Value id : items(object, "ids")) {
      List<Value> pair = ((Value.Arr) id).items();
      reads.add(new IdRead(string(pair.get(0)), string(pair.get(1))));
    }
    for (Value range : items(object, "ranges")) {
      Map<String, Value> fields = ((Value.Obj) range).fields();
      Table<?> table = tables.get(string(fields.get("t")));
      RangeRead<?> read = table == null ? null : readRange(table, fields);
      if (read == null) {
        return null;
      }
      reads.add(read);
    }
    for (Value fact : items(object, "facts")) {
      reads.add(ReadSet.Ambient.valueOf(string(fact)));
    }
    return reads;
  }

  private static <D> @Nullable RangeRead<D> readRange(Table<D> table, Map<String, Value> fields) {
    Index<D> index = null;
    if (fields.get("i") instanceof Value.Str name) {
      index = find(table.indexes(), name.value());
      if (index == null) {
        return null;
      }
    }
    Predicate<D> condition = null;
    if (fields.get("if") instanceof Value.Arr parts) {
      condition = PredicateText.ofValue(table, parts);
      if (condition == null) {
        return null;
      }
    }
    KeyRange range =
        new KeyRange(
            readKeys(fields.get("eq")), readBound(fields.get("lo")), readBound(fields.get("hi")));
    Value from = fields.get("from");
    return new RangeRead<>(
        table,
        index,
        range,
        Order.valueOf(string(fields.get("o"))),
        condition,
        from == null ? null : readKeys(from).toArray(),
        null);
  }

  private static <D> @Nullable Index<D> find(List<Index<D>> indexes, String name) {
    for (Index<D> index : indexes) {
      if (index.name().equals(name)) {
        return index;
      }
    }
    return null;
  }

  private static KeyRange.@Nullable Bound readBound(@Nullable Value value) {
    if (!(value instanceof Value.Arr pair)) {
      return null;
    }
    Object key = Keys.ofValue(pair.items().get(0));
    KeyRange.Edge edge = KeyRange.Edge.valueOf(string(pair.items().get(1)));
    return key == null ? null : new KeyRange.Bound(key, edge);
  }

  private static List<@Nullable Object> readKeys(@Nullable Value value) {
    List<@Nullable Object> keys = new ArrayList<>();
    if (value instanceof Value.Arr array) {
      for (Value key : array.items()) {
        keys.add(Keys.ofValue(key));
      }
    }
    return keys;
  }

  private static Value keys(List<@Nullable Object> keys) {
    List<Value> values = new ArrayList<>();
    for (Object key : keys) {
      values.add(Keys.toValue(key));
    }
    return new Value.Arr(values);
  }

  private static List<Value> items(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Arr array ? array.items() : List.of();
  }

  private static String string(@Nullable Value value) {
    if (value instanceof Value.Str text) {
      return text.value();
    }
    throw new IllegalArgumentException("a stored read set is malformed");
  }

  private static Value text(String text) {
    return new Value.Str(text);
  }

  private static Value list(Value... values) {
    return new Value.Arr(List.of(values));
  }

  private static Value object(String a, Value x, String b, Value y, String c, Value z) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(a, x);
    fields.put(b, y);
    fields.put(c, z);
    return new Value.Obj(fields);
  }
}
