package lunora.api;

import org.jspecify.annotations.Nullable;

/** The body of a mutation over global tables. May suspend. */
@FunctionalInterface
public interface GlobalMutationHandler<R extends @Nullable Object> {

  R handle(GlobalMutationContext ctx, Args args);
}
