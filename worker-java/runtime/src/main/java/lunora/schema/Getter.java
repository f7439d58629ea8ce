package lunora.schema;

import org.jspecify.annotations.Nullable;

/**
 * Takes a field out of a record. A type of its own, not {@code Function}: an app's suspending
 * lambda must never share a call site with the synchronous path (docs/adr/0001-async-model.md).
 */
@FunctionalInterface
public interface Getter<D, V extends @Nullable Object> {

  V get(D document);
}
