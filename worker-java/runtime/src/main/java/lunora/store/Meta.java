package lunora.store;

import java.util.Optional;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;

/** Small facts a shard keeps about itself, in {@code __lunora_meta(key, value)}. */
public final class Meta {

  private final SqlStorage sql;

  private Meta(SqlStorage sql) {
    this.sql = sql;
  }

  /** Opens the table, making it if this is a new shard. */
  public static Meta open(SqlStorage sql) {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS \"__lunora_meta\""
            + " (\"key\" TEXT PRIMARY KEY, \"value\" TEXT NOT NULL) WITHOUT ROWID");
    return new Meta(sql);
  }

  public Optional<String> find(String key) {
    SqlRows rows = sql.query("SELECT \"value\" FROM \"__lunora_meta\" WHERE \"key\" = ?", key);
    return rows.size() == 0 ? Optional.empty() : Optional.of(rows.text(0, 0));
  }

  public void put(String key, String value) {
    sql.execute(
        "INSERT INTO \"__lunora_meta\" VALUES (?, ?)"
            + " ON CONFLICT (\"key\") DO UPDATE SET \"value\" = excluded.\"value\"",
        key,
        value);
  }
}
