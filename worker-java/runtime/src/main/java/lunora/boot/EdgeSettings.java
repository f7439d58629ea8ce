package lunora.boot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.AppModule;
import lunora.backup.Backup;
import lunora.backup.BackupPlace;
import lunora.backup.BackupSettings;
import lunora.edge.Access;
import lunora.edge.AdminAccess;
import lunora.edge.AdminPlane;
import lunora.edge.Authenticator;
import lunora.edge.CronTable;
import lunora.edge.EdgeHandler;
import lunora.edge.EdgeWorker;
import lunora.edge.FanOutAuthorizer;
import lunora.edge.QueryCoordinator;
import lunora.edge.ScriptGates;
import lunora.edge.ShardAuthorizer;
import lunora.edge.ShardKeys;
import lunora.edge.Site;
import lunora.fanout.ShardFanOut;
import lunora.host.edge.AdminGate;
import lunora.host.edge.BackupOptions;
import lunora.host.edge.CronTask;
import lunora.host.edge.EdgeOptions;
import lunora.host.edge.FanOutGate;
import lunora.host.edge.IdentitySource;
import lunora.host.edge.Responder;
import lunora.host.edge.Route;
import lunora.host.edge.SecuritySettings;
import lunora.host.edge.ShardDirectory;
import lunora.host.edge.ShardGate;
import lunora.host.edge.TokenOptions;
import lunora.host.remote.BlobBucket;
import lunora.queue.Consumers;
import lunora.security.SecurityPolicy;
import lunora.storage.StorageSweep;
import org.jspecify.annotations.Nullable;

/** What is set for the edge of a Worker, in Java and over it in JavaScript. */
final class EdgeSettings {

  private final AppModule app;

  Authenticator authenticator = Authenticator.NOBODY;
  @Nullable ShardAuthorizer shardAuthorizer;
  @Nullable FanOutAuthorizer fanOutAuthorizer;
  @Nullable QueryCoordinator coordinator;
  String defaultShardKey = ShardKeys.DEFAULT;
  boolean openShards;
  @Nullable String adminToken;
  @Nullable AdminGate adminGate;
  @Nullable Responder auth;
  String authPath = "/api/auth";
  final Map<String, Route> routes = new LinkedHashMap<>();
  @Nullable Responder httpRouter;
  SecuritySettings security = SecuritySettings.DEFAULT;
  final Map<String, List<CronTask>> crons = new LinkedHashMap<>();
  BackupSettings backup = BackupSettings.into("");
  @Nullable StorageSweep sweep;
  private @Nullable BlobBucket backupBucket;
  private @Nullable CronTask backupTask;
  private boolean coordinated = true;
  private @Nullable ShardDirectory directory;

  EdgeSettings(AppModule app) {
    this.app = app;
  }

  /** A copy with the options over it; routes and crons are added to those there are. */
  EdgeSettings with(EdgeOptions options, TokenVerifiers verifiers) {
    EdgeSettings all = new EdgeSettings(app);
    TokenOptions tokens = options.jwt();
    all.authenticator = tokens == null ? authenticator : verifiers.of(tokens);
    IdentitySource source = options.resolveIdentity();
    if (source != null) {
      all.authenticator = ScriptGates.authenticator(source);
    }
    ShardGate shardGate = options.authorizeShard();
    all.shardAuthorizer = shardGate == null ? shardAuthorizer : ScriptGates.shards(shardGate);
    FanOutGate fanOutGate = options.authorizeFanOut();
    all.fanOutAuthorizer = fanOutGate == null ? fanOutAuthorizer : ScriptGates.fanOut(fanOutGate);
    all.coordinator = coordinator(options);
    all.defaultShardKey = either(options.defaultShardKey(), defaultShardKey);
    all.openShards = openShards || options.openShards();
    String newToken = options.adminToken();
    all.adminToken = newToken == null ? adminToken : newToken;
    AdminGate newGate = options.adminGate();
    all.adminGate = newGate == null ? adminGate : newGate;
    Responder newAuth = options.auth();
    all.auth = newAuth == null ? auth : newAuth;
    all.authPath = either(options.authPath(), authPath);
    Responder newRouter = options.httpRouter();
    all.httpRouter = newRouter == null ? httpRouter : newRouter;
    all.security = either(options.security(), security);
    all.routes.putAll(routes);
    all.routes.putAll(options.routes());
    addCrons(crons, all.crons);
    addCrons(options.crons(), all.crons);
    all.sweep = sweep;
    all.directory = options.shardDirectory();
    all.coordinated = options == EdgeOptions.NONE || options.fanOut() || coordinator != null;
    BackupOptions backups = options.backup();
    if (backups == null) {
      all.backup = backup;
      all.backupTask = backupTask;
    } else {
      all.backup = settings(backups);
      all.backupBucket = backups.store();
    }
    return all;
  }

