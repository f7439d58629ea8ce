package lunora.bulk;

import java.util.ArrayList;
import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.JsonTexts;
import lunora.host.local.SqlRows;
import lunora.oplog.Oplog;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** Gives the rows of a snapshot as lines, a page at a time. Never suspends. */
public final class SnapshotPages {

  /** When a page is long enough, in UTF-16 units. */
  static final int PAGE_UNITS = 1_048_576;

  /** Rows read at once while they are short, and when any may be as long as a row can be. */
  private static final int ROWS_AT_ONCE = 512;

  private static final int LONG_ROWS_AT_ONCE = 4;

  private final Schema schema;
  private final Oplog oplog;
  private final JsonTexts texts;

  public SnapshotPages(Schema schema, Oplog oplog, JsonTexts texts) {
    this.schema = schema;
    this.oplog = oplog;
    this.texts = texts;
  }

  /**
   * Begins to read at the log's head.
   *
   * @param tables those wanted; none for all
   * @return {@code {position, epoch, tables}}
   */
  JsonText begin(String snapshot, List<String> tables) {
    List<String> read = new ArrayList<>();
    for (Table<?> table : schema.tables()) {
      if (tables.isEmpty() || tables.contains(table.name())) {
        read.add(table.name());
      }
    }
    oplog.snapshots().begin(snapshot, read);
    JsonWriter out = new JsonWriter().raw("{\"position\":").number(oplog.head());
    out.raw(",\"epoch\":").string(oplog.epoch()).raw(",\"tables\":[");
    String before = "";
    for (String table : read) {
      out.raw(before).string(table);
      before = ",";
    }
    return out.raw("]}").finish();
  }

  /** The rows after one of them; see {@link BulkRequests#SNAPSHOT_PAGE}. */
  JsonText page(String snapshot, String table, double after) {
    requireTable(table);
    String end = ",\"table\":\"" + table + "\"}\n";
    List<JsonText> lines = new ArrayList<>();
    int rows = 0;
    int units = 0;
    double last = after;
    boolean more = true;
    int atOnce = LONG_ROWS_AT_ONCE;
    while (more && units < PAGE_UNITS) {
      SqlRows chunk = oplog.snapshots().rows(snapshot, table, last, atOnce);
      more = chunk.size() == atOnce;
      if (chunk.size() > 0) {
        JsonText text = chunk.wrapped(1, "{\"doc\":", end);
        lines.add(text);
        units += text.length();
        rows += chunk.size();
        last = chunk.number(chunk.size() - 1, 0);
        // Many at once only where the rows before were short: each may have two megabytes.
        boolean isShort = text.length() / chunk.size() < PAGE_UNITS / ROWS_AT_ONCE;
        atOnce = isShort ? Math.min(atOnce * 8, ROWS_AT_ONCE) : LONG_ROWS_AT_ONCE;
      }
    }
    JsonWriter head =
        new JsonWriter().raw("{\"rows\":").number(rows).raw(",\"last\":").number(last);
    String facts = head.raw(more ? ",\"more\":true}" : ",\"more\":false}").finish().toString();
    String padding = " ".repeat(BulkRequests.PAGE_HEAD_UNITS - 1 - facts.length());
    JsonSink sink = texts.sink().raw(facts).raw(padding).raw("\n");
    lines.forEach(sink::json);
    return sink.finish();
  }

  /** A table's name is spliced into SQL and JSON: only a declared one is. */
  private void requireTable(String name) {
    for (Table<?> table : schema.tables()) {
      if (table.name().equals(name)) {
        return;
      }
    }
    throw new LunoraException(ErrorCode.UNKNOWN_TABLE, "there is no table " + name);
  }

  void end(String snapshot) {
    oplog.snapshots().end(snapshot);
  }
}
