package lunora.subscription;

import java.util.List;
import lunora.api.AppModule;
import lunora.api.ConnectionEvent;
import lunora.api.ShardLimits;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.local.OutboundLimit;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.query.QueryRunner;
import lunora.replay.ClientMarks;
import lunora.rpc.FunctionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The live side of a shard: accepts sockets, acts on their frames, and after a write refreshes the
 * subscriptions it affects.
 */
public final class Subscriptions {

  /** What a socket is closed with whose client does not read what it is sent. */
  private static final int SLOW_CLOSE_CODE = 4008;

  /** Service restart: come again. */
  private static final int RESTORED_CLOSE_CODE = 1012;

  private static final String SLOW_CLOSE_REASON = "slow_consumer";

  private final ShardHost host;
  private final LiveQueries live;
  private final ServerFrames frames;
  private final LiveUpdates updates;
  private final Refusals refusals;
  private final ClientMarks marks;
  private final Expiry expiry;
  private final Whispers whispers;
  private final ShapeSubscriptions shapes;
  private final HeldSubscriptions held;
  private final Admission admission;
  private final ConnectionListener listener;
  private boolean accepted;

  public Subscriptions(
      ShardHost host,
      AppModule app,
      ShardLimits limits,
      FunctionRegistry functions,
      QueryRunner queries,
      Oplog oplog,
      ClientMarks marks,
      ConnectionListener listener) {
    this.host = host;
    host.sockets()
        .limit(new OutboundLimit(limits.outboundBytes(), SLOW_CLOSE_CODE, SLOW_CLOSE_REASON));
    this.live = new LiveQueries(host, app.schema(), functions);
    this.frames = new ServerFrames(host.texts());
    this.expiry = new Expiry(host.clock(), frames);
    this.refusals = new Refusals(host.log(), frames);
    this.updates =
        new LiveUpdates(
            host,
            oplog,
            live,
            new LiveRunner(queries, host.texts(), limits.resultUnits()),
            frames,
            new Delivery(host.sockets(), frames, marks, expiry),
            refusals);
    GlobalLive globals = new GlobalLive(host, live, updates, refusals);
    this.whispers = new Whispers(host, app.whisperRules(), queries, frames, expiry);
    this.shapes = new ShapeSubscriptions(host, app, limits, oplog, marks, expiry, refusals);
    this.held = new HeldSubscriptions(live, globals, shapes);
    int perSocketMax = limits.subscriptionsPerSocket();
    this.admission =
        new Admission(functions, held, updates, expiry, frames, refusals, perSocketMax);
    this.marks = marks;
    this.listener = listener;
  }

  /** With what a new socket is to be accepted: the tag to find it by, and its attachment. */
  public record Opening(String tag, String attachment) {}

  /** Sets who serves the streams of these sockets; once, before the first frame. */
  public void serve(StreamListener listener) {
    held.serve(listener);
  }

  /** Sets who serves the operations that operators watch; once, before the first frame. */
  public void serve(OperatorListener listener) {
    held.serve(listener);
  }

  /** Who is at the other end of an open socket; null when it is gone. */
  public @Nullable Peer peer(String connectionId) {
    List<Socket> open = host.sockets().tagged(connectionId);
    return open.isEmpty() ? null : peer(open.get(0), Connection.of(open.get(0)));
  }

  private Peer peer(Socket socket, Connection connection) {
    return new Peer(socket, connection, expiry, frames);
  }

  /** The live queries over global tables. */
  public GlobalLive globals() {
    return held.globals();
  }

  /**
   * Prepares a socket for a caller who stays the same for the socket's life.
   *
   * @param operator the mark of the admin token that opens it, null for a user's socket
   */
  public Opening open(Caller caller, String origin, @Nullable String operator) {
    if (!accepted) {
      // Sockets that died with their process left traces behind, and are none to be seen.
      accepted = true;
      live.forgetLost();
      if (!host.sockets().any()) {
        whispers.forgetAll();
      }
    }
    String connectionId = host.random().uuid();
    Connection opened = Connection.opened(connectionId, caller, origin, operator);
    return new Opening(connectionId, opened.attachment());
  }

