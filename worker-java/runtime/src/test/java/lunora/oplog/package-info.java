/** How long the log remembers. */
@NullMarked
package lunora.oplog;

import org.jspecify.annotations.NullMarked;
