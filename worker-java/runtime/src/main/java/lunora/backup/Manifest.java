package lunora.backup;

import java.util.List;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a snapshot in the object beside it.
 *
 * @param file the key of the snapshot
 * @param cron which trigger made it; empty for none
 * @param scheduledMs when it was due
 * @param sha256 in hexadecimal digits
 * @param shards in the order of their lines
 * @param global whose lines follow those; null where no database was read
 * @param tables those that were asked for; none for all
 */
record Manifest(
    String file,
    String cron,
    long scheduledMs,
    long createdMs,
    double rows,
    long bytes,
    String sha256,
    List<Part> shards,
    @Nullable Global global,
    List<String> tables) {

  /** How the key of a manifest ends, after that of its snapshot. */
  static final String SUFFIX = ".manifest.json";

  private static final String HEX = "0123456789abcdef";

  /**
   * One shard's lines, which follow each other.
   *
   * @param position in its log at which it stood so; -1 for what no shard holds
   * @param epoch of that log
   */
  record Part(String shardKey, double position, String epoch, double rows) {}

  /**
   * The lines of the global tables.
   *
   * @param bookmark of the database when the first of them was read; empty for none
   */
  record Global(double rows, String bookmark) {}

  /** The key of a snapshot. */
  static String key(String prefix, long scheduledMs) {
    String id = IsoTime.of(scheduledMs).replace(':', '-').replace('.', '-');
    return prefix + "lunora-backup-" + id + ".ndjson";
  }

  static String hex(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (byte each : bytes) {
      out.append(HEX.charAt((each >> 4) & 15)).append(HEX.charAt(each & 15));
    }
    return out.toString();
  }

  /** As JSON, for people to read too. */
  String text() {
    JsonWriter out = new JsonWriter().raw("{\n  \"bytes\": ").number(bytes);
    out.raw(",\n  \"createdAt\": ").string(IsoTime.of(createdMs));
    out.raw(",\n  \"cron\": ").string(cron).raw(",\n  \"file\": ").string(file);
    out.raw(",\n  \"id\": ").string(IsoTime.of(scheduledMs)).raw(",\n  \"rows\": ").number(rows);
    out.raw(",\n  \"scheduledTime\": ").number(scheduledMs);
    out.raw(",\n  \"sha256\": ").string(sha256).raw(",\n  \"shards\": [");
    String before = "\n    ";
    for (Part part : shards) {
      out.raw(before).raw("{ \"shardKey\": ").string(part.shardKey()).raw(", \"position\": ");
      out.number(part.position()).raw(", \"epoch\": ").string(part.epoch());
      out.raw(", \"rows\": ").number(part.rows()).raw(" }");
      before = ",\n    ";
    }
    out.raw(shards.isEmpty() ? "]" : "\n  ]");
    if (global != null) {
      out.raw(",\n  \"global\": { \"rows\": ").number(global.rows());
      out.raw(", \"bookmark\": ").string(global.bookmark()).raw(" }");
    }
    if (!tables.isEmpty()) {
      out.raw(",\n  \"tables\": ").string(String.join(",", tables));
    }
    return out.raw("\n}\n").finish().toString();
  }
}
