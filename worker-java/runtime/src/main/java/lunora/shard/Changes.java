package lunora.shard;

import java.util.Map;
import lunora.api.QueueSender;
import lunora.api.Scheduler;
import lunora.api.StorageRule;
import lunora.oplog.Oplog;
import lunora.outbox.Outbox;
import lunora.query.Policies;
import lunora.registry.ShardUse;
import lunora.store.Stores;

/**
 * What a transaction of this shard writes to.
 *
 * @param stores its tables
 * @param policies which of their rows are whose
 * @param oplog their log
 * @param outbox what is to be done after the commit
 * @param scheduler jobs, by way of the outbox
 * @param queue messages, by the same way
 * @param storageRules who may delete which files
 * @param use what the registry of shards is told
 */
record Changes(
    Stores stores,
    Policies policies,
    Oplog oplog,
    Outbox outbox,
    Scheduler scheduler,
    QueueSender queue,
    Map<String, StorageRule> storageRules,
    ShardUse use) {

  void committed() {
    outbox.committed();
    use.committed();
  }

  void rolledBack() {
    outbox.rolledBack();
    use.rolledBack();
  }
}
