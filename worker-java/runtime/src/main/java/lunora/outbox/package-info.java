/**
 * What a mutation asks of the world outside its shard: rows in the mutation's own transaction,
 * delivered after the commit, again and again until the destination took them. Uses {@code
 * host.local} and {@code host.remote}; used by {@code shard} and by whatever has effects.
 */
@NullMarked
package lunora.outbox;

import org.jspecify.annotations.NullMarked;
