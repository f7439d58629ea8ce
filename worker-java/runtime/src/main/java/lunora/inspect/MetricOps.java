package lunora.inspect;

import lunora.host.local.ShardHost;
import lunora.oplog.Oplog;
import lunora.rpc.CallCounts;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/** Operations that say how a shard is doing. */
public final class MetricOps {

  private final ShardHost host;
  private final Oplog oplog;
  private final CallCounts counts;

  private MetricOps(ShardHost host, Oplog oplog, CallCounts counts) {
    this.host = host;
    this.oplog = oplog;
    this.counts = counts;
  }

  /** Adds them. */
  public static void add(ShardOps ops, ShardHost host, Oplog oplog, CallCounts counts) {
    MetricOps metrics = new MetricOps(host, oplog, counts);
    ops.add("ping", args -> JsonText.of("\"ok\""));
    ops.addReading("getMetrics", args -> metrics.metrics());
    ops.addReading("getFunctionStats", args -> metrics.functions());
  }

  private JsonText metrics() {
    JsonSink sink = host.texts().sink().raw("{\"shard\":").string(host.shardKey()).raw(",");
    counts.write(sink);
    sink.raw(",\"uptimeMs\":").number(host.clock().nowMs() - counts.sinceMs());
    sink.raw(",\"databaseSize\":").number(host.sql().sizeBytes());
    sink.raw(",\"cursor\":").number(oplog.head());
    sink.raw(",\"connections\":").number(host.sockets().all().size());
    sink.raw(",\"subscriptions\":").number(count("__lunora_subscription"));
    sink.raw(",\"liveQueries\":").number(count("__lunora_live_query"));
    return sink.raw("}").finish();
  }

  private JsonText functions() {
    JsonSink sink = host.texts().sink().raw("{\"functions\":");
    counts.writeFunctions(sink);
    return sink.raw("}").finish();
  }

  private double count(String table) {
    return host.sql().query("SELECT count(*) FROM \"" + table + "\"").number(0, 0);
  }
}
