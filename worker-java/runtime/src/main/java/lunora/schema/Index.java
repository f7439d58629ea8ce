package lunora.schema;

import java.util.List;

/**
 * An index over one or more fields of a table. Rows with equal keys stand in order of creation.
 *
 * @param <D> the document
 */
public final class Index<D> {

  /** Whether two rows may share the indexed values. */
  public enum Uniqueness {
    /** Any number of rows. */
    SHARED,
    /** At most one row; a second write is a {@code CONFLICT}. Rows that lack a value are exempt. */
    UNIQUE
  }

  private final String name;
  private final Uniqueness uniqueness;
  private final List<Field<D, ?>> fields;

  private Index(String name, Uniqueness uniqueness, List<Field<D, ?>> fields) {
    this.name = Names.checkIndex(name);
    this.uniqueness = uniqueness;
    this.fields = fields;
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("index " + name + " needs at least one field");
    }
    for (Field<D, ?> field : fields) {
      if (!field.codec().indexable()) {
        throw new IllegalArgumentException(
            "index "
                + name
                + ": "
                + field.codec().describe()
                + " "
                + field.name()
                + " has no order");
      }
    }
  }

  /** An index that any number of rows may share. */
  @SafeVarargs
  public static <D> Index<D> on(String name, Field<D, ?>... fields) {
    return new Index<>(name, Uniqueness.SHARED, List.of(fields));
  }

  /** An index that admits one row for each combination of values. */
  @SafeVarargs
  public static <D> Index<D> unique(String name, Field<D, ?>... fields) {
    return new Index<>(name, Uniqueness.UNIQUE, List.of(fields));
  }

  public String name() {
    return name;
  }

  public boolean isUnique() {
    return uniqueness == Uniqueness.UNIQUE;
  }

  public List<Field<D, ?>> fields() {
    return fields;
  }
}
