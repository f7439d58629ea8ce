package lunora.bridge.workers;

import lunora.bridge.value.JsException;

/**
 * A Durable Object in Java: the events of one instance. All of them may suspend.
 *
 * <p>The platform makes the object anew whenever it starts or wakes: nothing but its storage and
 * its hibernating sockets outlives that.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/base/">Durable Object base
 *     class</a>
 */
public interface DurableObject {

  /** Makes the object of one instance. */
  @FunctionalInterface
  interface Factory {

    /** Must not suspend: what has to, goes to {@link DurableObjectState#blockConcurrencyWhile}. */
    DurableObject open(DurableObjectState state, Env env);
  }

  /** Answers a request. What it throws, the caller of the stub gets. */
  WorkersResponse fetch(WorkersRequest request);

  /** The alarm went off. What it throws makes the platform try again, at most 6 times. */
  default void alarm(AlarmInvocation invocation) {
    throw new IllegalStateException("an alarm was set, but nothing handles it");
  }

  /** A text frame of a socket that hibernates. */
  default void text(WorkersSocket socket, String message) {}

  /** A binary frame of a socket that hibernates. */
  default void bytes(WorkersSocket socket, byte[] message) {}

  /** The other side closed a socket that hibernates. */
  default void closed(WorkersSocket socket, SocketClose close) {}

  /** A socket that hibernates broke; no close follows. */
  default void failed(WorkersSocket socket, JsException error) {}
}
