package lunora.api;

import org.jspecify.annotations.Nullable;

/** The body of a mutation: reads and writes in one transaction. Never suspends. */
@FunctionalInterface
public interface MutationHandler<R extends @Nullable Object> {

  R handle(MutationContext ctx, Args args);
}
