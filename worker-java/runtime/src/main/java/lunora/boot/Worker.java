package lunora.boot;

import java.util.ArrayList;
import java.util.List;
import lunora.api.AppModule;
import lunora.api.RetryPolicy;
import lunora.api.ShardLimits;
import lunora.backup.BackupSettings;
import lunora.changes.BoardActor;
import lunora.edge.Authenticator;
import lunora.edge.FanOutAuthorizer;
import lunora.edge.QueryCoordinator;
import lunora.edge.ShardAuthorizer;
import lunora.error.LunoraException;
import lunora.host.edge.AdminGate;
import lunora.host.edge.CronTask;
import lunora.host.edge.EdgeApp;
import lunora.host.edge.EdgeOptions;
import lunora.host.edge.Need;
import lunora.host.edge.Responder;
import lunora.host.edge.Route;
import lunora.host.edge.SecuritySettings;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.ShardHandler;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.outbox.Destination;
import lunora.queue.QueueDestination;
import lunora.registry.RegistryActor;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.scheduler.JobDestination;
import lunora.scheduler.SchedulerActor;
import lunora.scheduler.SchedulerSettings;
import lunora.shard.RefusedShard;
import lunora.shard.ShardActor;
import lunora.storage.StorageDeletes;
import lunora.storage.StorageSweep;
import lunora.storage.SweepSettings;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/**
 * An app ready to be hosted: the Worker at the edge and the shards behind it.
 *
 * <pre>{@code
 * Worker worker = Worker.of(ChatModule.create())
 *     .authorizeShard((identity, shardKey) -> identity.isPresent())
 *     .route("GET /healthz", (request, params, host) -> HttpResponse.text(200, "ok"));
 * }</pre>
 *
 * <p>A Worker whose author writes JavaScript adds its own options with {@code createWorker}; they
 * go before those set here.
 */
public final class Worker implements EdgeApp {

  private final AppModule app;
  private final EdgeSettings settings;
  private final TokenVerifiers verifiers = new TokenVerifiers();
  private ShardLimits limits = ShardLimits.DEFAULT;
  private RetryPolicy retry = RetryPolicy.DEFAULT;

  private Worker(AppModule app) {
    this.app = app;
    this.settings = new EdgeSettings(app);
  }

  /** A worker that knows no identities and lets everybody into the default shard only. */
  public static Worker of(AppModule app) {
    return new Worker(app);
  }

  /** Tells who sends a request. */
  public Worker authenticate(Authenticator authenticator) {
    settings.authenticator = authenticator;
    return this;
  }

  /** Decides about every shard, the default one too. */
  public Worker authorizeShard(ShardAuthorizer authorizer) {
    settings.shardAuthorizer = authorizer;
    return this;
  }

  /** Decides about calls that go to all shards of a table. */
  public Worker authorizeFanOut(FanOutAuthorizer authorizer) {
    settings.fanOutAuthorizer = authorizer;
    return this;
  }

  /** Lets everybody reach every shard while nothing authorizes them. For trials only. */
  public Worker allowUnauthenticatedShardAccess() {
    settings.openShards = true;
    return this;
  }

  /** The shard of calls that name none, {@code __root__} unless set. */
  public Worker defaultShardKey(String shardKey) {
    settings.defaultShardKey = shardKey;
    return this;
  }

  /**
   * Answers calls that go to all shards of a table, in the place of the one that an app with a
   * sharded table has.
   */
  public Worker queryCoordinator(QueryCoordinator coordinator) {
    settings.coordinator = coordinator;
    return this;
  }

  /** Lets operators into the admin plane who do not have the secret {@code LUNORA_ADMIN_TOKEN}. */
  public Worker adminGate(AdminGate gate) {
    settings.adminGate = gate;
    return this;
  }

  /** Answers everything below the path, such as {@code /api/auth}. */
  public Worker auth(String path, Responder handler) {
    settings.authPath = path;
    settings.auth = handler;
    return this;
  }

  /**
   * Answers one path.
   *
   * @param name {@code METHOD /path}, or {@code /path} for every method; {@code /users/:id} has a
   *     named part
   */
  public Worker route(String name, Route route) {
    settings.routes.put(name, route);
    return this;
  }

  /** Answers what nothing else does. A throw in it is a plain 500 that nothing else notices. */
  public Worker httpRouter(Responder router) {
    settings.httpRouter = router;
    return this;
  }

  /** Headers, CORS and origin rules in the place of the defaults. */
  public Worker security(SecuritySettings security) {
    settings.security = security;
    return this;
  }

  /**
   * Does something when the trigger with exactly this expression fires, after what is set already.
   * The run of a task that throws is a failed one; where a scheduler is bound that runs the task
   * again, by the ladder of {@link #retry}, in its own object.
   */
  public Worker cron(String expression, CronTask task) {
    settings.crons.computeIfAbsent(expression, key -> new ArrayList<>()).add(task);
    return this;
  }

  /**
   * Backs up all rows into a bucket, by a cron trigger or when an operator asks for it. A run that
   * fails is a failed one and is run again, as that of a task of {@link #cron} is. Set it after the
   * default shard.
   */
  public Worker backup(BackupSettings backup) {
    settings.backup = backup;
    return this;
  }

  /**
   * Deletes objects of the storage that nothing names, by a cron trigger or when an operator asks
   * for it. Set it after the default shard.
   */
  public Worker sweep(SweepSettings sweep) {
    StorageSweep task = new StorageSweep(sweep, settings.defaultShardKey);
    settings.sweep = task;
    return cron(sweep.cron(), task);
  }

  /** Other limits for every shard. */
  public Worker limits(ShardLimits newLimits) {
    limits = newLimits;
    return this;
  }

  /** How jobs that fail are tried again, unless they say so themselves. */
  public Worker retry(RetryPolicy policy) {
    retry = policy;
    return this;
  }

  /** The handler of the Worker's events. */
  public WorkerHandler edge() {
    return open(EdgeOptions.NONE);
  }

  @Override
  public WorkerHandler open(EdgeOptions options) {
    return settings.with(options, verifiers).worker(settings.tasks());
  }

  @Override
  public HttpResponse errorResponse(Throwable thrown) {
    return RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.WORKER), new JsonWriter());
  }

  @Override
  public Value.Obj envelope(Value call) {
    return RpcEnvelope.checked(call);
  }

  @Override
  public List<Need> needs() {
    return AppNeeds.of(app, settings);
  }

  @Override
  public String schema() {
    return app.schema().snapshot();
  }

  @Override
  public String schemaLosses(String snapshot) {
    return SchemaLosses.of(snapshot, app);
  }

  /** Wakes one shard. */
  public ShardHandler shard(ShardHost host, Background background) {
    List<Destination> destinations =
        List.of(new JobDestination(), new QueueDestination(), new StorageDeletes());
    try {
      return new ShardActor(host, background, app, limits, destinations);
    } catch (LunoraException e) {
      // Its rows do not fit the schema: the object lives, and says so.
      return new RefusedShard(host, e);
    }
  }

  /** Wakes the scheduler. */
  public ShardHandler scheduler(ShardHost host, Background background) {
    return new SchedulerActor(
        host, background, new SchedulerSettings(settings.defaultShardKey, retry, settings.tasks()));
  }

  /** Wakes the registry of shards, or the board of a global table. */
  public ShardHandler shardRegistry(ShardHost host, Background background) {
    return BoardActor.isBoard(host.shardKey())
        ? new BoardActor(host, background)
        : new RegistryActor(host, background);
  }
}
