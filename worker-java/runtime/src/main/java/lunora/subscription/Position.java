package lunora.subscription;

/** Where on a shard's timeline a result stands: the log's head when it was made, and the epoch. */
record Position(long cursor, String epoch) {}
