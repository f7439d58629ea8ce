package lunora.host.local;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite database of one shard. Synchronous and private to the shard: between two calls nothing
 * else can run.
 *
 * <p>Parameters bind to {@code ?} in order: null, {@link String}, {@link lunora.wire.JsonText},
 * {@link Integer}, {@link Long} (at most 2^53 in magnitude), {@link Double}, {@code byte[]}.
 * Another type, or more than 100 parameters, is refused: the platform would refuse it too.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/">SQLite
 *     storage API</a>
 */
public interface SqlStorage {

  /** Runs one reading statement and drains it. */
  SqlRows query(String sql, @Nullable Object... params);

  /** Runs one or more writing statements; parameters only with a single one. */
  void execute(String sql, @Nullable Object... params);

  /**
   * Runs the body in one transaction: it commits when the body returns and rolls back, leaving no
   * trace, when the body throws. Transactions do not nest.
   */
  <T extends @Nullable Object> T transaction(Supplier<T> body);

  /** How many rows {@link #query} has given since the shard woke; 0 where nobody counts. */
  default long rowsRead() {
    return 0;
  }

  /** The size of the database file in bytes. */
  long sizeBytes();
}
