package lunora.migration;

import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/**
 * How far a shard is with one migration.
 *
 * @param direction which way it goes or went
 * @param status where it stands
 * @param batch how many batches there were since it began: the number of the next one
 * @param cursor the last row that was looked at, by its order of insertion
 * @param until the last row there was when it began
 * @param processed how many rows were looked at
 * @param changed how many writes that made
 * @param error why it failed, or null
 */
public record Progress(
    String id,
    Direction direction,
    Status status,
    long batch,
    double cursor,
    double until,
    long processed,
    long changed,
    @Nullable String error) {

  /** Where a migration stands in a shard. */
  public enum Status {
    /** Nobody asked for it, or it was rolled back. */
    PENDING("pending"),
    RUNNING("running"),
    DONE("done"),
    FAILED("failed");

    private final String wire;

    Status(String wire) {
      this.wire = wire;
    }

    /** As it is sent and kept. */
    public String wire() {
      return wire;
    }

    static Status of(String wire) {
      for (Status status : values()) {
        if (status.wire.equals(wire)) {
          return status;
        }
      }
      throw new IllegalStateException("a migration is " + wire);
    }
  }

  /** A shard that was never asked. */
  static Progress none(String id) {
    return new Progress(id, Direction.UP, Status.PENDING, 0, 0, 0, 0, 0, null);
  }

  /** A shard whose rows were all written by an app that had the migration already. */
  static Progress needless(String id) {
    return new Progress(id, Direction.UP, Status.DONE, 0, 0, 0, 0, 0, null);
  }

  /** It begins, from the first row to this one. */
  static Progress begun(String id, Direction direction, double until) {
    return new Progress(id, direction, Status.RUNNING, 0, 0, until, 0, 0, null);
  }

  /** It goes on where it failed. */
  Progress resumed() {
    return with(Status.RUNNING, batch, cursor, processed, changed, null);
  }

  /** A batch later. */
  Progress after(double newCursor, long rows, long writes, boolean last) {
    Status next = last ? ended() : Status.RUNNING;
    return with(next, batch + 1, newCursor, processed + rows, changed + writes, null);
  }

  /** Once it is rolled back it is as if it had never been. */
  private Status ended() {
    return direction == Direction.UP ? Status.DONE : Status.PENDING;
  }

  Progress failed(String message) {
    return with(Status.FAILED, batch, cursor, processed, changed, message);
  }

  boolean isRunning() {
    return status == Status.RUNNING;
  }

  private Progress with(
      Status newStatus,
      long newBatch,
      double newCursor,
      long newProcessed,
      long newChanged,
      @Nullable String newError) {
    return new Progress(
        id, direction, newStatus, newBatch, newCursor, until, newProcessed, newChanged, newError);
  }

  /** Writes {@code "direction","status","processed","changed","error"?}, without braces. */
  void writeFields(JsonSink sink) {
    sink.raw("\"direction\":").string(direction.wire());
    sink.raw(",\"status\":").string(status.wire());
    sink.raw(",\"processed\":").number(processed).raw(",\"changed\":").number(changed);
    if (error != null) {
      sink.raw(",\"error\":").string(error);
    }
  }
}
