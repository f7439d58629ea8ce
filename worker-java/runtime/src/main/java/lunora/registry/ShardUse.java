package lunora.registry;

import java.util.HashMap;
import java.util.Map;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.oplog.RowWrite;
import lunora.outbox.Effect;
import lunora.outbox.Outbox;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Which sharded tables this shard holds rows of, and how many. The first write of a table puts a
 * report into the outbox, in its own transaction; the next comes a minute later if there were
 * writes. In between a write costs an addition. {@code __lunora_shard_use(table_name, rows, told)}
 * carries that over a sleep. Never suspends.
 */
public final class ShardUse {

  static final String KIND = "shard";

  /** How long after a report the next one is made at the earliest. */
  static final long TELL_EVERY_MS = 60_000;

  /** The shard of calls that name none: whoever looks for all shards looks there too. */
  private static final String DEFAULT_SHARD = "__root__";

  private static final JsonText NOTHING = JsonText.of("{}");

  private final ShardHost host;
  private final Outbox outbox;
  private final Map<String, TableUse> tables = new HashMap<>();
  private boolean touched;
  private boolean exists;

  /** Watches the tables of the schema that may have rows in more than the default shard. */
  public ShardUse(ShardHost host, Outbox outbox, Schema schema) {
    this.host = host;
    this.outbox = outbox;
    for (Table<?> table : schema.tables()) {
      // The default shard is there for everybody; another one is known by what it tells of itself.
      if (table.shardKey().isPresent() || !host.shardKey().equals(DEFAULT_SHARD)) {
        tables.put(table.name(), new TableUse(table.name()));
      }
    }
  }

  /** A row was written. Call it in the transaction. */
  public void written(RowWrite<?> write) {
    TableUse use = tables.get(write.table().name());
    if (use == null) {
      return;
    }
    touched = true;
    if (write.before() == null) {
      use.changed(1);
    } else if (write.after() == null) {
      use.changed(-1);
    }
    if (!use.asked) {
      ask(use);
    }
  }

  /** Reports every table that has rows, written or not. Call it in a transaction. */
  public void announce() {
    touched = true;
    for (TableUse use : tables.values()) {
      boolean holdsRows =
          host.sql().query("SELECT 1 FROM \"" + use.table + "\" LIMIT 1").size() > 0;
      if (holdsRows && !use.asked) {
        ask(use);
      }
    }
  }

  /** The transaction is committed. */
  public void committed() {
    if (touched) {
      touched = false;
      tables.values().forEach(TableUse::committed);
    }
  }

  /** The transaction is undone. */
  public void rolledBack() {
    if (touched) {
      touched = false;
      tables.values().forEach(TableUse::rolledBack);
    }
  }

  /** Rows were written past the transactions: they are counted anew for the next report. */
  public void replaced() {
    if (exists()) {
      host.sql().execute("DELETE FROM \"__lunora_shard_use\"");
    }
    for (TableUse use : tables.values()) {
      use.rows = TableUse.UNKNOWN;
      use.known = false;
    }
  }

  private void ask(TableUse use) {
    if (!use.known) {
      learn(use);
    }
    if (!use.asked) {
      long due = Math.max(host.clock().nowMs(), use.toldMs + TELL_EVERY_MS);
      outbox.add(KIND, new Effect(use.table, NOTHING), due);
      use.askedHere();
    }
  }

  private void learn(TableUse use) {
    use.known = true;
    use.asked = outbox.awaits(KIND, use.table);
    // While a report waits there were writes after the last one: then the rows are counted.
    if (!use.asked && exists()) {
      SqlRows rows =
          host.sql()
              .query(
                  "SELECT rows, told FROM \"__lunora_shard_use\" WHERE table_name = ?", use.table);
      if (rows.size() > 0) {
        use.rows = (long) rows.number(0, 0);
        use.toldMs = (long) rows.number(0, 1);
      }
    }
  }

  /**
   * How many rows the table has, to be reported now; null for a table that is none any more. Writes
   * from here on are a matter of the next report.
   */
  @Nullable Report report(String table) {
    TableUse use = tables.get(table);
    if (use == null) {
      return null;
    }
    if (use.rows == TableUse.UNKNOWN) {
      SqlRows counted = host.sql().query("SELECT count(*) FROM \"" + use.table + "\"");
      use.rows = (long) counted.number(0, 0);
    }
    use.known = true;
    use.asked = false;
    use.toldMs = host.clock().nowMs();
    keep(use);
    return new Report(use.table, host.shardKey(), use.rows, use.toldMs);
  }

  private void keep(TableUse use) {
    if (!exists()) {
      host.sql()
          .execute(
              "CREATE TABLE IF NOT EXISTS \"__lunora_shard_use\" (table_name TEXT PRIMARY KEY,"
                  + " rows REAL NOT NULL, told REAL NOT NULL) WITHOUT ROWID");
      exists = true;
    }
    host.sql()
        .execute(
            "INSERT INTO \"__lunora_shard_use\" (table_name, rows, told) VALUES (?, ?, ?)"
                + " ON CONFLICT (table_name) DO UPDATE SET rows = excluded.rows,"
                + " told = excluded.told",
            use.table,
            use.rows,
            use.toldMs);
  }

  private boolean exists() {
    if (!exists) {
      exists =
          host.sql().query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_shard_use'").size()
              > 0;
    }
    return exists;
  }
}
