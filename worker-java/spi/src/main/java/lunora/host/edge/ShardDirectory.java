package lunora.host.edge;

import java.util.List;

/** Knows the shards of a table, for calls that go to all of them. */
@FunctionalInterface
public interface ShardDirectory {

  /** The keys of the shards that hold rows of the table, in any order. May suspend. */
  List<String> shardKeys(String table);
}
