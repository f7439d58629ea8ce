/**
 * Host services that may suspend the caller: other shards, fetch, cryptography. Never used by
 * queries and mutations of a shard.
 */
@NullMarked
package lunora.host.remote;

import org.jspecify.annotations.NullMarked;
