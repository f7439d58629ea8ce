package lunora.subscription;

/** Serves the streams of a shard's sockets. Nothing here suspends or throws. */
public interface StreamListener {

  /** No streams. */
  StreamListener NONE =
      new StreamListener() {
        @Override
        public void start(Peer peer, StreamRequest request) {}

        @Override
        public void cancel(String connectionId, String id) {}

        @Override
        public void closed(String connectionId) {}
      };

  /** A client asks for a stream; it is answered on its socket. */
  void start(Peer peer, StreamRequest request);

  /** A client wants no more of a stream, if it has one of that id. */
  void cancel(String connectionId, String id);

  /** A socket is gone. */
  void closed(String connectionId);
}
