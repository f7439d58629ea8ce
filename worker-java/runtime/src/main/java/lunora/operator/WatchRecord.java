package lunora.operator;

import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.remote.Bindings;
import lunora.registry.RegistryClient;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/**
 * The record of what operators begin to watch, beside that of their calls (docs/adr/0034). What
 * they are told later is not recorded. Everything may suspend.
 */
final class WatchRecord {

  private final ShardHost host;
  private final Bindings bindings;

  WatchRecord(ShardHost host, Bindings bindings) {
    this.host = host;
    this.bindings = bindings;
  }

  /**
   * Records what is about to be watched.
   *
   * @return the number of the record, 0 where nobody numbers them
   * @throws lunora.error.LunoraException when it cannot be recorded: then it is not to be done
   */
  long begin(Watch watch) {
    JsonWriter row = new JsonWriter().raw("{\"at\":").number(host.clock().nowMs());
    row.raw(",\"actor\":\"socket\",\"address\":\"\",\"operation\":");
    row.string("subscribe " + watch.operation());
    row.raw(",\"shardKey\":").string(host.shardKey());
    String table = watch.table();
    if (table != null) {
      row.raw(",\"target\":").string(table);
    }
    JsonText text = row.raw("}").finish();
    long number = RegistryClient.audit(bindings, text);
    if (number == 0) {
      host.log().log(LogSink.Level.INFO, "no SHARD_REGISTRY to keep this: " + text, null);
    }
    return number;
  }

  /** Records what came of it. */
  void ended(long begun, int status) {
    JsonWriter row = new JsonWriter().raw("{\"at\":").number(host.clock().nowMs());
    row.raw(",\"begun\":").number(begun).raw(",\"status\":").number(status);
    JsonText text = row.raw("}").finish();
    try {
      RegistryClient.audit(bindings, text);
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.ERROR, "the end of admin call " + begun + " is unrecorded", e);
    }
  }
}
