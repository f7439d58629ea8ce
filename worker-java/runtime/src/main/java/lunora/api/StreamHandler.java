package lunora.api;

import org.jspecify.annotations.Nullable;

/** The body of a stream: emits, and returns when it has nothing more to say. May suspend. */
@FunctionalInterface
public interface StreamHandler<T extends @Nullable Object> {

  void handle(StreamContext<T> ctx, Args args);
}
