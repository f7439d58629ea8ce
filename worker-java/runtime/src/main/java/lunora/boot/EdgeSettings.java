package lunora.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.api.AppModule;
import lunora.edge.Access;
import lunora.edge.AdminAccess;
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
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.AdminGate;
import lunora.host.edge.CronTask;
import lunora.host.edge.EdgeOptions;
import lunora.host.edge.FanOutGate;
import lunora.host.edge.IdentitySource;
import lunora.host.edge.Responder;
import lunora.host.edge.Route;
import lunora.host.edge.SecuritySettings;
import lunora.host.edge.ShardGate;
import lunora.host.edge.TokenOptions;
import lunora.queue.Consumers;
import lunora.security.SecurityPolicy;
import org.jspecify.annotations.Nullable;

/** What is set for the edge of a Worker, in Java and over it in JavaScript. */
final class EdgeSettings {

  /** What a {@code queryCoordinator} of the options comes to in an app whose Java has none. */
  private static final QueryCoordinator NO_COORDINATOR =
      (call, host) -> {
        throw new LunoraException(
            ErrorCode.NOT_IMPLEMENTED, "this version cannot ask several shards at once");
      };

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

  /** A copy with the options over it; routes and crons are added to those there are. */
  EdgeSettings with(EdgeOptions options, TokenVerifiers verifiers) {
    EdgeSettings all = new EdgeSettings();
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
    all.coordinator = coordinator == null && options.fanOut() ? NO_COORDINATOR : coordinator;
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
    return all;
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
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} for settings that contradict each
   *     other
   */
  EdgeWorker worker(AppModule app) {
    SecurityPolicy.check(security);
    Access access =
        new Access(authenticator, shardAuthorizer, fanOutAuthorizer, defaultShardKey, openShards);
    EdgeHandler plane =
        new EdgeHandler(access, new AdminAccess(adminToken, adminGate), coordinator);
    Site site = new Site(security, auth, authPath, routes, httpRouter);
    return new EdgeWorker(
        site,
        plane,
        new CronTable(crons, app.crons()),
        new Consumers(app.queueConsumers(), defaultShardKey));
  }
}
