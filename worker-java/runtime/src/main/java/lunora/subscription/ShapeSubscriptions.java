package lunora.subscription;

import java.util.ArrayList;
import java.util.List;
import lunora.api.AppModule;
import lunora.api.ShardLimits;
import lunora.error.ErrorCode;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.replay.ClientMarks;
import lunora.shape.RowOp;
import lunora.shape.ShapeDefinition;
import lunora.shape.ShapeResolver;
import lunora.shape.ShapeRows;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Keeps clients' copies of shapes equal to the database: the rows they begin with, and after writes
 * what became of them (protocol section 8).
 *
 * <p>The log is told to everybody in order and up to its end each time. How far that got is stored,
 * so that a shard that wakes up knows whether anybody missed anything without looking at the log
 * for each shape; see docs/adr/0009-shapes.md.
 */
final class ShapeSubscriptions {

  private final ShardHost host;
  private final Oplog oplog;
  private final ShapeResolver resolver;
  private final ShapeRegistry registry;
  private final ShapeChanges changes;
  private final ShapeResume resume;
  private final Pokes pokes;
  private final Refusals refusals;
  private final List<RowWrite<?>> pending = new ArrayList<>();
  private boolean flushQueued;
  private String epoch;

  ShapeSubscriptions(
      ShardHost host,
      AppModule app,
      ShardLimits limits,
      Oplog oplog,
      ClientMarks marks,
      Expiry expiry,
      Refusals refusals) {
    this.host = host;
    this.oplog = oplog;
    this.epoch = oplog.epoch();
    this.resolver = new ShapeResolver(app);
    this.registry = new ShapeRegistry(host, app.schema());
    this.resume = new ShapeResume(oplog);
    this.pokes = new Pokes(host.sockets(), host.texts(), marks, expiry, limits.resultUnits());
    this.refusals = refusals;
    this.changes = new ShapeChanges(host, oplog, registry);
    if (resolver.hasShapes()
        && registry.mayHaveSubscriptions()
        && registry.cursor() < oplog.head()) {
      // The shard may have died before it told everybody.
      queueFlush();
    }
  }

  /** How many copies a socket keeps. */
  int countOf(String connectionId) {
    return resolver.hasShapes() ? registry.countOf(connectionId) : 0;
  }

  /**
   * Sends a client the rows of a shape, or what became of them since it last saw them, and takes
   * its copy up. The poke goes out first and the acknowledgement last; a failure leaves nothing.
   *
   * @param args decoded
   * @return whether it was taken up
   */
  boolean subscribe(
      Socket socket, Connection connection, ClientFrame.ShapeSubscribe frame, Value.Obj args) {
    end(connection, frame.id());
    ShapeResolver.Resolved resolved;
    try {
      // What is owed to others is sent first: from here on everybody stands at the log's end.
      flush();
      resolved = resolver.resolve(frame.name(), args, connection.caller());
    } catch (RuntimeException e) {
      refusals.refuse(socket, frame.id(), e, ErrorCode.SHAPE_RESOLVE_FAILED);
      return false;
    }
    try {
      return seed(socket, connection, frame, resolved);
    } catch (RuntimeException e) {
      end(connection, frame.id());
      refusals.refuse(socket, frame.id(), e, ErrorCode.SHAPE_SEED_FAILED);
      return false;
    }
  }

  private boolean seed(
      Socket socket,
      Connection connection,
      ClientFrame.ShapeSubscribe frame,
      ShapeResolver.Resolved resolved) {
    long base = resume.baseOf(frame.since(), resolved.personal());
    followTimeline();
    ShapeDefinition<?> definition = resolved.definition();
    List<RowOp> ops =
        base == ShapeSubscriber.NO_CHECKPOINT ? rows(definition).all() : since(definition, base);
    Position position = new Position(oplog.head(), oplog.epoch());
    String table = definition.table().name();
    ShapeSubscriber copy =
        registry.subscribe(connection.connectionId(), frame.id(), definition, position.cursor());
    pokes.bind(copy, socket, connection);
    if (!pokes.seed(socket, pokes.partHead(copy), table, ops, base, position)) {
      // The socket is going: its client comes back and resumes from where it is.
      registry.unsubscribe(copy);
      return false;
    }
    if (!ops.isEmpty()) {
      copy.setCheckpoint(position.cursor());
    }
    return true;
  }

