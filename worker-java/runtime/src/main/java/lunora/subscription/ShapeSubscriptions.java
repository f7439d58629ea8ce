package lunora.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.AppModule;
import lunora.error.ErrorCode;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.replay.ClientMarks;
import lunora.shape.RowChange;
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

  private static final long NO_GAP = -1;

  private final ShardHost host;
  private final Oplog oplog;
  private final ShapeResolver resolver;
  private final ShapeRegistry registry;
  private final ShapeResume resume;
  private final Pokes pokes;
  private final Refusals refusals;
  private final long headAtWake;
  private final List<RowWrite<?>> pending = new ArrayList<>();
  private boolean flushQueued;
  private boolean gapChecked;

  ShapeSubscriptions(
      ShardHost host,
      AppModule app,
      Oplog oplog,
      ClientMarks marks,
      Expiry expiry,
      Refusals refusals) {
    this.host = host;
    this.oplog = oplog;
    this.resolver = new ShapeResolver(app);
    this.registry = new ShapeRegistry(host, app.schema());
    this.resume = new ShapeResume(oplog);
    this.pokes = new Pokes(host.sockets(), host.texts(), marks, expiry);
    this.refusals = refusals;
    this.headAtWake = oplog.head();
    if (resolver.hasShapes() && registry.mayHaveSubscriptions() && registry.cursor() < headAtWake) {
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
    long gap = gap();
    if (pending.isEmpty() && gap == NO_GAP) {
      return;
    }
    List<RowWrite<?>> writes = new ArrayList<>(pending);
    pending.clear();
    List<Pokes.Change> changes = gap == NO_GAP ? changes(writes) : missed(gap);
    Position position = new Position(oplog.head(), oplog.epoch());
    List<ShapeSubscriber> owed = registry.owed();
    if (!changes.isEmpty()) {
      Pokes.Outcome outcome = pokes.send(changes, position);
      outcome.lost().forEach(copy -> registry.setOwed(copy, true));
      outcome.gone().forEach(registry::forget);
    }
    payOwed(owed, position);
    if (gap != NO_GAP || isWatched(writes)) {
      registry.putCursor(position.cursor());
    }
  }

  private boolean isWatched(List<RowWrite<?>> writes) {
    for (RowWrite<?> write : writes) {
      if (registry.watches(write.table())) {
        return true;
      }
    }
    return false;
  }

  /** Where a shard that died before it told everybody had got to, or {@link #NO_GAP}. */
  private long gap() {
    if (gapChecked) {
      return NO_GAP;
    }
    gapChecked = true;
    Set<String> tables = registry.tables();
    if (tables.isEmpty()) {
      return NO_GAP;
    }
    long told = registry.cursor();
    return told < headAtWake && oplog.changedBetween(told, headAtWake, tables) ? told : NO_GAP;
  }

  private List<Pokes.Change> changes(List<RowWrite<?>> writes) {
    Map<LiveShape, List<RowOp>> byShape = new LinkedHashMap<>();
    for (RowChange<?> change : RowChange.of(writes)) {
      Set<LiveShape> near = new LinkedHashSet<>();
      registry.index().near(change, near);
      for (LiveShape shape : near) {
        RowOp op = opFor(change, shape);
        if (op != null) {
          byShape.computeIfAbsent(shape, s -> new ArrayList<>()).add(op);
        }
      }
    }
    List<Pokes.Change> changes = new ArrayList<>();
    for (Map.Entry<LiveShape, List<RowOp>> entry : byShape.entrySet()) {
      changes.add(new Pokes.Change(entry.getKey(), entry.getValue()));
    }
    return changes;
  }

  @SuppressWarnings("unchecked") // shapes are found under their own table
  private <D> @Nullable RowOp opFor(RowChange<D> change, LiveShape shape) {
    try {
      return change.opFor((ShapeDefinition<D>) shape.definition(), host.texts());
    } catch (RuntimeException e) {
      failed(shape, e);
      return null;
    }
  }

  /** What every shape is to be told by the log, from that place on. */
  private List<Pokes.Change> missed(long told) {
    List<Pokes.Change> changes = new ArrayList<>();
    boolean kept = oplog.floor() <= told + 1;
    for (LiveShape shape : registry.shapes()) {
      try {
        List<RowOp> ops = kept ? rows(shape.definition()).since(told) : List.of();
        if (!kept) {
          shape.subscribersNow().forEach(copy -> registry.setOwed(copy, true));
        } else if (!ops.isEmpty()) {
          changes.add(new Pokes.Change(shape, ops));
        }
      } catch (RuntimeException e) {
        failed(shape, e);
      }
    }
    return changes;
  }

  /** Its copies start over when the next write anywhere comes. */
  private void failed(LiveShape shape, RuntimeException e) {
    String table = shape.definition().table().name();
    host.log().log(LogSink.Level.ERROR, "a shape of " + table + " could not be told", e);
    shape.subscribersNow().forEach(copy -> registry.setOwed(copy, true));
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
