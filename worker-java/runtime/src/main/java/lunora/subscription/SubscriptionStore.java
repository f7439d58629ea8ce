package lunora.subscription;

import java.util.Set;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;

/**
 * The registry's tables, which outlive hibernation without the bound of a socket's attachment:
 *
 * <pre>
 * __lunora_live_query   (number, path, args, audience, reads, hash)  one row for each distinct query
 * __lunora_live_read    (bucket, query)        where its read set is found: see {@link ReadBuckets}
 * __lunora_subscription (connection, id, query)                  one row for each subscription
 * </pre>
 *
 * <p>{@code hash} is that of the key. Each look-up costs a few steps down an index and one for each
 * row that it gives.
 */
final class SubscriptionStore {

  private static final String QUERIES =
      "SELECT number, path, args, audience, reads FROM \"__lunora_live_query\"";

  private static final String SUBSCRIPTIONS =
      "SELECT connection, id, query FROM \"__lunora_subscription\"";

  private final SqlStorage sql;

  private SubscriptionStore(SqlStorage sql) {
    this.sql = sql;
  }

  /** Opens the tables, making them if this is a new shard. */
  static SubscriptionStore open(SqlStorage sql) {
    if (sql.query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_live_read'").size() == 0) {
      sql.execute(
          "DROP TABLE IF EXISTS \"__lunora_live_query\";"
              + "DROP TABLE IF EXISTS \"__lunora_subscription\";"
              + "CREATE TABLE \"__lunora_live_query\" (number INTEGER PRIMARY KEY,"
              + " path TEXT NOT NULL, args TEXT NOT NULL, audience TEXT NOT NULL,"
              + " reads TEXT NOT NULL, hash INTEGER NOT NULL);"
              + "CREATE INDEX \"__lunora_live_query.hash\" ON \"__lunora_live_query\" (hash);"
              + "CREATE TABLE \"__lunora_live_read\" (bucket INTEGER NOT NULL,"
              + " query INTEGER NOT NULL, PRIMARY KEY (bucket, query)) WITHOUT ROWID;"
              + "CREATE TABLE \"__lunora_subscription\" (connection TEXT NOT NULL,"
              + " id TEXT NOT NULL, query INTEGER NOT NULL,"
              + " PRIMARY KEY (connection, id)) WITHOUT ROWID;"
              + "CREATE INDEX \"__lunora_subscription.query\""
              + " ON \"__lunora_subscription\" (query)");
    }
    return new SubscriptionStore(sql);
  }

  /** The highest number of a live query, 0 when there is none. */
  long lastNumber() {
    return (long)
        sql.query("SELECT ifnull(max(number), 0) FROM \"__lunora_live_query\"").number(0, 0);
  }

  /** All live queries. Columns: number, path, args, audience, reads; so for the next three. */
  SqlRows liveQueries() {
    return sql.query(QUERIES);
  }

  /** The live queries that are found in any of the buckets. */
  SqlRows liveQueriesIn(Set<Integer> buckets) {
    return sql.query(
        QUERIES
            + " WHERE number IN (SELECT query FROM \"__lunora_live_read\""
            + " WHERE bucket IN (SELECT value FROM json_each(?)))",
        ReadBuckets.json(buckets));
  }

  /** The live queries with a key of that hash. */
  SqlRows liveQueriesOf(int hash) {
    return sql.query(QUERIES + " WHERE hash = ?", hash);
  }

  /** The live queries that a socket watches. */
  SqlRows liveQueriesOf(String connection) {
    return sql.query(
        QUERIES
            + " WHERE number IN"
            + " (SELECT query FROM \"__lunora_subscription\" WHERE connection = ?)",
        connection);
  }

  /** All subscriptions. Columns: connection, id, query; so for the next two. */
  SqlRows subscriptions() {
    return sql.query(SUBSCRIPTIONS);
  }

  SqlRows subscriptionsOf(String connection) {
    return sql.query(SUBSCRIPTIONS + " WHERE connection = ?", connection);
  }

  SqlRows subscriptionsTo(long query) {
    return sql.query(SUBSCRIPTIONS + " WHERE query = ?", query);
  }

  boolean isWatched(long query) {
    return sql.query("SELECT 1 FROM \"__lunora_subscription\" WHERE query = ? LIMIT 1", query)
            .size()
        > 0;
  }

  /** A query and its buckets stand or fall together: without them writes would pass it by. */
  void putQuery(long number, LiveQuery.Key key, String args, String reads, Set<Integer> buckets) {
    sql.transaction(
        () -> {
          sql.execute(
              "INSERT INTO \"__lunora_live_query\" VALUES (?, ?, ?, ?, ?, ?)",
              number,
              key.path(),
              args,
              key.audience(),
              reads,
              key.hash());
          putBuckets(number, buckets);
          return buckets;
        });
  }

  private void putBuckets(long number, Set<Integer> buckets) {
    sql.execute(
        "INSERT INTO \"__lunora_live_read\" SELECT value, ? FROM json_each(?)",
        number,
        ReadBuckets.json(buckets));
  }

  private void deleteBuckets(long number, Set<Integer> buckets) {
    sql.execute(
        "DELETE FROM \"__lunora_live_read\""
            + " WHERE query = ? AND bucket IN (SELECT value FROM json_each(?))",
        number,
        ReadBuckets.json(buckets));
  }

  /** Puts what another run read in place of what the last one did. */
  void putReads(long number, String reads, Set<Integer> formerly, Set<Integer> buckets) {
    sql.transaction(
        () -> {
          sql.execute(
              "UPDATE \"__lunora_live_query\" SET reads = ? WHERE number = ?", reads, number);
          if (!buckets.equals(formerly)) {
            deleteBuckets(number, formerly);
            putBuckets(number, buckets);
          }
          return buckets;
        });
  }

  void deleteQuery(long number, Set<Integer> buckets) {
    sql.transaction(
        () -> {
          sql.execute("DELETE FROM \"__lunora_live_query\" WHERE number = ?", number);
          deleteBuckets(number, buckets);
          return buckets;
        });
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

  void deleteConnection(String connection) {
    sql.execute("DELETE FROM \"__lunora_subscription\" WHERE connection = ?", connection);
  }

  /** Forgets everything: no socket outlived the last stop. */
  void clear() {
    sql.execute(
        "DELETE FROM \"__lunora_subscription\";"
            + "DELETE FROM \"__lunora_live_read\";"
            + "DELETE FROM \"__lunora_live_query\"");
  }
}
