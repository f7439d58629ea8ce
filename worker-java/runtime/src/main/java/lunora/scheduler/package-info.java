/**
 * Jobs: functions that are called later, each by the one object that keeps them (protocol section
 * 17). Uses {@code api}, {@code outbox} and {@code rpc}; used by {@code shard}, {@code edge} and
 * {@code boot}.
 */
@NullMarked
package lunora.scheduler;

import org.jspecify.annotations.NullMarked;
