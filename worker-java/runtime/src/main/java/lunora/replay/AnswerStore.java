package lunora.replay;

import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The answers of mutations that carried an id, {@code __lunora_idempotency(namespace, id, result,
 * created)}: the same id from the same sender is answered again without running. Kept for {@value
 * #RETENTION_MS} ms; what is older is deleted after an answer, once an hour, and with every answer
 * while more than one sweep is due.
 */
public final class AnswerStore {

  /** How long an answer is kept: 24 hours. */
  static final long RETENTION_MS = 86_400_000;

  private static final long SWEEP_EVERY_MS = 3_600_000;

  /** Rows one sweep deletes at most; what is left waits for the next answer. */
  private static final int SWEEP_ROWS_MAX = 2000;

  private final ShardHost host;
  private boolean opened;
  private double sweptAtMs = Double.NEGATIVE_INFINITY;

  public AnswerStore(ShardHost host) {
    this.host = host;
  }

  /**
   * Whose ids are told apart from others': the user's, the system's, or those of an anonymous
   * client that named itself. Null for a sender who cannot be recognised: their ids mean nothing.
   */
  public static @Nullable String namespace(Caller caller, @Nullable String clientId) {
    if (caller.identity().isPresent()) {
      return "user:" + caller.identity().get().userId();
    }
    if (caller.origin() == Caller.Origin.SYSTEM) {
      return "system:";
    }
    return clientId == null || clientId.isEmpty() ? null : "anon:" + clientId;
  }

  /**
   * The answer that was given to this id, or null; that is always so without a namespace or an id.
   * Not to be called within a transaction.
   */
  public @Nullable JsonText find(@Nullable String namespace, @Nullable String id) {
    if (namespace == null || id == null) {
      return null;
    }
    open();
    SqlRows rows =
        host.sql()
            .query(
                "SELECT result FROM \"__lunora_idempotency\""
                    + " WHERE namespace = ? AND id = ? AND created > ?",
                namespace,
                id,
                host.clock().nowMs() - RETENTION_MS);
    return rows.size() == 0 ? null : rows.json(0, 0);
  }

  /** Keeps an answer. Call it in the mutation's transaction, after {@link #find}. */
  public void put(String namespace, String id, JsonText result) {
    long now = host.clock().nowMs();
    host.sql()
        .execute(
            "INSERT OR REPLACE INTO \"__lunora_idempotency\" VALUES (?, ?, ?, ?)",
            namespace,
            id,
            result,
            now);
    if (now - sweptAtMs >= SWEEP_EVERY_MS) {
      sweptAtMs = now;
      host.deferred().afterResponse(this::sweep);
    }
  }

  private void sweep() {
    long until = host.clock().nowMs() - RETENTION_MS;
    host.sql()
        .execute(
            "DELETE FROM \"__lunora_idempotency\" WHERE (namespace, id) IN"
                + " (SELECT namespace, id FROM \"__lunora_idempotency\""
                + " WHERE created <= ? ORDER BY created LIMIT ?)",
            until,
            SWEEP_ROWS_MAX);
    String rest = "SELECT 1 FROM \"__lunora_idempotency\" WHERE created <= ? LIMIT 1";
    if (host.sql().query(rest, until).size() > 0) {
      sweptAtMs = Double.NEGATIVE_INFINITY;
    }
  }

  /** The table is made by the first call that carries an id: most shards never need it. */
  private void open() {
    if (opened) {
      return;
    }
    host.sql()
        .execute(
            "CREATE TABLE IF NOT EXISTS \"__lunora_idempotency\" (namespace TEXT NOT NULL,"
                + " id TEXT NOT NULL, result TEXT NOT NULL, created REAL NOT NULL,"
                + " PRIMARY KEY (namespace, id)) WITHOUT ROWID;"
                + "CREATE INDEX IF NOT EXISTS \"__lunora_idempotency.created\""
                + " ON \"__lunora_idempotency\" (created)");
    opened = true;
  }
}
