package lunora.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.oplog.Oplog;
import lunora.rpc.InputFields;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** What was written to a shard after a cursor, for those who copy it elsewhere. Never suspends. */
public final class ChangeOps {

  /** How many writes one answer has at most. */
  static final int LIMIT_MAX = 1_000;

  /** How many characters of documents, unless the first alone has more. */
  static final int UNITS_MAX = 1_000_000;

  private final ShardHost host;
  private final Oplog oplog;

  private ChangeOps(ShardHost host, Oplog oplog) {
    this.host = host;
    this.oplog = oplog;
  }

  /** Adds {@code cdcSync}. */
  public static void add(ShardOps ops, ShardHost host, Oplog oplog) {
    ChangeOps changes = new ChangeOps(host, oplog);
    ops.add("cdcSync", args -> changes.since(new InputFields(args)));
  }

  /**
   * {@code {sinceSeq?, epoch?, limit?, tables?}} gives {@code {changes: [{seq, ts, table, id, op,
   * doc?}], cursor, epoch, hasMore, reset?}}. With {@code reset} the cursor says nothing here: it
   * is of another timeline, or of writes that the log no longer has. Then there are no changes, the
   * cursor is the log's end, and whoever asks reads the tables anew.
   */
  private JsonText since(InputFields args) {
    int limit = args.number("limit", LIMIT_MAX, 1, LIMIT_MAX);
    double since = cursor(args);
    String epoch = args.textOrNull("epoch");
    boolean known = epoch == null || epoch.equals(oplog.epoch());
    if (!known || since > oplog.head() || since < oplog.floor() - 1) {
      return end(host.texts().sink().raw("{\"changes\":["), oplog.head(), false, true);
    }
    List<String> tables = args.textsOrNull("tables");
    SqlRows sizes = sizes(since, tables, limit + 1);
    int shown = shown(sizes, limit);
    boolean more = sizes.size() > shown;
    double until = more ? sizes.number(shown - 1, 0) : oplog.head();
    SqlRows rows = rows(since, until, tables);
    JsonSink sink = host.texts().sink().raw("{\"changes\":[");
    for (int row = 0; row < rows.size(); row++) {
      write(rows, row, sink);
    }
    return end(sink, until, more, false);
  }

  /** The sizes of the next writes, looked at first: their documents may be too much at once. */
  private SqlRows sizes(double since, @Nullable List<String> tables, int limit) {
    List<Object> params = new ArrayList<>(List.of(since));
    String among = among(tables, params);
    params.add(limit);
    return host.sql()
        .query(
            "SELECT seq, ifnull(length(doc), 0) FROM \"__lunora_oplog\" WHERE seq > ?"
                + among
                + " ORDER BY seq LIMIT ?",
            params.toArray());
  }

  /** How many of them one answer has: as many as fit, and one whatever its size. */
  private static int shown(SqlRows sizes, int limit) {
    int shown = 0;
    double units = 0;
    while (shown < Math.min(limit, sizes.size())) {
      units += sizes.number(shown, 1);
      if (shown > 0 && units > UNITS_MAX) {
        break;
      }
      shown++;
    }
    return shown;
  }

  private SqlRows rows(double since, double until, @Nullable List<String> tables) {
    List<Object> params = new ArrayList<>(List.of(since, until));
    String among = among(tables, params);
    return host.sql()
        .query(
            "SELECT seq, ts, tbl, id, op, doc FROM \"__lunora_oplog\" WHERE seq > ? AND seq <= ?"
                + among
                + " ORDER BY seq",
            params.toArray());
  }

  private static double cursor(InputFields args) {
    Value given = args.value("sinceSeq");
    if (given == null) {
      return 0;
    }
    if (given instanceof Value.Num number && number.value() >= 0) {
      return number.value();
    }
    throw InputFields.invalid("`sinceSeq` must be the cursor of an answer, or 0");
  }

  private static String among(@Nullable List<String> tables, List<Object> params) {
    if (tables == null) {
      return "";
    }
    params.addAll(tables);
    return " AND tbl IN (" + String.join(", ", Collections.nCopies(tables.size(), "?")) + ")";
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
