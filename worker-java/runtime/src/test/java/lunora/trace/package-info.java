/** What is logged, and what is not. */
@NullMarked
package lunora.trace;

import org.jspecify.annotations.NullMarked;
