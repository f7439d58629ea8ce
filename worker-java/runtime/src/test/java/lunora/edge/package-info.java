/** What the edge answers and refuses. */
@NullMarked
package lunora.edge;

import org.jspecify.annotations.NullMarked;
