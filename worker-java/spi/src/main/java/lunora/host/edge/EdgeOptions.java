package lunora.host.edge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of one {@code createWorker}: what the Worker's JavaScript author adds to the app, and
 * puts in the place of what the app's Java set. Null is what nobody set. Asking does not suspend.
 */
public interface EdgeOptions {

  /** Nothing is added. */
  EdgeOptions NONE = new EdgeOptions() {};

  default @Nullable IdentitySource resolveIdentity() {
    return null;
  }

  /** Whose tokens name users where nothing else resolves identities. */
  default @Nullable TokenOptions jwt() {
    return null;
  }

  default @Nullable ShardGate authorizeShard() {
    return null;
  }

  default @Nullable FanOutGate authorizeFanOut() {
    return null;
  }

  /** The shards of each table, from the registry of a query coordinator. */
  default @Nullable ShardDirectory shardDirectory() {
    return null;
  }

  /** Whether a query coordinator is given, so that calls may go to all shards of a table. */
  default boolean fanOut() {
    return false;
  }

  /** The plane under {@link #authPath}. */
  default @Nullable Responder auth() {
    return null;
  }

  default @Nullable String authPath() {
    return null;
  }

  /** Handlers by {@code METHOD /path} or {@code /path}. */
  default Map<String, Route> routes() {
    return Map.of();
  }

  /** What answers where nothing else does. */
  default @Nullable Responder httpRouter() {
    return null;
  }

  default @Nullable SecuritySettings security() {
    return null;
  }

  /** In the place of the variable {@code LUNORA_ADMIN_TOKEN}. */
  default @Nullable String adminToken() {
    return null;
  }

  default @Nullable AdminGate adminGate() {
    return null;
  }

  /** The shard of calls that name none. */
  default @Nullable String defaultShardKey() {
    return null;
  }

  /** Whether named shards are open to everybody while nothing authorizes shards. */
  default boolean openShards() {
    return false;
  }

  /** The scheduled backup, where any option of it is given. */
  default @Nullable BackupOptions backup() {
    return null;
  }

  /** Handlers by cron expression, in the order in which they run. */
  default Map<String, List<CronTask>> crons() {
    return Map.of();
  }
}
