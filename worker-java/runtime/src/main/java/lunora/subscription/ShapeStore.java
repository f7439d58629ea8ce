package lunora.subscription;

import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;

/**
 * Who keeps a copy of which shape, so that it outlives hibernation; made when the first client
 * subscribes to one:
 *
 * <pre>
 * __lunora_shape              (number, definition)              one row for each distinct shape
 * __lunora_shape_subscription (connection, id, shape, owed)     one row for each copy
 * __lunora_shape_cursor       (cursor)                          how far the log was told to all
 * </pre>
 */
final class ShapeStore {

  private final SqlStorage sql;
  private boolean known;
  private boolean present;

  ShapeStore(SqlStorage sql) {
    this.sql = sql;
  }

  /** Whether anybody ever subscribed to a shape. */
  boolean isPresent() {
    if (!known) {
      known = true;
      present =
          sql.query("SELECT 1 FROM sqlite_master WHERE name = ?", "__lunora_shape").size() > 0;
    }
    return present;
  }

  void open() {
    if (isPresent()) {
      return;
    }
    sql.execute(
        "CREATE TABLE \"__lunora_shape\" (number INTEGER PRIMARY KEY, definition TEXT NOT NULL);"
            + "CREATE TABLE \"__lunora_shape_subscription\" (connection TEXT NOT NULL,"
            + " id TEXT NOT NULL, shape INTEGER NOT NULL, owed INTEGER NOT NULL,"
            + " PRIMARY KEY (connection, id)) WITHOUT ROWID;"
            + "CREATE TABLE \"__lunora_shape_cursor\""
            + " (one INTEGER PRIMARY KEY, cursor INTEGER NOT NULL);"
            + "INSERT INTO \"__lunora_shape_cursor\" VALUES (1, 0)");
    present = true;
  }

  /** Whether there is any copy; one read. */
  boolean hasSubscriptions() {
    return isPresent()
        && sql.query("SELECT 1 FROM \"__lunora_shape_subscription\" LIMIT 1").size() > 0;
  }

  /** Columns: number, definition. */
  SqlRows shapes() {
    return sql.query("SELECT number, definition FROM \"__lunora_shape\"");
  }

  /** Columns: connection, id, shape, owed. */
  SqlRows subscriptions() {
    return sql.query("SELECT connection, id, shape, owed FROM \"__lunora_shape_subscription\"");
  }

  /** The place in the log up to which everybody who is not owed anything was told. */
  long cursor() {
    return (long) sql.query("SELECT cursor FROM \"__lunora_shape_cursor\"").number(0, 0);
  }

  void putCursor(long cursor) {
    sql.execute("UPDATE \"__lunora_shape_cursor\" SET cursor = ?", cursor);
  }

  void putShape(LiveShape shape) {
    sql.execute(
        "INSERT INTO \"__lunora_shape\" VALUES (?, ?)", shape.number(), shape.definition().text());
  }

  void deleteShape(LiveShape shape) {
    sql.execute("DELETE FROM \"__lunora_shape\" WHERE number = ?", shape.number());
  }

  /** Stores a copy, or whether it is owed rows. */
  void put(ShapeSubscriber subscriber) {
    sql.execute(
        "INSERT OR REPLACE INTO \"__lunora_shape_subscription\" VALUES (?, ?, ?, ?)",
        subscriber.connectionId(),
        subscriber.id(),
        subscriber.shape().number(),
        subscriber.isOwed() ? 1 : 0);
  }

  void delete(ShapeSubscriber subscriber) {
    sql.execute(
        "DELETE FROM \"__lunora_shape_subscription\" WHERE connection = ? AND id = ?",
        subscriber.connectionId(),
        subscriber.id());
  }

  void deleteAll(String connectionId) {
    sql.execute("DELETE FROM \"__lunora_shape_subscription\" WHERE connection = ?", connectionId);
  }

  /** Forgets everything: no socket is left. */
  void clear() {
    sql.execute("DELETE FROM \"__lunora_shape_subscription\"; DELETE FROM \"__lunora_shape\"");
  }
}
