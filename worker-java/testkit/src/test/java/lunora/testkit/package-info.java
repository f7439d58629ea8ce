@NullMarked
package lunora.testkit;

import org.jspecify.annotations.NullMarked;
