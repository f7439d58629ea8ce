package lunora.subscription;

/** Runs the queries over global tables that a shard's sockets watch. Nothing here suspends. */
public interface GlobalListener {

  /** Nobody: then no such query is ever answered. */
  GlobalListener NONE = () -> {};

  /** {@link GlobalLive#next} has something to run. */
  void due();
}
