package lunora.api;

import java.util.List;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.Projection;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that belong to a shape, and what clients get of each. Immutable: each call
 * gives another.
 *
 * @param where which rows; any comparable fields, indexed or not
 * @param projection what of each row besides its {@code _id}; null for the whole row
 * @param <D> the document
 */
public record ShapeOf<D>(Table<D> table, Predicate<D> where, @Nullable Projection<D> projection) {

  /** All rows of a table, whole. */
  public static <D> ShapeOf<D> rows(Table<D> table) {
    return new ShapeOf<>(table, Predicate.always(), null);
  }

  /** Only the rows that fulfil this as well. */
  public ShapeOf<D> where(Predicate<D> condition) {
    return new ShapeOf<>(table, where.and(condition), projection);
  }

  /** Only these fields of each row, and its {@code _id}. */
  @SafeVarargs
  public final ShapeOf<D> columns(Field<D, ?>... fields) {
    boolean creationTime = projection != null && projection.creationTime();
    return new ShapeOf<>(table, where, new Projection<>(List.of(fields), creationTime));
  }

  /** Also {@code _creationTime}, which {@link #columns} leaves out. Whole rows have it anyway. */
  public ShapeOf<D> withCreationTime() {
    return projection == null
        ? this
        : new ShapeOf<>(table, where, new Projection<>(projection.fields(), true));
  }
}
