/** Tests of the wire. */
@NullMarked
package lunora.wire;

import org.jspecify.annotations.NullMarked;
