@NullMarked
package lunora.operator;

import org.jspecify.annotations.NullMarked;
