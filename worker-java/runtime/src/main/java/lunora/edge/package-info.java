/**
 * The Worker in front of the shards: which request goes where, who is calling and whether they may
 * (protocol sections 1, 3 and 14). Uses {@code rpc} and {@code auth}; used by {@code boot}. It
 * knows a shard only by the requests it sends there.
 */
@NullMarked
package lunora.edge;

import org.jspecify.annotations.NullMarked;
