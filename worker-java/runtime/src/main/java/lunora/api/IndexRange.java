package lunora.api;

import lunora.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * A reading along an index: equalities on its first fields, in order, then at most one lower and
 * one upper bound on the next. A field out of turn is an {@link IllegalArgumentException}.
 *
 * @param <D> the document
 */
public interface IndexRange<D> extends Select<D> {

  <V extends @Nullable Object> IndexRange<D> eq(Field<D, V> field, V value);

  <V extends @Nullable Object> IndexRange<D> gt(Field<D, V> field, V value);

  <V extends @Nullable Object> IndexRange<D> gte(Field<D, V> field, V value);

  <V extends @Nullable Object> IndexRange<D> lt(Field<D, V> field, V value);

  <V extends @Nullable Object> IndexRange<D> lte(Field<D, V> field, V value);
}
