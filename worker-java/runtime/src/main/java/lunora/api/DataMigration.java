package lunora.api;

import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * A change of the rows that are stored already, one row at a time. In each shard it goes through
 * the rows there are when it begins, in the order of their insertion, a batch in a transaction of
 * its own, and the place reached is kept in that transaction: what breaks off goes on there, and no
 * batch counts twice. Calls are served in between, so functions meet rows of both kinds.
 *
 * <pre>{@code
 * DataMigration.of("2026-11-subject", NoteTable.TABLE)
 *     .rollback((ctx, note) -> ...)
 *     .up((ctx, note) -> ...)
 * }</pre>
 *
 * @param <D> the document
 */
public final class DataMigration<D> {

  /** How many rows one transaction takes unless set otherwise. */
  public static final int BATCH_ROWS = 100;

  private static final int BATCH_ROWS_MAX = 1000;
  private static final int ID_LENGTH_MAX = 100;

  private final String id;
  private final Table<D> table;
  private final int batchRows;
  private final RowMigration<D> up;
  private final @Nullable RowMigration<D> down;

  private DataMigration(Builder<D> builder, RowMigration<D> up) {
    this.id = builder.id;
    this.table = builder.table;
    this.batchRows = builder.batchRows;
    this.up = up;
    this.down = builder.down;
  }

  /**
   * Starts a migration of a table's rows.
   *
   * @param id by which it is run and remembered: letters, digits, {@code _ . -}; never used again
   */
  public static <D> Builder<D> of(String id, Table<D> table) {
    return new Builder<>(id, table);
  }

  public String id() {
    return id;
  }

  public Table<D> table() {
    return table;
  }

  public int batchRows() {
    return batchRows;
  }

  /** What is done with each row. */
  public RowMigration<D> up() {
    return up;
  }

  /** What undoes it, or null where nothing does. */
  public @Nullable RowMigration<D> down() {
    return down;
  }

  /** Collects a migration's parts. */
  public static final class Builder<D> {

    private final String id;
    private final Table<D> table;
    private int batchRows = BATCH_ROWS;
    private @Nullable RowMigration<D> down;

    private Builder(String id, Table<D> table) {
      if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]*") || id.length() > ID_LENGTH_MAX) {
        throw new IllegalArgumentException(
            "migration id '" + id + "': use letters, digits, _ . and -, at most " + ID_LENGTH_MAX);
      }
      this.id = id;
      this.table = table;
    }

    /** How many rows one transaction takes, 1 to 1000. */
    public Builder<D> batch(int rows) {
      if (rows < 1 || rows > BATCH_ROWS_MAX) {
        throw new IllegalArgumentException(
            "migration " + id + ": a batch has 1 to " + BATCH_ROWS_MAX + " rows");
      }
      batchRows = rows;
      return this;
    }

    /** What undoes it, for each row that it was done with. */
    public Builder<D> rollback(RowMigration<D> undoing) {
      down = undoing;
      return this;
    }

    /** The migration that does this with each row. */
    public DataMigration<D> up(RowMigration<D> doing) {
      return new DataMigration<>(this, doing);
    }
  }
}
