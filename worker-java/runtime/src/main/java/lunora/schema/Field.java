package lunora.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * One named field of a document or nested record: how to get it out of the Java value and how it
 * looks on the wire. As a constant it is also the start of predicates ({@code CHANNEL.eq("x")}).
 *
 * @param <D> the record that has the field
 * @param <V> the field's type
 */
public final class Field<D, V extends @Nullable Object> {

  private final String name;
  private final Codec<V> codec;
  private final Getter<D, V> getter;
  private final String jsonKey;

  private Field(String name, Codec<V> codec, Getter<D, V> getter) {
    this.name = Names.checkField(name);
    this.codec = codec;
    this.getter = getter;
    this.jsonKey = "\"" + name + "\":";
  }

  /**
   * Declares a field.
   *
   * @throws IllegalArgumentException if the name is not an identifier or is reserved
   */
  public static <D, V extends @Nullable Object> Field<D, V> of(
      String name, Codec<V> codec, Getter<D, V> getter) {
    return new Field<>(name, codec, getter);
  }

  public String name() {
    return name;
  }

  public Codec<V> codec() {
    return codec;
  }

  /** The field's value in a document. */
  public V get(D document) {
    return getter.get(document);
  }

  /** The field's index key in a document. */
  public @Nullable Object keyOf(D document) {
    return codec.key(getter.get(document));
  }

  /** The name as a JSON key with its colon. */
  String jsonKey() {
    return jsonKey;
  }

  V read(@Nullable Value value, FieldPath parent) {
    FieldPath path = parent.field(name);
    return value == null || value instanceof Value.Undefined
        ? codec.absent(path)
        : codec.read(value, path);
  }

  /** A change that sets this field, for {@code patch}. */
  public Change<D> set(V value) {
    return new Change<>(this, value);
  }

  public Predicate<D> eq(V value) {
    return compare(Predicate.Operator.EQ, value);
  }

  public Predicate<D> ne(V value) {
    return compare(Predicate.Operator.NE, value);
  }

  public Predicate<D> lt(V value) {
    return compare(Predicate.Operator.LT, value);
  }

  public Predicate<D> lte(V value) {
    return compare(Predicate.Operator.LTE, value);
  }

  public Predicate<D> gt(V value) {
    return compare(Predicate.Operator.GT, value);
  }

  public Predicate<D> gte(V value) {
    return compare(Predicate.Operator.GTE, value);
  }

  /** Whether the field is equal to any of the values; none of them means never. */
  public Predicate<D> in(Collection<? extends V> values) {
    checkComparable();
    List<@Nullable Object> keys = new ArrayList<>();
    for (V value : values) {
      keys.add(codec.key(value));
    }
    return new Predicate.In<>(this, keys);
  }

  private Predicate<D> compare(Predicate.Operator operator, V value) {
    checkComparable();
    return new Predicate.Compare<>(this, operator, codec.key(value));
  }

  private void checkComparable() {
    if (!codec.indexable()) {
      throw new IllegalArgumentException(
          "field " + name + " (" + codec.describe() + ") cannot be compared: use a lambda filter");
    }
  }
}
