package lunora.subscription;

import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;

/**
 * Which sockets have joined which topics, {@code __lunora_whisper(connection, topic)}: in SQLite,
 * so that it outlives hibernation (docs/adr/0005-whisper-memberships.md). The table is made when
 * the first socket joins a topic.
 */
final class WhisperStore {

  private static final String TABLE = "__lunora_whisper";

  private final SqlStorage sql;
  private boolean known;
  private boolean present;

  WhisperStore(SqlStorage sql) {
    this.sql = sql;
  }

  /** Whether anything was ever joined. */
  boolean isPresent() {
    if (!known) {
      known = true;
      present = sql.query("SELECT 1 FROM sqlite_master WHERE name = ?", TABLE).size() > 0;
    }
    return present;
  }

  void open() {
    if (!isPresent()) {
      sql.execute(
          "CREATE TABLE \"__lunora_whisper\" (connection TEXT NOT NULL, topic TEXT NOT NULL,"
              + " PRIMARY KEY (connection, topic)) WITHOUT ROWID;"
              + "CREATE INDEX \"__lunora_whisper.topic\" ON \"__lunora_whisper\" (topic)");
      present = true;
    }
  }

  /** One column: the topics of a socket. */
  SqlRows topicsOf(String connectionId) {
    return sql.query("SELECT topic FROM \"__lunora_whisper\" WHERE connection = ?", connectionId);
  }

  /** One column: the sockets of a topic. */
  SqlRows membersOf(String topic) {
    return sql.query("SELECT connection FROM \"__lunora_whisper\" WHERE topic = ?", topic);
  }

  void put(String connectionId, String topic) {
    sql.execute("INSERT OR IGNORE INTO \"__lunora_whisper\" VALUES (?, ?)", connectionId, topic);
  }

  void delete(String connectionId, String topic) {
    sql.execute(
        "DELETE FROM \"__lunora_whisper\" WHERE connection = ? AND topic = ?", connectionId, topic);
  }

  void deleteAll(String connectionId) {
    sql.execute("DELETE FROM \"__lunora_whisper\" WHERE connection = ?", connectionId);
  }

  void clear() {
    if (isPresent()) {
      sql.execute("DELETE FROM \"__lunora_whisper\"");
    }
  }
}
