package lunora.sim;

import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** One call of a client's and what is known of it. */
final class Op {

  final SimClient client;
  final Watch call;
  final boolean isRead;
  final @Nullable String mutationId;
  final @Nullable Long sequence;
  final int invokedAt;
  int answeredAt = Integer.MAX_VALUE;
  @Nullable Value result;
  boolean refused;

  Op(
      SimClient client,
      Watch call,
      boolean isRead,
      @Nullable String mutationId,
      @Nullable Long sequence,
      int invokedAt) {
    this.client = client;
    this.call = call;
    this.isRead = isRead;
    this.mutationId = mutationId;
    this.sequence = sequence;
    this.invokedAt = invokedAt;
  }

  boolean isAnswered() {
    return answeredAt != Integer.MAX_VALUE;
  }

  /** Whether it may be sent again when no answer came. */
  boolean isRepeatable() {
    return isRead || mutationId != null || sequence != null;
  }

  @Override
  public String toString() {
    return client
        + " "
        + call.path()
        + call.args().fields().values()
        + " id "
        + mutationId
        + " number "
        + sequence;
  }
}
