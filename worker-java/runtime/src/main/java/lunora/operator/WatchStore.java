package lunora.operator;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/**
 * What operators watch, {@code __lunora_admin_watch(connection, id, operation, args)}, so that it
 * outlives hibernation; made by the first. Never suspends.
 */
final class WatchStore {

  private static final String TABLE = "\"__lunora_admin_watch\"";

  private final SqlStorage sql;
  private boolean known;
  private boolean present;

  WatchStore(SqlStorage sql) {
    this.sql = sql;
  }

  /** Whether an operator ever watched anything here; one read for each waking. */
  boolean isPresent() {
    if (!known) {
      known = true;
      String name = "__lunora_admin_watch";
      present = sql.query("SELECT 1 FROM sqlite_master WHERE name = ?", name).size() > 0;
    }
    return present;
  }

  void put(Watch watch) {
    if (!isPresent()) {
      sql.execute(
          "CREATE TABLE "
              + TABLE
              + " (connection TEXT NOT NULL, id TEXT NOT NULL, operation TEXT NOT NULL,"
              + " args TEXT NOT NULL, PRIMARY KEY (connection, id)) WITHOUT ROWID");
      present = true;
    }
    JsonWriter args = new JsonWriter();
    WireCodec.write(watch.args(), args);
    sql.execute(
        "INSERT OR REPLACE INTO " + TABLE + " VALUES (?, ?, ?, ?)",
        watch.connectionId(),
        watch.id(),
        watch.operation(),
        args.finish().toString());
  }

  void delete(String connectionId, String id) {
    if (isPresent()) {
      sql.execute("DELETE FROM " + TABLE + " WHERE connection = ? AND id = ?", connectionId, id);
    }
  }

  void deleteAll(String connectionId) {
    if (isPresent()) {
      sql.execute("DELETE FROM " + TABLE + " WHERE connection = ?", connectionId);
    }
  }

  List<Watch> all() {
    List<Watch> watches = new ArrayList<>();
    if (!isPresent()) {
      return watches;
    }
    SqlRows rows = sql.query("SELECT connection, id, operation, args FROM " + TABLE);
    for (int row = 0; row < rows.size(); row++) {
      Value args = WireCodec.decode(Json.read(rows.text(row, 3)));
      watches.add(
          Watch.restored(
              rows.text(row, 0), rows.text(row, 1), rows.text(row, 2), (Value.Obj) args));
    }
    return watches;
  }
}