  private static BackupSettings settings(BackupOptions given) {
    String prefix = either(given.prefix(), BackupSettings.PREFIX_DEFAULT);
    String cron = either(given.cron(), "");
    return new BackupSettings("", cron, given.retain(), prefix, given.tables());
  }

  /** What backups are made of with these settings. */
  BackupPlace backupPlace() {
    BackupPlace.Needs needs = new BackupPlace.Needs(backupBucket, adminToken, coordinated);
    return new BackupPlace(
        backup, needs, app.schema(), app.globalSchema(), defaultShardKey, directory);
  }

  /** The crons and, behind what else its trigger runs, the backup: the same task every time. */
  Map<String, List<CronTask>> tasks() {
    Map<String, List<CronTask>> all = new LinkedHashMap<>();
    addCrons(crons, all);
    if (!backup.cron().isEmpty()) {
      CronTask task = backupTask;
      if (task == null) {
        task = new Backup(backupPlace());
        backupTask = task;
      }
      all.computeIfAbsent(backup.cron(), key -> new ArrayList<>()).add(task);
    }
    return all;
  }

  /** In Java's own Worker there is one as soon as a table is sharded; in JavaScript's on demand. */
  private @Nullable QueryCoordinator coordinator(EdgeOptions options) {
    boolean wanted =
        options == EdgeOptions.NONE
            ? app.schema().tables().stream().anyMatch(table -> table.shardKey().isPresent())
            : options.fanOut();
    if (coordinator != null || !wanted) {
      return coordinator;
    }
    Set<String> others = new HashSet<>();
    app.mutations().forEach(each -> others.add(each.signature().path().text()));
    app.actions().forEach(each -> others.add(each.signature().path().text()));
    return new ShardFanOut(others, options.shardDirectory());
  }

  private static <T> T either(@Nullable T first, T second) {
    return first != null ? first : second;
  }

  private static void addCrons(Map<String, List<CronTask>> from, Map<String, List<CronTask>> to) {
    for (Map.Entry<String, List<CronTask>> each : from.entrySet()) {
      to.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).addAll(each.getValue());
    }
  }

  /**
   * A Worker with these settings.
   *
   * @param retried the cron tasks that the scheduler has too, to run them again when they fail
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} for settings that contradict each
   *     other
   */
  EdgeWorker worker(Map<String, List<CronTask>> retried) {
    SecurityPolicy.check(security);
    Access access =
        new Access(authenticator, shardAuthorizer, fanOutAuthorizer, defaultShardKey, openShards);
    AdminPlane operators =
        new AdminPlane(
            new AdminAccess(adminToken, adminGate), AdminSetup.routes(app, this), defaultShardKey);
    CronTable table = new CronTable(tasks(), app.crons(), retried);
    EdgeHandler plane = new EdgeHandler(access, operators, table, coordinator);
    Site site = new Site(security, auth, authPath, routes, httpRouter);
    return new EdgeWorker(site, plane, table, new Consumers(app.queueConsumers(), defaultShardKey));
  }
}
