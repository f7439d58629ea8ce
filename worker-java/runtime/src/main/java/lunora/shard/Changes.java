package lunora.shard;

import lunora.oplog.Oplog;
import lunora.outbox.Outbox;
import lunora.store.Stores;

/**
 * What a transaction of this shard writes to: its tables, their log, and what is to be done after.
 */
record Changes(Stores stores, Oplog oplog, Outbox outbox) {}
