package lunora.api;

import org.jspecify.annotations.Nullable;

/** The body of an action: may wait for the network. May suspend. */
@FunctionalInterface
public interface ActionHandler<R extends @Nullable Object> {

  R handle(ActionContext ctx, Args args);
}
