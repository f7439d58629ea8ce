package lunora.subscription;

import lunora.oplog.Oplog;
import org.jspecify.annotations.Nullable;

/** Decides whether a client that comes back can be told the difference to what it has. */
final class ShapeResume {

  private final Oplog oplog;

  ShapeResume(Oplog oplog) {
    this.oplog = oplog;
  }

  /**
   * The checkpoint from which the log tells the difference, or {@link
   * ShapeSubscriber#NO_CHECKPOINT} when the client has to start over.
   *
   * @param personal whether the shape depends on who is calling: nothing says that the client was
   *     the same user when it saw that checkpoint
   */
  long baseOf(ClientFrame.@Nullable Since since, boolean personal) {
    if (since == null || !oplog.epoch().equals(since.epoch())) {
      return ShapeSubscriber.NO_CHECKPOINT;
    }
    if (since.cursor() > oplog.head()) {
      oplog.renewEpoch();
      return ShapeSubscriber.NO_CHECKPOINT;
    }
    boolean isCursor = since.cursor() >= 0 && since.cursor() == Math.floor(since.cursor());
    if (personal || !isCursor) {
      return ShapeSubscriber.NO_CHECKPOINT;
    }
    long cursor = (long) since.cursor();
    return cursor == oplog.head() || oplog.floor() <= cursor + 1
        ? cursor
        : ShapeSubscriber.NO_CHECKPOINT;
  }
}
