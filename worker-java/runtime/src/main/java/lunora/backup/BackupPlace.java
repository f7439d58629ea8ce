package lunora.backup;

import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.ShardDirectory;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.WorkerHost;
import lunora.schema.Schema;
import org.jspecify.annotations.Nullable;

/** What backups are made of and where they go. */
public final class BackupPlace {

  private final BackupSettings settings;
  private final Needs needs;
  private final ShardList shards;
  private final GlobalTables globals;

  /**
   * What a backup cannot do without.
   *
   * @param bucket where JavaScript gave it; null for the binding that the settings name
   * @param adminToken where somebody set it; null for the variable {@code LUNORA_ADMIN_TOKEN}
   * @param coordinated whether somebody knows the shards
   */
  public record Needs(
      @Nullable BlobBucket bucket, @Nullable String adminToken, boolean coordinated) {}

  public BackupPlace(
      BackupSettings settings,
      Needs needs,
      Schema schema,
      Schema globalSchema,
      String defaultShardKey,
      @Nullable ShardDirectory directory) {
    this.settings = settings;
    this.needs = needs;
    this.shards = new ShardList(schema, defaultShardKey, directory);
    this.globals = new GlobalTables(globalSchema);
  }

  BackupSettings settings() {
    return settings;
  }

  ShardList shards() {
    return shards;
  }

  GlobalTables globals() {
    return globals;
  }

  Retention retention() {
    return new Retention(settings);
  }

  /**
   * The bucket.
   *
   * @throws LunoraException {@code BACKUP_NOT_CONFIGURED} where something is missing
   */
  BlobBucket bucket(WorkerHost host) {
    String token = needs.adminToken();
    token = token == null ? host.variable("LUNORA_ADMIN_TOKEN") : token;
    if (token == null || token.isBlank()) {
      throw missing("an admin token: set the secret LUNORA_ADMIN_TOKEN");
    }
    if (!needs.coordinated()) {
      throw missing("queryCoordinator, which knows the shards");
    }
    BlobBucket given = needs.bucket();
    if (given != null) {
      return given;
    }
    if (settings.store().isEmpty()) {
      throw missing("backupStore, a bucket");
    }
    try {
      return host.bucket(settings.store());
    } catch (LunoraException e) {
      throw missing("the bucket " + settings.store());
    }
  }

  private static LunoraException missing(String what) {
    return new LunoraException(ErrorCode.BACKUP_NOT_CONFIGURED, "a backup needs " + what);
  }

  /** All lines of some tables, none for all. May suspend. */
  ExportLines lines(List<String> tables, WorkerHost host) {
    List<String> keys = shards.of(host, tables);
    GlobalLines last = globals.lines(tables, host);
    return new ExportLines(host.shards(), keys, host.crypto().random().uuid(), tables, last);
  }
}
