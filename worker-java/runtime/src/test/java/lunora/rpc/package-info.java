/** Calls on the wire. */
@NullMarked
package lunora.rpc;

import org.jspecify.annotations.NullMarked;
