package lunora.subscription;

import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;

/**
 * The registry's tables, which outlive hibernation without the bound of a socket's attachment:
 *
 * <pre>
 * __lunora_live_query   (number, path, args, audience, reads)   one row for each distinct query
 * __lunora_subscription (connection, id, query)                 one row for each subscription
 * </pre>
 */
final class SubscriptionStore {

  private final SqlStorage sql;

  private SubscriptionStore(SqlStorage sql) {
    this.sql = sql;
  }

  /** Opens the tables, making them if this is a new shard. */
  static SubscriptionStore open(SqlStorage sql) {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS \"__lunora_live_query\" (number INTEGER PRIMARY KEY,"
            + " path TEXT NOT NULL, args TEXT NOT NULL, audience TEXT NOT NULL,"
            + " reads TEXT NOT NULL)");
    sql.execute(
        "CREATE TABLE IF NOT EXISTS \"__lunora_subscription\" (connection TEXT NOT NULL,"
            + " id TEXT NOT NULL, query INTEGER NOT NULL,"
            + " PRIMARY KEY (connection, id)) WITHOUT ROWID");
    return new SubscriptionStore(sql);
  }

  /** Columns: number, path, args, audience, reads. */
  SqlRows liveQueries() {
    return sql.query("SELECT number, path, args, audience, reads FROM \"__lunora_live_query\"");
  }

  /** Columns: connection, id, query. */
  SqlRows subscriptions() {
    return sql.query("SELECT connection, id, query FROM \"__lunora_subscription\"");
  }

  void putQuery(long number, LiveQuery.Key key, String args, String reads) {
    sql.execute(
        "INSERT INTO \"__lunora_live_query\" VALUES (?, ?, ?, ?, ?)",
        number,
        key.path(),
        args,
        key.audience(),
        reads);
  }

  void putReads(long number, String reads) {
    sql.execute("UPDATE \"__lunora_live_query\" SET reads = ? WHERE number = ?", reads, number);
  }

  void deleteQuery(long number) {
    sql.execute("DELETE FROM \"__lunora_live_query\" WHERE number = ?", number);
  }

  void putSubscription(Subscriber subscriber, long query) {
    sql.execute(
        "INSERT INTO \"__lunora_subscription\" VALUES (?, ?, ?)",
        subscriber.connectionId(),
        subscriber.id(),
        query);
  }

  void deleteSubscription(Subscriber subscriber) {
    sql.execute(
        "DELETE FROM \"__lunora_subscription\" WHERE connection = ? AND id = ?",
        subscriber.connectionId(),
        subscriber.id());
  }

  /** Forgets everything: no socket outlived the last stop. */
  void clear() {
    sql.execute("DELETE FROM \"__lunora_subscription\"");
    sql.execute("DELETE FROM \"__lunora_live_query\"");
  }
}
