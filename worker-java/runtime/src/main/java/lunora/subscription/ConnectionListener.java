package lunora.subscription;

import java.util.List;
import lunora.api.ConnectionEvent;
import lunora.auth.Caller;
import lunora.oplog.RowWrite;

/** Is told of clients that come and go, once each; gives what it wrote because of it. */
public interface ConnectionListener {

  List<RowWrite<?>> connected(ConnectionEvent event, Caller caller);

  List<RowWrite<?>> disconnected(ConnectionEvent event, Caller caller);
}
