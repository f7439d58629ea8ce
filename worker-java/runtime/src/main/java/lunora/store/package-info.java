/**
 * Tables in SQLite: their layout, the rows in and out of them, and how they come to be and grow.
 * Uses {@code schema} and {@code host.local}; used by {@code query}, {@code oplog} and {@code
 * shard}.
 */
@NullMarked
package lunora.store;

import org.jspecify.annotations.NullMarked;
