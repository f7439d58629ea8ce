@NullMarked
package lunora.inspect;

import org.jspecify.annotations.NullMarked;
