package lunora.backup;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.TextSource;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** The lines of all shards, one shard after another. Everything may suspend. */
final class ExportLines implements TextSource {

  private final ShardNamespace shards;
  private final List<String> keys;
  private final String id;
  private final List<String> tables;
  private final List<Manifest.Part> parts = new ArrayList<>();
  private @Nullable ShardSnapshot open;
  private int next;

  /**
   * The lines of these shards.
   *
   * @param id of this reading
   * @param tables those wanted; none for all
   */
  ExportLines(ShardNamespace shards, List<String> keys, String id, List<String> tables) {
    this.shards = shards;
    this.keys = keys;
    this.id = id;
    this.tables = tables;
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
    return null;
  }

  /** What the shards so far were. */
  List<Manifest.Part> parts() {
    return parts;
  }

  double rows() {
    double sum = 0;
    for (Manifest.Part part : parts) {
      sum += part.rows();
    }
    return sum;
  }
}
