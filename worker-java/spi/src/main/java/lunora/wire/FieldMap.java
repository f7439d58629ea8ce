package lunora.wire;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that came from outside, in the order they came in; read-only through
 * {@link Map}.
 *
 * <p>Not a hash map: TeaVM's has no defence against keys with equal hashes, and a body of 1 MiB
 * made of such keys costs it 17 seconds. Here a lookup takes a logarithmic number of comparisons
 * whatever the keys are, and objects of a few fields have no index at all.
 */
final class FieldMap extends AbstractMap<String, Value> {

  /** Up to here a scan is quicker than an index. */
  private static final int SCAN_MAX = 8;

  private final List<Map.Entry<String, Value>> fields = new ArrayList<>(4);
  private @Nullable TreeMap<String, Integer> index;

  /** A copy of the first {@code count} fields. */
  static FieldMap head(Map<String, Value> source, int count) {
    FieldMap head = new FieldMap();
    for (Map.Entry<String, Value> field : source.entrySet()) {
      if (head.fields.size() == count) {
        break;
      }
      head.set(field.getKey(), field.getValue());
    }
    return head;
  }

  /** Adds a field, or replaces the value of one at its place. */
  void set(String key, Value value) {
    Map.Entry<String, Value> field = new SimpleImmutableEntry<>(key, value);
    int position = position(key);
    if (position >= 0) {
      fields.set(position, field);
      return;
    }
    if (index != null) {
      index.put(key, fields.size());
    }
    fields.add(field);
    if (index == null && fields.size() > SCAN_MAX) {
      index = buildIndex();
    }
  }

  private TreeMap<String, Integer> buildIndex() {
    TreeMap<String, Integer> built = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      built.put(fields.get(i).getKey(), i);
    }
    return built;
  }

  private int position(String key) {
    if (index != null) {
      Integer position = index.get(key);
      return position == null ? -1 : position;
    }
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).getKey().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public @Nullable Value get(@Nullable Object key) {
    int position = key instanceof String name ? position(name) : -1;
    return position < 0 ? null : fields.get(position).getValue();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return fields.size();
  }

  @Override
  public Set<Map.Entry<String, Value>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, Value>> {
    @Override
    public Iterator<Map.Entry<String, Value>> iterator() {
      return fields.iterator();
    }

    @Override
    public int size() {
      return fields.size();
    }
  }
}
