/** Tests of the effects after a commit. */
@NullMarked
package lunora.outbox;

import org.jspecify.annotations.NullMarked;
