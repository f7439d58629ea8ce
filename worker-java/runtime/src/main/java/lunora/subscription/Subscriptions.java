package lunora.subscription;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lunora.api.AppModule;
import lunora.api.ConnectionEvent;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.query.QueryRunner;
import lunora.query.ReadSet;
import lunora.replay.ClientMarks;
import lunora.rpc.ErrorBody;
import lunora.rpc.FunctionRegistry;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The live side of a shard: accepts sockets, acts on their frames, and after a write refreshes the
 * subscriptions it affects.
 */
public final class Subscriptions {

  /** Subscriptions a socket may hold at once; docs/LIMITS.md. */
  public static final int PER_SOCKET_MAX = 4096;

  private final ShardHost host;
  private final Oplog oplog;
  private final FunctionRegistry functions;
  private final LiveQueries live;
  private final LiveRunner runner;
  private final ServerFrames frames;
  private final Delivery delivery;
  private final ClientMarks marks;
  private final Expiry expiry;
  private final Whispers whispers;
  private final ConnectionListener listener;
  private final Set<LiveQuery> stale = new LinkedHashSet<>();
  private boolean refreshQueued;

  public Subscriptions(
      ShardHost host,
      AppModule app,
      FunctionRegistry functions,
      QueryRunner queries,
      Oplog oplog,
      ClientMarks marks,
      ConnectionListener listener) {
    this.host = host;
    this.oplog = oplog;
    this.functions = functions;
    this.live = new LiveQueries(host, app.schema(), functions);
    this.runner = new LiveRunner(queries, host.texts());
    this.frames = new ServerFrames(host.texts());
    this.expiry = new Expiry(host.clock(), frames);
    this.delivery = new Delivery(host.sockets(), frames, marks, expiry);
    this.whispers = new Whispers(host, app.whisperRules(), queries, frames, expiry);
    this.marks = marks;
    this.listener = listener;
  }

  /** Accepts the upgrade at hand for a caller who stays the same for the socket's life. */
  public HttpResponse accept(Caller caller, ActionHost actionHost) {
    String connectionId = host.random().uuid();
    Connection connection = Connection.opened(connectionId, caller);
    return actionHost.acceptSocket(connectionId, connection.attachment());
  }

