package lunora.migration;

import java.util.Optional;
import lunora.api.DataMigration;
import lunora.api.MutationContext;
import lunora.api.RowMigration;
import lunora.host.local.SqlStorage;
import lunora.oplog.Oplog;
import lunora.store.TableWalk;
import org.jspecify.annotations.Nullable;

/** One batch of a migration: the rows after its cursor. To be run in a transaction. */
final class Batch<D> {

  private final DataMigration<D> migration;
  private final TableWalk<D> walk;
  private final Oplog oplog;
  private String row = "";

  Batch(DataMigration<D> migration, SqlStorage sql, Oplog oplog) {
    this.migration = migration;
    this.walk = new TableWalk<>(migration.table(), sql);
    this.oplog = oplog;
  }

  /** The place of the table's last row. */
  double end() {
    return walk.last();
  }

  /** Does it, and gives how far the migration is then. */
  Progress run(MutationContext ctx, Progress progress) {
    RowMigration<D> function = function(progress.direction());
    long headBefore = oplog.head();
    double cursor = progress.cursor();
    int rows = 0;
    while (rows < migration.batchRows()) {
      Optional<TableWalk.Step<D>> step = walk.next(cursor, progress.until());
      if (step.isEmpty()) {
        break;
      }
      cursor = step.get().place();
      row = step.get().row().id().value();
      function.migrate(ctx, step.get().row());
      rows++;
    }
    boolean last = rows < migration.batchRows();
    return progress.after(cursor, rows, oplog.head() - headBefore, last);
  }

  /** What an operator is told of a throw: with the row that was at hand. */
  String told(RuntimeException thrown) {
    String message = thrown.getMessage();
    String what = message == null ? thrown.getClass().getSimpleName() : message;
    return row.isEmpty() ? what : migration.table().name() + "/" + row + ": " + what;
  }

  private RowMigration<D> function(Direction direction) {
    @Nullable RowMigration<D> function =
        direction == Direction.UP ? migration.up() : migration.down();
    if (function == null) {
      throw new IllegalStateException("the app no longer says how to roll it back");
    }
    return function;
  }
}
