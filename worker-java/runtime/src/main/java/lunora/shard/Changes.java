package lunora.shard;

import lunora.api.QueueSender;
import lunora.api.Scheduler;
import lunora.oplog.Oplog;
import lunora.outbox.Outbox;
import lunora.query.Policies;
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
 */
record Changes(
    Stores stores,
    Policies policies,
    Oplog oplog,
    Outbox outbox,
    Scheduler scheduler,
    QueueSender queue) {}
