package lunora.subscription;

/**
 * What the sockets of a shard hold, of every kind: live queries, live queries over global tables,
 * shapes, streams, and what operators watch. Each kind keeps its own by connection and id.
 */
final class HeldSubscriptions {

  private final LiveQueries live;
  private final GlobalLive globals;
  private final ShapeSubscriptions shapes;
  private StreamListener streams = StreamListener.NONE;
  private OperatorListener operators = OperatorListener.NONE;

  HeldSubscriptions(LiveQueries live, GlobalLive globals, ShapeSubscriptions shapes) {
    this.live = live;
    this.globals = globals;
    this.shapes = shapes;
  }

  void serve(StreamListener listener) {
    streams = listener;
  }

  void serve(OperatorListener listener) {
    operators = listener;
  }

  GlobalLive globals() {
    return globals;
  }

  ShapeSubscriptions shapes() {
    return shapes;
  }

  StreamListener streams() {
    return streams;
  }

  OperatorListener operators() {
    return operators;
  }

  /** How many a socket holds; streams are bounded apart. */
  int countOf(String connectionId) {
    int held = live.countOf(connectionId) + globals.countOf(connectionId);
    return held + shapes.countOf(connectionId) + operators.countOf(connectionId);
  }

  /** Ends what a socket was subscribed to by a {@code subscribe} of that id, if by any. */
  void cancel(String connectionId, String id) {
    LiveQueries.Subscription subscription = live.find(connectionId, id);
    if (subscription != null) {
      live.unsubscribe(subscription);
    }
    globals.cancel(connectionId, id);
    operators.cancel(connectionId, id);
  }

  /** Forgets all that a socket held which is gone, or whose identity has expired. */
  void closed(String connectionId) {
    live.forget(connectionId);
    globals.closed(connectionId);
    shapes.closed(connectionId);
    streams.closed(connectionId);
    operators.closed(connectionId);
  }
}
