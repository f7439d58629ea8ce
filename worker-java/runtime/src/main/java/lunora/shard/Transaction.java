package lunora.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.JobRun;
import lunora.api.MutationContext;
import lunora.api.QueueSender;
import lunora.api.Scheduler;
import lunora.api.Storage;
import lunora.api.StorageRule;
import lunora.api.TableWriter;
import lunora.auth.Caller;
import lunora.bulk.RowLine;
import lunora.host.local.ShardHost;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.outbox.Outbox;
import lunora.query.FunctionFacts;
import lunora.query.Policies;
import lunora.registry.ShardUse;
import lunora.schema.Table;
import lunora.storage.TransactionStorage;
import lunora.store.RowImage;
import lunora.store.Stores;
import lunora.store.TableStore;

/** The context of one mutation: its transaction and what it has written so far. */
final class Transaction extends FunctionFacts implements MutationContext {

  private final Stores stores;
  private final Policies policies;
  private final Oplog oplog;
  private final Outbox outbox;
  private final Map<String, StorageRule> storageRules;
  private final Scheduler scheduler;
  private final ShardUse use;
  private final QueueSender queue;

  /** Most mutations write one row or two. */
  private final List<RowWrite<?>> writes = new ArrayList<>(2);

  Transaction(ShardHost host, Changes changes, Caller caller, String functionPath) {
    super(host, caller, functionPath);
    this.stores = changes.stores();
    this.policies = changes.policies();
    this.oplog = changes.oplog();
    this.outbox = changes.outbox();
    this.storageRules = changes.storageRules();
    this.scheduler = changes.scheduler();
    this.use = changes.use();
    this.queue = changes.queue();
  }

  @Override
  public <D> TableWriter<D> table(Table<D> table) {
    return new TransactionTable<>(stores.of(table), rules(policies, table), host().sql(), this);
  }

  @Override
  public Storage storage() {
    return new TransactionStorage(host(), outbox, auth(), storageRules);
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public QueueSender queue() {
    return queue;
  }

  @Override
  public Optional<JobRun> job() {
    return caller().job();
  }

  /** Stores a row with its id and time, unless there is one of that id. */
  <D> boolean restore(RowLine<D> row) {
    TableStore<D> store = stores.of(row.table());
    if (store.find(row.id()).isPresent()) {
      return false;
    }
    RowImage<D> stored = store.restore(row.id(), row.creationTimeMs(), row.value());
    written(new RowWrite<>(row.table(), null, stored));
    return true;
  }

  List<RowWrite<?>> writes() {
    return writes;
  }

  String newId() {
    return host().random().uuid();
  }

  /** One time for all rows of the transaction. */
  double nowMs() {
    return fixedMs();
  }

  void written(RowWrite<?> write) {
    oplog.append(write);
    writes.add(write);
    use.written(write);
  }
}
