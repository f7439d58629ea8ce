/**
 * The error catalogue of the protocol (section 4) and the one exception that carries it. Uses
 * {@code wire}; used by everything that can refuse.
 */
@NullMarked
package lunora.error;

import org.jspecify.annotations.NullMarked;
