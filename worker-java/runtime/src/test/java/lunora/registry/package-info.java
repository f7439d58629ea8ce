/** Tests of the effects after a commit. */
@NullMarked
package lunora.registry;

import org.jspecify.annotations.NullMarked;
