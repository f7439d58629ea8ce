/**
 * Live queries: who subscribes to what, which of them a write affects, and the frames that go out
 * (protocol sections 6 and 7). Uses {@code query}, {@code oplog} and {@code rpc}; used by {@code
 * shard}. Never suspends.
 */
@NullMarked
package lunora.subscription;

import org.jspecify.annotations.NullMarked;
