package lunora.backup;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.TextSource;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all shards, one shard after another, and then of the global tables. Everything may
 * suspend.
 */
final class ExportLines implements TextSource {

  private final ShardNamespace shards;
  private final List<String> keys;
  private final String id;
  private final List<String> tables;
  private final @Nullable GlobalLines globals;
  private final List<Manifest.Part> parts = new ArrayList<>();
  private @Nullable ShardSnapshot open;
  private int next;

  /**
   * The lines of these shards.
   *
   * @param id of this reading
   * @param tables those wanted; none for all
   * @param globals the lines of global tables, or null
   */
  ExportLines(
      ShardNamespace shards,
      List<String> keys,
      String id,
      List<String> tables,
      @Nullable GlobalLines globals) {
    this.shards = shards;
    this.keys = keys;
    this.id = id;
    this.tables = tables;
    this.globals = globals;
  }

  @Override
  public @Nullable JsonText next() {
    while (open != null || next < keys.size()) {
      ShardSnapshot shard = open;
      if (shard == null) {
        shard = ShardSnapshot.begin(shards, keys.get(next++), id, tables);
        open = shard;
      }
      JsonText lines = shard.next();
      if (lines != null) {
        return lines;
      }
      shard.end();
      open = null;
      parts.add(new Manifest.Part(shard.shardKey(), shard.position(), shard.epoch(), shard.rows()));
    }
    GlobalLines last = globals;
    if (last == null) {
      return null;
    }
    JsonText lines = last.next();
    return lines;
  }

  /** What the shards so far were. */
  List<Manifest.Part> parts() {
    return parts;
  }

  /** What the global tables were; null where there are none. */
  Manifest.@Nullable Global global() {
    GlobalLines last = globals;
    return last == null ? null : last.part();
  }

  double rows() {
    Manifest.Global global = global();
    double sum = global == null ? 0 : global.rows();
    for (Manifest.Part part : parts) {
      sum += part.rows();
    }
    return sum;
  }
}
