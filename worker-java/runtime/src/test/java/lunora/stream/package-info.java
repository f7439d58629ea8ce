@NullMarked
package lunora.stream;

import org.jspecify.annotations.NullMarked;