  /** Takes note of a committed mutation's writes; affected subscriptions are refreshed shortly. */
  public void written(List<RowWrite<?>> writes) {
    updates.written(writes);
    shapes.written(writes);
    held.operators().written(writes);
  }

  /** Acts on one frame. Never throws: a throw would end the socket. */
  public void message(Socket socket, String text) {
    try {
      Connection connection = Connection.of(socket);
      if (expiry.ends(socket, connection)) {
        held.closed(connection.connectionId());
      } else {
        act(socket, connection, ClientFrameReader.read(text));
      }
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.ERROR, "a frame could not be handled", e);
      socket.send(frames.refusal("internal error"));
    }
  }

  /**
   * Closes every socket because rows were replaced past all that watches writes: clients come back,
   * and get everything anew.
   */
  public void endAll() {
    for (Socket socket : host.sockets().all()) {
      socket.close(RESTORED_CLOSE_CODE, "restored");
      closed(socket);
    }
  }

  /** Forgets a socket that is gone. */
  public void closed(Socket socket) {
    Connection connection = Connection.of(socket);
    held.closed(connection.connectionId());
    whispers.closed(connection.connectionId());
    ClientMarks.Client client = connection.client();
    if (client != null) {
      marks.release(client);
    }
    if (connection.connected()) {
      // A socket can end twice, by an error and by its close: the hooks hear of the first.
      socket.attach(connection.gone().attachment());
      written(listener.disconnected(eventOf(connection), connection.caller()));
    }
  }

  private ConnectionEvent eventOf(Connection connection) {
    return new ConnectionEvent(
        connection.connectionId(), host.shardKey(), connection.context(), connection.userId());
  }

  private void act(Socket socket, Connection connection, ClientFrame frame) {
    if (frame instanceof ClientFrame.Subscribe subscribe) {
      admission.subscribe(socket, connection, subscribe);
    } else if (frame instanceof ClientFrame.Unsubscribe unsubscribe) {
      unsubscribe(socket, connection, unsubscribe.id());
    } else if (frame instanceof ClientFrame.ShapeSubscribe subscribe) {
      admission.subscribeShape(socket, connection, subscribe);
    } else if (frame instanceof ClientFrame.ShapeUnsubscribe unsubscribe) {
      shapes.end(connection, unsubscribe.id());
      socket.send(frames.ack(unsubscribe.id()));
    } else if (frame instanceof ClientFrame.Stream stream) {
      held.streams().start(peer(socket, connection), stream.request());
    } else if (frame instanceof ClientFrame.Whisper whisper) {
      whispers.whisper(connection, whisper);
    } else if (frame instanceof ClientFrame.WhisperJoin join) {
      whispers.join(socket, connection, join.topic());
    } else if (frame instanceof ClientFrame.WhisperLeave leave) {
      whispers.leave(connection, leave.topic());
    } else if (frame instanceof ClientFrame.Connect connect) {
      connect(socket, connection, connect);
    } else if (frame instanceof ClientFrame.Malformed malformed) {
      refuse(socket, malformed);
    }
  }

  private void connect(Socket socket, Connection connection, ClientFrame.Connect frame) {
    if (connection.connected()) {
      return;
    }
    Connection announced = connection.announced(frame);
    if (!Connection.fits(announced.attachment())) {
      announced = announced.withoutContext();
    }
    String attachment = announced.attachment();
    if (Connection.fits(attachment)) {
      socket.attach(attachment);
      live.unbind(announced.connectionId());
      shapes.unbind(announced.connectionId());
      written(listener.connected(eventOf(announced), announced.caller()));
    }
  }

  private void refuse(Socket socket, ClientFrame.Malformed frame) {
    if (frame.id() == null) {
      socket.send(frames.refusal(frame.message()));
    } else {
      refusals.refuse(
          socket,
          frame.id(),
          new LunoraException(ErrorCode.BAD_SUBSCRIPTION_ARGS, frame.message()));
    }
  }

  private void unsubscribe(Socket socket, Connection connection, String id) {
    held.streams().cancel(connection.connectionId(), id);
    held.cancel(connection.connectionId(), id);
    socket.send(frames.ack(id));
  }
}