  /**
   * Takes note of a new epoch: a client proved that the storage went back in time. No copy can be
   * told the difference to another timeline, so that each starts over with its next poke.
   */
  void followTimeline() {
    if (epoch.equals(oplog.epoch())) {
      return;
    }
    epoch = oplog.epoch();
    if (!resolver.hasShapes() || !registry.mayHaveSubscriptions()) {
      return;
    }
    registry.load();
    for (LiveShape shape : registry.shapes()) {
      shape.subscribersNow().forEach(copy -> registry.setOwed(copy, true));
    }
  }

  private List<RowOp> since(ShapeDefinition<?> definition, long cursor) {
    return cursor == oplog.head() ? List.of() : rows(definition).since(cursor);
  }

  private <D> ShapeRows<D> rows(ShapeDefinition<D> definition) {
    return new ShapeRows<>(definition, host.sql());
  }

  /** Ends a client's copy, if it keeps one. */
  void end(Connection connection, String id) {
    ShapeSubscriber copy = resolver.hasShapes() ? find(connection, id) : null;
    if (copy != null) {
      registry.unsubscribe(copy);
    }
  }

  private @Nullable ShapeSubscriber find(Connection connection, String id) {
    return registry.find(connection.connectionId(), id);
  }

  /** Makes a socket's copies look at their connection anew: it has announced itself. */
  void unbind(String connectionId) {
    registry.unbind(connectionId);
  }

  /** Forgets a socket that is gone. */
  void closed(String connectionId) {
    if (resolver.hasShapes()) {
      registry.forget(connectionId);
    }
  }

  /** Takes note of a committed mutation's writes; affected copies are told shortly. */
  void written(List<RowWrite<?>> writes) {
    if (writes.isEmpty() || !resolver.hasShapes() || !registry.mayHaveSubscriptions()) {
      return;
    }
    if (!host.sockets().any()) {
      registry.forgetAll();
      pending.clear();
      return;
    }
    pending.addAll(writes);
    queueFlush();
  }

  private void queueFlush() {
    if (!flushQueued) {
      flushQueued = true;
      host.deferred().afterResponse(this::flush);
    }
  }

  /** Tells every copy what was written since it was last told. */
  void flush() {
    flushQueued = false;
    registry.load();
    long gap = changes.gap();
    if (pending.isEmpty() && gap == ShapeChanges.NO_GAP) {
      return;
    }
    List<RowWrite<?>> writes = new ArrayList<>(pending);
    pending.clear();
    List<Pokes.Change> due = gap == ShapeChanges.NO_GAP ? changes.of(writes) : changes.since(gap);
    Position position = new Position(oplog.head(), oplog.epoch());
    List<ShapeSubscriber> owed = registry.owed();
    if (!due.isEmpty()) {
      Pokes.Outcome outcome = pokes.send(due, position);
      outcome.lost().forEach(copy -> registry.setOwed(copy, true));
      outcome.gone().forEach(registry::forget);
    }
    payOwed(owed, position);
    if (gap != ShapeChanges.NO_GAP || isWatched(writes)) {
      registry.putCursor(position.cursor());
    }
  }

  private boolean isWatched(List<RowWrite<?>> writes) {
    for (RowWrite<?> write : writes) {
      if (registry.index().watches(write.table())) {
        return true;
      }
    }
    return false;
  }

  /** Copies to which a poke was lost get all rows again. */
  private void payOwed(List<ShapeSubscriber> owed, Position position) {
    for (ShapeSubscriber copy : owed) {
      Socket socket = pokes.socketOf(copy);
      if (socket == null) {
        registry.forget(copy.connectionId());
        continue;
      }
      ShapeDefinition<?> definition = copy.shape().definition();
      try {
        List<RowOp> ops = rows(definition).all();
        long none = ShapeSubscriber.NO_CHECKPOINT;
        String table = definition.table().name();
        if (pokes.seed(socket, pokes.partHead(copy), table, ops, none, position)) {
          registry.setOwed(copy, false);
          copy.setCheckpoint(position.cursor());
        }
      } catch (RuntimeException e) {
        registry.unsubscribe(copy);
        refusals.refuse(socket, copy.id(), e, ErrorCode.SHAPE_SEED_FAILED);
      }
    }
  }
}
