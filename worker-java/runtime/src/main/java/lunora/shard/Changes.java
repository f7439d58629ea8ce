package lunora.shard;

import java.util.Map;
import lunora.api.QueueSender;
import lunora.api.Scheduler;
import lunora.api.StorageRule;
import lunora.oplog.Oplog;
import lunora.outbox.Outbox;
import lunora.store.Stores;

/**
 * What a transaction of this shard writes to.
 *
 * @param stores its tables
 * @param oplog their log
 * @param outbox what is to be done after the commit
 * @param scheduler jobs, by way of the outbox
 * @param queue messages, by the same way
 * @param storageRules who may delete which files
 */
record Changes(
    Stores stores,
    Oplog oplog,
    Outbox outbox,
    Scheduler scheduler,
    QueueSender queue,
    Map<String, StorageRule> storageRules) {}
