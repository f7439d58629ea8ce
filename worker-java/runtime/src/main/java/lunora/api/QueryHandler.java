package lunora.api;

import org.jspecify.annotations.Nullable;

/** The body of a query: reads, and is re-run when what it read changes. Never suspends. */
@FunctionalInterface
public interface QueryHandler<R extends @Nullable Object> {

  R handle(QueryContext ctx, Args args);
}
