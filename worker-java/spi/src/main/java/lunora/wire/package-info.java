/**
 * The wire: JSON text, the value model of the protocol (sections 2 and 2.1), its codec and keys.
 * Uses nothing; used by every other package.
 */
@NullMarked
package lunora.wire;

import org.jspecify.annotations.NullMarked;
