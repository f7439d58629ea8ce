/**
 * Values and errors that cross between Java and JavaScript, and the one way to wait for a promise.
 * Uses {@code raw} and {@code lunora.wire}; used by {@code host} and {@code entry}.
 */
@NullMarked
package lunora.bridge.value;

import org.jspecify.annotations.NullMarked;
