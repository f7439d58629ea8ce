package lunora.shard;

import java.util.ArrayList;
import java.util.List;
import lunora.api.AppModule;
import lunora.api.ShardInitEvent;
import lunora.api.ShardLimits;
import lunora.bulk.BulkRoutes;
import lunora.bulk.SnapshotPages;
import lunora.bulk.StagedImport;
import lunora.changes.ChangeDestination;
import lunora.changes.ChangeNotes;
import lunora.global.GlobalCalls;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.inspect.ShardOps;
import lunora.migration.MigrationOps;
import lunora.migration.Migrations;
import lunora.migration.ProgressReport;
import lunora.operator.OperatorWatches;
import lunora.oplog.Retention;
import lunora.outbox.Destination;
import lunora.outbox.Release;
import lunora.queue.TransactionQueue;
import lunora.registry.RegistryDestination;
import lunora.rpc.FunctionRegistry;
import lunora.scheduler.RemoteScheduler;
import lunora.scheduler.TransactionScheduler;
import lunora.stream.Streams;
import lunora.subscription.Subscriptions;
import lunora.watch.GlobalWatcher;

/** Makes the parts of a shard and hands each what it works with, whenever the shard wakes. */
final class ShardAssembly {

  private final ShardHost host;
  private final Background background;
  private final AppModule app;
  private final ShardDatabase database;
  private final FunctionRegistry functions;
  private final Lifecycle lifecycle;
  private final Subscriptions subscriptions;
  private final GlobalCalls globals;
  private final Calls calls;
  private final GlobalWatcher watcher;
  private final CallLog log;
  private final Dispatch dispatch;
  private final RowImporter importer;
  private final Migrations migrations;
  private final ShardOps operations;
  private final BulkCalls bulk;
  private final Release release;

  /**
   * Opens the database and makes all parts; {@link #start} is still to be called.
   *
   * @param destinations where what mutations ask for is delivered, besides the shard's own
   */
  ShardAssembly(
      ShardHost host,
      Background background,
      AppModule app,
      ShardLimits limits,
      List<Destination> destinations) {
    this.host = host;
    this.background = background;
    this.app = app;
    this.database = ShardDatabase.open(host, app);
    this.functions = new FunctionRegistry(app);
    TransactionRunner transactions = new TransactionRunner(host, newChanges());
    this.lifecycle = new Lifecycle(app, transactions, host.log());
    this.subscriptions =
        new Subscriptions(
            host,
            app,
            limits,
            functions,
            database.queries(),
            database.oplog(),
            database.marks(),
            lifecycle);
    ChangeNotes notes = new ChangeNotes(host, database.outbox());
    this.globals = new GlobalCalls(host, functions, database.policies(), notes);
    this.calls = newCalls(transactions, limits);
    this.watcher = new GlobalWatcher(host, background, subscriptions.globals(), globals);
    this.log = new CallLog(host, database.oplog());
    this.dispatch = newDispatch();
    this.importer = new RowImporter(host, app.schema(), calls);
    this.migrations =
        new Migrations(
            host, database.meta(), app.migrations(), database.oplog(), database.outbox(), calls);
    this.operations = newOperations();
    serveSockets();
    this.bulk = newBulkCalls();
    this.release = newRelease(destinations);
  }

  private Changes newChanges() {
    return new Changes(
        database.stores(),
        database.policies(),
        database.oplog(),
        database.outbox(),
        new TransactionScheduler(host, database.outbox()),
        new TransactionQueue(host, database.outbox()),
        app.storageRules(),
        database.use());
  }

  private Calls newCalls(TransactionRunner transactions, ShardLimits limits) {
    return new Calls(
        host,
        functions,
        database.queries(),
        transactions,
        subscriptions,
        new Retention(host, database.oplog(), limits.logAgeMs(), limits.logRows()),
        new RemoteScheduler(host, database.outbox(), background),
        app.storageRules(),
        globals);
  }

  private Dispatch newDispatch() {
    GlobalDispatch global = new GlobalDispatch(host, functions, globals);
    return new Dispatch(host, database.oplog(), functions, calls, database.marks(), log, global);
  }

  private ShardOps newOperations() {
    ShardOps all = Operations.of(host, app, database.oplog(), dispatch.counts(), calls);
    ShardCopy.add(all, host, app, importer);
    MigrationOps.add(all, migrations, host.texts());
    return all;
  }

  private BulkCalls newBulkCalls() {
    SnapshotPages pages = new SnapshotPages(app.schema(), database.oplog(), host.texts());
    StagedImport staged = new StagedImport(host, app.schema(), database.stores(), database.oplog());
    BulkRoutes routes = new BulkRoutes(pages, staged, importer);
    return new BulkCalls(host, routes, database.use(), subscriptions);
  }

  private Release newRelease(List<Destination> destinations) {
    List<Destination> all = new ArrayList<>(destinations);
    all.add(new RegistryDestination(database.use(), host.log()));
    all.add(migrations);
    all.add(new ProgressReport(migrations, host.shardKey()));
    all.add(new ChangeDestination(host.log()));
    return new Release(database.outbox(), background, host.log(), all);
  }

  /** These serve sockets and answer on them: they and the live side need each other. */
  private void serveSockets() {
    StreamContexts contexts = new StreamContexts(host, calls, background);
    subscriptions.serve(new Streams(host, background, functions, contexts));
    subscriptions.globals().serve(watcher);
    subscriptions.serve(
        new OperatorWatches(host, background, operations, subscriptions, database.oplog()));
  }

  /** Announces migrations that have come with the app, and runs the hooks of waking; once. */
  void start() {
    if (database.hasMoved()) {
      calls.write(
          "migrations:listed",
          ctx -> {
            database.use().announce();
            return Boolean.TRUE;
          });
    }
    subscriptions.written(lifecycle.started(new ShardInitEvent(host.shardKey())));
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  Dispatch dispatch() {
    return dispatch;
  }

  CallLog log() {
    return log;
  }

  Release release() {
    return release;
  }

  GlobalWatcher watcher() {
    return watcher;
  }

  ShardOps operations() {
    return operations;
  }

  BulkCalls bulk() {
    return bulk;
  }
}
