package lunora.subscription;

import java.util.List;
import lunora.oplog.RowWrite;
import lunora.wire.Value;

/**
 * Serves the operations of the admin plane that sockets of operators watch. Nothing here suspends
 * or throws.
 */
public interface OperatorListener {

  /** Nothing can be watched. */
  OperatorListener NONE =
      new OperatorListener() {
        @Override
        public void watch(Peer peer, String id, String operation, Value.Obj args) {}

        @Override
        public int countOf(String connectionId) {
          return 0;
        }

        @Override
        public void cancel(String connectionId, String id) {}

        @Override
        public void closed(String connectionId) {}

        @Override
        public void written(List<RowWrite<?>> writes) {}
      };

  /**
   * An operator wants to watch an operation; he is answered on his socket.
   *
   * @param operation its name, without the prefix
   */
  void watch(Peer peer, String id, String operation, Value.Obj args);

  /** How many a socket watches. */
  int countOf(String connectionId);

  /** A socket wants no more of one, if it has one of that id. */
  void cancel(String connectionId, String id);

  /** A socket is gone. */
  void closed(String connectionId);

  /** Rows were written. */
  void written(List<RowWrite<?>> writes);
}
