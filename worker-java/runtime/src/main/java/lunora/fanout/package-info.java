/**
 * One question to all shards of a table, and one answer made of theirs (protocol section 14.3).
 * Uses {@code edge} and {@code registry}; used by {@code boot}.
 */
@NullMarked
package lunora.fanout;

import org.jspecify.annotations.NullMarked;
