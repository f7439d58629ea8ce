/**
 * Shapes: which rows they have for whom, what a client is to be sent of them in the beginning and
 * since a cursor (protocol section 8). Uses {@code query}, {@code oplog} and {@code store}; used by
 * {@code subscription}. Never suspends.
 */
@NullMarked
package lunora.shape;

import org.jspecify.annotations.NullMarked;
