package lunora.api;

import org.jspecify.annotations.Nullable;

/** The body of a query over global tables. May suspend. */
@FunctionalInterface
public interface GlobalQueryHandler<R extends @Nullable Object> {

  R handle(GlobalQueryContext ctx, Args args);
}
