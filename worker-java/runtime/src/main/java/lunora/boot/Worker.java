package lunora.boot;

import lunora.api.AppModule;
import lunora.api.ShardLimits;
import lunora.edge.Authenticator;
import lunora.edge.EdgeHandler;
import lunora.edge.ShardAuthorizer;
import lunora.host.inbound.ShardHandler;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.shard.ShardActor;

/**
 * An app ready to be hosted: the Worker at the edge and the shards behind it.
 *
 * <pre>{@code
 * Worker worker = Worker.of(ChatModule.create())
 *     .authorizeShard((identity, shardKey) -> identity.isPresent());
 * }</pre>
 */
public final class Worker {

  private final AppModule app;
  private final Authenticator authenticator;
  private final ShardAuthorizer authorizer;
  private final ShardLimits limits;

  private Worker(
      AppModule app, Authenticator authenticator, ShardAuthorizer authorizer, ShardLimits limits) {
    this.app = app;
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.limits = limits;
  }

  /** A worker that knows no identities and lets everybody into the default shard only. */
  public static Worker of(AppModule app) {
    return new Worker(
        app, Authenticator.NOBODY, ShardAuthorizer.DEFAULT_SHARD_ONLY, ShardLimits.DEFAULT);
  }

  /** The same with identities. */
  public Worker authenticate(Authenticator newAuthenticator) {
    return new Worker(app, newAuthenticator, authorizer, limits);
  }

  /** The same with this decision for every shard, the default one too. */
  public Worker authorizeShard(ShardAuthorizer newAuthorizer) {
    return new Worker(app, authenticator, newAuthorizer, limits);
  }

  /** The same with other limits for every shard. */
  public Worker limits(ShardLimits newLimits) {
    return new Worker(app, authenticator, authorizer, newLimits);
  }

  /** The handler of the Worker's events. */
  public WorkerHandler edge() {
    return new EdgeHandler(authenticator, authorizer);
  }

  /** Wakes one shard. */
  public ShardHandler shard(ShardHost host, Background background) {
    return new ShardActor(host, background, app, limits);
  }
}
