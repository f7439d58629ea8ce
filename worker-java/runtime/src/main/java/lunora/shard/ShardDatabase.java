package lunora.shard;

import java.util.List;
import lunora.api.AppModule;
import lunora.api.DataMigration;
import lunora.host.local.ShardHost;
import lunora.oplog.Oplog;
import lunora.outbox.Outbox;
import lunora.query.Policies;
import lunora.query.QueryRunner;
import lunora.registry.ShardUse;
import lunora.replay.ClientMarks;
import lunora.schema.Schema;
import lunora.store.Meta;
import lunora.store.SchemaMigration;
import lunora.store.Stores;

/**
 * The database of a shard, opened: its tables are those of the app's schema.
 *
 * @param meta what the shard knows of itself
 * @param hasMoved whether it was older than the app, which has migrations of rows: the registry of
 *     shards has to hear of that
 * @param oplog the log of what is written
 * @param stores the tables
 * @param policies which of their rows are whose
 * @param queries what runs queries over them
 * @param marks which mutation of each client was the last
 * @param outbox what is to be done after a commit
 * @param use what the registry of shards is told
 */
record ShardDatabase(
    Meta meta,
    boolean hasMoved,
    Oplog oplog,
    Stores stores,
    Policies policies,
    QueryRunner queries,
    ClientMarks marks,
    Outbox outbox,
    ShardUse use) {

  /** Brings the tables to the app's schema and opens the log. */
  static ShardDatabase open(ShardHost host, AppModule app) {
    Schema schema = app.schema();
    Meta meta = Meta.open(host.sql());
    List<String> migrationIds = app.migrations().stream().map(DataMigration::id).toList();
    boolean grown = new SchemaMigration(host.sql(), meta).run(schema, app.accepted(), migrationIds);
    Oplog oplog = Oplog.open(host.sql(), meta, host.clock(), host.random());
    Stores stores = new Stores(schema, host.sql(), host.texts());
    Policies policies = Policies.of(app);
    QueryRunner queries = new QueryRunner(host, stores, policies);
    ClientMarks marks = new ClientMarks(host.sql());
    Outbox outbox = new Outbox(host);
    ShardUse use = new ShardUse(host, outbox, schema);
    boolean hasMoved = grown && !migrationIds.isEmpty();
    return new ShardDatabase(meta, hasMoved, oplog, stores, policies, queries, marks, outbox, use);
  }
}
