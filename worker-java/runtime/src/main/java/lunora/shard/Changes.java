package lunora.shard;

import lunora.oplog.Oplog;
import lunora.outbox.Outbox;
import lunora.query.Policies;
import lunora.store.Stores;

/**
 * What a transaction of this shard writes to: its tables, their log, and what is to be done after.
 */
record Changes(Stores stores, Policies policies, Oplog oplog, Outbox outbox) {}
