/** The harness used on a small app. */
@NullMarked
package lunora.test;

import org.jspecify.annotations.NullMarked;
