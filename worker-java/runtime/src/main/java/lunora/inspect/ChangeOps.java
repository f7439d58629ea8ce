package lunora.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.oplog.Oplog;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** What was written to a shard after a cursor, for those who copy it elsewhere. Never suspends. */
public final class ChangeOps {

  /** How many writes one answer has at most. */
  static final int LIMIT_MAX = 1_000;

  private final ShardHost host;
  private final Oplog oplog;

  private ChangeOps(ShardHost host, Oplog oplog) {
    this.host = host;
    this.oplog = oplog;
  }

  /** Adds {@code cdcSync}. */
  public static void add(ShardOps ops, ShardHost host, Oplog oplog) {
    ChangeOps changes = new ChangeOps(host, oplog);
    ops.add("cdcSync", args -> changes.since(new OpArgs(args)));
  }

  /**
   * {@code {sinceSeq?, epoch?, limit?, tables?}} gives {@code {changes: [{seq, ts, table, id, op,
   * doc?}], cursor, epoch, hasMore, reset?}}. With {@code reset} the cursor says nothing here: it
   * is of another timeline, or of writes that the log no longer has. Then there are no changes, the
   * cursor is the log's end, and whoever asks reads the tables anew.
   */
  private JsonText since(OpArgs args) {
    int limit = args.number("limit", LIMIT_MAX, 1, LIMIT_MAX);
    double since = cursor(args);
    String epoch = args.textOrNull("epoch");
    boolean known = epoch == null || epoch.equals(oplog.epoch());
    if (!known || since > oplog.head() || since < oplog.floor() - 1) {
      return end(host.texts().sink().raw("{\"changes\":["), oplog.head(), false, true);
    }
    List<Object> params = new ArrayList<>();
    params.add(since);
    String tables = tables(args, params);
    params.add(limit + 1);
    SqlRows rows =
        host.sql()
            .query(
                "SELECT seq, ts, tbl, id, op, doc FROM \"__lunora_oplog\" WHERE seq > ?"
                    + tables
                    + " ORDER BY seq LIMIT ?",
                params.toArray());
    int shown = Math.min(limit, rows.size());
    JsonSink sink = host.texts().sink().raw("{\"changes\":[");
    for (int row = 0; row < shown; row++) {
      write(rows, row, sink);
    }
    boolean more = rows.size() > limit;
    return end(sink, more ? rows.number(shown - 1, 0) : oplog.head(), more, false);
  }

  private static double cursor(OpArgs args) {
    Value given = args.value("sinceSeq");
    if (given == null || given instanceof Value.Null) {
      return 0;
    }
    if (given instanceof Value.Num number && number.value() >= 0) {
      return number.value();
    }
    throw OpArgs.invalid("`sinceSeq` must be the cursor of an answer, or 0");
  }

  private static String tables(OpArgs args, List<Object> params) {
    if (args.value("tables") == null) {
      return "";
    }
    List<String> names = args.texts("tables");
    params.addAll(names);
    return " AND tbl IN (" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
  }

  private static void write(SqlRows rows, int row, JsonSink sink) {
    sink.raw(row == 0 ? "{\"seq\":" : ",{\"seq\":").number(rows.number(row, 0));
    sink.raw(",\"ts\":").number(rows.number(row, 1));
    sink.raw(",\"table\":").string(rows.text(row, 2));
    sink.raw(",\"id\":").string(rows.text(row, 3));
    sink.raw(",\"op\":").string(rows.text(row, 4));
    if (!rows.isNull(row, 5)) {
      sink.raw(",\"doc\":").json(rows.json(row, 5));
    }
    sink.raw("}");
  }

  private JsonText end(JsonSink sink, double cursor, boolean more, boolean reset) {
    sink.raw("],\"cursor\":").number(cursor).raw(",\"epoch\":").string(oplog.epoch());
    sink.raw(",\"hasMore\":").raw(String.valueOf(more));
    return sink.raw(reset ? ",\"reset\":true}" : "}").finish();
  }
}
