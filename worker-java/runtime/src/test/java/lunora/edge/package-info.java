@NullMarked
package lunora.edge;

import org.jspecify.annotations.NullMarked;
