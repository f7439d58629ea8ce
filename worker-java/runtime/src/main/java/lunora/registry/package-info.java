/**
 * Which shards hold rows of a table: each shard tells an object of its own class, after the commit
 * and at most once a minute. Uses {@code outbox}, {@code oplog} and {@code rpc}; used by {@code
 * shard}, {@code fanout} and {@code boot}.
 */
@NullMarked
package lunora.registry;

import org.jspecify.annotations.NullMarked;
