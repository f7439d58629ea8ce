package lunora.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.api.DataMigration;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.remote.Bindings;
import lunora.inspect.ShardWrites;
import lunora.oplog.Oplog;
import lunora.outbox.Destination;
import lunora.outbox.Effect;
import lunora.outbox.Outbox;
import lunora.store.Meta;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A shard's migrations. One that runs keeps an effect in the outbox, which names its next batch and
 * comes due a moment later: so it goes on by the shard's alarm, whatever breaks in between. A batch
 * commits its rows, the place reached and the next effect at once; an effect that comes again names
 * a batch that was, and is nothing. Never suspends.
 */
public final class Migrations implements Destination {

  private static final String KIND = "migration";

  /** Between two batches, for the calls that wait. */
  private static final long PAUSE_MS = 10;

  private static final JsonText NOTHING = JsonText.of("{}");

  private final ShardHost host;
  private final Map<String, DataMigration<?>> declared = new LinkedHashMap<>();
  private final Oplog oplog;
  private final Outbox outbox;
  private final ShardWrites writes;
  private final ProgressStore store;

  public Migrations(
      ShardHost host,
      Meta meta,
      List<DataMigration<?>> declared,
      Oplog oplog,
      Outbox outbox,
      ShardWrites writes) {
    this.host = host;
    for (DataMigration<?> migration : declared) {
      this.declared.put(migration.id(), migration);
    }
    this.oplog = oplog;
    this.outbox = outbox;
    this.writes = writes;
    this.store = new ProgressStore(host.sql(), meta);
  }

  /** All that the app declares, by id. */
  Map<String, DataMigration<?>> declared() {
    return declared;
  }

  Progress progress(String id) {
    return store.find(id);
  }

  /**
   * Begins a migration, goes on with one that failed, or finds that there is nothing to do.
   *
   * @throws LunoraException {@code MIGRATION_NOT_FOUND}; {@code CONFLICT} while it goes the other
   *     way; {@code UNPROCESSABLE} when it cannot be rolled back
   */
  Progress begin(String id, Direction direction) {
    DataMigration<?> migration = require(id);
    return writes.write(
        name(id),
        ctx -> {
          Progress before = store.find(id);
          Progress next = plan(migration, before, direction);
          if (next.isRunning() && !before.isRunning()) {
            store.put(next);
            askForBatch(next, host.clock().nowMs());
          }
          return next;
        });
  }

  /** What {@link #begin} would come to, without doing it. */
  Progress plan(DataMigration<?> migration, Progress before, Direction direction) {
    if (direction == Direction.DOWN && migration.down() == null) {
      throw new LunoraException(
              ErrorCode.UNPROCESSABLE, "migration " + migration.id() + " cannot be rolled back")
          .withHint("give it a rollback function, or write a migration that goes the other way");
    }
    boolean same = before.direction() == direction;
    return switch (before.status()) {
      case RUNNING -> same ? before : contradicts(before);
      case DONE -> same ? before : Progress.begun(migration.id(), direction, end(migration));
      case PENDING ->
          direction == Direction.DOWN
              ? before
              : Progress.begun(migration.id(), direction, end(migration));
      case FAILED -> {
        if (same) {
          yield before.resumed();
        }
        // What it had not come to has nothing to be undone.
        yield direction == Direction.DOWN
            ? Progress.begun(migration.id(), direction, before.cursor())
            : contradicts(before);
      }
    };
  }

  private static Progress contradicts(Progress before) {
    throw new LunoraException(
        ErrorCode.CONFLICT,
        "migration "
            + before.id()
            + " is on its way "
            + before.direction().wire()
            + " and "
            + before.status().wire()
            + ": let that end first");
  }

  private double end(DataMigration<?> migration) {
    return batch(migration).end();
  }

  private <D> Batch<D> batch(DataMigration<D> migration) {
    return new Batch<>(migration, host.sql(), oplog);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    for (Effect effect : effects) {
      int hash = effect.id().lastIndexOf('#');
      runBatch(effect.id().substring(0, hash), Long.parseLong(effect.id().substring(hash + 1)));
    }
  }

  private void runBatch(String id, long number) {
    Progress progress = store.find(id);
    if (!progress.isRunning() || progress.batch() != number) {
      return;
    }
    DataMigration<?> migration = declared.get(id);
    if (migration == null) {
      end(progress.failed("the app no longer declares it"));
      return;
    }
    Batch<?> batch = batch(migration);
    try {
      writes.write(name(id), ctx -> advance(batch.run(ctx, progress)));
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.ERROR, "migration " + id + " failed", e);
      end(progress.failed(batch.told(e)));
    }
  }

  private Progress advance(Progress next) {
    store.put(next);
    if (next.isRunning()) {
      askForBatch(next, host.clock().nowMs() + PAUSE_MS);
    } else {
      report(next);
    }
    return next;
  }

  private void end(Progress failed) {
    writes.write(name(failed.id()), ctx -> advance(failed));
  }

  private void askForBatch(Progress progress, long dueMs) {
    outbox.add(KIND, new Effect(progress.id() + "#" + progress.batch(), NOTHING), dueMs);
  }

  private void report(Progress ended) {
    outbox.add(ProgressReport.KIND, new Effect(ended.id(), NOTHING));
  }

  /**
   * Goes through all rows, at most so many, and takes everything back.
   *
   * @throws LunoraException as {@link #begin}
   */
  DryRun tryOut(String id, Direction direction, int rowsMax) {
    DataMigration<?> migration = require(id);
    Progress before = store.find(id);
    Progress at = plan(migration, before, direction);
    if (before.isRunning() || !at.isRunning()) {
      return new DryRun(before, false);
    }
    Batch<?> batch = batch(migration);
    long end = at.processed() + rowsMax;
    while (at.isRunning() && at.processed() < end) {
      Progress from = at;
      try {
        writes.write(
            name(id),
            ctx -> {
              throw new TakenBack(batch.run(ctx, from));
            });
      } catch (TakenBack e) {
        at = e.reached();
      } catch (RuntimeException e) {
        return new DryRun(from.failed(batch.told(e)), false);
      }
    }
    return new DryRun(at, at.isRunning());
  }

  /**
   * What a dry run came to.
   *
   * @param hasMore whether there are rows that it did not come to
   */
  record DryRun(Progress progress, boolean hasMore) {}

  private DataMigration<?> require(String id) {
    @Nullable DataMigration<?> migration = declared.get(id);
    if (migration == null) {
      throw new LunoraException(ErrorCode.MIGRATION_NOT_FOUND, "there is no migration " + id);
    }
    return migration;
  }

  private static String name(String id) {
    return "migration:" + id;
  }
}
