/** Tests of the scheduler. */
@NullMarked
package lunora.scheduler;

import org.jspecify.annotations.NullMarked;
