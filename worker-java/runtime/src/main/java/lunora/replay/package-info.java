/**
 * What makes it safe to send a mutation twice: answers kept by mutation id, and how far each
 * client's sequence got (protocol section 9). Uses {@code auth} and the host; used by {@code
 * subscription} and {@code shard}. Never suspends.
 */
@NullMarked
package lunora.replay;

import org.jspecify.annotations.NullMarked;
