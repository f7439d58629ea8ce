package lunora.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an import that is not committed yet: {@code __lunora_stage(session, touched, mode,
 * tables)} and a {@link StageTable} for each table. A shard has one import at a time; one that is
 * left alone makes way for the next. {@code __lunora_stage_committed(session, at, answer)} has
 * those that are, with what came of it. Never suspends.
 */
final class Stage {

  /** How long an import may rest before another takes its place. */
  static final long IDLE_MS = 3_600_000;

  /** How long it is known that a session was committed: a commit may be sent again until then. */
  private static final long COMMITTED_MS = 86_400_000;

  private final ShardHost host;
  private final Schema schema;
  private final Map<String, StageTable<?>> tables = new LinkedHashMap<>();

  Stage(ShardHost host, Schema schema) {
    this.host = host;
    this.schema = schema;
    for (Table<?> table : schema.tables()) {
      tables.put(table.name(), new StageTable<>(table, host.sql(), host.texts()));
    }
  }

  Schema schema() {
    return schema;
  }

  /**
   * Goes on with a session, or begins it. Call it in a transaction.
   *
   * @throws LunoraException {@code CONFLICT} while another one is under way
   */
  void open(String session, String mode, String named) {
    double nowMs = host.clock().nowMs();
    if (isCommitted(session)) {
      throw new LunoraException(
          ErrorCode.CONFLICT, "this import is committed already in shard " + host.shardKey());
    }
    if (!has(session)) {
      requireFree();
      clear();
      host.sql()
          .execute(
              "CREATE TABLE IF NOT EXISTS \"__lunora_stage\" (session TEXT PRIMARY KEY,"
                  + " touched REAL NOT NULL, mode TEXT NOT NULL, tables TEXT NOT NULL)");
      tables.values().forEach(StageTable::create);
    }
    host.sql()
        .execute(
            "INSERT OR REPLACE INTO \"__lunora_stage\" VALUES (?, ?, ?, ?)",
            session,
            nowMs,
            mode,
            named);
  }

  /**
   * Sees that no import would be lost if one began here.
   *
   * @throws LunoraException {@code CONFLICT} while one is under way
   */
  void requireFree() {
    SqlRows found = found();
    if (found.size() > 0 && host.clock().nowMs() - found.number(0, 1) < IDLE_MS) {
      throw new LunoraException(
          ErrorCode.CONFLICT,
          "another import is under way in shard "
              + host.shardKey()
              + ": abort session "
              + found.text(0, 0)
              + ", or wait an hour");
    }
  }

  /** Whether this session has staged anything here. */
  boolean has(String session) {
    SqlRows found = found();
    return found.size() > 0 && found.text(0, 0).equals(session);
  }

  /** In what mode it was begun, and for which tables, parted by commas; empty for all. */
  record Terms(String mode, String tables) {}

  @Nullable Terms terms(String session) {
    SqlRows found = found();
    return found.size() > 0 && found.text(0, 0).equals(session)
        ? new Terms(found.text(0, 2), found.text(0, 3))
        : null;
  }

  private SqlRows found() {
    return exists("__lunora_stage")
        ? host.sql().query("SELECT session, touched, mode, tables FROM \"__lunora_stage\" LIMIT 1")
        : host.sql().query("SELECT 1 WHERE 0");
  }

  /** Forgets what is staged. Call it in a transaction. */
  void clear() {
    tables.values().forEach(StageTable::drop);
    host.sql().execute("DROP TABLE IF EXISTS \"__lunora_stage\"");
  }

  private boolean exists(String table) {
    return host.sql().query("SELECT 1 FROM sqlite_master WHERE name = ?", table).size() > 0;
  }

  /** Whether this session's rows are in place here. */
  boolean isCommitted(String session) {
    return answer(session) != null;
  }

  /** What came of this session's commit; null where there is none that is known. */
  @Nullable JsonText answer(String session) {
    if (!exists("__lunora_stage_committed")) {
      return null;
    }
    SqlRows found =
        host.sql()
            .query(
                "SELECT answer FROM \"__lunora_stage_committed\" WHERE session = ? AND at > ?",
                session,
                (double) host.clock().nowMs() - COMMITTED_MS);
    return found.size() == 0 ? null : found.json(0, 0);
  }

  /** The session's rows are in place. Call it in the same transaction. */
  void committed(String session, JsonText answer) {
    clear();
    double nowMs = host.clock().nowMs();
    host.sql()
        .execute(
            "CREATE TABLE IF NOT EXISTS \"__lunora_stage_committed\" (session TEXT PRIMARY KEY,"
                + " at REAL NOT NULL, answer TEXT NOT NULL)");
    host.sql()
        .execute("DELETE FROM \"__lunora_stage_committed\" WHERE at < ?", nowMs - COMMITTED_MS);
    host.sql()
        .execute(
            "INSERT OR REPLACE INTO \"__lunora_stage_committed\" VALUES (?, ?, ?)",
            session,
            nowMs,
            answer);
  }

  /** The stage of a table. */
  @SuppressWarnings("unchecked") // stages are kept under their own table's name
  <D> StageTable<D> of(Table<D> table) {
    StageTable<?> stage = tables.get(table.name());
    if (stage == null) {
      throw new IllegalArgumentException("no such table: " + table.name());
    }
    return (StageTable<D>) stage;
  }

  /** Those named, or all where nobody names any. */
  List<StageTable<?>> named(List<String> names) {
    List<StageTable<?>> named = new ArrayList<>();
    for (StageTable<?> stage : tables.values()) {
      if (names.isEmpty() || names.contains(stage.table().name())) {
        named.add(stage);
      }
    }
    return named;
  }

  /** The stage of that name, or null. */
  @Nullable StageTable<?> find(String table) {
    return tables.get(table);
  }
}
