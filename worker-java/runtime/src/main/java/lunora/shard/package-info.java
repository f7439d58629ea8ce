/**
 * One shard: takes events, dispatches calls, runs mutations in their transaction. Uses {@code
 * query}, {@code oplog}, {@code rpc} and {@code subscription}; used by {@code boot}.
 */
@NullMarked
package lunora.shard;

import org.jspecify.annotations.NullMarked;
