package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;

/** Decides who may ask all shards of a table at once. */
@FunctionalInterface
public interface FanOutAuthorizer {

  /** Whether the sender may run the function on every shard of the table. May suspend. */
  boolean allows(Optional<Identity> identity, String table, String functionPath);

  /** Lets nobody. */
  static FanOutAuthorizer nobody() {
    return (identity, table, functionPath) -> false;
  }
}
