/** Tests of the presence module. */
@NullMarked
package lunora.presence;

import org.jspecify.annotations.NullMarked;
