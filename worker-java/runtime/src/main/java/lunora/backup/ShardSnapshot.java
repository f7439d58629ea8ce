package lunora.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.bulk.BulkRequests;
import lunora.host.remote.ShardNamespace;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The lines of one shard as it stood at one position of its log. Everything may suspend. */
final class ShardSnapshot {

  private final ShardNamespace shards;
  private final String shardKey;
  private final String id;
  private final List<String> tables = new ArrayList<>();
  private final double position;
  private final String epoch;
  private int table;
  private double after;
  private double rows;

  private ShardSnapshot(
      ShardNamespace shards, String shardKey, String id, Map<String, Value> begun) {
    this.shards = shards;
    this.shardKey = shardKey;
    this.id = id;
    this.position = BulkClient.number(begun, "position");
    this.epoch = BulkClient.text(begun, "epoch");
    if (begun.get("tables") instanceof Value.Arr names) {
      for (Value name : names.items()) {
        if (name instanceof Value.Str text) {
          tables.add(text.value());
        }
      }
    }
  }

  /**
   * Begins to read.
   *
   * @param id of this reading, in every shard
   * @param tables those wanted; none for all
   */
  static ShardSnapshot begin(
      ShardNamespace shards, String shardKey, String id, List<String> tables) {
    JsonWriter body = new JsonWriter().raw("{\"snapshot\":").string(id).raw(",\"tables\":[");
    String before = "";
    for (String table : tables) {
      body.raw(before).string(table);
      before = ",";
    }
    JsonText text = body.raw("]}").finish();
    Map<String, Value> begun = BulkClient.ask(shards, shardKey, BulkRequests.SNAPSHOT_BEGIN, text);
    return new ShardSnapshot(shards, shardKey, id, begun);
  }

  /** The next lines, each with its end; null when there are no more. */
  @Nullable JsonText next() {
    while (table < tables.size()) {
      JsonWriter body = new JsonWriter().raw("{\"snapshot\":").string(id).raw(",\"table\":");
      body.string(tables.get(table)).raw(",\"after\":").number(after);
      JsonText asked = body.raw("}").finish();
      JsonText page = BulkClient.text(shards, shardKey, BulkRequests.SNAPSHOT_PAGE, asked);
      Map<String, Value> head = BulkClient.read(page.part(0, BulkRequests.PAGE_HEAD_UNITS));
      after = BulkClient.number(head, "last");
      if (!(head.get("more") instanceof Value.Bool more && more.value())) {
        table++;
        after = 0;
      }
      double count = BulkClient.number(head, "rows");
      if (count > 0) {
        rows += count;
        return page.part(BulkRequests.PAGE_HEAD_UNITS, page.length());
      }
    }
    return null;
  }

  /** Lets the shard forget what it kept for this reading. */
  void end() {
    JsonText body = new JsonWriter().raw("{\"snapshot\":").string(id).raw("}").finish();
    BulkClient.text(shards, shardKey, BulkRequests.SNAPSHOT_END, body);
  }

  String shardKey() {
    return shardKey;
  }

  /** Where in its log the shard stood. */
  double position() {
    return position;
  }

  /** Of which timeline that log is. */
  String epoch() {
    return epoch;
  }

  /** How many lines there were so far. */
  double rows() {
    return rows;
  }
}
