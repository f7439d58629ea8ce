/** Rows that are guarded. */
@NullMarked
package notes;

import org.jspecify.annotations.NullMarked;