  /** Acts on one frame. Never throws: a throw would end the socket. */
  public void message(Socket socket, String text) {
    try {
      Connection connection = Connection.of(socket);
      if (expiry.ends(socket, connection)) {
        live.forget(connection.connectionId());
      } else {
        act(socket, connection, ClientFrameReader.read(text));
      }
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.ERROR, "a frame could not be handled", e);
      socket.send(frames.refusal("internal error"));
    }
  }

  /** Forgets a socket that is gone. */
  public void closed(Socket socket) {
    Connection connection = Connection.of(socket);
    live.forget(connection.connectionId());
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
      subscribe(socket, connection, subscribe);
    } else if (frame instanceof ClientFrame.Unsubscribe unsubscribe) {
      unsubscribe(socket, connection, unsubscribe.id());
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
      written(listener.connected(eventOf(announced), announced.caller()));
    }
  }

  private void refuse(Socket socket, ClientFrame.Malformed frame) {
    if (frame.id() == null) {
      socket.send(frames.refusal(frame.message()));
    } else {
      refuse(
          socket,
          frame.id(),
          new LunoraException(ErrorCode.BAD_SUBSCRIPTION_ARGS, frame.message()));
    }
  }

  private void refuse(Socket socket, String id, Throwable thrown) {
    if (ErrorBody.isInternal(thrown)) {
      host.log().log(LogSink.Level.ERROR, "subscription " + id + " failed", thrown);
    }
    ErrorBody body = ErrorBody.of(thrown, ErrorCode.SUBSCRIPTION_SEED_FAILED, "internal error");
    socket.send(frames.error(id, body));
  }

  private void unsubscribe(Socket socket, Connection connection, String id) {
    LiveQueries.Subscription subscription = live.find(connection.connectionId(), id);
    if (subscription != null) {
      live.unsubscribe(subscription);
    }
    socket.send(frames.ack(id));
  }

  private void subscribe(Socket socket, Connection connection, ClientFrame.Subscribe frame) {
    Value.Obj args;
    try {
      args = (Value.Obj) WireCodec.decode(frame.args());
    } catch (WireFormatException e) {
      refuse(
          socket,
          frame.id(),
          new LunoraException(
              ErrorCode.BAD_SUBSCRIPTION_ARGS, "subscription args failed wire decoding"));
      return;
    }
    LiveQueries.Subscription former = live.find(connection.connectionId(), frame.id());
    if (live.countOf(connection.connectionId()) >= PER_SOCKET_MAX) {
      refuse(
          socket,
          frame.id(),
          new LunoraException(
              ErrorCode.TOO_MANY_SUBSCRIPTIONS,
              "a socket holds at most " + PER_SOCKET_MAX + " subscriptions"));
      return;
    }
    if (former != null) {
      live.unsubscribe(former);
    }
    socket.send(frames.ack(frame.id()));
    try {
      seed(socket, connection, frame, args);
    } catch (RuntimeException e) {
      refuse(socket, frame.id(), e);
    }
  }

  private void seed(
      Socket socket, Connection connection, ClientFrame.Subscribe frame, Value.Obj args) {
    FunctionDescriptor.OfQuery<?> query =
        functions.query(frame.functionPath(), connection.caller());
    if (query == null) {
      throw FunctionRegistry.notFound(frame.functionPath());
    }
    // What is owed to others is sent first, so that one result is shared by all from here on.
    refresh();
    watch(socket, connection, frame.id(), query, args, frame.since());
  }

  private void watch(
      Socket socket,
      Connection connection,
      String id,
      FunctionDescriptor.OfQuery<?> query,
      Value.Obj args,
      ClientFrame.@Nullable Since since) {
    LiveQuery shared = live.shared(query.signature().path().text(), args, connection.caller());
    LiveQuery watched;
    if (shared != null && isFresh(shared)) {
      watched = shared;
    } else {
      LiveRunner.Run run = runner.run(query, args, connection.caller());
      watched = take(shared, query, args, connection.caller(), run);
    }
    Subscriber subscriber = new Subscriber(connection.connectionId(), id);
    delivery.bind(subscriber, socket, connection);
    live.subscribe(subscriber, watched);
    subscriber.setCurrent(sendSeed(socket, subscriber, watched, since));
  }

  /** Whether the last result is what another run would give. */
  private boolean isFresh(LiveQuery query) {
    return query.result() != null && query.reads().isRepeatable() && !stale.contains(query);
  }

  /** Puts a fresh run under the live query it belongs to. */
  private LiveQuery take(
      @Nullable LiveQuery shared,
      FunctionDescriptor.OfQuery<?> query,
      Value.Obj args,
      Caller caller,
      LiveRunner.Run run) {
    boolean personal = run.reads().dependsOn(ReadSet.Ambient.IDENTITY);
    boolean fits =
        shared != null && (!personal || !shared.key().audience().equals(Audience.EVERYBODY));
    if (shared == null || !fits) {
      return live.create(query, args, caller, run.reads(), run.result());
    }
    markBehind(shared, run.result());
    live.ran(shared, run.reads(), run.result());
    return shared;
  }

  /** Others saw an earlier result: unless it is the same, their next frame is a whole one. */
  private static void markBehind(LiveQuery query, LiveResult next) {
    LiveResult previous = query.result();
    if (previous == null || !previous.text().sameAs(next.text())) {
      for (Subscriber each : query.subscribers()) {
        each.setCurrent(false);
      }
    }
  }

  private boolean sendSeed(
      Socket socket, Subscriber subscriber, LiveQuery query, ClientFrame.@Nullable Since since) {
    LiveResult result = query.result();
    if (result == null) {
      throw new IllegalStateException("a live query is seeded after its first run");
    }
    boolean resumes = since != null && resumes(since, query.reads());
    Position position = new Position(oplog.head(), oplog.epoch());
    return socket.send(
        resumes
            ? host.texts().concat(subscriber.resumeHead(frames), frames.positionTail(position))
            : host.texts()
                .concat(subscriber.dataHead(frames), frames.dataTail(result.text(), position)));
  }

  /** Whether what the client has is still what the query gives (protocol section 7.2). */
  private boolean resumes(ClientFrame.Since since, ReadSet reads) {
    if (!oplog.epoch().equals(since.epoch())) {
      return false;
    }
    if (since.cursor() > oplog.head()) {
      oplog.renewEpoch();
      return false;
    }
    Set<String> tables = reads.tables();
    if (tables.isEmpty() || !reads.isRepeatable() || !isCursor(since.cursor())) {
      return false;
    }
    long cursor = (long) since.cursor();
    if (cursor == oplog.head()) {
      return true;
    }
    return oplog.floor() <= cursor + 1 && !oplog.changedSince(cursor, tables);
  }

  private static boolean isCursor(double number) {
    return number >= 0 && number == Math.floor(number);
  }

  /** Takes note of a committed mutation's writes; affected subscriptions are refreshed shortly. */
  public void written(List<RowWrite<?>> writes) {
    if (writes.isEmpty()) {
      return;
    }
    if (!host.sockets().any()) {
      // Sockets that vanished unheard of left results behind that are stale from now on.
      live.forgetAll();
      stale.clear();
      return;
    }
    stale.addAll(live.affectedBy(writes));
    if (!stale.isEmpty() && !refreshQueued) {
      refreshQueued = true;
      host.deferred().afterResponse(this::refresh);
    }
  }

  private void refresh() {
    refreshQueued = false;
    if (stale.isEmpty()) {
      return;
    }
    Set<LiveQuery> due = new LinkedHashSet<>(stale);
    stale.clear();
    Position position = new Position(oplog.head(), oplog.epoch());
    for (LiveQuery query : due) {
      try {
        refresh(query, position);
      } catch (RuntimeException e) {
        // Its subscribers keep what they have; the next write anywhere tries again.
        host.log().log(LogSink.Level.ERROR, query.key().path() + " could not be refreshed", e);
        stale.add(query);
      }
    }
  }

  private void refresh(LiveQuery query, Position position) {
    if (query.subscriberCount() == 0) {
      return;
    }
    LiveRunner.Run run = runner.run(query.query(), query.args(), query.caller());
    if (run.reads().dependsOn(ReadSet.Ambient.IDENTITY)
        && query.key().audience().equals(Audience.EVERYBODY)) {
      partWays(query);
      return;
    }
    LiveResult previous = query.result();
    live.ran(query, run.reads(), run.result());
    for (Subscriber gone : delivery.deliver(query, previous, run.result(), position)) {
      live.forget(gone.connectionId());
    }
  }

  /**
   * The query has come to ask who is calling: each of its subscribers gets a result of their own.
   */
  private void partWays(LiveQuery query) {
    for (Subscriber each : query.subscribersNow()) {
      LiveQueries.Subscription former = live.find(each.connectionId(), each.id());
      Socket socket = delivery.socketOf(each);
      Connection connection = each.connection();
      if (former != null) {
        live.unsubscribe(former);
      }
      if (socket != null && connection != null) {
        try {
          watch(socket, connection, each.id(), query.query(), query.args(), null);
        } catch (RuntimeException e) {
          refuse(socket, each.id(), e);
        }
      }
    }
  }
}
