package lunora.backup;

import java.util.List;
import java.util.TreeSet;
import lunora.host.edge.ShardDirectory;
import lunora.host.remote.Bindings;
import lunora.registry.RegistryClient;
import lunora.schema.Schema;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** Which shards a deployment has. */
final class ShardList {

  private final Schema schema;
  private final String defaultShardKey;
  private final @Nullable ShardDirectory directory;

  /**
   * The shards of an app.
   *
   * @param directory who knows them, in the place of the deployment's registry
   */
  ShardList(Schema schema, String defaultShardKey, @Nullable ShardDirectory directory) {
    this.schema = schema;
    this.defaultShardKey = defaultShardKey;
    this.directory = directory;
  }

  String defaultShardKey() {
    return defaultShardKey;
  }

  /**
   * The default shard, and in order those that hold or held rows of a table. May suspend.
   *
   * @param tables those that count; none for all
   */
  List<String> of(Bindings bindings, List<String> tables) {
    TreeSet<String> keys = new TreeSet<>();
    ShardDirectory asked = directory;
    if (asked == null) {
      keys.addAll(RegistryClient.shardKeysOf(bindings, tables));
    } else {
      for (Table<?> table : schema.tables()) {
        if (tables.isEmpty() || tables.contains(table.name())) {
          List<String> some = asked.shardKeys(table.name());
          keys.addAll(some);
        }
      }
    }
    keys.add(defaultShardKey);
    return List.copyOf(keys);
  }
}
