package lunora.api;

import org.jspecify.annotations.Nullable;

/**
 * The context of a stream: an action's, and the way to its client.
 *
 * @param <T> what it emits
 */
public interface StreamContext<T extends @Nullable Object> extends ActionContext {

  /**
   * Gives the client the next value. Suspends now and then, so that others have their turn, and
   * while the client is more than 1 MiB behind.
   *
   * @throws StreamCancelledException when nobody wants it any more
   * @throws lunora.error.LunoraException {@code STREAM_TOO_LONG} when a durable stream has no room
   *     for it, {@code PAYLOAD_TOO_LARGE} when it is longer than 524,288 UTF-16 units of JSON
   */
  void emit(T value);

  /**
   * Waits. Suspends; a stream that is cancelled waits no longer.
   *
   * @param ms milliseconds, 0 or more
   * @throws StreamCancelledException when nobody wants the next value any more
   */
  void sleep(long ms);

  /** Whether nobody wants the next value any more; never so for a durable stream. */
  boolean isCancelled();
}
