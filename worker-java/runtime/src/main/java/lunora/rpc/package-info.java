/**
 * Calls on the wire: the envelope, the answer, the error body, and which function a path names
 * (protocol section 3). Uses {@code api} and {@code wire}; used by {@code shard}, {@code
 * subscription} and {@code edge}.
 */
@NullMarked
package lunora.rpc;

import org.jspecify.annotations.NullMarked;
