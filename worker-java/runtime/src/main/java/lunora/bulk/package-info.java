/**
 * What leaves and enters a shard by the thousand: pages of a snapshot, staged imports. The Worker's
 * {@code backup} is on the other side. Uses {@code store} and {@code oplog}; used by {@code shard}.
 */
@NullMarked
package lunora.bulk;

import org.jspecify.annotations.NullMarked;
