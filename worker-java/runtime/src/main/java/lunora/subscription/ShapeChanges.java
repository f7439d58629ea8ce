package lunora.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.shape.RowChange;
import lunora.shape.RowOp;
import lunora.shape.ShapeDefinition;
import lunora.shape.ShapeRows;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of shapes: by the writes themselves while the shard is awake, by the log
 * when it died before it told everybody.
 */
final class ShapeChanges {

  static final long NO_GAP = -1;

  private final ShardHost host;
  private final Oplog oplog;
  private final ShapeRegistry registry;
  private final long headAtWake;
  private boolean gapChecked;

  /** For the shard as it wakes: whatever is in the log now was to be told before. */
  ShapeChanges(ShardHost host, Oplog oplog, ShapeRegistry registry) {
    this.host = host;
    this.oplog = oplog;
    this.registry = registry;
    this.headAtWake = oplog.head();
  }

  /** Where a shard that died before it told everybody had got to, or {@link #NO_GAP}. */
  long gap() {
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

  /** What shapes are to be told of these writes. */
  List<Pokes.Change> of(List<RowWrite<?>> writes) {
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
  List<Pokes.Change> since(long told) {
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

  private <D> ShapeRows<D> rows(ShapeDefinition<D> definition) {
    return new ShapeRows<>(definition, host.sql());
  }
}
