/** Tests of the effects after a commit. */
@NullMarked
package lunora.fanout;

import org.jspecify.annotations.NullMarked;
