package lunora.replay;

/**
 * How far one client's sequence of mutations got, as the frames to its sockets say it. Shared by
 * all of the client's subscriptions and moved on by each commit.
 */
public final class ClientMark {

  /** Nothing was applied yet. */
  public static final long NONE = 0;

  private long last;
  private boolean dropped;

  ClientMark(long last) {
    this.last = last;
  }

  /** The number of the last mutation applied, or {@link #NONE}. */
  public long last() {
    return last;
  }

  /** Whether it is no longer moved on: a holder has to ask for the client's mark anew. */
  public boolean isDropped() {
    return dropped;
  }

  void moveTo(long applied) {
    last = applied;
  }

  void drop() {
    dropped = true;
  }
}
