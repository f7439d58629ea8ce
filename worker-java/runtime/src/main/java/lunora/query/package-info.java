/**
 * Readings: how a {@link lunora.api.Select} becomes SQL, and what it is recorded to have read. Uses
 * {@code api}, {@code schema} and {@code store}; used by {@code shard} and {@code subscription}.
 * Never suspends.
 */
@NullMarked
package lunora.query;

import org.jspecify.annotations.NullMarked;
