/**
 * The log of every row write, in the same transaction as the write: what cursors count and what a
 * client resumes by (protocol section 13). Uses {@code store}; used by {@code shard} and {@code
 * subscription}.
 */
@NullMarked
package lunora.oplog;

import org.jspecify.annotations.NullMarked;
