package lunora.inspect;

import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.rpc.InputFields;
import lunora.subscription.ConnectionList;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/** Operations that look at a shard's sockets and what they watch. */
public final class LiveOps {

  private static final int ROWS_MAX = 1_000;

  private final ShardHost host;

  private LiveOps(ShardHost host) {
    this.host = host;
  }

  /** Adds them. */
  public static void add(ShardOps ops, ShardHost host) {
    LiveOps live = new LiveOps(host);
    ops.addReading("listConnections", args -> live.connections(new InputFields(args)));
    ops.addReading("listSubscriptions", args -> live.subscriptions(new InputFields(args)));
  }

  private JsonText connections(InputFields args) {
    int limit = args.number("limit", ROWS_MAX, 1, ROWS_MAX);
    JsonSink sink = host.texts().sink().raw("{\"connections\":");
    int total = ConnectionList.write(host.sockets(), limit, sink);
    return sink.raw(",\"total\":").number(total).raw("}").finish();
  }

  /** Distinct queries with how many watch each, or, of one connection, each of its own. */
  private JsonText subscriptions(InputFields args) {
    int limit = args.number("limit", ROWS_MAX, 1, ROWS_MAX);
    String connection = args.textOrNull("connectionId");
    SqlRows rows =
        connection == null
            ? host.sql()
                .query(
                    "SELECT q.path, q.args, count(*), min(s.id) FROM \"__lunora_live_query\" q"
                        + " JOIN \"__lunora_subscription\" s ON s.query = q.number"
                        + " GROUP BY q.number ORDER BY count(*) DESC, q.number LIMIT ?",
                    limit)
            : host.sql()
                .query(
                    "SELECT q.path, q.args, 1, s.id FROM \"__lunora_subscription\" s"
                        + " JOIN \"__lunora_live_query\" q ON s.query = q.number"
                        + " WHERE s.connection = ? ORDER BY s.id LIMIT ?",
                    connection,
                    limit);
    JsonSink sink = host.texts().sink().raw("{\"subscriptions\":[");
    for (int row = 0; row < rows.size(); row++) {
      sink.raw(row == 0 ? "{\"functionPath\":" : ",{\"functionPath\":").string(rows.text(row, 0));
      sink.raw(",\"args\":").json(rows.json(row, 1));
      sink.raw(",\"subscribers\":").number(rows.number(row, 2));
      if (connection != null) {
        sink.raw(",\"id\":").string(rows.text(row, 3));
      }
      sink.raw("}");
    }
    sink.raw("],\"total\":").number(count("__lunora_subscription"));
    return sink.raw(",\"queries\":").number(count("__lunora_live_query")).raw("}").finish();
  }

  private double count(String table) {
    return host.sql().query("SELECT count(*) FROM \"" + table + "\"").number(0, 0);
  }
}
