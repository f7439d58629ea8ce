package lunora.subscription;

import lunora.api.FunctionDescriptor;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.Socket;
import lunora.rpc.FunctionRegistry;
import lunora.rpc.ShardRequests;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Admits subscriptions: refuses what may not be or is too much, puts the new one in place of the
 * one that had its id, acknowledges it and has its first result sent.
 */
final class Admission {

  private final FunctionRegistry functions;
  private final HeldSubscriptions held;
  private final LiveUpdates updates;
  private final Expiry expiry;
  private final ServerFrames frames;
  private final Refusals refusals;
  private final int perSocketMax;

  Admission(
      FunctionRegistry functions,
      HeldSubscriptions held,
      LiveUpdates updates,
      Expiry expiry,
      ServerFrames frames,
      Refusals refusals,
      int perSocketMax) {
    this.functions = functions;
    this.held = held;
    this.updates = updates;
    this.expiry = expiry;
    this.frames = frames;
    this.refusals = refusals;
    this.perSocketMax = perSocketMax;
  }

  /** A query, or an operation for those who opened their socket with the admin token. */
  void subscribe(Socket socket, Connection connection, ClientFrame.Subscribe frame) {
    boolean operation = frame.functionPath().startsWith(ShardRequests.ADMIN_PREFIX);
    if (operation && connection.operator() == null) {
      socket.send(frames.adminsOnly(frame.id()));
      return;
    }
    Value.Obj args = admitted(socket, connection, frame.id(), frame.args());
    if (args == null) {
      return;
    }
    held.cancel(connection.connectionId(), frame.id());
    if (operation) {
      String name = frame.functionPath().substring(ShardRequests.ADMIN_PREFIX.length());
      Peer peer = new Peer(socket, connection, expiry, frames);
      held.operators().watch(peer, frame.id(), name, args);
      return;
    }
    if (!socket.send(frames.ack(frame.id()))) {
      return;
    }
    try {
      seed(socket, connection, frame, args);
    } catch (RuntimeException e) {
      refusals.refuse(socket, frame.id(), e);
    }
  }

  void subscribeShape(Socket socket, Connection connection, ClientFrame.ShapeSubscribe frame) {
    Value.Obj args = admitted(socket, connection, frame.id(), frame.args());
    if (args != null && held.shapes().subscribe(socket, connection, frame, args)) {
      socket.send(frames.ack(frame.id()));
    }
  }

  /** The decoded arguments of a subscription; null when it was refused. */
  private Value.@Nullable Obj admitted(
      Socket socket, Connection connection, String id, Value.Obj args) {
    Value.Obj decoded;
    try {
      decoded = (Value.Obj) WireCodec.decode(args);
    } catch (WireFormatException e) {
      refusals.refuse(
          socket,
          id,
          new LunoraException(
              ErrorCode.BAD_SUBSCRIPTION_ARGS, "subscription args failed wire decoding"));
      return null;
    }
    if (held.countOf(connection.connectionId()) >= perSocketMax) {
      refusals.refuse(
          socket,
          id,
          new LunoraException(
              ErrorCode.TOO_MANY_SUBSCRIPTIONS,
              "a socket holds at most " + perSocketMax + " subscriptions"));
      return null;
    }
    return decoded;
  }

  private void seed(
      Socket socket, Connection connection, ClientFrame.Subscribe frame, Value.Obj args) {
    FunctionDescriptor.OfQuery<?> query =
        functions.query(frame.functionPath(), connection.caller());
    if (query == null) {
      seedGlobal(socket, connection, frame, args);
      return;
    }
    // What is owed to others is sent first, so that one result is shared by all from here on.
    updates.refresh();
    updates.watch(socket, connection, frame.id(), query, args, frame.since());
    held.shapes().followTimeline();
  }

  private void seedGlobal(
      Socket socket, Connection connection, ClientFrame.Subscribe frame, Value.Obj args) {
    FunctionDescriptor.OfGlobalQuery<?> query =
        functions.globalQuery(frame.functionPath(), connection.caller());
    if (query == null) {
      throw FunctionRegistry.notFound(frame.functionPath());
    }
    held.globals().watch(socket, connection, frame.id(), query, args);
  }
}
